package notify

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/accountql/accountql/models"
)

// The delays between attempts double from firstDelay up to longestDelay, for giveUpAfter at most: three days bridge
// an outage over a weekend.
const (
	firstDelay   = 5 * time.Second
	longestDelay = 15 * time.Minute
	giveUpAfter  = 72 * time.Hour
)

// The failures that the worker itself finds.
var (
	errExpired  = errors.New("the token or code expired before the message could be sent")
	errNoSender = errors.New("no sender is set for this channel")
	errPanic    = errors.New("the attempt ended in a panic; the log has the stack")
)

// permanentError is a failure that a retry can't fix.
type permanentError struct{ cause error }

// Permanent wraps the error of a message that can never be sent, for example to a mailbox that does not exist; the
// worker does not retry it. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{cause: err}
}

// Error returns the text of the cause.
func (e *permanentError) Error() string { return e.cause.Error() }

// Unwrap returns the cause.
func (e *permanentError) Unwrap() error { return e.cause }

// IsPermanent reports whether err, or an error in its chain, was made by Permanent.
func IsPermanent(err error) bool {
	var permanent *permanentError
	return errors.As(err, &permanent)
}

// expired reports whether the message carries a secret that is no longer valid.
func expired(message models.Message, now time.Time) bool {
	dated := message.Data.Token != "" || message.Data.Code != "" || message.Kind == models.MessageAccountIdle
	return dated && message.Data.ExpiresAt != nil && !now.Before(*message.Data.ExpiresAt)
}

// retryAt returns when the next attempt is due, or nil if there is no next attempt: after a permanent failure, if
// the secret will have expired by then, or if the message has been tried for giveUpAfter.
func (w *Worker) retryAt(message models.Message, cause error) *time.Time {
	if IsPermanent(cause) {
		return nil
	}

	at := w.config.Now().Add(delay(message.Attempts, w.config.Random()))
	if expired(message, at) || at.Sub(message.CreatedAt) > giveUpAfter {
		return nil
	}

	return &at
}

// delay returns how long to wait after an attempt. The jitter is up to a fifth in both directions, enough that the
// messages of an outage are not all retried at once.
func delay(attempts int, random float64) time.Duration {
	wait := firstDelay
	for i := 1; i < attempts && wait < longestDelay; i++ {
		wait *= 2
	}
	wait = min(wait, longestDelay)
	return wait*4/5 + time.Duration(random*float64(wait)*2/5)
}

// longestReason is how much of an error is kept, in code points.
const longestReason = 300

// scrubber removes from an error's text what must not be in a log or stored with a message: providers like to
// repeat the recipient, and sometimes more (R-LOG1).
type scrubber struct{ address, number *regexp.Regexp }

func newScrubber() scrubber {
	return scrubber{
		// A quoted local part belongs to a carrier's address, see compose.
		// guard: a quoted address is not logged
		address: regexp.MustCompile(`("[^"\s]+"|%22[^\s"]+%22|[^\s<>"'(),;]+)(@|%40)[^\s<>"'(),;]+`),
		number:  regexp.MustCompile(`(\+|%2[Bb])?[0-9](?:[ ()-]?[0-9]){6,}`),
	}
}

// clean returns the text without personal data and secrets of the message, in one line without control characters
// (R-LOG2), shortened to longestReason.
func (s scrubber) clean(text string, message models.Message) string {
	recipient := message.Recipient
	if message.Channel == models.ChannelWebhook {
		recipient = "" // a word of errors, and no address
	}

	for _, secret := range []string{message.Data.Token,
		message.Data.Code, recipient, message.Data.Name, message.Data.UserAgent, message.Data.IP} {
		// Removing a name of one or two letters would break whole words.
		if len(secret) > 2 {
			text = strings.ReplaceAll(text, secret, "[removed]")
			text = strings.ReplaceAll(text, url.QueryEscape(secret), "[removed]")
		}
	}

	text = s.address.ReplaceAllString(text, "[address]")
	text = s.number.ReplaceAllString(text, "[number]")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > longestReason {
		text = string(runes[:longestReason]) + "…"
	}

	return text
}

// detail returns what the log needs to know about a store's error: also its cause, which the message for people
// omits.
func detail(err error) string {
	var known *models.Error
	if errors.As(err, &known) && known.Cause != nil {
		return err.Error() + ": " + known.Cause.Error()
	}
	return err.Error()
}
