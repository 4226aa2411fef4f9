package server

import (
	"log/slog"
	"net/netip"
	"slices"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/models"
)

// The kinds of addresses that pass on others.
const (
	peerLoopback = "loopback"
	peerPrivate  = "private"
	peerPublic   = "public"
)

func peerKinds() []string { return []string{peerLoopback, peerPrivate, peerPublic} }

// kindOfPeer returns the kind of an address.
func kindOfPeer(peer string) string {
	address, err := netip.ParseAddr(peer)
	switch {
	case err == nil && address.IsLoopback():
		return peerLoopback
	case err == nil && (address.IsPrivate() || address.IsLinkLocalUnicast()):
		return peerPrivate
	}
	return peerPublic
}

// limitWatch counts exceeded budgets, suppressed mails, and forwarded addresses that are not believed. A proxy that is
// missing in --trusted-proxies, or that sends no X-Forwarded-For, makes all customers behind it one network, or none:
// it is named in the log (R-OBS2).
type limitWatch struct {
	log        *slog.Logger
	trusted    []netip.Prefix
	exceeded   *prometheus.CounterVec
	suppressed *prometheus.CounterVec
	forwarded  *prometheus.CounterVec

	mu sync.Mutex
	// told holds what was logged: kinds of peers that forward, and peers whose mails are suppressed.
	told []string
}

// maxTold bounds what strangers can write into the log.
const maxTold = 20

func newLimitWatch(log *slog.Logger, trusted []netip.Prefix) *limitWatch {
	w := &limitWatch{
		log: log, trusted: trusted,
		exceeded: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "accountql_budget_exceeded_total", Help: "Uses beyond a budget, by the kind of budget.",
		}, []string{"budget"}),
		suppressed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "accountql_messages_suppressed_total",
			Help: "Mails that were not sent although their request was accepted, by the budget that was used up.",
		}, []string{"reason"}),
		forwarded: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "accountql_forwarded_untrusted_total",
			Help: "Requests with a client's address that is not read, by the kind of the address that passed it on.",
		}, []string{"peer"}),
	}
	for _, kind := range account.BudgetKinds() {
		w.exceeded.WithLabelValues(string(kind))
	}
	for _, kind := range account.SuppressingKinds() {
		w.suppressed.WithLabelValues(string(kind))
	}
	for _, kind := range peerKinds() {
		w.forwarded.WithLabelValues(kind)
	}

	return w
}

// budgets returns what the account service calls.
func (w *limitWatch) budgets() account.BudgetWatch {
	return account.BudgetWatch{
		Exceeded: func(kind account.BudgetKind) { w.exceeded.WithLabelValues(string(kind)).Inc() },
		Suppressed: func(caller models.Caller, kind account.BudgetKind) {
			w.suppressed.WithLabelValues(string(kind)).Inc()
			w.tellSuppressed(caller, kind)
		},
	}
}

// tellSuppressed logs the first mail that is not sent for each kind of budget, and for each address that passes on
// others.
func (w *limitWatch) tellSuppressed(caller models.Caller, kind account.BudgetKind) {
	switch {
	case kind == account.KindNetworkMails && caller.Forwards:
		if w.first("suppressed " + caller.IP) {
			w.log.Warn("mails are not sent: the budget of a client network is used up, and its address passes on "+
				"others; if it is a proxy of yours, add it to --trusted-proxies, and let it send X-Forwarded-For",
				"peer", caller.IP,
				"setting", "--trusted-proxies", "budget", string(kind))
		}
	case w.first("suppressed " + string(kind)):
		w.log.Warn("mails are not sent: their budget is used up; accountql_messages_suppressed_total counts them",
			"budget", string(kind))
	}
}

// forward counts a request whose address passed on others that are not read. It logs the first of each kind, and of
// trusted proxies.
func (w *limitWatch) forward(peer string) {
	kind := kindOfPeer(peer)
	w.forwarded.WithLabelValues(kind).Inc()

	problem := "all clients behind it count as one network"
	if kind == peerLoopback {
		problem = "the budgets of client networks are off for all clients behind it"
	}

	switch {
	case w.trusts(peer):
		if w.first("names clients elsewhere") {
			w.log.Warn("a trusted proxy names its clients in no X-Forwarded-For, and other headers are not read: "+
				problem+"; let it send X-Forwarded-For", "peer", peer)
		}
	case w.first("forwards " + kind):
		w.log.Warn("forwarded addresses are ignored, because their sender is not a trusted proxy: "+problem+
			"; if it is a proxy of yours, add it to --trusted-proxies", "peer", peer, "setting", "--trusted-proxies")
	}
}

// trusts reports whether an address is in --trusted-proxies.
func (w *limitWatch) trusts(peer string) bool {
	address, err := netip.ParseAddr(peer)
	return err == nil && slices.ContainsFunc(w.trusted, func(n netip.Prefix) bool { return n.Contains(address) })
}

// first reports whether the text was not told before.
func (w *limitWatch) first(text string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if slices.Contains(w.told, text) || len(w.told) >= maxTold { // guard: limits are told once
		return false
	}
	w.told = append(w.told, text)
	return true
}
