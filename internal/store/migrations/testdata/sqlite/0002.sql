-- secrets: {"session": "as_sWOuMQAX6-LSqoVj7skeXH3-QmYEr-hx6pgwhxW0LF8", "account": "01a225e0-dc34-7cb2-9775-187b1703c78e", "ended": "as_v4dCBwBWRKmj0XDjoeU2bOd6Em4XqH939awhLCNjhlE", "other": "as_6_e41qOkOvqhcsuaOX3hMwVPM6acgnP2opQP6aoClzQ", "code": "016175", "phone": "+48500100200", "emailToken": "T_XRZLy2BpYqQmaVHTdR6GaOMacnU96VVFj4Xbkz7iA", "apiKey": "ak_NvWL26aL6iOo_BRGKjegFAqpkL_Scbp-zmXQeIIgYHwvZoIerkAfQ5KY", "at": "2026-11-29T05:57:12Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:57:01');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:57:01');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:57:01');
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
, language TEXT);
INSERT INTO accounts VALUES('01a225e0-d930-7363-8c0d-9bdae8c30f26','ACTIVE','demo@example.com','2026-11-29 05:57:02.384213+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$3xztDK6xe63LOwYDIpKh/g$xYgWm8S1uPSjmBj55xtP/A2uspjycI6IpIfFLiwthlM',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:02.384213+00:00','2026-11-29 05:57:02.384213+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e0-dc34-7cb2-9775-187b1703c78e','ACTIVE','ada@example.com','2026-11-29 05:57:03.22538+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$nsbQWiyzKxR9WOaWG8CRoQ$Rt4FgWbo0dlWZbvhemqjhVztvmoMrWJGzd09H2BIC6s',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:57:03.15683+00:00','2026-11-29 05:57:04.344779+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e0-e1f5-7d73-bf6d-edddb0553255','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$KbwCzeoFQeJS9VC1Yk028w$SJF0VkjcGQaoyi7/HUBOdLRu31d/jRttQ4wbIv77k54',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:04.62988+00:00','2026-11-29 05:57:04.62988+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e0-f22e-7738-b040-2dfaa1f563d5','ACTIVE','erin@example.com','2026-11-29 05:57:08.782467+00:00','+48500100300','2026-11-29 05:57:08.782467+00:00','$argon2id$v=19$m=19456,t=2,p=1$ZgxXGQs6uE4T2fthsO0cPQ$KLgjhvilXbeQ4pi4ed+Gr4dNDZnwYvwR29xGC7puPE8',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:08.782467+00:00','2026-11-29 05:57:08.782467+00:00',NULL,NULL);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
);
INSERT INTO consents VALUES('01a225e0-dc34-7cdf-8372-a628ddac04e7','01a225e0-dc34-7cb2-9775-187b1703c78e','email',1,'registerAccount','2026-11-29 05:57:03.156843+00:00');
INSERT INTO consents VALUES('01a225e0-dc34-7ce2-9d7d-60d99780dd42','01a225e0-dc34-7cb2-9775-187b1703c78e','sms',0,'registerAccount','2026-11-29 05:57:03.156844+00:00');
INSERT INTO consents VALUES('01a225e0-e0d8-7d30-901f-030b34410e2d','01a225e0-dc34-7cb2-9775-187b1703c78e','push',1,'updateAccount','2026-11-29 05:57:04.344864+00:00');
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
INSERT INTO sessions VALUES('01a225e0-dc79-7136-95ac-360d0697a332','01a225e0-dc34-7cb2-9775-187b1703c78e','development',X'c7d2bf85d865c69fdeb5110f1063f9ed1b4a8f0bd7722cff27a6d8c3889ec78d','2026-11-29 05:57:03.225078+00:00','2026-11-29 05:57:03.225078+00:00','2026-11-29 05:57:03.225078+00:00','2026-12-29 05:57:03.225078+00:00','2026-12-06 05:57:03.225078+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e0-dec8-73a8-8e68-6a612cb0f305','01a225e0-dc34-7cb2-9775-187b1703c78e','development',X'f1cf2dd85c81da81b877b3bc5876dc7ead280292b66ae025bee2651d169f8b87','2026-11-29 05:57:03.816237+00:00','2026-11-29 05:57:04.62319+00:00','2026-11-29 05:57:03.816237+00:00','2026-12-29 05:57:03.816237+00:00','2026-12-06 05:57:03.816237+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e0-dfe5-7497-9651-14b2c09e9671','01a225e0-dc34-7cb2-9775-187b1703c78e','development',X'508fbfc5249a60f3d32be91530992a16eac6dc729609cff6d73433c16ee5e72c','2026-11-29 05:57:04.101298+00:00','2026-11-29 05:57:04.101298+00:00','2026-11-29 05:57:04.101298+00:00','2026-12-29 05:57:04.101298+00:00','2026-12-06 05:57:04.101298+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e0-dc53-7cf1-a419-a883f3fe2c4f','01a225e0-dc34-7cb2-9775-187b1703c78e','ACTIVATION',X'ed506cf9f26c872e25eb3ed34ab77b384532f2b0904c4872745a280838ccc14a','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:03.187845+00:00','2026-11-29 13:57:03.187845+00:00','2026-11-29 05:58:03.187845+00:00','2026-11-29 05:57:03.22531+00:00');
INSERT INTO challenges VALUES('01a225e0-e0c4-7908-95d8-a56385416e54','01a225e0-dc34-7cb2-9775-187b1703c78e','PHONE_UPDATE',X'8f9ac65dc5369e0f47151f43491b1d90cc7bf80c5db635147022e034544ea138','+48500100200','ada@example.com',0,0,'2026-11-29 05:57:04.324588+00:00','2026-11-29 06:07:04.324588+00:00','2026-11-29 05:58:04.324588+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-e1ee-7225-8ff1-a8a5baf1a654','01a225e0-dc34-7cb2-9775-187b1703c78e','EMAIL_CHANGE',X'50e0dd39286170bdf7e16680d13c3dc15622e6007836d9092d7ef4a1e61c4b79','countess@example.com','ada@example.com',0,0,'2026-11-29 05:57:04.622137+00:00','2026-11-29 13:57:04.622137+00:00','2026-11-29 05:58:04.622137+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-e1ee-722f-a75f-34d3a9c7b3ac','01a225e0-dc34-7cb2-9775-187b1703c78e','EMAIL_UNDO',X'ec071aa9a46afef83e38379695331798261c7a7e682aee966cc3d43ab5cd7c89','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:04.622142+00:00','2026-12-02 05:57:04.622142+00:00','2026-11-29 05:58:04.622142+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-e2a0-7c48-8cce-e3ccbbe82a24','01a225e0-e1f5-7d73-bf6d-edddb0553255','ACTIVATION',X'4f6cc1822cb08217f6eccb39e09cf12e4a9cb3e6696a28ff69fa5fddc25fde50','bob@example.com','bob@example.com',0,0,'2026-11-29 05:57:04.800802+00:00','2026-11-29 13:57:04.800802+00:00','2026-11-29 05:58:04.800802+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-e392-7cc8-ab92-bc1b2e31dd4f',NULL,'ACTIVATION',X'e1d7bb2bd9fa4eb14f57f8c6a6de30d67c94b00894c42fc3e3349907a06b6735','','',0,0,'2026-11-29 05:57:05.042834+00:00','2026-11-29 13:57:05.042834+00:00','2026-11-29 05:58:05.042834+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-fb00-723c-bb7c-832700b7e7ab','01a225e0-f22e-7738-b040-2dfaa1f563d5','PASSWORD_RESET',X'58d6a1e0ae43bbd79fe9fbdec9395f3a6556b892610c2cadbf87a90d59e88522','erin@example.com','erin@example.com',0,0,'2026-11-29 05:57:11.040145+00:00','2026-11-29 06:27:11.040145+00:00','2026-11-29 05:58:11.040145+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:57:02.35921+00:00',NULL,NULL,'2026-11-29 05:57:05.687282+00:00');
INSERT INTO api_keys VALUES('NvWL26aL6iOo','shop',X'485dd76aa656ce72df7d748cc56992cb1527808c0a435a4c06eea8dc8f488fe8','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:57:07.647042+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e0-dc53-7e24-a4f2-5668b7620ceb','01a225e0-dc34-7cb2-9775-187b1703c78e','01a225e0-dc53-7cf1-a419-a883f3fe2c4f','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:03.187845Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:03.187926+00:00','2026-11-29 05:57:53.219121+00:00',1,'2026-11-29 05:57:03.222629+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-e0c4-794a-b72f-ab02938502c1','01a225e0-dc34-7cb2-9775-187b1703c78e','01a225e0-e0c4-7908-95d8-a56385416e54','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:07:04.324588Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:04.324608+00:00','2026-11-29 05:57:54.329646+00:00',1,'2026-11-29 05:57:04.331667+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-e1ee-7233-8fa2-9b799d6bd202','01a225e0-dc34-7cb2-9775-187b1703c78e','01a225e0-e1ee-7225-8ff1-a8a5baf1a654','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:04.622137Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:04.622143+00:00','2026-11-29 05:57:54.624194+00:00',1,'2026-11-29 05:57:04.627527+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-e1ee-7239-8a61-c7a3de465d28','01a225e0-dc34-7cb2-9775-187b1703c78e','01a225e0-e1ee-722f-a75f-34d3a9c7b3ac','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:57:04.622142Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:04.622145+00:00','2026-11-29 05:57:54.624194+00:00',1,'2026-11-29 05:57:04.627889+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-e2a8-79eb-8570-6d6e66a9508c','01a225e0-e1f5-7d73-bf6d-edddb0553255','01a225e0-e2a0-7c48-8cce-e3ccbbe82a24','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:57:04.800802Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:04.808644+00:00','2026-11-29 05:57:54.815416+00:00',1,'2026-11-29 05:57:04.822509+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-e393-7573-a912-223d8bdf33d5','01a225e0-e1f5-7d73-bf6d-edddb0553255','','EMAIL','ACCOUNT_EXISTS','bob@example.com','{"name":"Bob","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:05.043356+00:00','2026-11-29 05:57:55.08062+00:00',1,'2026-11-29 05:57:05.201585+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-fb00-76a6-82fd-e30e293f105d','01a225e0-f22e-7738-b040-2dfaa1f563d5','01a225e0-fb00-723c-bb7c-832700b7e7ab','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"lDWS5taFp94NvQLPqMw9OBcLl2qpRz7R9VqvpS9hIMKqGvE4vJ3qKWzmgSQyNMRENu3olTLjmeh4rWZjYCkJhm7mp5UTlUQH6BGhUsjISEW+3L4","expiresAt":"2026-11-29T06:27:11.040145Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:11.040435+00:00','2026-11-29 05:57:17.00819+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e0-dc1f-7b5f-8d8f-fb23625fc20c','01a225e0-d930-7363-8c0d-9bdae8c30f26','account create','SUCCESS','','','','','','','','2026-11-29 05:57:03.135746+00:00','01a225e0-d930-7363-8c0d-9bdae8c30f26',1,X'10f5393305ebd8a6c525c918a2fd7adb93f053cbc63740ab9ce5bec83ad59d71');
INSERT INTO audit_events VALUES('01a225e0-dc53-7e2a-8660-9c1c99e9d17c','01a225e0-dc34-7cb2-9775-187b1703c78e','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','TNT52HYFJYIFQNE2WL3NMNORQT','2026-11-29 05:57:03.187928+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',1,X'cc15b3fbae614b3f2cdb406a57993daaa7614312b3c77d9b57ce51cc6c330eae');
INSERT INTO audit_events VALUES('01a225e0-dc79-7c11-bf17-d1497812a464','01a225e0-dc34-7cb2-9775-187b1703c78e','confirmAccountActivation','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','H7YZRHYYGCGUIAGXKV6EN7SHIT','2026-11-29 05:57:03.225791+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',2,X'7dc23a7084219a41e808250b2aa5b6e732b632adefb8c94e28e33321790d0326');
INSERT INTO audit_events VALUES('01a225e0-dec8-7b88-a5ea-238fff057c0e','01a225e0-dc34-7cb2-9775-187b1703c78e','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','SRG7NIGVTMM3FIFQZS4X6GJA4W','2026-11-29 05:57:03.816756+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',3,X'4b30a7b4474fd535c18a9e56a3ec1e1af3313e10d273da452a398aad26c950be');
INSERT INTO audit_events VALUES('01a225e0-df54-78d6-80e3-85038a855264','01a225e0-dc34-7cb2-9775-187b1703c78e','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','S4HQUJ2KVHJSMHFAMGVGF4254I','2026-11-29 05:57:03.956579+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',4,X'843771203114777c0a4c74071a87aa886abfb04209341d38d2d88662b8429a73');
INSERT INTO audit_events VALUES('01a225e0-df57-7537-a03b-401289eb6a15','01a225e0-dc34-7cb2-9775-187b1703c78e','signOut','SUCCESS','','development','01a225e0-df53-7f25-b0ab-dcd47940443d','','127.0.0.1','Python-urllib/3.11','ADV4V5SHNQRVFNAPZPU5PFH2QR','2026-11-29 05:57:03.959342+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',5,X'3f8f4ce9c328ec612e2418f2267587e36562030f44e8b2b78903f18841f3ec0f');
INSERT INTO audit_events VALUES('01a225e0-dfe5-7d4b-84c2-af590fcdd47e','01a225e0-dc34-7cb2-9775-187b1703c78e','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','FP4ITY3EHMG23PXLRGA4QWDLMB','2026-11-29 05:57:04.101871+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',6,X'225d8529ef80cf6ab3a3f5ebadaac3dd9cfa3f88d3634dbf5bea6e0e3852ca0a');
INSERT INTO audit_events VALUES('01a225e0-e0c5-75eb-9dbd-11009abf7567','01a225e0-dc34-7cb2-9775-187b1703c78e','requestPhoneUpdate','SUCCESS','','development','01a225e0-dec8-73a8-8e68-6a612cb0f305','','127.0.0.1','Python-urllib/3.11','NQFXIX5RAA36LFDAYJKJ7GKMMP','2026-11-29 05:57:04.325388+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',7,X'b26163b66b8c219863baa17f5f2be62180de51bf4877d2e4cc84a17277686ec1');
INSERT INTO audit_events VALUES('01a225e0-e0d8-7db1-9ade-7e39aaf1764a','01a225e0-dc34-7cb2-9775-187b1703c78e','updateAccount','SUCCESS','','development','01a225e0-dec8-73a8-8e68-6a612cb0f305','','127.0.0.1','Python-urllib/3.11','XF7FWYXKK5PVY2NKJGQGWNVFSD','2026-11-29 05:57:04.344897+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',8,X'9fb7385b206f23cef9c3206cdf8a30b427eea0ca3547cfac8ba8e309cc7ae697');
INSERT INTO audit_events VALUES('01a225e0-e19e-7863-bf83-8eeaa232c074','01a225e0-dc34-7cb2-9775-187b1703c78e','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','WTGWHEAYQB3SDD3VLKYZT2SSRN','2026-11-29 05:57:04.542552+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',9,X'6dbb13f7b58f1f33036f8b3c273e43324f48d9000ac0fe2b02c9e5f40640a0fa');
INSERT INTO audit_events VALUES('01a225e0-e1ef-73ed-a597-acec9ac25526','01a225e0-dc34-7cb2-9775-187b1703c78e','requestEmailChange','SUCCESS','','development','01a225e0-dec8-73a8-8e68-6a612cb0f305','','127.0.0.1','Python-urllib/3.11','KZFYN3BPYACT6TESBVEUBGEJUS','2026-11-29 05:57:04.623257+00:00','01a225e0-dc34-7cb2-9775-187b1703c78e',10,X'2e184d3744293690d8b763a7e0edf0b1c8c1e196bcace758028fb3d0136ed1bf');
INSERT INTO audit_events VALUES('01a225e0-e2a8-79fb-8fac-d8b845c3fe3c','01a225e0-e1f5-7d73-bf6d-edddb0553255','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','B5YAZFTY74A63GG4PIQIYGL3O3','2026-11-29 05:57:04.808654+00:00','01a225e0-e1f5-7d73-bf6d-edddb0553255',1,X'17cfe9e2e3292bf308e4d98d42299109364651d1014f52c2b3817de64eec63af');
INSERT INTO audit_events VALUES('01a225e0-e393-7575-983c-7b3e2d71476e','01a225e0-e1f5-7d73-bf6d-edddb0553255','registerAccount','REFUSED','EMAIL_UNAVAILABLE','development','','','127.0.0.1','Python-urllib/3.11','O6AZAFCJANEGPY5KPCXVKAB6RJ','2026-11-29 05:57:05.043357+00:00','01a225e0-e1f5-7d73-bf6d-edddb0553255',2,X'6a0ec28d104a8f61894a33de2de7bb25d785650ab0d346b38aeae0d489e58793');
INSERT INTO audit_events VALUES('01a225e0-e4d9-7332-bae4-a649f725ad98','01a225e0-e3b9-7e87-902e-152d28d27011','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','H3IPGCYJSMVD5UNS4ZCXAYTH4Q','2026-11-29 05:57:05.369209+00:00','01a225e0-e3b9-7e87-902e-152d28d27011',1,X'e8e2209d30c5965fbd09ea7351d33a395915eda45de75ef5949a0e934cb7da58');
INSERT INTO audit_events VALUES('01a225e0-e60c-7a2b-a540-93e2a05a202b','01a225e0-e3b9-7e87-902e-152d28d27011','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','5OZTRK5CMNRS37KQHEXYL5YAJT','2026-11-29 05:57:05.676667+00:00','01a225e0-e3b9-7e87-902e-152d28d27011',2,X'2963c80be5797f7bd14477366ac9d3103de762a3f7641c957ca9cd7effbc012b');
INSERT INTO audit_events VALUES('01a225e0-e6c9-7bfb-be03-2281d81ecfb8','01a225e0-e3b9-7e87-902e-152d28d27011','deleteAccount','SUCCESS','','development','01a225e0-e607-7b6e-afcd-d5ad54a677af','','127.0.0.1','Python-urllib/3.11','IE3ZBTRD5TOSSJEJUGNSKKLKJS','2026-11-29 05:57:05.865785+00:00','01a225e0-e3b9-7e87-902e-152d28d27011',3,X'6cca3062c03fd23365d0d5884f89912f0b89108c05e81d2e3d79db5d212640c9');
INSERT INTO audit_events VALUES('01a225e0-f7ce-72fe-9bce-eb233e07d965','01a225e0-f22e-7738-b040-2dfaa1f563d5','account create','SUCCESS','','','','','','','','2026-11-29 05:57:10.222197+00:00','01a225e0-f22e-7738-b040-2dfaa1f563d5',1,X'6929e66c1b7b54654d2d22eb8be7d8f438468062c020ffbc3a6752b1f3fe7a66');
INSERT INTO audit_events VALUES('01a225e0-faff-7bb4-868e-1b4c622f808b','01a225e0-f22e-7738-b040-2dfaa1f563d5','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','R7OA3BJJWX5IVYK2BVEI6L2VEW','2026-11-29 05:57:11.039767+00:00','01a225e0-f22e-7738-b040-2dfaa1f563d5',2,X'66774bf11247b1e3609646a48b884ffe389c1f52586a52e7ed3d6ac1d8b34eac');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e0-d930-7363-8c0d-9bdae8c30f26',1,X'10f5393305ebd8a6c525c918a2fd7adb93f053cbc63740ab9ce5bec83ad59d71');
INSERT INTO audit_heads VALUES('01a225e0-dc34-7cb2-9775-187b1703c78e',10,X'2e184d3744293690d8b763a7e0edf0b1c8c1e196bcace758028fb3d0136ed1bf');
INSERT INTO audit_heads VALUES('01a225e0-e1f5-7d73-bf6d-edddb0553255',2,X'6a0ec28d104a8f61894a33de2de7bb25d785650ab0d346b38aeae0d489e58793');
INSERT INTO audit_heads VALUES('01a225e0-e3b9-7e87-902e-152d28d27011',3,X'6cca3062c03fd23365d0d5884f89912f0b89108c05e81d2e3d79db5d212640c9');
INSERT INTO audit_heads VALUES('01a225e0-f22e-7738-b040-2dfaa1f563d5',2,X'66774bf11247b1e3609646a48b884ffe389c1f52586a52e7ed3d6ac1d8b34eac');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 05:58:03.189905+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:57:03.215783+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:58:04.324996+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:57:04.325102+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:ecde0a8887be55825ec868ba',1,'2026-11-29 06:57:04.325127+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:ecde0a8887be55825ec868ba',1,'2026-11-30 05:57:04.622578+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:58:04.622748+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:04.809211+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:14455960a275fe672d06288c:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:05.043512+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 05:58:05.373891+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 05:58:11.03977+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:57:11.040111+00:00','0001-01-01 00:00:00+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'3f5b95b84a209a359959575b30d7c785ae5c0d5167cc3dfb5c9c9d01be46d3c5','2026-11-29 05:57:02');
INSERT INTO server_keys VALUES('outbox',X'd0f4d0054c9704c30335f65aaf6da97b45180eb629c862139d5e74b810ec44d0','2026-11-29 05:57:03');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',3);
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, subject);
CREATE INDEX identities_account ON identities (account_id);
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
CREATE INDEX audit_events_account ON audit_events (account_id, number);
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain, number);
CREATE INDEX budgets_reset ON budgets (resets_at);
