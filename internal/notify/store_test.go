package notify

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/accountql/accountql/models"
)

// errDatabase is the error with which fakeStore fails.
var errDatabase = models.Unavailable(errors.New("disk on fire"))

// fakeStore is an outbox in memory that keeps the contract of Store.
type fakeStore struct {
	mu       sync.Mutex
	messages []models.Message
	// claims counts the calls of ClaimMessages.
	claims int
	// failClaims and failMarks are how many of the next calls fail.
	failClaims, failMarks int
	// retries holds the delays that MarkFailed got, by message.
	retries map[string][]time.Duration
}

func newFakeStore(messages ...models.Message) *fakeStore {
	return &fakeStore{messages: messages, retries: make(map[string][]time.Duration)}
}

func (s *fakeStore) add(messages ...models.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.messages = append(s.messages, messages...)
}

func (s *fakeStore) get(id string) models.Message {
	s.mu.Lock()
	defer s.mu.Unlock()

	for _, message := range s.messages {
		if message.ID == id {
			return message
		}
	}

	return models.Message{}
}

func (s *fakeStore) ClaimMessages(
	ctx context.Context, now time.Time, lease time.Duration, limit int,
) ([]models.Message, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	s.claims++
	if s.failClaims > 0 {
		s.failClaims--
		return nil, errDatabase
	}

	var claimed []models.Message
	for i := range s.messages {
		message := &s.messages[i]
		if message.SentAt != nil || message.FailedAt != nil || message.NotBefore.After(now) || len(claimed) == limit {
			continue
		}
		message.NotBefore = now.Add(lease)
		message.Attempts++
		claimed = append(claimed, *message)
	}

	return claimed, nil
}

func (s *fakeStore) MarkSent(ctx context.Context, id string, now time.Time) error {
	return s.mark(ctx, id, func(message *models.Message) {
		message.SentAt = &now
		message.Data.Token, message.Data.Code = "", ""
	})
}

func (s *fakeStore) MarkFailed(
	ctx context.Context, id string, now time.Time, reason string, retryAt *time.Time,
) error {
	return s.mark(ctx, id, func(message *models.Message) {
		message.LastError = &reason
		if retryAt == nil {
			message.FailedAt = &now
			return
		}

		message.NotBefore = *retryAt
		s.retries[id] = append(s.retries[id], time.Until(*retryAt))
	})
}

func (s *fakeStore) mark(ctx context.Context, id string, change func(message *models.Message)) error {
	if err := ctx.Err(); err != nil {
		return err
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failMarks > 0 {
		s.failMarks--
		return errDatabase
	}

	at := slices.IndexFunc(s.messages, func(m models.Message) bool { return m.ID == id && m.SentAt == nil })
	if at < 0 {
		return models.ErrNotFound
	}

	change(&s.messages[at])

	return nil
}

// recorder is a Sender that counts its messages and returns what its function returns.
type recorder struct {
	mu   sync.Mutex
	sent map[string]int
	do   func(ctx context.Context, message Rendered, attempt int) error
}

func newRecorder(do func(ctx context.Context, message Rendered, attempt int) error) *recorder {
	return &recorder{sent: make(map[string]int), do: do}
}

func (r *recorder) Send(ctx context.Context, message Rendered) error {
	r.mu.Lock()
	r.sent[message.ID]++
	attempt := r.sent[message.ID]
	r.mu.Unlock()
	if r.do == nil {
		return nil
	}

	return r.do(ctx, message, attempt)
}

func (r *recorder) times(id string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sent[id]
}

// lockedLog is a log to which several goroutines can write.
type lockedLog struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
