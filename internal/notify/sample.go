package notify

import (
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// Sample shows one kind of message in one language.
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

// samples returns messages with all the data that a message can have; each kind shows what it uses.
func (r *Renderer) samples() []models.Message {
	var codes []string
	for code := range r.languages {
		codes = append(codes, code)
	}

	slices.Sort(codes)
	var samples []models.Message
	for _, code := range codes {
		for _, k := range kinds(r.links) {
			samples = append(samples, sample(k, code))
		}
	}

	return samples
}

// sampleLives holds how long the secrets of the kinds are valid by default.
var sampleLives = map[models.MessageKind]time.Duration{
	models.MessageActivation:       8 * time.Hour,
	models.MessageShopEmailSet:     8 * time.Hour,
	models.MessagePasswordReset:    30 * time.Minute,
	models.MessageEmailChange:      8 * time.Hour,
	models.MessageEmailChangeAsked: 72 * time.Hour,
	models.MessageEmailChanged:     72 * time.Hour,
	models.MessagePhoneCode:        10 * time.Minute,
	models.MessageDataExport:       24 * time.Hour,
	models.MessageDeletionPending:  30 * 24 * time.Hour,
	models.MessageAccountIdle:      30 * 24 * time.Hour,
	models.MessageConsentConfirm:   7 * 24 * time.Hour,
	models.MessageIdentityCode:     10 * time.Minute,
	models.MessageSignInCode:       10 * time.Minute,
	models.MessageNewDevice:        7 * 24 * time.Hour,
	models.MessageAccountSecured:   30 * time.Minute,

	models.MessageFactorResetAsked:  10 * 24 * time.Hour,
	models.MessageFactorResetFormer: 10 * 24 * time.Hour,
}

// sample returns a message of a kind to a customer who changes from one address to another.
func sample(k kind, language string) models.Message {
	const former, present = "anna@example.com", "anna.kowalska@example.org"
	created := time.Date(2026, time.March, 4, 10, 15, 0, 0, time.UTC)
	message := models.Message{
		ID: "sample", Channel: k.channel, Kind: k.kind, Recipient: former, CreatedAt: created,
		Data: models.MessageData{
			Token: "q8Zr2lB1w0xF-7uS3kVn9tYcE5hJ_pQmD4aGfL6oRiX", Code: "493817", Name: "Anna",
			IP: "203.0.113.7", Place: "Berlin, Germany", Language: language,
			UserAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0.0.0 Safari/537.36",
		},
	}
	if lives, expires := sampleLives[k.kind]; expires {
		until := created.Add(lives)
		message.Data.ExpiresAt = &until
	}

	switch k.kind {
	case models.MessageEmailChange, models.MessageEmailTaken, models.MessageEmailChangeDone,
		models.MessageShopEmailSet, models.MessageShopEmailVerified:
		message.Recipient = present
	case models.MessageEmailChangeAsked, models.MessageEmailChanged:
		message.Data.Destination = "a•••@example.org"
	case models.MessagePhoneChanged, models.MessageShopPhoneReleased:
		message.Data.Destination = "•••••••89"
	case models.MessageAccountDeleted:
		message.Data.Receipt = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6InNhbXBsZSJ9.c2FtcGxl"
	case models.MessageIdentityLinked, models.MessageIdentityUnlinked:
		message.Data.Destination = "Google"
	case models.MessageFactorResetAsked, models.MessageFactorResetFormer:
		available := created.Add(3 * 24 * time.Hour)
		message.Data.AvailableAt = &available
	case models.MessageRecoveryCodeUsed:
		message.Data.RecoveryCodesLeft = 9
	case models.MessagePasskeyAdded:
		message.Data.Destination = "Google Password Manager"
	}

	if k.channel == models.ChannelTextMessage {
		message.Recipient = "+491711234589"
	}

	return message
}
