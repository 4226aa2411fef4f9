package account

import (
	"time"

	"github.com/accountql/accountql/models"
)

// maxImportedTerms is the maximum number of versions that a line says a customer accepted.
const maxImportedTerms = 200

// decideImportedTerms validates the versions of terms that the customer accepted elsewhere. --terms need not have them
// any more: they are the record of what was accepted.
func (s *Service) decideImportedTerms(
	accountID string, given []LineTerms, now time.Time,
) ([]models.TermsAcceptance, error) {
	if len(given) > maxImportedTerms {
		return nil, models.InvalidInput(termsField, models.ReasonTooMany, maxImportedTerms, "must not be more than 200")
	}

	type key struct{ id, version string }
	var wrong models.Errors
	known := map[key]bool{}
	acceptances := make([]models.TermsAcceptance, 0, len(given))
	for _, one := range given {
		if !termsID.MatchString(one.ID) {
			wrong.Add(models.InvalidInput("terms.id", models.ReasonMalformed, 0,
				"must be the id of a document, as --terms has it"))
		}

		version, err := models.ParseText("terms.version", one.Version, maxTermsName)
		wrong.Add(err)
		source, err := models.ParseText("terms.source", one.Source, maxTextLength)
		wrong.Add(err)
		wrong.Add(notInFuture("terms.acceptedAt", one.AcceptedAt, now))
		if known[key{one.ID, version}] {
			wrong.Add(models.InvalidInput(termsField, models.ReasonConflicting, 0, "must not hold a version twice"))
		}

		known[key{one.ID, version}] = true
		acceptances = append(acceptances, models.TermsAcceptance{
			ID: s.NewID(), AccountID: accountID, Document: one.ID, Version: version, Source: source,
			AcceptedAt: *importedTime(&one.AcceptedAt),
		})
	}

	return acceptances, wrong.OrNil()
}
