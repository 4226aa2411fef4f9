package auth

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

// TestClientIP checks R-THR2: only trusted proxies are believed, and the client is the right-most forwarded address
// that is not a trusted proxy itself.
func TestClientIP(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:ffff::/48")}
	for _, test := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"192.0.2.1:1234", nil, "192.0.2.1"},
		{"192.0.2.1:1234", []string{"198.51.100.7"}, "192.0.2.1"}, // the client is not a trusted proxy
		{"10.0.0.1:1234", nil, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"198.51.100.7"}, "198.51.100.7"},
		{"10.0.0.1:1234", []string{"1.1.1.1, 198.51.100.7"}, "198.51.100.7"},            // the left one is forged
		{"10.0.0.1:1234", []string{"1.1.1.1", "198.51.100.7"}, "198.51.100.7"},          // in two headers
		{"10.0.0.1:1234", []string{"198.51.100.7, 10.0.0.2"}, "198.51.100.7"},           // two proxies
		{"10.0.0.1:1234", []string{"198.51.100.7,10.9.9.9 , 10.0.0.2"}, "198.51.100.7"}, // three
		{"10.0.0.1:1234", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},                   // only proxies
		{"10.0.0.1:1234", []string{"198.51.100.7, not an address"}, "10.0.0.1"},         // the last valid address
		{"10.0.0.1:1234", []string{"1.1.1.1, bad, 10.0.0.2"}, "10.0.0.2"},
		{"10.0.0.1:1234", []string{""}, "10.0.0.1"},
		{"[2001:db8::7]:1234", []string{"198.51.100.7"}, "2001:db8::7"},
		{"[2001:db8:ffff::1]:1234", []string{"2001:DB8:0:0::0042"}, "2001:db8::42"},
		{"[::ffff:10.0.0.1]:1234", []string{"::ffff:198.51.100.7"}, "198.51.100.7"}, // IPv4 in IPv6 is IPv4
		{"[::ffff:192.0.2.1]:1234", nil, "192.0.2.1"},
		{"10.0.0.1:1234", []string{"fe80::1%eth0"}, "fe80::1"},
		{"10.0.0.1:1234", []string{"203.0.113.7:5678"}, "203.0.113.7"}, // some proxies write the port
		{"10.0.0.1:1234", []string{"1.1.1.1:80, 203.0.113.7:5678,10.0.0.2:443"}, "203.0.113.7"},
		{"10.0.0.1:1234", []string{"[2001:db8::1]:80"}, "2001:db8::1"},
		{"10.0.0.1:1234", []string{" [2001:DB8::1] "}, "2001:db8::1"},
		{"10.0.0.1:1234", []string{"198.51.100.7:1, [2001:db8:ffff::1]:80, [2001:db8:ffff::2]"}, "198.51.100.7"},
		{"10.0.0.1:1234", []string{"[::ffff:203.0.113.7]:80"}, "203.0.113.7"},
		{"10.0.0.1:1234", []string{"[fe80::1%eth0]:80"}, "fe80::1"},
		{"10.0.0.1:1234", []string{"203.0.113.7:"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"203.0.113.7:65536"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"[203.0.113.7]"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"[2001:db8::1"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"2001:db8::1]"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"[2001:db8::1]80"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"[[2001:db8::1]]"}, "10.0.0.1"},
		{"10.0.0.1:1234", []string{"[]"}, "10.0.0.1"},
		{"@", nil, ""},
		{"", []string{"198.51.100.7"}, ""},
	} {
		r := httptest.NewRequest("POST", "/graphql", nil)
		r.RemoteAddr = test.peer
		for _, header := range test.forwarded {
			r.Header.Add("X-Forwarded-For", header)
		}

		r.Header.Set("X-Real-Ip", "203.0.113.9")
		r.Header.Set("Forwarded", "for=203.0.113.9")
		if got, _ := ClientIP(r, trusted); got != test.want {
			t.Errorf("%s behind %q is %q, want %q", test.peer, test.forwarded, got, test.want)
		}
	}

	r := httptest.NewRequest("POST", "/graphql", nil)
	r.RemoteAddr = "127.0.0.1:1234"
	r.Header.Set("X-Forwarded-For", "198.51.100.7")
	if got, _ := ClientIP(r, nil); got != "127.0.0.1" {
		t.Errorf("without trusted proxies the client is %q", got)
	}
}

// TestUnreadForwards checks that addresses are reported as unread only if an address that is not trusted passed them
// on, or if they are in no X-Forwarded-For.
func TestUnreadForwards(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, test := range []struct {
		peer, forwarded string
		want            bool
	}{
		{"192.0.2.1:1234", "", false},
		{"10.0.0.1:1234", "", false},
		{"192.0.2.1:1234", "198.51.100.7", true},
		{"127.0.0.1:1234", "198.51.100.7", true},
		{"10.0.0.1:1234", "198.51.100.7", false},
		{"10.0.0.1:1234", "1.1.1.1, 198.51.100.7", true},
		{"10.0.0.1:1234", "198.51.100.7, 10.0.0.2", false},
		{"10.0.0.1:1234", "not an address", false},
	} {
		r := httptest.NewRequest("POST", "/graphql", nil)
		r.RemoteAddr = test.peer
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if _, got := ClientIP(r, trusted); got != test.want {
			t.Errorf("%s behind %q: unread is %v", test.peer, test.forwarded, got)
		}

		// These are unread unless the proxy sends the other one, too.
		for name, value := range map[string]string{"Forwarded": "for=198.51.100.7", "X-Real-Ip": "198.51.100.7"} {
			other := r.Clone(t.Context())
			other.Header.Set(name, value)
			if _, got := ClientIP(other, trusted); got != (test.want || test.forwarded == "") {
				t.Errorf("%s behind %q with %s: unread is %v", test.peer, test.forwarded, name, got)
			}
		}
	}
}
