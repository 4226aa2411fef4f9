package server

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/accountql/accountql/models"
)

const (
	writableInterval = 10 * time.Second
	writableTimeout  = 5 * time.Second
)

// writableWatch commits a change of no effect again and again, because only a commit shows that the disk is full. It
// runs beside --metrics-listen only: nobody else asks for it.
type writableWatch struct {
	probe   func(ctx context.Context) error
	log     *slog.Logger
	refused atomic.Bool
}

// check tries once, and logs each change once.
func (w *writableWatch) check(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, writableTimeout)
	defer cancel()
	err := w.probe(ctx)
	switch {
	case err != nil && errors.Is(ctx.Err(), context.Canceled): // the process ends
	case err != nil && !w.refused.Swap(true):
		w.log.ErrorContext(ctx, "the database takes no changes", "cause", causeText(err))
	case err == nil && w.refused.Swap(false):
		w.log.InfoContext(ctx, "the database takes changes again")
	}
}

// causeText returns the text of the cause, which the text of an error for clients lacks.
func causeText(err error) string {
	var known *models.Error
	if errors.As(err, &known) && known.Cause != nil {
		return known.Cause.Error()
	}
	return err.Error()
}
