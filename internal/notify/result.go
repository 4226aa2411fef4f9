package notify

import "github.com/accountql/accountql/models"

// Result is what came of an attempt.
type Result string

// The results.
const (
	// ResultSent means that the provider accepted the message.
	ResultSent Result = "sent"
	// ResultRetried means that the next attempt follows.
	ResultRetried Result = "retried"
	// ResultGivenUp means that there is no further attempt.
	ResultGivenUp Result = "given_up"
)

// Results returns every result.
func Results() []Result { return []Result{ResultSent, ResultRetried, ResultGivenUp} }

// attempted tells the result of an attempt.
func (w *Worker) attempted(message models.Message, result Result) {
	if w.config.Attempted != nil {
		w.config.Attempted(message.Channel, result)
	}
}
