#!/bin/sh
# Walks all ten operations of an account with nothing but curl and sed, against
# a server in development mode:
#
#   go run . &
#   sh examples/curl.sh [http://127.0.0.1:8080]
#
# It registers a customer of its own, so it can be run again and again.
set -eu

server=${1:-http://127.0.0.1:8080}
key=ak_development_do-not-use-this-key-outside-your-own-machine
email=walk-$$-$(date +%s)@example.com
new_email=new-$email
phone=+4851$(printf '%07d' $(($(date +%s) % 10000000)))
password='a walk along the river'
session=

# ask QUERY VARIABLES: one request; prints the answer and fails on an error.
ask() {
	answer=$(curl -sS "$server/graphql" \
		-H 'Content-Type: application/json' -H "X-Api-Key: $key" \
		${session:+-H "Authorization: Bearer $session"} \
		-d "{\"query\":\"$1\",\"variables\":$2}")
	printf '%s\n' "$answer"
	case $answer in *'"errors"'*) echo "refused" >&2; exit 1 ;; esac
}

# pick NAME: the last string of that name in the answer.
pick() { printf '%s' "$answer" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# inbox KIND NAME: the secret (token or code) of the newest message of a kind.
inbox() {
	curl -sS "$server/inbox.json" | sed 's/},{/}\n{/g' | grep "\"kind\":\"$1\"" | head -n 1 |
		sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p"
}

step() { printf '\n# %s\n' "$1"; }

step 'registerAccount and signIn: a customer to begin with'
ask 'mutation ($input: RegisterAccountInput!) { registerAccount(input: $input) { accepted } }' \
	"{\"input\":{\"email\":\"$email\",\"password\":\"$password\",\"firstName\":\"Ada\"}}"
ask 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }' \
	"{\"input\":{\"email\":\"$email\",\"password\":\"$password\"}}"
session=$(pick token)

step '1. account'
ask 'query { account { id email firstName phone version } }' '{}'

step '2. updateAccount: city is set, firstName is cleared, everything else stays'
ask 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { firstName city version } } }' \
	'{"input":{"city":"Kraków","firstName":null}}'

step '3. changePassword: a new token for this session, all others end'
ask 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { session { token } revokedSessions } }' \
	"{\"input\":{\"oldPassword\":\"$password\",\"newPassword\":\"a walk along the coast\"}}"
session=$(pick token)

step '4. requestPasswordReset: the token is in the inbox'
ask 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }' \
	"{\"input\":{\"email\":\"$email\"}}"

step '5. confirmPasswordReset: every session ends, so sign in again'
ask 'mutation ($input: ConfirmPasswordResetInput!) { confirmPasswordReset(input: $input) { revokedSessions } }' \
	"{\"input\":{\"token\":\"$(inbox PASSWORD_RESET token)\",\"password\":\"$password\"}}"
ask 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }' \
	"{\"input\":{\"email\":\"$email\",\"password\":\"$password\"}}"
session=$(pick token)

step '6. requestEmailChange: a token to the new address, a notice to the old one'
ask 'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { pending { destination expiresAt } } }' \
	"{\"input\":{\"email\":\"$new_email\",\"password\":\"$password\"}}"

step '7. confirmEmailChange'
ask 'mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { email } }' \
	"{\"input\":{\"token\":\"$(inbox EMAIL_CHANGE token)\",\"newsletterAgreement\":true}}"

step '8. requestPhoneUpdate: a code by SMS'
ask 'mutation ($input: RequestPhoneUpdateInput!) { requestPhoneUpdate(input: $input) { pending { challengeId destination } } }' \
	"{\"input\":{\"phone\":\"$phone\"}}"

step '9. confirmPhoneUpdate'
ask 'mutation ($input: ConfirmPhoneUpdateInput!) { confirmPhoneUpdate(input: $input) { phone } }' \
	"{\"input\":{\"phone\":\"$phone\",\"confirmationCode\":\"$(inbox PHONE_CODE code)\",\"smsAgreement\":false}}"

step '10. deleteAccount'
ask 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { deletedAt } }' \
	"{\"input\":{\"clientAuthFactor\":\"$password\",\"identityProvider\":\"SYNERISE\"}}"

printf '\nAll ten operations answered.\n'
