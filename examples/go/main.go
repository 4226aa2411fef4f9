// Command go calls all ten operations of an account with a typed client,
// against a server in development mode:
//
//	go run . &                                (in the repository)
//	cd examples/go && go run . [-server http://127.0.0.1:8080]
//
// It registers a customer of its own, so it can run again and again.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/accountql/accountql/examples/go/accountql"
)

// developmentKey is the public key of development mode; it is the same on every machine.
const developmentKey = "ak_development_do-not-use-this-key-outside-your-own-machine"

func main() {
	server := flag.String("server", "http://127.0.0.1:8080", "address of a server in development mode")
	flag.Parse()
	now := time.Now()
	w := &walk{
		client:   &accountql.Client{Endpoint: *server + "/graphql", Key: developmentKey},
		server:   *server,
		email:    accountql.EmailAddress(fmt.Sprintf("walk-%d@example.com", now.UnixNano())),
		phone:    accountql.PhoneNumber(fmt.Sprintf("+4851%07d", now.UnixMilli()%10_000_000)),
		password: "a walk along the river",
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	err := w.run(ctx)
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, explain(err))
		os.Exit(1)
	}

	fmt.Println("\nAll ten operations answered.")
}

// explain shows how a program handles a refusal: it decides by the code, and shows the message.
func explain(err error) string {
	var refused *accountql.Error
	if !errors.As(err, &refused) {
		return "The server can't be reached: " + err.Error()
	}

	switch refused.Code {
	case accountql.ErrorCodeUnauthenticated:
		return "Sign in again."
	case accountql.ErrorCodeReauthenticationRequired:
		return "Repeat it with the current password."
	case accountql.ErrorCodeRateLimited:
		return fmt.Sprintf("Wait %v and try again.", refused.RetryAfter)
	case accountql.ErrorCodeInvalidInput, accountql.ErrorCodePasswordRejected:
		return "Correct the field: " + refused.Message
	default:
		return fmt.Sprintf("%s (%s, request %s)", refused.Message, refused.Code, refused.RequestID)
	}
}

// walk is the customer who calls the operations.
type walk struct {
	client   *accountql.Client
	server   string
	email    accountql.EmailAddress
	phone    accountql.PhoneNumber
	password string
}

func (w *walk) run(ctx context.Context) error {
	for _, step := range []struct {
		name string
		take func(context.Context) error
	}{
		{"registerAccount and signIn: a customer to begin with", w.register},
		{"1. account", w.read},
		{"2. updateAccount: what is left out stays, null clears, and a wrong field says which it is", w.update},
		{"3. changePassword: a wrong old password is refused by its code", w.changePassword},
		{"4. requestPasswordReset, 5. confirmPasswordReset: every session ends", w.resetPassword},
		{"6. requestEmailChange, 7. confirmEmailChange", w.changeEmail},
		{"8. requestPhoneUpdate, 9. confirmPhoneUpdate", w.changePhone},
		{"10. deleteAccount", w.delete},
	} {
		fmt.Println("#", step.name)
		if err := step.take(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) register(ctx context.Context) error {
	name := "Ada"
	input := accountql.RegisterAccountInput{Email: w.email, Password: w.password, FirstName: &name}
	if _, err := accountql.RegisterAccount(ctx, w.client, input); err != nil {
		return err
	}
	return w.signIn(ctx)
}

func (w *walk) signIn(ctx context.Context) error {
	w.client.Token = ""
	answer, err := accountql.SignIn(ctx, w.client, accountql.SignInInput{Email: w.email, Password: w.password})
	if err != nil {
		return err
	}
	w.client.Token = *answer.SignIn.Session.Token
	return nil
}

func (w *walk) read(ctx context.Context) error {
	answer, err := accountql.GetAccount(ctx, w.client)
	if err != nil {
		return err
	}

	account := answer.Account
	fmt.Println(account.Email, *account.FirstName, account.CreatedAt.Format(time.RFC3339), "version", account.Version)
	if can := account.Can.RequestPhoneUpdate; !can.Allowed || can.StepUpNeeded {
		return fmt.Errorf("a new session may not change its phone: %+v", can)
	}

	return nil
}

func (w *walk) update(ctx context.Context) error {
	city, country, birth := "Kraków", accountql.CountryCode("PL"), accountql.Date("1985-12-10")
	answer, err := accountql.UpdateAccount(ctx, w.client,
		accountql.UpdateAccountInput{City: &city, CountryCode: &country, BirthDate: &birth})
	if err != nil {
		return err
	}

	account := answer.UpdateAccount.Account
	fmt.Println(*account.FirstName, *account.City, *account.CountryCode, *account.BirthDate)
	cleared, err := accountql.ClearFirstName(ctx, w.client)
	if err != nil {
		return err
	}
	if cleared.UpdateAccount.Account.FirstName != nil {
		return errors.New("null did not clear the first name")
	}

	zip, later := "!", accountql.Date("2999-01-01")
	_, err = accountql.UpdateAccount(ctx, w.client, accountql.UpdateAccountInput{ZipCode: &zip, BirthDate: &later})
	var wrong accountql.Errors
	if !errors.As(err, &wrong) || len(wrong) != 2 {
		return fmt.Errorf("two wrong fields: %w", err)
	}

	for _, one := range wrong {
		fmt.Println(one.Field, "-", explain(one))
	}

	return nil
}

func (w *walk) changePassword(ctx context.Context) error {
	next := "a walk along the coast"
	_, err := accountql.ChangePassword(ctx, w.client,
		accountql.ChangePasswordInput{OldPassword: "wrong", NewPassword: next})
	var refused *accountql.Error
	if !errors.As(err, &refused) || refused.Code != accountql.ErrorCodeInvalidCredentials {
		return fmt.Errorf("a wrong old password: %w", err)
	}

	fmt.Println(explain(err))
	answer, err := accountql.ChangePassword(ctx, w.client,
		accountql.ChangePasswordInput{OldPassword: w.password, NewPassword: next})
	if err != nil {
		return err
	}

	w.password, w.client.Token = next, *answer.ChangePassword.Session.Token

	return nil
}

func (w *walk) resetPassword(ctx context.Context) error {
	if _, err := accountql.RequestPasswordReset(ctx, w.client,
		accountql.RequestPasswordResetInput{Email: w.email}); err != nil {
		return err
	}

	token, err := w.secret(ctx, "PASSWORD_RESET", string(w.email))
	if err != nil {
		return err
	}

	w.password = "a walk through the woods"
	answer, err := accountql.ConfirmPasswordReset(ctx, w.client,
		accountql.ConfirmPasswordResetInput{Token: token, Password: w.password})
	if err != nil {
		return err
	}

	fmt.Println(answer.ConfirmPasswordReset.RevokedSessions, "session ended")
	_, err = accountql.GetAccount(ctx, w.client)
	fmt.Println(explain(err))

	return w.signIn(ctx)
}

func (w *walk) changeEmail(ctx context.Context) error {
	next := "new-" + w.email
	asked, err := accountql.RequestEmailChange(ctx, w.client,
		accountql.RequestEmailChangeInput{Email: next, Password: &w.password})
	if err != nil {
		return err
	}

	fmt.Println("a mail to", asked.RequestEmailChange.Pending.Destination)
	token, err := w.secret(ctx, "EMAIL_CHANGE", string(next))
	if err != nil {
		return err
	}

	answer, err := accountql.ConfirmEmailChange(ctx, w.client,
		accountql.ConfirmEmailChangeInput{Token: token, NewsletterAgreement: true})
	if err != nil {
		return err
	}

	w.email = answer.ConfirmEmailChange.Email
	fmt.Println(w.email)

	return nil
}

func (w *walk) changePhone(ctx context.Context) error {
	asked, err := accountql.RequestPhoneUpdate(ctx, w.client, accountql.RequestPhoneUpdateInput{Phone: w.phone})
	if err != nil {
		return err
	}

	fmt.Println("a code to", asked.RequestPhoneUpdate.Pending.Destination)
	code, err := w.secret(ctx, "PHONE_CODE", string(w.phone))
	if err != nil {
		return err
	}

	answer, err := accountql.ConfirmPhoneUpdate(ctx, w.client,
		accountql.ConfirmPhoneUpdateInput{Phone: w.phone, ConfirmationCode: code, SmsAgreement: false})
	if err != nil {
		return err
	}

	fmt.Println(answer.ConfirmPhoneUpdate.Phone)

	return nil
}

func (w *walk) delete(ctx context.Context) error {
	input := accountql.DeleteAccountInput{
		ClientAuthFactor: w.password, IdentityProvider: accountql.IdentityProviderSynerise,
	}
	answer, err := accountql.DeleteAccount(ctx, w.client, input)
	if err != nil {
		return err
	}

	fmt.Println("deleted at", answer.DeleteAccount.DeletedAt.Format(time.RFC3339))

	return nil
}

// secret reads the token or code of the newest message of a kind from the inbox, which replaces the customer's
// mailbox and phone in development.
func (w *walk) secret(ctx context.Context, kind, to string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.server+"/inbox.json", nil)
	if err != nil {
		return "", err
	}

	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	var messages []struct {
		Kind, To    string
		Token, Code *string
	}
	if err := json.NewDecoder(answer.Body).Decode(&messages); err != nil {
		return "", err
	}

	for _, message := range messages {
		switch {
		case message.Kind != kind || message.To != to:
		case message.Token != nil:
			return *message.Token, nil
		case message.Code != nil:
			return *message.Code, nil
		}
	}

	return "", fmt.Errorf("no message %s to %s", kind, to)
}
