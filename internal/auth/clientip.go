package auth

import (
	"crypto/rand"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// NewCaller returns what a request says of its client, who is not authenticated yet.
func NewCaller(r *http.Request, trusted []netip.Prefix) models.Caller {
	caller := models.Caller{
		RequestID: rand.Text(), UserAgent: visibleASCII(r.UserAgent()),
		Brands:         visibleASCII(r.Header.Get("Sec-Ch-Ua")),
		Origin:         r.Header.Get("Origin"),
		PrivacyControl: r.Header.Get("Sec-Gpc") == "1",
	}
	caller.IP, caller.Forwards = ClientIP(r, trusted)

	return caller
}

// maxUserAgent is in bytes; a longer User-Agent is truncated.
const maxUserAgent = 256

// visibleASCII returns the printable ASCII characters of a header, so that it is safe in logs and messages.
func visibleASCII(header string) string {
	visible := strings.Map(func(r rune) rune {
		if r >= ' ' && r <= '~' { // guard: a device's name is printable
			return r
		}
		return -1
	}, header)

	return visible[:min(len(visible), maxUserAgent)]
}

// ClientIP returns the client's address without port: the address of the connection or, if that is a trusted proxy,
// the right-most address in X-Forwarded-For that is not a trusted proxy (R-THR2). Addresses to the left of it are
// ignored, because the client may have written them: unread reports whether there are any, or whether the address of
// the connection names a client in another header alone, which is never read.
func ClientIP(r *http.Request, trusted []netip.Prefix) (ip string, unread bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return "", false
	}

	address := peer.Addr().Unmap()
	if len(r.Header["X-Forwarded-For"]) == 0 {
		return address.String(), r.Header["Forwarded"] != nil || r.Header["X-Real-Ip"] != nil
	}

	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !isTrusted(address, trusted) { // guard: forwarded addresses need a trusted proxy
			unread = true
			break
		}

		next, ok := parseHop(strings.TrimSpace(hop))
		if !ok {
			break
		}

		address = next.Unmap().WithZone("")
	}

	return address.String(), unread
}

// FromTrustedProxy reports whether the connection of a request comes from a trusted proxy.
func FromTrustedProxy(r *http.Request, trusted []netip.Prefix) bool {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && isTrusted(peer.Addr().Unmap(), trusted)
}

// parseHop parses an address of X-Forwarded-For. Some proxies add a port, and put IPv6 addresses in brackets.
func parseHop(hop string) (address netip.Addr, ok bool) {
	if address, err := netip.ParseAddr(hop); err == nil {
		return address, true
	}
	if withPort, err := netip.ParseAddrPort(hop); err == nil { // guard: forwarded addresses may have a port
		return withPort.Addr(), true
	}

	inner, bracketed := strings.CutPrefix(hop, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	address, err := netip.ParseAddr(inner)

	return address, err == nil && bracketed && closed && address.Is6()
}

func isTrusted(address netip.Addr, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(prefix netip.Prefix) bool { return prefix.Contains(address) })
}
