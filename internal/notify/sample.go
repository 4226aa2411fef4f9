package notify

import (
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// Sample is one kind of message as it looks in one language.
type Sample struct {
	Language string
	Message  Rendered
}

// Samples renders every kind in every language with made-up data, in the order of languages and kinds.
func (r *Renderer) Samples() ([]Sample, error) {
	var samples []Sample
	for _, message := range r.samples() {
		rendered, err := r.Render(message)
		if err != nil {
			return nil, err
		}
		samples = append(samples, Sample{Language: message.Data.Language, Message: rendered})
	}
	return samples, nil
}

// samples are messages with everything that a message can have.
func (r *Renderer) samples() []models.Message {
	var codes []string
	for code := range r.languages {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	created := time.Date(2026, time.March, 4, 10, 15, 0, 0, time.UTC)
	expires := created.Add(30 * time.Minute)
	var samples []models.Message
	for _, code := range codes {
		for _, k := range kinds(r.links) {
			message := models.Message{
				ID: "sample", Channel: k.channel, Kind: k.kind, Recipient: "anna@example.com", CreatedAt: created,
				Data: models.MessageData{
					Token: "q8Zr2lB1w0xF-7uS3kVn9tYcE5hJ_pQmD4aGfL6oRiX", Code: "493817", Name: "Anna", Destination: "n•••@example.org", ExpiresAt: &expires,
					IP: "203.0.113.7", UserAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36", Language: code,
				},
			}
			if k.channel == models.ChannelTextMessage {
				message.Recipient, message.Data.Destination = "+491711234567", "•••••••89"
			}
			if k.kind == models.MessageIdentityLinked || k.kind == models.MessageIdentityUnlinked {
				message.Data.Destination = "Google"
			}
			samples = append(samples, message)
		}
	}
	return samples
}
