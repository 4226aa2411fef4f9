package docs_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/accountql/accountql/models"
)

// delivered is a request to a webhook, as the programs of TestVerification read it.
type delivered struct {
	ID        string `json:"id"`
	Timestamp string `json:"timestamp"`
	Signature string `json:"signature"`
	Body      string `json:"body"`
	Secret    string `json:"secret"`
	Valid     bool   `json:"-"`
}

// requests returns requests that the library of Standard Webhooks signed, and some that must be refused.
func requests(t *testing.T) []delivered {
	t.Helper()
	const secret, second, body = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3", "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4", `{"é":1}`
	signed := func(at time.Time, secret string) delivered {
		signer, err := standardwebhooks.NewWebhook(secret)
		if err != nil {
			t.Fatal(err)
		}
		signature, err := signer.Sign("0190-e", at, []byte(body))
		if err != nil {
			t.Fatal(err)
		}

		return delivered{"0190-e", strconv.FormatInt(at.Unix(), 10), signature, body, secret, true}
	}

	one, other := signed(time.Now(), secret), signed(time.Now(), second)
	all := []delivered{one, other}
	rotating := one
	rotating.Signature = other.Signature + " " + one.Signature
	all = append(all, rotating)
	for _, spoil := range []func(request *delivered){
		func(r *delivered) { r.Body = `{"é":2}` },
		func(r *delivered) { r.ID = "0190-f" },
		func(r *delivered) { r.Secret = second },
		func(r *delivered) { r.Signature = "" },
		func(r *delivered) { r.Signature = "v1," },
		func(r *delivered) { r.Signature = strings.Replace(r.Signature, "v1,", "v2,", 1) },
		func(r *delivered) { r.Timestamp = "" },
		func(r *delivered) { r.Timestamp = "now" },
		func(r *delivered) { *r = signed(time.Now().Add(-time.Hour), secret) },
		func(r *delivered) { *r = signed(time.Now().Add(time.Hour), secret) },
	} {
		spoiled := one
		spoil(&spoiled)
		spoiled.Valid = false
		all = append(all, spoiled)
	}

	return all
}

const goAround = `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	var requests []struct{ ID, Timestamp, Signature, Body, Secret string }
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		panic(err)
	}
	verdicts := []bool{}
	for _, r := range requests {
		header := http.Header{}
		header.Set("webhook-id", r.ID)
		header.Set("webhook-timestamp", r.Timestamp)
		header.Set("webhook-signature", r.Signature)
		verdicts = append(verdicts, verify(header, []byte(r.Body), r.Secret))
	}
	_ = json.NewEncoder(os.Stdout).Encode(verdicts)
}

`

const nodeAround = `
import { readFileSync } from 'node:fs';
const requests = JSON.parse(readFileSync(0));
console.log(JSON.stringify(requests.map((r) => verify(
  { 'webhook-id': r.id, 'webhook-timestamp': r.timestamp, 'webhook-signature': r.signature }, Buffer.from(r.body), r.secret))));
`

// TestVerification runs the functions of docs/webhooks.md on requests that the library of Standard Webhooks signed.
func TestVerification(t *testing.T) {
	page, all := read(t, "webhooks.md"), requests(t)
	input, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}

	for _, program := range []struct {
		language, before, after, file string
		run                           []string
	}{
		{"go", goAround, "", "main.go", []string{"go", "run"}},
		{"js", "", nodeAround, "verify.mjs", []string{"node"}},
	} {
		t.Run(program.language, func(t *testing.T) {
			block := regexp.MustCompile("(?ms)^```" + program.language + "\n(.*?)^```$").FindStringSubmatch(page)
			if block == nil {
				t.Fatal("the page has no such program")
			}
			if _, err := exec.LookPath(program.run[0]); err != nil {
				t.Skip("no " + program.run[0])
			}

			file := filepath.Join(t.TempDir(), program.file)
			if err := os.WriteFile(file, []byte(program.before+block[1]+program.after), 0o600); err != nil {
				t.Fatal(err)
			}

			command := exec.CommandContext(t.Context(), program.run[0], append(program.run[1:], file)...)
			command.Stdin, command.Stderr = strings.NewReader(string(input)), os.Stderr
			output, err := command.Output()
			if err != nil {
				t.Fatal(err)
			}

			var verdicts []bool
			if err := json.Unmarshal(output, &verdicts); err != nil || len(verdicts) != len(all) {
				t.Fatalf("%v in %s", err, output)
			}
			for i, request := range all {
				if verdicts[i] != request.Valid {
					t.Errorf("%+v: %v", request, verdicts[i])
				}
			}
		})
	}
}

// TestEventsAreDocumented checks that each event is on the page and has a schema, and that no schema is left over.
func TestEventsAreDocumented(t *testing.T) {
	page := read(t, "webhooks.md")
	events := slices.Concat(models.EventTypes, models.ServiceEventTypes)
	files, err := filepath.Glob("webhooks/*.schema.json")
	if err != nil || len(files) != len(events)+1 {
		t.Errorf("%d schemas, %v", len(files), err)
	}

	for _, event := range events {
		if !strings.Contains(page, "`"+string(event)+"`") {
			t.Errorf("docs/webhooks.md does not list %s", event)
		}

		var schema struct{ Title, Description string }
		if err := json.Unmarshal([]byte(read(t, "webhooks/"+string(event)+".schema.json")), &schema); err != nil ||
			schema.Title != string(event) || schema.Description == "" {
			t.Errorf("%s: %+v, %v", event, schema, err)
		}
	}
}
