package docs_test

// personalTable says what a table is for. Every column stands in one of its lines.
type personalTable struct {
	name, purpose, kept, readers string
	columns                      []personalColumns
}

// personalColumns are columns with one purpose.
type personalColumns struct {
	purpose string
	names   []string
}

func about(purpose string, names ...string) personalColumns { return personalColumns{purpose, names} }

// Who reads a table.
const (
	customerAndShop = "the customer, applications with the permission to read accounts, operators"
	operatorsOnly   = "operators"
	nobodyReads     = "nobody: the service compares it"
)

// personalTables says for every table of the database what it is for.
var personalTables = []personalTable{
	{"accounts", "The customer's account.", "until the customer or the shop deletes it, or `--retain-unverified` or `--retain-idle` does",
		customerAndShop, []personalColumns{
			about("to tell accounts apart; random, reveals nothing", "id", "number"),
			about("whether the customer may sign in", "status"),
			about("to reach the customer and to sign in, and whether the address is proven", "email", "email_verified_at",
				"email_vouched"),
			about("to reach the customer, and whether the number is proven", "phone", "phone_verified_at"),
			about("to sign in; a hash that nobody reads", "password_hash"),
			about("to end secrets with the credentials that they were made for", "credential_epoch",
				"email_changes_paused_until", "changes_paused_until"),
			about("whether a sign-in asks for a second factor", "second_factor_since"),
			about("the shop's references", "custom_id", "uuid"),
			about("what the customer wants to be called and delivered to", "first_name", "last_name", "display_name", "sex",
				"birth_date", "avatar_url", "company", "address", "city", "province", "zip_code", "country_code"),
			about("the language of messages, and the zone of their times", "language", "time_zone"),
			about("the present consents", "agreement_email", "agreement_sms", "agreement_push", "agreement_bluetooth",
				"agreement_rfid", "agreement_wifi", "agreement_whatsapp", "agreement_rcs"),
			about("what the shop keeps of the customer besides", "attributes", "tags"),
			about("to notice concurrent changes, and accounts that nobody uses", "version", "created_at", "updated_at",
				"last_activity_at", "idle_from"),
		}},
	{"idle_notices", "Accounts that nobody uses.", "until the account is used or erased (`--retain-idle`)", operatorsOnly,
		[]personalColumns{
			about("whose account, and since when nobody uses it", "account_id", "idle_since"),
			about("which notices the customer has got, and what is due when", "told", "message_id", "due_at"),
		}},
	{"consents", "The proof of each consent (article 7).", "as long as the account", customerAndShop, []personalColumns{
		about("which consent, of whom", "id", "account_id", "channel"),
		about("what was answered, to which words, where and when", "value", "wording", "source", "recorded_at", "pending"),
	}},
	{"consent_proofs", "The proof of consents of erased customers.", "`--retain-consent-proof`", operatorsOnly,
		[]personalColumns{
			about("of whom; a keyed hash", "id", "pseudonym"),
			about("what was answered, to which words, where and when", "channel", "value", "wording", "source", "recorded_at",
				"pending"),
			about("since when the customer is gone, and how long it is kept", "erased_at", "expires_at"),
		}},
	{"passkeys", "Passkeys by which the customer signs in.", "until removed, or as long as the account", customerAndShop,
		[]personalColumns{
			about("which passkey, of whom", "id", "account_id", "credential_id"),
			about("to check a signature; the private key never leaves the customer's devices", "public_key", "sign_count"),
			about("which kind of authenticator keeps it, and whether it is copied to others", "authenticator", "syncable",
				"synced"),
			about("so that the customer recognizes it", "name", "created_at", "last_used_at"),
		}},
	{"authenticators", "Apps whose codes are a second factor.", "until removed, or as long as the account", customerAndShop,
		[]personalColumns{
			about("which app, of whom", "id", "account_id"),
			about("to check a code: the secret, sealed, and which code was used last", "sealed", "sealed_at", "last_step"),
			about("so that the customer recognizes it", "name", "created_at", "last_used_at"),
		}},
	{"recovery_codes", "Codes for who has lost an app.", "until used or replaced, or as long as the account", nobodyReads,
		[]personalColumns{
			about("whose code, since when", "id", "account_id", "created_at"),
			about("to check a code; a keyed hash", "code_hash"),
		}},
	{"identities", "Other logins of the customer.", "until unlinked, or as long as the account", customerAndShop,
		[]personalColumns{
			about("whose login, at which provider", "account_id", "identity_provider", "issuer"),
			about("the provider's id of the customer", "subject"),
			about("since when, and which tokens are refused", "linked_at", "tokens_from"),
		}},
	{"addresses", "The customer's address book.", "until the customer deletes it, or as long as the account", customerAndShop,
		[]personalColumns{
			about("which address, of whom", "id", "account_id"),
			about("to deliver and to write invoices", "first_name", "last_name", "company", "tax_id", "line1", "line2", "line3",
				"city", "postal_code", "province", "country_code", "phone", "default_shipping", "default_billing"),
			about("to notice concurrent changes", "version", "created_at", "updated_at"),
		}},
	{"sessions", "Where the customer is signed in.", "until signed out, or `--session-idle` and `--session-max`",
		customerAndShop, []personalColumns{
			about("which session, of whom, through which application", "id", "account_id", "account_number", "api_key_id"),
			about("to recognize the token; a hash", "token_hash", "token_key"),
			about("when it began, was proven and used, and ends", "created_at", "authenticated_at", "step_up_at",
				"last_used_at", "ends_at", "expires_at"),
			about("so that the customer recognizes the device", "user_agent", "brands", "ip"),
			about("what the customer calls it", "name"),
		}},
	{"challenges", "One-time secrets that were sent.", "a day after they were used or have expired", operatorsOnly,
		[]personalColumns{
			about("which secret, of whom, for what", "id", "account_id", "purpose"),
			about("to recognize it; a hash", "secret_hash", "attempts"),
			about("the address that it proves", "target", "email_at_issue", "epoch_at_issue"),
			about("the secret of an authenticator app that waits for its first code, encrypted", "sealed"),
			about("its times", "created_at", "expires_at", "resend_available_at", "used_at"),
		}},
	{"registrations", "Registrations that wait for the proof of their address.", "a week", operatorsOnly,
		[]personalColumns{
			about("which registration, of whom, with which secret", "id", "account_id", "challenge_id"),
			about("the address to prove", "email"),
			about("what was typed in, encrypted", "sealed"),
			about("its times, and whether a mail goes", "created_at", "expires_at", "mailed"),
		}},
	{"outbox", "Messages to the customer, and webhook events.", "a week after they were sent or given up; the notice of a deletion too",
		operatorsOnly, []personalColumns{
			about("which message, to whom, with which secret", "id", "account_id", "challenge_id"),
			about("what it says, its secret encrypted", "channel", "kind", "data"),
			about("the address or number", "recipient"),
			about("how sending went", "created_at", "not_before", "attempts", "sent_at", "failed_at", "last_error"),
		}},
	{"webhook_events", "What the shop's other systems were told.",
		"30 days; it outlives the account under its id, which names nobody then", operatorsOnly, []personalColumns{
			about("which event, of which account, in which order", "id", "account_id", "sequence", "created_at"),
			about("what happened; names of fields and numbers", "type", "data"),
		}},
	{"webhook_sequences", "The number of each account's newest event.", "as long as the account", nobodyReads,
		[]personalColumns{about("to number the events of an account", "account_id", "sequence")}},
	{"webhook_targets", "The shop's systems that are told. No customer's data.", "until a server has other settings",
		operatorsOnly, []personalColumns{about("who is told of what", "name", "events", "recorded_at")}},
	{"idempotency_keys", "Answers to requests that may be sent again.", "ten minutes", nobodyReads, []personalColumns{
		about("which request, of whom; keyed hashes", "id", "renewed_id", "fingerprint", "account_id"),
		about("the answer, encrypted", "sealed_outcome", "sealed_answer"),
		about("its times and its process", "owner", "lease_until", "expires_at"),
	}},
	{"deletions", "Accounts whose deletion can be called off.", "`--deletion-grace`", customerAndShop, []personalColumns{
		about("whose deletion, since when and until when", "account_id", "requested_at", "scheduled_for"),
	}},
	{"known_devices", "Devices that the customer has signed in from; a sign-in from another is told by mail.",
		"400 days after the last sign-in, and the last thirty", customerAndShop, []personalColumns{
			about("which device, of whom", "id", "account_id"),
			about("to recognize it; a hash", "mark_hash", "marked"),
			about("so that the customer recognizes it", "user_agent", "brands", "ip"),
			about("its times", "created_at", "last_seen_at", "expires_at"),
		}},
	{"device_watches", "Whose devices are known, so that a later one is told.", "as long as the account", operatorsOnly,
		[]personalColumns{about("whose, since when", "account_id", "began_at")}},
	{"data_exports", "Documents that customers have asked for (articles 15 and 20).", "a day", "the customer",
		[]personalColumns{
			about("which document, of whom, and until when", "id", "account_id", "created_at", "expires_at"),
			about("the document, encrypted", "sealed"),
		}},
	{"terms_acceptances", "Which terms the customer accepted.", "as long as the account", customerAndShop,
		[]personalColumns{
			about("which document and version, of whom", "id", "account_id", "document", "version"),
			about("where and when", "source", "accepted_at"),
		}},
	{"audit_events", "Who did what with an account, for security and as proof.",
		"`--retain-audit`, or without end; it outlives the account under its id, which names nobody then",
		"the customer those of the account without operators, operators all", []personalColumns{
			about("which event, of which account, in which order", "id", "account_id", "chain", "number", "at"),
			about("what was done, and how it ended", "operation", "outcome", "code"),
			about("through which application, session and request", "api_key_id", "session_id", "request_id"),
			about("the client; blanked after `--retain-audit-addresses` and with the account", "ip", "user_agent"),
			about("the shop's reference of the customer; blanked with the account", "auth_id"),
			about("which of the shop's staff acted, and why", "operator", "reason"),
			about("to find changes of the trail", "hash", "former_hash", "seal_version", "client_commitment", "client_salt",
				"auth_commitment", "auth_salt"),
		}},
	{"audit_heads", "The ends of the trail's chains.", "without end; they name nobody", operatorsOnly, []personalColumns{
		about("to find changes of the trail", "chain", "number", "hash", "ended_number", "ended_hash", "ended_at"),
	}},
	{"budgets", "Counts of attempts, against guessing and floods.", "as long as the budget counts", nobodyReads,
		[]personalColumns{
			about("what is counted, as a hash", "key"),
			about("how often, and until when", "count", "resets_at", "blocked_until"),
		}},
	{"api_keys", "The keys of applications. No customer's data.", "without end", operatorsOnly, []personalColumns{
		about("which application may do what", "id", "name", "secret_hash", "permissions", "origins", "created_at",
			"expires_at", "revoked_at", "last_used_at"),
	}},
	{"server_keys", "The service's own keys. No customer's data.", "until nothing needs them", nobodyReads,
		[]personalColumns{about("to encrypt, to hash and to sign", "name", "secret", "created_at")}},
	{"schema_compatibility", "Which versions of the program work on the database. No customer's data.", "without end",
		nobodyReads, []personalColumns{about("to refuse an older program", "version", "compatible_since")}},
}
