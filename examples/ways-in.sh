#!/bin/sh
# Walks the ways in of an account with curl, jq and an authenticator in Go,
# against a server in development mode:
#
#   go run . &
#   sh examples/ways-in.sh [http://127.0.0.1:8080]
#
# A customer adds a passkey, removes the password, signs in with the passkey,
# proves once who they are, changes e-mail and phone, adds an authenticator,
# sets a password by the mail and a code, and signs in with a recovery code. It registers a
# customer of its own, so it can be run again and again.
set -eu

server=${1:-http://127.0.0.1:8080}
page=http://localhost:${server##*:}
key=ak_development_do-not-use-this-key-outside-your-own-machine
email=ways-$$-$(date +%s)@example.com
new_email=new-$email
phone=+4860$(printf '%07d' $(($(date +%s) % 10000000)))
password='a walk along the river'
session=

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$(dirname "$0")/go" && go build -o "$work/authenticator" ./authenticator)

# passkey create|get: answers the options of the last answer as a browser does.
passkey() {
	printf '%s' "$answer" | jq -c '.data[].options' |
		"$work/authenticator" -file "$work/passkeys.json" -origin "$page" "$1"
}

# ask OPERATION INPUT SELECTION: one mutation; prints the answer and fails on an error.
ask() {
	type=$(printf '%s' "$1" | cut -c1 | tr a-z A-Z)${1#?}Input
	send "mutation (\$input: $type!) { $1(input: \$input) { $3 } }" "$2"
}

# send QUERY INPUT: one request.
send() {
	answer=$(jq -nc --arg query "$1" --argjson input "$2" '{query: $query, variables: {input: $input}}' |
		curl -sS "$server/graphql" -H 'Content-Type: application/json' -H "X-Api-Key: $key" \
			${session:+-H "Authorization: Bearer $session"} -d @-)
	printf '%s\n' "$answer" | cut -c1-400
	if printf '%s' "$answer" | jq -e .errors >/dev/null; then
		echo "refused" >&2
		exit 1
	fi
}

# token: the token of the session in the last answer.
token() { printf '%s' "$answer" | jq -r '.data[].session.token'; }

# code AHEAD: the code that the authenticator app shows now (0), or next (1).
code() { printf '%s' "$secret" | "$work/authenticator" -ahead "$1" code; }

# object NAME JSON...: an input with JSON under the names.
object() { jq -nc --argjson value "$2" --arg name "$1" '{($name): $value}'; }

# inbox KIND NAME: the secret (token or code) of the newest message of a kind.
inbox() { curl -sS "$server/inbox.json" | jq -r --arg kind "$1" "first(.[] | select(.kind == \$kind)).$2"; }

step() { printf '\n# %s\n' "$1"; }

step 'A customer whose address is confirmed, because nobody else gets another way in'
ask registerAccount "{\"email\":\"$email\",\"password\":\"$password\"}" accepted
ask confirmAccountActivation "{\"token\":\"$(inbox ACTIVATION token)\",\"password\":\"$password\"}" 'session { token }'
session=$(token)

step 'Adds a passkey: requestPasskey, the authenticator, confirmPasskey'
ask requestPasskey "{\"password\":\"$password\"}" options
ask confirmPasskey "$(object response "$(passkey create)")" 'passkey { name createdAt synced }'

step 'Removes the password, with the passkey as proof'
ask requestPasskeyProof '{"operation":"removePassword"}' options
ask removePassword "$(object passkey "$(passkey get)")" 'account { can { changePassword { allowed reason } } }'

step 'Signs out, and in again with the passkey'
ask signOut '{"scope":"THIS_SESSION"}' revokedSessions
session=
ask requestPasskeySignIn '{}' options
ask signInWithPasskey "$(object response "$(passkey get)")" 'session { token device { description } }'
session=$(token)

step 'Proves once; the session goes on under another token'
ask requestPasskeyProof '{"operation":"proveIdentity"}' options
ask proveIdentity "$(object passkey "$(passkey get)")" 'session { token } stepUpUntil'
session=$(token)

step 'Changes e-mail and phone without another proof'
ask requestEmailChange "{\"email\":\"$new_email\"}" 'pending { destination }'
ask requestPhoneUpdate "{\"phone\":\"$phone\"}" 'pending { destination }'
ask confirmPhoneUpdate \
	"{\"phone\":\"$phone\",\"confirmationCode\":\"$(inbox PHONE_CODE code)\",\"smsAgreement\":false}" phone
ask confirmEmailChange "{\"token\":\"$(inbox EMAIL_CHANGE token)\",\"newsletterAgreement\":false}" email

answer=$(curl -sS "$server/graphql" -H 'Content-Type: application/json' -H "X-Api-Key: $key" \
	-d '{"query":"{ settings { signInCode } }"}')
if printf '%s' "$answer" | jq -e .data.settings.signInCode >/dev/null; then
	step 'Signs in with a mailed code, because the server runs with --sign-in-code on'
	session=
	ask requestSignInCode "{\"email\":\"$new_email\"}" 'challengeId expiresAt'
	challenge=$(printf '%s' "$answer" | jq -r '.data[].challengeId')
	ask signInWithCode "{\"challengeId\":\"$challenge\",\"code\":\"$(inbox SIGN_IN_CODE code)\"}" \
		'session { token } account { email }'
fi

step 'Adds an authenticator with the passkey as proof, and keeps the recovery codes'
ask requestPasskeySignIn '{}' options
ask signInWithPasskey "$(object response "$(passkey get)")" 'session { token }'
session=$(token)
ask requestPasskeyProof '{"operation":"requestAuthenticator"}' options
ask requestAuthenticator "$(object passkey "$(passkey get)")" 'challengeId secret uri'
challenge=$(printf '%s' "$answer" | jq -r '.data[].challengeId')
secret=$(printf '%s' "$answer" | jq -r '.data[].secret')
ask confirmAuthenticator "{\"challengeId\":\"$challenge\",\"code\":\"$(code 0)\"}" 'recoveryCodes'
recovery=$(printf '%s' "$answer" | jq -r '.data[].recoveryCodes[0]')

step 'Sets a password by the mail, which asks for a code, too'
session=
ask requestPasswordReset "{\"email\":\"$new_email\"}" accepted
ask confirmPasswordReset \
	"{\"token\":\"$(inbox PASSWORD_RESET token)\",\"password\":\"$password\",\"authenticatorCode\":\"$(code 1)\"}" revokedSessions

step 'Signs in with the password, and with a recovery code in the second step'
challenge=$(jq -nc --arg query 'mutation ($input: SignInInput!) { signIn(input: $input) { session { token } } }' \
	--argjson input "{\"email\":\"$new_email\",\"password\":\"$password\"}" '{query: $query, variables: {input: $input}}' |
	curl -sS "$server/graphql" -H 'Content-Type: application/json' -H "X-Api-Key: $key" -d @- |
	jq -r '.errors[0].extensions.challengeId')
ask completeSignIn "{\"challengeId\":\"$challenge\",\"recoveryCode\":\"$recovery\"}" 'session { token } account { recoveryCodesLeft }'

printf '\nThe account has a new address, a new number, a passkey and a second factor.\n'
