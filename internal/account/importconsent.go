package account

import (
	"fmt"
	"slices"
	"time"

	"github.com/accountql/accountql/models"
)

// decideImportedConsents validates the history of the customer's consents. The last consent of a channel is its
// agreement, unless it waits for a proof or the line says that it does not count any more (null).
func (s *Service) decideImportedConsents(
	account *models.Account, line *importLine, now time.Time,
) ([]models.Consent, error) {
	given := line.consents
	if len(given) > maxConsents {
		return nil, models.InvalidInput("consents", models.ReasonTooMany, maxConsents, "must not be more than 1,000")
	}

	var wrong models.Errors
	byTime := slices.Clone(given)
	slices.SortStableFunc(byTime, func(a, b LineConsent) int { return a.RecordedAt.Compare(b.RecordedAt) })
	history := make([]models.Consent, 0, len(byTime))
	last := map[models.ConsentChannel]LineConsent{}
	for _, answer := range byTime {
		if !slices.Contains(models.ConsentChannels, answer.Channel) {
			wrong.Add(models.InvalidInput("consents.channel", models.ReasonUnknownValue, 0,
				fmt.Sprintf("must be one of %v", models.ConsentChannels)))
			continue
		}

		source, err := models.ParseText("consents.source", answer.Source, maxTextLength)
		wrong.Add(err)
		wrong.Add(notInFuture("consents.recordedAt", answer.RecordedAt, now))
		consent := s.consent(account.ID, answer.Channel, answer.Value, OperationName(source))
		if answer.Pending && (answer.Value == nil || !*answer.Value) {
			wrong.Add(models.InvalidInput("consents.pending", models.ReasonConflicting, 0,
				"must not be true of an answer that is not true"))
		}

		if answer.Wording != nil {
			wording, err := models.ParseText("consents.wording", *answer.Wording, maxTextLength)
			wrong.Add(err)
			consent.Wording = &wording
		}

		consent.Pending, consent.RecordedAt = answer.Pending, *importedTime(&answer.RecordedAt)
		history = append(history, consent)
		last[answer.Channel] = answer
	}

	for channel, answer := range last {
		place, value := account.Agreements.Channel(channel), answer.Value
		if answer.Pending {
			value = nil
		}
		if *place != nil && !answer.Pending && !sameAnswer(*place, value) {
			wrong.Add(models.InvalidInput("agreements."+string(channel), models.ReasonConflicting, 0,
				"must be the last of the channel's consents, null, or left out"))
		}
		if said := line.Agreements.Value; said == nil || !said.Channel(channel).Set {
			*place = value
		}
	}

	return history, wrong.OrNil()
}
