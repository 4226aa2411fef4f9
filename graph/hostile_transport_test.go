package graph_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/accountql/accountql/test/world"
)

// aQuery is a valid request.
const aQuery = `{"query":"{__typename}","` + marker + `":"` + marker + `"}`

// around sends a request whose method and headers a test changes.
func around(t testing.TB, w *world.World, method, body string, change func(http.Header)) *world.Answer {
	t.Helper()
	r := httptest.NewRequest(method, "/graphql?query={__typename}&"+marker, strings.NewReader(body))
	r.Header = hostileHeader(w)
	if change != nil {
		change(r.Header)
	}
	return w.Send(t, r)
}

func TestHostileMethods(t *testing.T) {
	w := newHostileWorld(t, true)
	for _, method := range []string{
		"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "post", marker,
	} {
		a := around(t, w, method, aQuery, nil)
		checkRefusal(t, w, a, http.StatusMethodNotAllowed, badRequest)
		if a.Header.Get("Allow") != http.MethodPost {
			t.Errorf("%s: Allow is %q", method, a.Header.Get("Allow"))
		}
	}

	checkSecondClient(t, w)
}

// TestHostileMediaTypes checks that a request that a form of another site can send is refused, above all a mutation
// (docs/hostile.md, D7).
func TestHostileMediaTypes(t *testing.T) {
	w := newHostileWorld(t, true)
	multipart := "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{\"query\":\"mutation{signOut{revokedSessions}}\"}\r\n--b--"
	for _, test := range []struct {
		name  string
		types []string
		body  string
	}{
		{"missing", nil, aQuery},
		{"empty", []string{""}, aQuery},
		{"text", []string{"text/plain"}, aQuery},
		{"urlencoded", []string{"application/x-www-form-urlencoded"}, "query=mutation{signOut{revokedSessions}}"},
		{"multipart", []string{"multipart/form-data; boundary=b"}, multipart},
		{"graphql", []string{"application/graphql"}, "{__typename}"},
		{"utf-16", []string{"application/json; charset=utf-16"}, aQuery},
		{"latin-1", []string{"application/json; charset=iso-8859-1"}, aQuery},
		{"two charsets", []string{"application/json; charset=utf-8; charset=utf-16"}, aQuery},
		{"two values", []string{"application/json, text/plain"}, aQuery},
		{"two headers", []string{"application/json", "text/plain"}, aQuery},
		{"look-alikes", []string{"application/jsonp"}, aQuery},
		{"patch", []string{"application/json-patch+json"}, aQuery},
		{"garbage", []string{marker}, aQuery},
		{"a long one", []string{"application/json; a=" + strings.Repeat(marker, 2000)}, aQuery},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, code := http.StatusUnsupportedMediaType, badRequest
			if test.name == "a long one" {
				status, code = http.StatusOK, "" // an unknown parameter changes nothing
			}

			a := around(t, w, http.MethodPost, test.body, func(h http.Header) {
				h.Del("Content-Type")
				for _, one := range test.types {
					h.Add("Content-Type", one)
				}
			})
			if checkSilence(t, w, a); a.Status != status || a.Code() != code {
				t.Errorf("answered %d %s", a.Status, a.Body)
			}
		})
	}

	for _, accept := range []string{"text/html", "application/xml", "application/json;q=0", "image/*", "*/*;q=0",
		"application/graphql-response+json;q=0",
		"application/json;charset=utf-16", marker, marker + "/" + marker, "application/json;q=2",
		"application/json;q=" + marker, strings.Repeat("text/html,", 1000)} {
		a := around(t, w, http.MethodPost, aQuery, func(h http.Header) { h.Set("Accept", accept) })
		checkRefusal(t, w, a, http.StatusNotAcceptable, badRequest)
	}

	checkSecondClient(t, w)
}

// TestHostileEncodings checks that no compressed body is accepted, so that none can expand.
func TestHostileEncodings(t *testing.T) {
	w := newHostileWorld(t, true)
	pack := func(writer io.WriteCloser, packed *bytes.Buffer, text string) string {
		_, err := io.WriteString(writer, text)
		world.Check(t, err)
		world.Check(t, writer.Close())
		return packed.String()
	}

	bomb := `{"query":"` + strings.Repeat(" ", 4<<20) + `{__typename}"}`
	var zipped, deflated bytes.Buffer
	deflater, err := flate.NewWriter(&deflated, flate.BestCompression)
	world.Check(t, err)
	bodies := map[string]string{"plain": aQuery, "gzip": pack(gzip.NewWriter(&zipped), &zipped,
		bomb), "deflate": pack(deflater, &deflated, bomb)}
	for kind, body := range bodies {
		for _, encodings := range [][]string{
			{"gzip"}, {"deflate"}, {"br"}, {"x-gzip"}, {"gzip, identity"}, {"identity", "gzip"}, {marker},
		} {
			var a *world.Answer
			allocated := allocatedBy(func() {
				a = around(t, w, http.MethodPost, body, func(h http.Header) { h["Content-Encoding"] = encodings })
			})
			checkRefusal(t, w, a, http.StatusUnsupportedMediaType, badRequest)
			if allocated > maxWork {
				t.Errorf("%s as %v: %d bytes", kind, encodings, allocated)
			}
		}

		if kind != "plain" {
			checkRefusal(t, w, around(t, w, http.MethodPost, body, nil), http.StatusBadRequest, badRequest)
		}
	}

	checkSecondClient(t, w)
}

// TestHostileCredentials checks that a key is accepted only in one header, sent once (R-KEY5, R-KEY9).
func TestHostileCredentials(t *testing.T) {
	w := newHostileWorld(t, true)
	key, session := w.Keys["development"], "Bearer "+w.Tokens["attacker"]
	for _, test := range []struct {
		name   string
		status int
		code   string
		header http.Header
	}{
		{"the same key twice", 400, badRequest, http.Header{"X-Api-Key": {key, key}}},
		{"two keys", 400, badRequest, http.Header{"X-Api-Key": {key, marker}}},
		{"two sessions",
			400, badRequest, http.Header{"X-Api-Key": {key}, "Authorization": {session, "Bearer " + marker}}},
		{"the same session twice",
			400, badRequest, http.Header{"X-Api-Key": {key}, "Authorization": {session, session}}},
		{"two keys in one header", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {key + ", " + key}}},
		{"no key", 401, "API_KEY_INVALID", http.Header{"Authorization": {session}}},
		{"an empty key", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {""}}},
		{"a wrong key", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {"ak_" + marker}}},
		{"a long key", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {"ak_" + strings.Repeat(marker, 3000)}}},
		{"the key and more", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {key + marker}}},
		{"a key with a NUL", 401, "API_KEY_INVALID", http.Header{"X-Api-Key": {key + "\x00"}}},
		{"the key in a cookie",
			401, "API_KEY_INVALID", http.Header{"Cookie": {"X-Api-Key=" + key + "; apiKey=" + key}}},
		{"the key as a session", 401, "API_KEY_INVALID", http.Header{"Authorization": {"Bearer " + key}}},
		{"the key by another name", 401, "API_KEY_INVALID", http.Header{"Api-Key": {key}, "X_Api_Key": {key}}},
		{"a session in a cookie", 401, "UNAUTHENTICATED", http.Header{
			"X-Api-Key": {key}, "Cookie": {"Authorization=" + session + "; session=" + w.Tokens["attacker"]},
		}},
		{"a basic session", 401,
			"UNAUTHENTICATED", http.Header{"X-Api-Key": {key}, "Authorization": {"Basic " + w.Tokens["attacker"]}}},
		{"a long session", 401, "UNAUTHENTICATED",
			http.Header{"X-Api-Key": {key}, "Authorization": {session + strings.Repeat(marker, 3000)}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := `{"query":"{account{id}}","apiKey":"` + key + `","X-Api-Key":"` + key + `","Authorization":"` +
				session + `","extensions":{"headers":{"X-Api-Key":"` + key + `"}}}`
			r := httptest.NewRequest(http.MethodPost,
				"/graphql?apiKey="+key+"&X-Api-Key="+key+"&access_token="+w.Tokens["attacker"], strings.NewReader(body))
			r.Header = test.header.Clone()
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/graphql-response+json")
			a := w.Send(t, r)
			if checkSilence(t, w, a); a.Status != test.status || a.Code() != test.code {
				t.Errorf("answered %d %s", a.Status, a.Body)
			}

			for _, secret := range []string{key, w.Tokens["attacker"]} {
				if strings.Contains(a.Body+w.Log.String(), secret) {
					t.Errorf("the credential is repeated")
				}
			}
		})
	}

	checkSecondClient(t, w)
}

// TestStrictJSON checks that two parsers can't read a request as two different requests (R-GQL3).
func TestStrictJSON(t *testing.T) {
	w := newHostileWorld(t, true)
	for name, body := range map[string]string{
		"nothing":                  ``,
		"white space":              " \n\t",
		"null":                     `null`,
		"a string":                 `"{__typename}` + marker + `"`,
		"an array":                 `[` + aQuery + `]`,
		"an empty array":           `[]`,
		"no query":                 `{"` + marker + `":"{__typename}"}`,
		"an empty object":          `{}`,
		"a null query":             `{"query":null,"a":"` + marker + `"}`,
		"a list as the query":      `{"query":["{__typename}"],"a":"` + marker + `"}`,
		"a number as the query":    `{"query":1,"a":"` + marker + `"}`,
		"a key by another case":    `{"QuErY":"{__typename}","a":"` + marker + `"}`,
		"a key with a space":       `{"query ":"{__typename}","a":"` + marker + `"}`,
		"a key twice":              `{"query":"{__typename}","query":"{__typename ` + marker + `}"}`,
		"a key twice by escape":    `{"query":"{__typename}","qu\u0065ry":"{__typename ` + marker + `}"}`,
		"a foreign key twice":      `{"query":"{__typename}","` + marker + `":1,"` + marker + `":2}`,
		"a key twice in variables": `{"query":"{__typename}","variables":{"a":1,"` + marker + `":2,"a":3}}`,
		"a key twice deep down": `{"query":"{__typename}","variables":{"a":[{"b":{"` + marker + `":1,"` + marker +
			`":2}}]}}`,
		"a key twice elsewhere":   `{"query":"{__typename}","a":{"` + marker + `":{},"` + marker + `":{}}}`,
		"bytes after it":          aQuery + marker,
		"an object after it":      aQuery + aQuery,
		"a brace after it":        aQuery + `}`,
		"a comma after it":        aQuery + `,`,
		"a NUL after it":          aQuery + "\x00",
		"a byte order mark":       "\ufeff" + aQuery,
		"utf-16":                  "\xff\xfe{\x00}\x00",
		"invalid utf-8":           `{"query":"{__typename}","a":"` + marker + "\xff" + `"}`,
		"overlong utf-8":          `{"query":"{__typename}","a":"` + marker + "\xc0\xaf" + `"}`,
		"a surrogate in utf-8":    `{"query":"{__typename}","a":"` + marker + "\xed\xa0\x80" + `"}`,
		"a high surrogate alone":  `{"query":"{__typename}","a":"` + marker + `\ud800"}`,
		"a low surrogate alone":   `{"query":"{__typename}","a":"` + marker + `\uDFFF\ud800"}`,
		"a surrogate in a key":    `{"query":"{__typename}","` + marker + `\ud800":1}`,
		"two high surrogates":     `{"query":"{__typename}","a":"` + marker + `\ud83d\ud83d\ude00"}`,
		"a raw line break":        "{\"query\":\"{__typename}\",\"a\":\"" + marker + "\n\"}",
		"a raw NUL":               "{\"query\":\"{__typename}\",\"a\":\"" + marker + "\x00\"}",
		"a wrong escape":          `{"query":"{__typename}","a":"` + marker + `\x41"}`,
		"half an escape":          `{"query":"{__typename}","a":"` + marker + `\u12"}`,
		"apostrophes":             `{'query':'{__typename} ` + marker + `'}`,
		"no quotation marks":      `{query:"{__typename}` + marker + `"}`,
		"NaN":                     `{"query":"{__typename}","` + marker + `":NaN}`,
		"Infinity":                `{"query":"{__typename}","` + marker + `":-Infinity}`,
		"a leading zero":          `{"query":"{__typename}","` + marker + `":01}`,
		"a leading plus":          `{"query":"{__typename}","` + marker + `":+1}`,
		"a leading point":         `{"query":"{__typename}","` + marker + `":.5}`,
		"a trailing point":        `{"query":"{__typename}","` + marker + `":1.}`,
		"hexadecimal":             `{"query":"{__typename}","` + marker + `":0x10}`,
		"a comment":               `{"query":"{__typename}"/*` + marker + `*/}`,
		"a line comment":          "{\"query\":\"{__typename}\"//" + marker + "\n}",
		"a comma too many":        `{"query":"{__typename} ` + marker + `",}`,
		"a comma in a list":       `{"query":"{__typename}","` + marker + `":[1,]}`,
		"no comma":                `{"query":"{__typename}" "` + marker + `":1}`,
		"a bracket for a brace":   `{"query":"{__typename} ` + marker + `"]`,
		"an unfinished object":    `{"query":"{__typename} ` + marker + `"`,
		"True":                    `{"query":"{__typename}","` + marker + `":True}`,
		"depth 17":                nested(`{"query":"{__typename}","`+marker+`":`, "[", "1", "]", "}")(16),
		"depth 17 in objects":     nested(`{"query":"{__typename}","`+marker+`":`, `{"a":`, "1", "}", "}")(16),
		"variables as a list":     `{"query":"{__typename}","variables":["` + marker + `"]}`,
		"variables as a string":   `{"query":"{__typename}","variables":"{\"a\":\"` + marker + `\"}"}`,
		"a list as operationName": `{"query":"{__typename}","operationName":["` + marker + `"]}`,
		"extensions as a string":  `{"query":"{__typename}","extensions":"` + marker + `"}`,
	} {
		t.Run(name, func(t *testing.T) { checkRefusal(t, w, strike(t, w, body), http.StatusBadRequest, badRequest) })
	}

	for name, body := range map[string]string{
		"white space around":   " \r\n\t" + aQuery + " \r\n\t",
		"nulls":                `{"query":"{__typename}","operationName":null,"variables":null,"extensions":null}`,
		"an unknown key":       aQuery,
		"a pair of surrogates": `{"query":"{__typename}","a":"\ud83d\ude00"}`,
		"an escaped backslash": `{"query":"{__typename}","a":"\\ud800"}`,
		"depth 16":             nested(`{"query":"{__typename}","a":`, "[", "1", "]", "}")(15),
	} {
		if a := strike(t, w, body); a.Status != http.StatusOK || a.At("__typename") != "Query" {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}

	checkSecondClient(t, w)
}
