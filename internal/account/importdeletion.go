package account

import (
	"time"

	"github.com/accountql/accountql/models"
)

// longestGrace is the greatest value of --deletion-grace.
const longestGrace = 90 * 24 * time.Hour

// decideImportedDeletion validates the grace period that an account brings along from another installation. It returns
// nil if the account has none.
func decideImportedDeletion(account *models.Account, line *importLine, now time.Time) (*models.Deletion, error) {
	if line.deletion == nil {
		if line.status == models.StatusDeletionPending {
			return nil, models.InvalidInput("deletion", models.ReasonRequired, 0, "must be given where status is "+
				string(models.StatusDeletionPending))
		}
		return nil, nil //nolint:nilnil // the account has no grace period
	}

	requested, scheduled := line.deletion.RequestedAt, line.deletion.ScheduledFor
	var wrong models.Errors
	if line.status != models.StatusDeletionPending {
		wrong.Add(models.InvalidInput("deletion", models.ReasonConflicting, 0, "must not be given unless status is "+
			string(models.StatusDeletionPending)))
	}
	wrong.Add(notInFuture("deletion.requestedAt", requested, now))
	if scheduled.Before(requested) || scheduled.After(requested.Add(longestGrace)) {
		wrong.Add(models.InvalidInput("deletion.scheduledFor", models.ReasonNotAllowed, 0,
			"must be at most 90 days after requestedAt"))
	}

	return &models.Deletion{
		AccountID: account.ID, RequestedAt: *importedTime(&requested), ScheduledFor: *importedTime(&scheduled),
	}, wrong.OrNil()
}
