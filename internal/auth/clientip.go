package auth

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientIP returns the address of the client without port: that of the
// connection, or, where the connection comes from a trusted proxy, the
// right-most address of X-Forwarded-For that is not itself a trusted proxy
// (R-THR2). What a client writes to the left of it is never believed.
func ClientIP(r *http.Request, trusted []netip.Prefix) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	address := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !isTrusted(address, trusted) {
			break
		}
		next, ok := parseHop(strings.TrimSpace(hop))
		if !ok {
			break
		}
		address = next.Unmap().WithZone("")
	}
	return address.String()
}

// parseHop reads an address of X-Forwarded-For. Some proxies write a port behind it, and IPv6 in brackets.
func parseHop(hop string) (address netip.Addr, ok bool) {
	if address, err := netip.ParseAddr(hop); err == nil {
		return address, true
	}
	if withPort, err := netip.ParseAddrPort(hop); err == nil {
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
