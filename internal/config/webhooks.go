package config

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/accountql/accountql/models"
)

// Webhook is a receiver of events.
type Webhook struct {
	Name string
	Endpoint
	// Events are the events that it gets; empty means all of accounts.
	Events []models.EventType
	// Setting is the setting that names it.
	Setting string
}

// onlyWebhook is the name of the receiver that --webhook names.
const onlyWebhook = "webhook"

// maxWebhooksFile is how long the file of --webhooks may be, in bytes.
const maxWebhooksFile = 1 << 20

// webhookName is the form of a name: it stands in commands, in metrics and in the log.
var webhookName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// webhookEntry is an entry of the file of --webhooks.
type webhookEntry struct {
	Name         string             `json:"name"`
	URL          string             `json:"url"`
	Secret       string             `json:"secret"`
	SecondSecret string             `json:"secondSecret"`
	Events       []models.EventType `json:"events"`
}

// Webhooks returns the receivers that --webhook and --webhooks name. The errors repeat no secret.
func (s *Settings) Webhooks() ([]Webhook, error) {
	var webhooks []Webhook
	if s.Webhook != "" {
		endpoint, err := s.endpoint(s.Webhook, s.WebhookSecondSecret)
		if err != nil {
			return nil, refuse("--webhook", "%s", err)
		}
		webhooks = append(webhooks, Webhook{Name: onlyWebhook, Endpoint: endpoint, Setting: "--webhook"})
	}

	if s.WebhooksFile == "" {
		return webhooks, nil
	}

	entries, err := readWebhooks(s.WebhooksFile)
	if err != nil {
		return nil, refuse("--webhooks", "%s", err)
	}

	for i, entry := range entries {
		webhook, err := s.webhook(entry)
		if err != nil {
			return nil, refuse("--webhooks", "has a wrong entry %d: %s", i+1, err)
		}
		if slices.ContainsFunc(webhooks, func(other Webhook) bool { return other.Name == webhook.Name }) {
			return nil, refuse("--webhooks", "has a wrong entry %d: there is another webhook called %s", i+1, webhook.Name)
		}
		webhooks = append(webhooks, webhook)
	}

	return webhooks, nil
}

// readWebhooks reads the file of --webhooks.
func readWebhooks(name string) (entries []webhookEntry, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()

	text, err := io.ReadAll(io.LimitReader(file, maxWebhooksFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("can't be read: %w", err)
	case len(text) > maxWebhooksFile:
		return nil, errors.New("is longer than 1 MiB")
	}

	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&entries); err != nil {
		// The library names the key or the position, never a value, which may be a secret.
		return nil, fmt.Errorf("must be a JSON array of objects with the documented keys: %s",
			strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("must hold nothing behind its JSON array")
	}
	if len(entries) == 0 {
		return nil, errors.New("names no webhook")
	}

	return entries, nil
}

// webhook checks an entry.
func (s *Settings) webhook(entry webhookEntry) (Webhook, error) {
	if !webhookName.MatchString(entry.Name) {
		return Webhook{}, errors.New("name must be 1 to 40 small letters, digits and hyphens, such as orders")
	}

	address, err := s.receiver(entry.URL)
	if err != nil {
		return Webhook{}, fmt.Errorf("url %w", err)
	}
	if address.User != nil {
		return Webhook{}, errors.New("url must hold no user and no password: the secret has a key of its own")
	}

	key, err := signingKey(entry.Secret)
	if err != nil {
		return Webhook{}, fmt.Errorf("secret %w", err)
	}
	webhook := Webhook{
		Name: entry.Name, Events: entry.Events, Setting: "--webhooks",
		Endpoint: Endpoint{URL: address.String(), Keys: [][]byte{key}},
	}

	if entry.SecondSecret != "" {
		second, err := signingKey(entry.SecondSecret)
		if err != nil {
			return Webhook{}, fmt.Errorf("secondSecret %w", err)
		}
		if bytes.Equal(second, key) {
			return Webhook{}, errors.New("secondSecret must differ from secret")
		}
		webhook.Keys = append(webhook.Keys, second)
	}

	known := slices.Concat(models.EventTypes, models.ServiceEventTypes)
	for _, event := range entry.Events {
		if !slices.Contains(known, event) {
			return Webhook{}, fmt.Errorf("events must be some of %v", known)
		}
	}

	return webhook, nil
}

// The lengths of a key that signs requests, in bytes, as Standard Webhooks says.
const (
	shortestKey = 24
	longestKey  = 64
)

// secretPrefix marks the secret of a signature, as Standard Webhooks says.
const secretPrefix = "whsec_"

// errSecret describes a secret that signs requests.
var errSecret = errors.New("must be whsec_ and 24 to 64 random bytes in base64")

// signingKey returns the key that a secret holds.
func signingKey(secret string) ([]byte, error) {
	text, marked := strings.CutPrefix(secret, secretPrefix)
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !marked || len(key) < shortestKey || len(key) > longestKey { // guard: a signing key can't be guessed
		return nil, errSecret
	}

	return key, nil
}
