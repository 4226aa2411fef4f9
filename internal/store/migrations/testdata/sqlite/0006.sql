-- secrets: {"session": "as_zMdWMFdol6-Kg8AcUpnINPLvGYPSTIpOH2iY7Hye86o", "account": "01a225e2-0b10-72f5-b427-865057735e03", "ended": "as_5cPFTY7bJIcDxMOjD57d4FUgb-YV-6qNzSyM_Ec9dMg", "other": "as_q6q3CgjAzsLMA1Ys9oHZF52kPemMzCpUOmZ0fBIy9_U", "code": "160547", "phone": "+48500100200", "emailToken": "ywUjHxfe7TCATSVp4QdO916uwpNWlQ71rUqx8wocYa0", "apiKey": "ak_ryvdDT5mMs9f_ZibepOCpOYcBg60j3tIQKUSB8sFxba2k_L429AhNQsI", "at": "2026-11-29T05:58:25Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-29 05:58:20');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-29 05:58:20');
CREATE TABLE accounts (
    id                         TEXT     NOT NULL PRIMARY KEY,
    status                     TEXT     NOT NULL,
    email                      TEXT     NOT NULL,
    email_verified_at          DATETIME,
    phone                      TEXT,
    phone_verified_at          DATETIME,
    password_hash              TEXT,
    credential_epoch           INTEGER  NOT NULL,
    custom_id                  TEXT,
    uuid                       TEXT,
    first_name                 TEXT,
    last_name                  TEXT,
    display_name               TEXT,
    sex                        TEXT     NOT NULL,
    birth_date                 TEXT,
    avatar_url                 TEXT,
    company                    TEXT,
    address                    TEXT,
    city                       TEXT,
    province                   TEXT,
    zip_code                   TEXT,
    country_code               TEXT,
    agreement_email            BOOLEAN,
    agreement_sms              BOOLEAN,
    agreement_push             BOOLEAN,
    agreement_bluetooth        BOOLEAN,
    agreement_rfid             BOOLEAN,
    agreement_wifi             BOOLEAN,
    attributes                 TEXT     NOT NULL,
    tags                       TEXT,
    email_changes_paused_until DATETIME,
    version                    INTEGER  NOT NULL,
    created_at                 DATETIME NOT NULL,
    updated_at                 DATETIME NOT NULL,
    last_activity_at           DATETIME
, language TEXT, email_vouched BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO accounts VALUES('01a225e2-0a89-72a5-bc50-b8460f4c0836','ACTIVE','demo@example.com','2026-11-29 05:58:20.553143+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$s7ia/cVuTaWlNzi9E43kLw$0HZyZyaY1zcrlwvWebE1g++cUk9EVlpcNcITucwa8ss',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:20.553143+00:00','2026-11-29 05:58:20.553143+00:00',NULL,NULL,1);
INSERT INTO accounts VALUES('01a225e2-0b10-72f5-b427-865057735e03','ACTIVE','ada@example.com','2026-11-29 05:58:21.101387+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$dkt6p+YzOCUCs41W9LI07Q$MkZc+nX1C1GN3TupPqJAIxrvSDsYhOBxJQ9NFdAbgK8',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:58:20.688192+00:00','2026-11-29 05:58:21.728853+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e2-10f8-747c-ae95-5a89f734d850','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$DcqnVYVJ2EgcdtE6ZVy7xg$gvpfOd/rURh12/dsto09FLtnnsGxOkBBBEU8HPH1B5Q',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:22.200293+00:00','2026-11-29 05:58:22.200293+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e2-192d-7736-bd89-249662ee7bad','ACTIVE','erin@example.com','2026-11-29 05:58:24.301469+00:00','+48500100300','2026-11-29 05:58:24.301469+00:00','$argon2id$v=19$m=19456,t=2,p=1$Yec355PNUqwXDgXKmayPXg$PTVOzcxM97vbVsExf0XvIMPo5CoOz2xCOBaaAHcnX14',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:24.301469+00:00','2026-11-29 05:58:24.301469+00:00',NULL,NULL,1);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e2-0b10-72f5-b427-865057735e03','GOOGLE','ada-at-google','2026-11-29 05:58:22.157853+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
, pending BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO consents VALUES('01a225e2-0b10-7356-8f29-7cb958ee0669','01a225e2-0b10-72f5-b427-865057735e03','email',1,'registerAccount','2026-11-29 05:58:20.688218+00:00',1);
INSERT INTO consents VALUES('01a225e2-0b10-735a-a848-c8cb7cbbaa9a','01a225e2-0b10-72f5-b427-865057735e03','sms',0,'registerAccount','2026-11-29 05:58:20.688219+00:00',0);
INSERT INTO consents VALUES('01a225e2-0cad-7859-ae4a-31b0dadbc1ff','01a225e2-0b10-72f5-b427-865057735e03','email',1,'confirmAccountActivation','2026-11-29 05:58:21.101547+00:00',0);
INSERT INTO consents VALUES('01a225e2-0f20-7dc9-87a7-652cb5126bb7','01a225e2-0b10-72f5-b427-865057735e03','push',1,'updateAccount','2026-11-29 05:58:21.728903+00:00',0);
CREATE TABLE sessions (
    id               TEXT     NOT NULL PRIMARY KEY,
    account_id       TEXT     NOT NULL REFERENCES accounts (id),
    api_key_id       TEXT     NOT NULL,
    token_hash       BLOB     NOT NULL,
    created_at       DATETIME NOT NULL,
    authenticated_at DATETIME NOT NULL,
    last_used_at     DATETIME NOT NULL,
    ends_at          DATETIME NOT NULL,
    expires_at       DATETIME NOT NULL,
    user_agent       TEXT,
    ip               TEXT
);
INSERT INTO sessions VALUES('01a225e2-0ca9-70fc-94e3-37b2d3f5b816','01a225e2-0b10-72f5-b427-865057735e03','development',X'e09ccd079c2d474fb560ad6ccb12c5adf4ff1de15dd30bdafd91a213c1a650b2','2026-11-29 05:58:21.097061+00:00','2026-11-29 05:58:20.807383+00:00','2026-11-29 05:58:21.097061+00:00','2026-12-29 05:58:21.097061+00:00','2026-12-06 05:58:21.097061+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e2-0d00-7034-bf6b-29602c55bbee','01a225e2-0b10-72f5-b427-865057735e03','development',X'40e30bc4e3c5a5aa37e9c0560ef43d4b7ec83a86623988528309a72cc2d79e8f','2026-11-29 05:58:21.18401+00:00','2026-11-29 05:58:22.194472+00:00','2026-11-29 05:58:21.18401+00:00','2026-12-29 05:58:21.18401+00:00','2026-12-06 05:58:21.18401+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e2-0e73-7610-b77e-35d7f1faf702','01a225e2-0b10-72f5-b427-865057735e03','development',X'7d73ed79674868020680789eb175a81c4d299cee6adb1e4dfe67696e8af552bd','2026-11-29 05:58:21.555394+00:00','2026-11-29 05:58:21.555394+00:00','2026-11-29 05:58:21.555394+00:00','2026-12-29 05:58:21.555394+00:00','2026-12-06 05:58:21.555394+00:00','Python-urllib/3.11','127.0.0.1');
CREATE TABLE challenges (
    id                  TEXT     NOT NULL PRIMARY KEY,
    -- NULL in the challenge of an address that has no account: it is written so
    -- that the answer to an unknown address takes the same work.
    account_id          TEXT     REFERENCES accounts (id),
    purpose             TEXT     NOT NULL,
    secret_hash         BLOB     NOT NULL,
    target              TEXT     NOT NULL,
    email_at_issue      TEXT     NOT NULL,
    epoch_at_issue      INTEGER  NOT NULL,
    attempts            INTEGER  NOT NULL,
    created_at          DATETIME NOT NULL,
    expires_at          DATETIME NOT NULL,
    resend_available_at DATETIME NOT NULL,
    used_at             DATETIME
);
INSERT INTO challenges VALUES('01a225e2-0f02-7e5a-ab9a-5c7d800eca60','01a225e2-0b10-72f5-b427-865057735e03','PHONE_UPDATE',X'eba6f778899016d32c634385706c01d9ca3bef77149658a53e611f08f6c24340','+48500100200','ada@example.com',0,0,'2026-11-29 05:58:21.698937+00:00','2026-11-29 06:08:21.698937+00:00','2026-11-29 05:59:21.698937+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-10f2-7520-9a45-5897a03fbd23','01a225e2-0b10-72f5-b427-865057735e03','EMAIL_CHANGE',X'3cc710258eb1a2aaf0afc9521c554088b2a294152e5daf3ccef5319f65fce6a3','countess@example.com','ada@example.com',0,0,'2026-11-29 05:58:22.194333+00:00','2026-11-29 13:58:22.194333+00:00','2026-11-29 05:59:22.194333+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-10f2-7528-b357-2e82408208af','01a225e2-0b10-72f5-b427-865057735e03','EMAIL_UNDO',X'ea6d2b7c30d53d6b4a896fbadaa10757746badfc4372287b9b45df252cfa8b7c','ada@example.com','ada@example.com',0,0,'2026-11-29 05:58:22.194337+00:00','2026-12-02 05:58:22.194337+00:00','2026-11-29 05:59:22.194337+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-11d2-700d-a052-899f9bbd0b44','01a225e2-10f8-747c-ae95-5a89f734d850','ACTIVATION',X'8daa2c2f11724a1c34fa2b6975cd22ae6853e64ba3f6c57a368c3ba48c71acfa','bob@example.com','bob@example.com',0,0,'2026-11-29 05:58:22.418003+00:00','2026-11-29 13:58:22.418003+00:00','2026-11-29 05:59:22.418003+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-12d4-73e8-8647-a4f7f7d1d432',NULL,'ACTIVATION',X'581e7dafd0994005ba580b8706303d27aa8ed12ad067376331ae6958d11c5203','','',0,0,'2026-11-29 05:58:22.676256+00:00','2026-11-29 13:58:22.676256+00:00','2026-11-29 05:59:22.676256+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-1a99-74f1-925b-d6e4991bf5af','01a225e2-192d-7736-bd89-249662ee7bad','PASSWORD_RESET',X'd0c543edbfa9e4595f3bdb130e913b20e852ee0e709f871380485a44cea8045c','erin@example.com','erin@example.com',0,0,'2026-11-29 05:58:24.665323+00:00','2026-11-29 06:28:24.665323+00:00','2026-11-29 05:59:24.665323+00:00',NULL);
CREATE TABLE api_keys (
    id           TEXT     NOT NULL PRIMARY KEY,
    name         TEXT     NOT NULL,
    secret_hash  BLOB     NOT NULL,
    permissions  TEXT,
    origins      TEXT,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME,
    revoked_at   DATETIME,
    last_used_at DATETIME
);
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:58:20.536275+00:00',NULL,NULL,'2026-11-29 05:58:22.81507+00:00');
INSERT INTO api_keys VALUES('ryvdDT5mMs9f','shop',X'd0c9d9537ebfeb03925698a6364e1aa5b7968fe17ac8951b5395aa817ef95ea6','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:58:24.16649+00:00',NULL,NULL,NULL);
CREATE TABLE outbox (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    channel      TEXT     NOT NULL,
    kind         TEXT     NOT NULL,
    recipient    TEXT     NOT NULL,
    data         TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    not_before   DATETIME NOT NULL,
    attempts     INTEGER  NOT NULL,
    sent_at      DATETIME,
    failed_at    DATETIME,
    last_error   TEXT
);
INSERT INTO outbox VALUES('01a225e2-0b76-7b3f-a960-6974134541ed','01a225e2-0b10-72f5-b427-865057735e03','01a225e2-0b76-7b4d-90a9-7693b4bb926a','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:20.79074Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:20.790734+00:00','2026-11-29 05:59:10.802483+00:00',1,'2026-11-29 05:58:20.805134+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-0f02-7e94-aabf-6d960f50309e','01a225e2-0b10-72f5-b427-865057735e03','01a225e2-0f02-7e5a-ab9a-5c7d800eca60','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:08:21.698937Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:21.698954+00:00','2026-11-29 05:59:11.703431+00:00',1,'2026-11-29 05:58:21.720493+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-10cd-7ed2-801a-875402123a40','01a225e2-0b10-72f5-b427-865057735e03','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:22.157967+00:00','2026-11-29 05:59:12.158656+00:00',1,'2026-11-29 05:58:22.160845+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-10f2-753c-af92-76ae9f2ebba1','01a225e2-0b10-72f5-b427-865057735e03','01a225e2-10f2-7520-9a45-5897a03fbd23','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:22.194333Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:22.194342+00:00','2026-11-29 05:59:12.196749+00:00',1,'2026-11-29 05:58:22.197841+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-10f2-7545-b116-cb1f90dd1565','01a225e2-0b10-72f5-b427-865057735e03','01a225e2-10f2-7528-b357-2e82408208af','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:58:22.194337Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:22.194345+00:00','2026-11-29 05:59:12.196749+00:00',1,'2026-11-29 05:58:22.197847+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-11d2-7002-9fa4-87aa69484c54','01a225e2-10f8-747c-ae95-5a89f734d850','01a225e2-11d2-700d-a052-899f9bbd0b44','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:58:22.418003Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:22.417998+00:00','2026-11-29 05:59:12.425742+00:00',1,'2026-11-29 05:58:22.510783+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-12d4-73db-8291-83b0d1d482db','','01a225e2-12d4-73e8-8647-a4f7f7d1d432','EMAIL','ACTIVATION','bob@example.com','{"sealed":"zSaIcCosSDZA4N0hUxJ6rcESWZpWiiUOrCdW4nMsKoSvXY5m5+tzMb3u8rSqPfEkxqEQF+A0tWJ0gASKHojs2KPEDTfSnVmZ5oXs/TFrTi+wxRI","name":"Robert","expiresAt":"2026-11-29T13:58:22.676256Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:22.67625+00:00','2026-11-29 05:59:22.418357+00:00',0,NULL,NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-1a99-7876-8416-e73a86d3b14f','01a225e2-192d-7736-bd89-249662ee7bad','01a225e2-1a99-74f1-925b-d6e4991bf5af','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"/CvabDQLg5PiG8E//E7nCjVJnQPmzoiAoNETV2pFFrjgGltzHcfqBym4i7m0TNeHkji+G233FQ1ZsYLhfrQKhzuzxbJJcH/fuHRiEIpIMwXWj6M","expiresAt":"2026-11-29T06:28:24.665323Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:24.665553+00:00','2026-11-29 05:58:28.924594+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
CREATE TABLE audit_events (
    id         TEXT     NOT NULL PRIMARY KEY,
    account_id TEXT     NOT NULL,
    operation  TEXT     NOT NULL,
    outcome    TEXT     NOT NULL,
    code       TEXT     NOT NULL,
    api_key_id TEXT     NOT NULL,
    session_id TEXT     NOT NULL,
    auth_id    TEXT     NOT NULL,
    ip         TEXT     NOT NULL,
    user_agent TEXT     NOT NULL,
    request_id TEXT     NOT NULL,
    at         DATETIME NOT NULL,
    chain      TEXT     NOT NULL,
    number     INTEGER  NOT NULL,
    hash       BLOB     NOT NULL
);
INSERT INTO audit_events VALUES('01a225e2-0af5-7916-9f54-26ce6d400716','01a225e2-0a89-72a5-bc50-b8460f4c0836','account create','SUCCESS','','','','','','','','2026-11-29 05:58:20.661595+00:00','01a225e2-0a89-72a5-bc50-b8460f4c0836',1,X'ae7786aeb99995ec9229e865e5bdb7ea2fbae36b5d66684b6952f453f80194b4');
INSERT INTO audit_events VALUES('01a225e2-0b76-7b4a-bc84-21654c88acbd','01a225e2-0b10-72f5-b427-865057735e03','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','DJFHJ4IXJ7ZJOUR6UDKJ6ZBZYM','2026-11-29 05:58:20.790739+00:00','01a225e2-0b10-72f5-b427-865057735e03',1,X'83f2ea5ff028741f33c06c4c6a50646eb16ec8db9b733bf1b5352ea1e72106bc');
INSERT INTO audit_events VALUES('01a225e2-0cad-7f22-b3e7-40832e405dee','01a225e2-0b10-72f5-b427-865057735e03','confirmAccountActivation','SUCCESS','','development','01a225e2-0ca9-70fc-94e3-37b2d3f5b816','','127.0.0.1','Python-urllib/3.11','GLVII3S7TV3PXNMIVYC2YQU2NO','2026-11-29 05:58:21.101992+00:00','01a225e2-0b10-72f5-b427-865057735e03',2,X'1aeacd55c60e9501349e93d0c1bd78821750d9bfd0db56d132679916280fe77e');
INSERT INTO audit_events VALUES('01a225e2-0d00-72db-8afd-b3d43bc54efb','01a225e2-0b10-72f5-b427-865057735e03','signIn','SUCCESS','','development','01a225e2-0d00-7034-bf6b-29602c55bbee','','127.0.0.1','Python-urllib/3.11','2B7P4TRU55QUJTQUT64FOLOVJQ','2026-11-29 05:58:21.184187+00:00','01a225e2-0b10-72f5-b427-865057735e03',3,X'3606cb0aa29a59aaf2cf89e2e4a23c8a1be4d9d979d16c81e35cb06dcacd12d3');
INSERT INTO audit_events VALUES('01a225e2-0d90-76be-91c7-470449191a2d','01a225e2-0b10-72f5-b427-865057735e03','signIn','SUCCESS','','development','01a225e2-0d8e-7273-bc47-31727042c085','','127.0.0.1','Python-urllib/3.11','XAXL2ISBR3AAIGKFD4MMQ2ZEP7','2026-11-29 05:58:21.328442+00:00','01a225e2-0b10-72f5-b427-865057735e03',4,X'cb2b7d0f05357456fb43449c4cc84bbac2cd68e05621e65dd8616ac6161ab460');
INSERT INTO audit_events VALUES('01a225e2-0d9b-7dd4-a7fb-3a4807cea266','01a225e2-0b10-72f5-b427-865057735e03','signOut','SUCCESS','','development','01a225e2-0d8e-7273-bc47-31727042c085','','127.0.0.1','Python-urllib/3.11','LKTZIRYL5MNSZQZUHXH7HEAALC','2026-11-29 05:58:21.339907+00:00','01a225e2-0b10-72f5-b427-865057735e03',5,X'1d7d9fd6cb6c73dfed0e221438ec5efe24b0c49d8c2f864a87bdc5923b98ca8d');
INSERT INTO audit_events VALUES('01a225e2-0e73-7b2e-a426-004baacd2b78','01a225e2-0b10-72f5-b427-865057735e03','signIn','SUCCESS','','development','01a225e2-0e73-7610-b77e-35d7f1faf702','','127.0.0.1','Python-urllib/3.11','RJP7U6IFEMHJTYJD2M2VILN2TU','2026-11-29 05:58:21.555733+00:00','01a225e2-0b10-72f5-b427-865057735e03',6,X'06658191d918ee8b13e4bbd345082df4af63af01f68829df578771928ffb1fba');
INSERT INTO audit_events VALUES('01a225e2-0f03-7d05-81e2-1f05ac2499fc','01a225e2-0b10-72f5-b427-865057735e03','requestPhoneUpdate','SUCCESS','','development','01a225e2-0d00-7034-bf6b-29602c55bbee','','127.0.0.1','Python-urllib/3.11','WRYQNBW774LKQTNHIM5WONAZ6I','2026-11-29 05:58:21.699853+00:00','01a225e2-0b10-72f5-b427-865057735e03',7,X'56455bd66f1b254596cda930665e2f5f8141dbf71cd5ba5af0426c6cd709d3bb');
INSERT INTO audit_events VALUES('01a225e2-0f21-700c-86c2-8898e3c55287','01a225e2-0b10-72f5-b427-865057735e03','updateAccount','SUCCESS','','development','01a225e2-0d00-7034-bf6b-29602c55bbee','','127.0.0.1','Python-urllib/3.11','JOBQ3XOV5NH7XZUY2W35NFYSWL','2026-11-29 05:58:21.729003+00:00','01a225e2-0b10-72f5-b427-865057735e03',8,X'df5d75f2aa1f5f8679eee85db085d72348e36f60b0ae7c35cfbb5976d920e809');
INSERT INTO audit_events VALUES('01a225e2-1020-7d8e-b276-87b445302367','01a225e2-0b10-72f5-b427-865057735e03','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','Q6KHBXS5QNCZ5U7A4X2DPEQ2EB','2026-11-29 05:58:21.984889+00:00','01a225e2-0b10-72f5-b427-865057735e03',9,X'5f85480a8d43ebb61ef8e424d733a861aea60fa856da21ad2f0af4c4403fa8eb');
INSERT INTO audit_events VALUES('01a225e2-10ce-7063-80e9-9e350ffb7e0b','01a225e2-0b10-72f5-b427-865057735e03','linkIdentityProvider','SUCCESS','','development','01a225e2-0d00-7034-bf6b-29602c55bbee','','127.0.0.1','Python-urllib/3.11','XLFWUM26L4YHS5CEQJSADLKD6Q','2026-11-29 05:58:22.158025+00:00','01a225e2-0b10-72f5-b427-865057735e03',10,X'406783557c99942a6a43f0acc2472fb0887c0ad023c95884745ba33bddcd064f');
INSERT INTO audit_events VALUES('01a225e2-10f3-72aa-b629-2fc25a4f93ae','01a225e2-0b10-72f5-b427-865057735e03','requestEmailChange','SUCCESS','','development','01a225e2-0d00-7034-bf6b-29602c55bbee','','127.0.0.1','Python-urllib/3.11','DQWHNPPNPZ5UWLCA3ISD2GRPJN','2026-11-29 05:58:22.195174+00:00','01a225e2-0b10-72f5-b427-865057735e03',11,X'91ee2e2d96e206babb071809fa60d2432335f91963111eda5a05d2a6447d3545');
INSERT INTO audit_events VALUES('01a225e2-11d2-7009-a279-02ff8840801c','01a225e2-10f8-747c-ae95-5a89f734d850','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','DQQRFHLQHKTXMPNLLVYKK76FD3','2026-11-29 05:58:22.418002+00:00','01a225e2-10f8-747c-ae95-5a89f734d850',1,X'f7244973bf68ad1cc56a451323a303039e6fa926f82d23cf931afb2179dbb737');
INSERT INTO audit_events VALUES('01a225e2-12d4-73e3-859e-abc7a36e5c5e','','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','X7T4CVSC2CMX32C4PRD4CIMQ4A','2026-11-29 05:58:22.676254+00:00','key:development',1,X'700737ace1c05b3ce3ef986d906c5e342257b4b8539c23a32a75dc1e205348b2');
INSERT INTO audit_events VALUES('01a225e2-1316-793d-8941-2ccd0619d645','01a225e2-12ef-7c59-a490-71ed9ba14826','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','UVGR5NAZZIFTIVFAP6RD45NLCI','2026-11-29 05:58:22.742605+00:00','01a225e2-12ef-7c59-a490-71ed9ba14826',1,X'f1bb8bb565d2e02e8f09b3a71a336206516d774022ee8a03fd59f8324ef18f9d');
INSERT INTO audit_events VALUES('01a225e2-1344-7053-a826-bb2a9f26a046','01a225e2-12ef-7c59-a490-71ed9ba14826','signIn','SUCCESS','','development','01a225e2-1343-7a76-87e9-4cfe81ad9d10','','127.0.0.1','Python-urllib/3.11','G357HXVRPCMZQ4M6ILXAJFY7DN','2026-11-29 05:58:22.788021+00:00','01a225e2-12ef-7c59-a490-71ed9ba14826',2,X'5b6607e84d69f827cfb039e488552f111040f530fa40a200bd5a615f756c3dad');
INSERT INTO audit_events VALUES('01a225e2-13e6-7f0e-bfec-d7a27c4f309f','01a225e2-12ef-7c59-a490-71ed9ba14826','deleteAccount','SUCCESS','','development','01a225e2-1343-7a76-87e9-4cfe81ad9d10','','127.0.0.1','Python-urllib/3.11','MERHDN2V4KJEPE26YNZTORCTOA','2026-11-29 05:58:22.950986+00:00','01a225e2-12ef-7c59-a490-71ed9ba14826',3,X'bf744e0d173b9e41dac8d42b345272cf9cd4d0d6c2af03772ffb86f88c6b78f6');
INSERT INTO audit_events VALUES('01a225e2-19b6-78db-ab91-e736d278431e','01a225e2-192d-7736-bd89-249662ee7bad','account create','SUCCESS','','','','','','','','2026-11-29 05:58:24.438582+00:00','01a225e2-192d-7736-bd89-249662ee7bad',1,X'ea568548607d1f4e053a87c7f5274e9c514d681210b9d1ed4b1cb43d4bb249f6');
INSERT INTO audit_events VALUES('01a225e2-1a98-7b99-a877-0efb1d293d19','01a225e2-192d-7736-bd89-249662ee7bad','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','TOF5M4HOZCNTAK45IVZIKC4KBD','2026-11-29 05:58:24.66476+00:00','01a225e2-192d-7736-bd89-249662ee7bad',2,X'd8d9e57147707869bff6ed7918a1c3f5d45abbf48194837d9950850b3dab97d0');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e2-0a89-72a5-bc50-b8460f4c0836',1,X'ae7786aeb99995ec9229e865e5bdb7ea2fbae36b5d66684b6952f453f80194b4');
INSERT INTO audit_heads VALUES('01a225e2-0b10-72f5-b427-865057735e03',11,X'91ee2e2d96e206babb071809fa60d2432335f91963111eda5a05d2a6447d3545');
INSERT INTO audit_heads VALUES('01a225e2-10f8-747c-ae95-5a89f734d850',1,X'f7244973bf68ad1cc56a451323a303039e6fa926f82d23cf931afb2179dbb737');
INSERT INTO audit_heads VALUES('key:development',1,X'700737ace1c05b3ce3ef986d906c5e342257b4b8539c23a32a75dc1e205348b2');
INSERT INTO audit_heads VALUES('01a225e2-12ef-7c59-a490-71ed9ba14826',3,X'bf744e0d173b9e41dac8d42b345272cf9cd4d0d6c2af03772ffb86f88c6b78f6');
INSERT INTO audit_heads VALUES('01a225e2-192d-7736-bd89-249662ee7bad',2,X'd8d9e57147707869bff6ed7918a1c3f5d45abbf48194837d9950850b3dab97d0');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('messages of strangers',4,'2026-11-29 06:58:20.790362+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:58:20.790702+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 06:58:20.792399+00:00','2026-11-29 05:59:20.792399+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:59:21.699409+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('decoy:b602df0633884812bb208ab4',3,'2026-11-29 06:58:21.699512+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:58:21.69959+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:a35619ce6faab8c66d077e32',1,'2026-11-29 06:58:21.699609+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:6517f2aa794f3a19ad20cfbb',1,'2026-11-29 06:09:21+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:a35619ce6faab8c66d077e32',1,'2026-11-30 05:58:22.194759+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:59:22.194863+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 06:58:22.194938+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',2,'2026-11-29 06:58:22.418357+00:00','2026-11-29 06:00:22.418357+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 06:58:22.742876+00:00','2026-11-29 05:59:22.742876+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:58:24.665249+00:00','2026-11-29 05:59:24.665249+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'b0ebb98d4b595239781172a038a862b8b3e022c3c3f0f7b993faba720eff7350','2026-11-29 05:58:20');
INSERT INTO server_keys VALUES('outbox',X'65be47780583dcd42dcc61e85eee54ca6552d536837668e8e8756800e335ce44','2026-11-29 05:58:20');
CREATE TABLE registrations (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    email        TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME NOT NULL,
    sealed       TEXT     NOT NULL
);
INSERT INTO registrations VALUES('01a225e2-11d2-711f-a5c0-196362d26ffa','01a225e2-10f8-747c-ae95-5a89f734d850','01a225e2-11d2-700d-a052-899f9bbd0b44','bob@example.com','2026-11-29 05:58:22.418073+00:00','2026-12-06 05:58:22.418073+00:00','Eauhg+FJtOQUASNiQugkQ/LuQZN8u63M94gijXlkwgfFhygyGyiNhlHCLewQlj3ySsbM0iAsTRe3zhfMSGYEqdof4v0P+J/1fNvlQFszQQ15F0DX4++X8F6bn8EDOX3pEdxBA563Zjh9eTJhHIDcLrFuo++zKMzzsFGT9OjnB5pwtSFVXJvzE/BmWB8Zm6qqmxnelfzALuBt6kBSCqOT5PRETFMUOIx0V2kUzLWxltbVvm+3bnudR0SFIbm+DsNeU23af2AhPcH/t8H1VMIJYmeptKUYO+htvSdI4+LmvtM9dUZtMe54FgVc8rmtI85VzJYgTP5er8KYgm6a5io2q1lezNLGvHgENdpbFJasoiC13WtjFRw6iTJUMYq/QZwV0J+Beb3uexAKseK84wLuGte5c1YIV/xOKUMzPMUPxyL5FCD5JuigG8zYTdT8zWfLuI7uLoHMIPNczzNsxLnPO7Rty1l4jA0SqqbSYIGjQqzFYLQburanX37kqc9mTpeS+3u+zrpVsJ9z4xYw70cMdf4Y+JVH5qeNNKAtv0nByfRs/zZUW7erK+NG4TTvdaDwuoxlz/fTXo4ZmphU21CJPGZ8y7jHjVqL1tIsIBtmKmF/IxWQsT5f6b5usruaoz8ts8UvjEZRaVTpnjo06NRiKIKL7WmpODhCu1VAbauEOcezIov33JWmCPN/Mlg9gSJZJ6e/6Uneq3Vp//NM7akao9Q/FXOHF4Fumer+RFNaBmXW4BK+jxVedukXQv5QT4Xqyoz8FSn2Xbp9acdWUlYXGFORxhlA7VUOAlmmSLN5aAZVZVyyqwSc48TiyjiDlu6WrdMvF2VjeuhAGQlvssC7qsh3hA8znTYlnIfo1B2RSaXo3Q2qcH00MEkhj32JwrAtRO0dsKoCkL78hFc8+qcrNiPV1AqcwU2mVWkdOs7G3yn/yOFjIu3uwVOSMTbCpImip3WsRRUWkAmntd3n95wTRsBUBteXwnsGvBKVnIZV4M7YCRNAPSH+9DpXgDjP+QMWGeM46VQVRhEu/NoiUcwv/CLVcnvFudAVo6KB+gEkBDRnNSSzGASJcSsbGxIrcnzOXvxQ+hB4VGW8VZQEKhbvhwW3Hg8/HqqxThodp7hKa/jzXpsB257pB9G9KNi6YZ0O4BxpUO8Aeem+RhDc/V8YY2f4s4U5CEzDPa+zug');
INSERT INTO registrations VALUES('01a225e2-12d4-75a6-bff1-a05e19368fad','','01a225e2-12d4-73e8-8647-a4f7f7d1d432','bob@example.com','2026-11-29 05:58:22.676369+00:00','2026-12-06 05:58:22.676369+00:00','SIv0jqXGRLcA+uUs42DuU1+O75gj/tKeuHmRHzlpqY6BDI8yLAtt552D0XJYEPSiN0enTE+VspXSEMoGoDOEzFX8TIelHEJVdw01As4dDE0pfXZDihKL4HNofc78chmgJYE/S+10VobB9qbX9+CUMxUSg05BsoLtGIh4j5vRDgCfIMU1Amdffas3lOHlHTZCn8y6MJde4HqsJ2hps8iKIf68ngADI8xeAqBgDNO0wJXae2dIOzTY2SSNgKs2OGJQlQW8SKs93jsRDD1ZGzMjnYp2tuSvYOwI17kvKQzFyCdlXZ0WTTcoNr71A/cXYWrC3gtpHV7kd5XCS4sgs5K/000wT8Gt6q8eBRS0txhdvjoYFOkIeEu336e/bjjwSMXziFwJhHmpU+TcM9NKeUBzykvBABqDcorARHt0efOjUR0qUo3rl16Re9oXQhEAkq9JXeJWEdUyGTNZ6jJAfCgVy2IJT+itQdzZBv39cMEo+bAvdK61VvErpw2z9seQ2JUakUgatkXH/QDELQ71M0rLwL4f23p3C3C6MfGWiRb3c3YKAxCkkrCUx3Blsa4AG4vvvMEo2PRza3knpYPuBehVpkCZh5eWBXTEH+FB+Cw+dQvdzF3pHCwiy5zJJsIi6ctOJAkzx2t4D47jiOpJBmI2dDUFlSKPxg1A7NEaTZOOuM2yCmJuHoK7yKCJUMZQwRclmkTi79rTX9pFUyJX2aLTCVQQdlvztN4szHm9OXtWs+ZIsbuGRR9N/fM5mRlHBCCc1QmtICd1iyL5GDrEa2SaUg79fttKXgvU8DGi7uObPq4FxnjU6iDJoua8VLBVqByqTs7QfIE1M2V8t+SKdiVTLGRdgCFfPYMiI4+V/cxfaM/WmRYNl+fV6ljwpc0UrJsHwMg0l3iYbDSrpjiPNkFI8POfhnczmJlRDPuLNcPaS7K2gtxzZSbJ/0+84NgK6PuizH+jsOLmT8K0xrB14r5rUvdYBaWU+nn97XGoZ8m6nIwZLYcpscA197xvZnYmD9Msp2w3adpxWqFTzV1LV2B3X9/D8pAL/BuOV4TpdQQ6c5sbKoWFoD7j2qUHMR8mfLX3zd1WxbEJwBuRIvyWTg9EsWutllzacSUETIhy08eaGebCiM7MVlwKiC6M920r0xE1pHd8A7N8I+Hztrh2pTWHLiyRLYZ+zY0ge4vUq+vp7g');
CREATE TABLE idempotency_keys (
    id             TEXT     NOT NULL PRIMARY KEY,
    renewed_id     TEXT,
    fingerprint    BLOB     NOT NULL,
    owner          TEXT     NOT NULL,
    lease_until    DATETIME NOT NULL,
    expires_at     DATETIME NOT NULL,
    account_id     TEXT,
    sealed_outcome TEXT,
    sealed_answer  TEXT
);
INSERT INTO idempotency_keys VALUES('9504709ecf3128d898e20e0fe1d8f0ed2bbd83ec0f2c6ff92b45bf84bededc0e',NULL,X'f593cb9b931b743c42b5c090f0c78a77cacba17e5adb8b77e508e07fe313d416','01a225e2-0f1f-7cf9-8947-dda1ebbee8cd','2026-11-29 05:58:28.727835+00:00','2026-11-29 06:08:21.727835+00:00','01a225e2-0b10-72f5-b427-865057735e03','P2GXEKGhza3vtTxajwIbfIybC2sWRAO0/AxGZPNNot+RzC5iu+TOUenNkmy8xBxC325DQmCT6m1Vm6pRSoVvIo058h58lym4KdXpgUvkqvnTuTAcD+l1NJe5Cqm8am/Svi1M9fro5Fgnptw+p0y341gvLfbn14YZpqqVFqHESkHzcoiCw6hQPhSYf4i2J3DyZJ+fTp3G4Bv4nKrccGlumFNeNNmjxqFM8MBerVZk+CvclfQlRttcfBC7XJWvLfbYT2jUm1d4ai+hRgHfwERTDmpFChRAJtzVatUxps/urc6kaRZrjZ3TQ+5PLuWOzIZzCcb2Kc9ZSweuDj1lTSaegjmDIs12HWhxCOzMxZl+Ga1vnWqN+MAKP+yLHOhYReZTO6RXFtlvDYgpETuSORqqkfpRi1TlFXelOUX8ruFLZAWzAkPM1kUaJfDqrLC2HZQN6St0lrkiDtRw7Jd4EtfuxBFYQPo+nJOdrMJTBtAUQjgykotXRtGJYFQUHZkwwXhmP9eQy6ylGxactBBiM4zh6G9MFK2U3RnCUXUcSx0a4fpbVyD6pFOGy9MIQwk7rFjIAtF+gEgjONVZcqmda+0kWT+fx+EaqDZp7s7nkecW1w4Hjup8P2dEOxtKPDo0zBHaWPfkmBY2CTyjxIv0X2Ez7u7KzBzhWM4T4lWjNygp4auRFr4gHyW1r1R8YcIaj3xokxsBVBShj0TEcLGheAdhbiXC5IZImDzqtj80xAS0atX5UrKhp4tALU9TxZo2/1blBef7WVmVPC8iuG28zfyhMN0+fLIo0pDyF2cNOmBwkd9XY6rgR0XZcwF9ng6IBxq+g4d5OvN6ciOyySI2so7oaNUBeIigIJmyHnx0PxudcngmKvinjlLHu7TTADdO6qySKcPNwU1TOZ60ElZw5uh89pOUb/6FXq4MpJhoowjpVf3m0IDuei3fJR4om5b1vmFSBQCeBI/ksDid93QWCsiqq+NZdGRz4jlPVc0FX+z6LXUCqGjUjz7NLGhUsoTrj8QSiv+g8P/sq+QSMXavK/drW2+fnjun1TcKJWg/wSX1gMucMSRCAaHcmRlA5OUgKAvH3uxqWIG19d6nnqJ7HwRwe8TAoROvjwhzcbvuOREsaQN+hrAWO+jeOCSqmY8v5fst4hjxRolCEMZOBw15sonoNatNaqWuvJz5ArawQj65JoeYLu/kw15Qcuwz4Q7yo9DMLf17Yw7lrUAhvUfEAntntMljkXZJXcePA+5CxAiIu2PCuO3YjPnBHFu5a4jzqL72t5qW1jn9lByk6hGJOiRpRvghiROMdjT/8F1zIhTXVulJpdXtIwXjzkakU/L8TiQznlMg7dA8UgHpLdoafFmUJo8bjy03Qe24HBKRAz5gGQL6YdvyGAxGnl8eHDuffw+z9xcW7HCnDUYLSJfXPNgfIJRZDI5qyy8r3FH3bsZ1o22Q2LECdB1904D2SRczw30JmUBrXZRleU1otYQxlue+ziWHqZkBErxuiCi5E0Aod75c8xeyA6xccWPMoMMKAgYTLo3JJeinRm0HqVDL++dpeaaGIurHf9qVkHJmBo6cjeBips2RJvKMLKFNG1VpYVNy7QBnd8OXgVjp8JFzKlgqyA20NxPIoR8UMe0LAewOuf4sZYgahHva+mNYx1yleGnCFUazHpfIa+1oavMVxB7XpyV5kAkSSoa1qOdBrFxmBIGsdLIFdQDc8MuZEN49c9sdiyLXO7Y1L5FHNhwCNjxwME7pX9tx9VvNXz3JcKPs8Fc22yFBT9HWfiylxULcctFfB3BoULKtbwlv88V55OJud/JgSDl0gtyLBz/SBhY0mLX1eBOzbb9LZp73GTAP4lz/3A0Xj1josdL9NLaW0kHkcZcj/UYOdJhqqL47PWaHF6HP86qF9IpLSMVQ1XdMvYphD6ZkouqyVyfjq+evHPxKh7m+adRwe+vpGVnZLx8','rg9S6Fz5TPJuR0AciJAG1l3a3kIVCkHwEpIpfn8qZ9OfDyiQnpIepCM9pu2Rtx3GmdxkkwMGQgp4TqDYAX61x3Th+SMxWn75LXLbUQhiGi3r2Bt4kdc4pr5IZqIcVMN3h9335uek7xf9Avt+bzBZtMXld5V7b7i36zWsBLgtl/di7kmnt3PjWjJ6xnfEOA');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',7);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);
CREATE INDEX consents_account ON consents (account_id);
CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE UNIQUE INDEX challenges_secret ON challenges (secret_hash);
CREATE INDEX challenges_account ON challenges (account_id, purpose);
CREATE INDEX challenges_expiry ON challenges (expires_at);
CREATE INDEX challenges_used ON challenges (used_at) WHERE used_at IS NOT NULL;
CREATE UNIQUE INDEX api_keys_secret ON api_keys (secret_hash);
CREATE INDEX outbox_due ON outbox (not_before, id) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_account ON outbox (account_id);
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (failed_at) WHERE failed_at IS NOT NULL;
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain, number);
CREATE INDEX budgets_reset ON budgets (resets_at);
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, issuer, subject);
CREATE UNIQUE INDEX identities_account ON identities (account_id, identity_provider, issuer);
CREATE INDEX registrations_email ON registrations (email, created_at);
CREATE INDEX registrations_account ON registrations (account_id) WHERE account_id <> '';
CREATE INDEX registrations_challenge ON registrations (challenge_id);
CREATE INDEX registrations_expiry ON registrations (expires_at);
CREATE INDEX challenges_undo ON challenges (target) WHERE purpose = 'EMAIL_UNDO';
CREATE UNIQUE INDEX idempotency_keys_renewed ON idempotency_keys (renewed_id) WHERE renewed_id IS NOT NULL;
CREATE INDEX idempotency_keys_account ON idempotency_keys (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
