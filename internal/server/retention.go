package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/accountql/accountql/internal/account"
	"github.com/accountql/accountql/internal/config"
	"github.com/accountql/accountql/internal/store"
)

// retentionInterval is how often retention runs, and how long after the start it runs first. By then no process of the
// version before records events any more, as it does during an upgrade, while the trail is sealed anew.
const retentionInterval = time.Hour

// accountPages is how many pages of accounts one run looks through at most.
const accountPages = 1000

// retention forgets what the settings let go.
type retention struct {
	settings config.Settings
	audit    *store.AuditRetention
	// eraseUnproven and eraseIdle are those of the service, and anchor writes an anchor to a new file.
	eraseUnproven func(ctx context.Context, after string, before time.Time) (int, string, error)
	eraseIdle     func(ctx context.Context, before time.Time) (int, error)
	anchor        func(ctx context.Context, path string) (account.AnchorSeal, error)
	removed       *prometheus.CounterVec
	now           func() time.Time
	log           *slog.Logger
	// account is the id of the account to go on from.
	account string
}

func newRemoved() *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "accountql_retention_total", Help: "What was forgotten because it was kept for long enough.",
	}, []string{"kind"})
}

// run does all that is due.
func (r *retention) run(ctx context.Context) {
	r.do(ctx, "audit_addresses", r.settings.RetainAuditAddresses, r.audit.BlankClients)
	r.do(ctx, "audit_events", r.settings.RetainAudit, r.audit.EndEvents)
	r.do(ctx, "unverified_accounts", r.settings.RetainUnverified, r.erasePages)
	if r.settings.AuditAnchors != "" {
		r.writeAnchor(ctx)
	}
}

// runIdle takes the next small step with the accounts that nobody uses.
func (r *retention) runIdle(ctx context.Context) {
	r.do(ctx, "idle_accounts", r.settings.RetainIdle, r.eraseIdle)
}

// do runs one kind of retention and counts it. A time of 0 keeps everything.
func (r *retention) do(
	ctx context.Context, kind string, keep time.Duration, forget func(context.Context, time.Time) (int, error),
) {
	if keep == 0 {
		return
	}

	count, err := forget(ctx, r.now().UTC().Add(-keep))
	r.removed.WithLabelValues(kind).Add(float64(count))
	if err != nil && ctx.Err() == nil {
		r.log.ErrorContext(ctx, "what was kept for long enough could not be forgotten", "kind", kind, "error", err)
	}
}

// erasePages looks through the accounts once.
func (r *retention) erasePages(ctx context.Context, before time.Time) (total int, err error) {
	for range accountPages {
		var erased int
		erased, r.account, err = r.eraseUnproven(ctx, r.account, before)
		total += erased
		if err != nil || r.account == "" {
			return total, err
		}
	}
	return total, nil
}

// writeAnchor writes the anchor of the day, unless there is one, and logs its root.
func (r *retention) writeAnchor(ctx context.Context) {
	path := filepath.Join(r.settings.AuditAnchors, "audit-heads-"+r.now().UTC().Format(time.DateOnly)+".jsonl")
	if _, err := os.Stat(path); err == nil {
		return
	}

	seal, err := r.anchor(ctx, path)
	switch {
	case err == nil:
		r.log.InfoContext(ctx, "the audit trail is anchored", "file", path, "chains", seal.Chains, "root", seal.Root,
			"key", seal.Key, "signature", fmt.Sprintf("%x", seal.Value))
	case ctx.Err() == nil:
		r.log.ErrorContext(ctx, "the audit trail can't be anchored", "file", path, "error", err)
	}
}

// anchorTo returns a function that writes an anchor to a file, which gets its name once it is whole, on disk and
// announced: if any of that fails, the next run makes another one.
func anchorTo(
	trail *store.Store, retain time.Duration, now func() time.Time,
	announce func(ctx context.Context, seal account.AnchorSeal) error,
) func(ctx context.Context, path string) (account.AnchorSeal, error) {
	return func(ctx context.Context, path string) (seal account.AnchorSeal, err error) {
		draft, err := os.CreateTemp(filepath.Dir(path), ".audit-heads-*")
		if err != nil {
			return seal, err
		}
		defer func() { _ = os.Remove(draft.Name()) }() // it has another name if all went well

		var cutoff time.Time
		if retain > 0 {
			cutoff = now().Add(-retain)
		}
		if seal, err = trail.WriteAnchor(ctx, draft, cutoff); err == nil {
			err = draft.Sync()
		}
		if err = errors.Join(err, draft.Close()); err != nil {
			return seal, err
		}
		if err := announce(ctx, seal); err != nil {
			return seal, err
		}

		return seal, errors.Join(os.Rename(draft.Name(), path), syncFolder(path))
	}
}

// checkAnchors returns an error if the folder of anchors is none.
func checkAnchors(folder string) error {
	if folder == "" {
		return nil
	}

	info, err := os.Stat(folder)
	if err == nil && !info.IsDir() {
		err = errors.New("it is no folder")
	}
	if err != nil {
		return &config.Error{Setting: "--audit-anchors", Problem: "must be a folder: " + err.Error()}
	}

	return nil
}
