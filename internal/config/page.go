package config

// checkAccountPage checks where the account page is served. That mails are sent and that the address is https is
// checked with the settings of their own.
func (s *Settings) checkAccountPage() error {
	if err := oneOf("--account-page", s.AccountPage, On, Off); err != nil {
		return err
	}
	if !s.Production() {
		if s.AccountPage == Off {
			return refuse("--account-page", "can be off in production mode only")
		}
		return nil
	}

	// The page asks /graphql of its own origin.
	if path := s.public().Path; s.AccountPage == On && path != "" && path != "/" {
		return refuse("--account-page", "needs a --public-url without a path: the page has its origin for itself; it has %q",
			path)
	}

	return nil
}
