package egress

import (
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// receiver is a real HTTP server that counts its requests.
type receiver struct {
	*httptest.Server
	requests []string
	answer   func(w http.ResponseWriter, r *http.Request)
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		r.requests = append(r.requests, request.Method)
		if r.answer != nil {
			r.answer(w, request)
		}
	}))
	t.Cleanup(r.Close)

	return r
}

// testClient returns a client that may reach this machine, as in development.
func testClient(t *testing.T) *Client {
	t.Helper()
	client := NewClient(Policy{Loopback: true})
	t.Cleanup(client.Close)
	return client
}

func TestOnlyPublicAddressesAreCalled(t *testing.T) {
	client := NewClient(Policy{})
	private := NewClient(Policy{PrivateHosts: true})
	development := NewClient(Policy{Loopback: true})
	for address, want := range map[string]struct{ public, private, development bool }{
		"93.184.215.14":        {true, true, true},
		"2606:2800:220:1::1":   {true, true, true},
		"10.1.2.3":             {false, true, false},
		"172.16.0.1":           {false, true, false},
		"192.168.1.1":          {false, true, false},
		"fd00::1":              {false, true, false},
		"127.0.0.1":            {false, true, true},
		"127.8.8.8":            {false, true, true},
		"::1":                  {false, true, true},
		"::ffff:127.0.0.1":     {false, true, true},
		"::ffff:10.0.0.1":      {false, true, false},
		"::ffff:169.254.1.1":   {},
		"169.254.169.254":      {}, // the metadata of cloud providers
		"fe80::1":              {},
		"100.64.0.1":           {},
		"0.0.0.0":              {},
		"0.1.2.3":              {},
		"::":                   {},
		"::7f00:1":             {}, // IPv4-compatible
		"64:ff9b::7f00:1":      {}, // NAT64
		"64:ff9b:1::a00:1":     {},
		"2002:7f00:1::":        {}, // 6to4
		"2001:0:7f00:1::":      {}, // Teredo
		"192.88.99.1":          {},
		"192.0.2.1":            {},
		"198.18.0.1":           {},
		"224.0.0.1":            {},
		"ff02::1":              {},
		"240.0.0.1":            {},
		"255.255.255.255":      {},
		"2001:db8::1":          {},
		"fec0::1":              {},
		"fe80::1%eth0":         {},
		"100::1":               {},
		"::ffff:93.184.215.14": {true, true, true},
	} {
		target := netip.AddrPortFrom(netip.MustParseAddr(address), 443).String()
		for name, test := range map[string]struct {
			client *Client
			want   bool
		}{"public": {client, want.public},
			"private": {private, want.private}, "development": {development, want.development}} {
			if err := test.client.control("tcp6", target, nil); (err == nil) != test.want {
				t.Errorf("%s, %s: %v", address, name, err)
			}
		}
	}

	if err := client.control("unix", "/run/docker.sock", nil); err == nil {
		t.Error("a socket of this machine was accepted")
	}
}

// TestHostsThatSayWhereTheyLead checks which hosts are refused before anything is called.
func TestHostsThatSayWhereTheyLead(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": false, "LocalHost.": false, "shop.localhost": false, "10.0.0.1": false, "::1": false,
		"fe80::1%eth0": false, "169.254.169.254": false,
		"93.184.215.14": true, "shop.example": true, "localhost.example": true, "": true,
	} {
		if err := (Policy{}).CheckHost(host); (err == nil) != want {
			t.Errorf("%q: %v", host, err)
		}
	}

	if err := (Policy{PrivateHosts: true}).CheckHost("10.0.0.1"); err != nil {
		t.Error(err)
	}
	if err := (Policy{Loopback: true}).CheckHost("localhost"); err != nil {
		t.Error(err)
	}
}

func TestAddressesAreCheckedBehindTheName(t *testing.T) {
	r := newReceiver(t)
	port := r.URL[strings.LastIndex(r.URL, ":"):]
	client := NewClient(Policy{})
	// localhost is a name here; any other name could resolve to the same address.
	for _, address := range []string{
		"https://localhost" + port, "https://127.0.0.1" + port, "https://[::1]" + port, "https://0x7f.1" + port,
	} {
		if _, _, err := client.Post(t.Context(), address, nil, http.Header{}); err == nil {
			t.Errorf("%s was called", address)
		}
	}

	for _, address := range []string{
		r.URL, "ftp://localhost" + port, "file:///etc/passwd", "//localhost", "gopher://x",
	} {
		if _, _, err := client.Post(t.Context(), address, nil, http.Header{}); !errors.Is(err, ErrScheme) {
			t.Errorf("%s: %v", address, err)
		}
	}

	if len(r.requests) != 0 {
		t.Errorf("%d requests came", len(r.requests))
	}
}

func TestTheClientHasSmallLimits(t *testing.T) {
	// The environment's proxies are ignored.
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	r := newReceiver(t)
	client := testClient(t)
	redirected := false
	r.answer = func(w http.ResponseWriter, request *http.Request) {
		if request.URL.Path == "/next" {
			redirected = true
			return
		}
		http.Redirect(w, request, "/next", http.StatusTemporaryRedirect)
	}

	if status, _, err := client.Post(t.Context(), r.URL, nil,
		http.Header{}); err != nil || status != http.StatusTemporaryRedirect || redirected {
		t.Errorf("a redirect: %d, %v, followed %v", status, err, redirected)
	}

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, strings.Repeat("x", longestAnswer+10))
	}

	if _, body, err := client.Post(t.Context(), r.URL, nil,
		http.Header{}); !errors.Is(err, ErrAnswer) || len(body) > longestAnswer+1 {
		t.Errorf("a long answer: %d bytes, %v", len(body), err)
	}

	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	if _, _, err := client.Post(t.Context(), secure.URL, nil, http.Header{}); err == nil {
		t.Error("a certificate of nobody was accepted")
	}

	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	trusting := NewClient(Policy{Loopback: true, Roots: roots})
	defer trusting.Close()
	if status, _, err := trusting.Post(t.Context(), secure.URL, nil,
		http.Header{}); err != nil || status != http.StatusNotFound {
		t.Errorf("%d, %v", status, err)
	}
	if client.http.Timeout != 5*time.Second {
		t.Errorf("the limit is %s", client.http.Timeout)
	}
}

func TestAGetReadsTheWholeAnswer(t *testing.T) {
	r := newReceiver(t)
	client := testClient(t)
	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", longestAnswer))
	}

	if status, body, err := client.Get(t.Context(),
		r.URL); err != nil || status != http.StatusOK || len(body) != longestAnswer {
		t.Errorf("%d, %d bytes, %v", status, len(body), err)
	}

	r.answer = func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", longestAnswer+1))
	}

	if _, _, err := client.Get(t.Context(), r.URL); !errors.Is(err, ErrAnswer) {
		t.Errorf("a long answer: %v", err)
	}
	if strings.Join(r.requests, " ") != "GET GET" {
		t.Errorf("asked %v", r.requests)
	}
}

// TestConnect guards that a trial connects as a request would, and sends nothing.
func TestConnect(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request was sent")
	}))
	defer secure.Close()
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())

	trusting := NewClient(Policy{PrivateHosts: true, Roots: roots})
	defer trusting.Close()
	if err := trusting.Connect(t.Context(), secure.URL+"/hook?key=marker"); err != nil {
		t.Error(err)
	}

	for name, test := range map[string]struct {
		policy  Policy
		address string
	}{
		"a certificate of nobody": {Policy{PrivateHosts: true}, secure.URL},
		"another name":            {Policy{PrivateHosts: true, Roots: roots}, strings.Replace(secure.URL, "127.0.0.1", "localhost", 1)},
		"this machine":            {Policy{Roots: roots}, secure.URL},
		"plain http":              {Policy{PrivateHosts: true}, strings.Replace(secure.URL, "https", "http", 1)},
		"no TLS there":            {Policy{PrivateHosts: true}, "https" + strings.TrimPrefix(newReceiver(t).URL, "http")},
		"nobody there":            {Policy{PrivateHosts: true}, "https://127.0.0.1:1"},
	} {
		client := NewClient(test.policy)
		if err := client.Connect(t.Context(), test.address+"/marker"); err == nil || strings.Contains(err.Error(), "marker") {
			t.Errorf("%s: %v", name, err)
		}
		client.Close()
	}

	development := testClient(t)
	if err := development.Connect(t.Context(), newReceiver(t).URL); err != nil {
		t.Error(err)
	}
}
