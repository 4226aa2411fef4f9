package config

import "time"

// shortestRetention is a day: less would be a mistake.
const shortestRetention = 24 * time.Hour

// shortestIdle is half a year: less would tell customers who come with the seasons.
const shortestIdle = 180 * 24 * time.Hour

// checkRetention returns an error if something would be forgotten too soon. A time of 0 keeps it.
func (s *Settings) checkRetention() error {
	var wrong Errors
	for _, setting := range []struct {
		name           string
		keep, shortest time.Duration
	}{
		{"--retain-audit-addresses", s.RetainAuditAddresses, shortestRetention},
		{"--retain-audit", s.RetainAudit, shortestRetention},
		{"--retain-unverified", s.RetainUnverified, shortestRetention},
		{"--retain-idle", s.RetainIdle, shortestIdle},
	} {
		if setting.keep != 0 && setting.keep < setting.shortest {
			wrong.add(refuse(setting.name, "must be 0, or %s at least; it is %s", brief(setting.shortest),
				brief(setting.keep)))
		}
	}

	if s.RetainIdle != 0 && s.AccountURL == "" && !s.ServesAccountPage() {
		wrong.add(refuse("--account-url", "must be set beside --retain-idle: there its notices lead"))
	}

	return wrong.orNil()
}
