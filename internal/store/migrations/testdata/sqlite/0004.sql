-- secrets: {"session": "as_a9jjWv3cBcsozcq_2zuojcvcbBMImz9lkmA-niiUaIA", "account": "01a225e1-76ea-7ada-ba5b-d61d0e1b7d30", "ended": "as_HNLoFeqJuhndlyTcUwkutRWJIqXjG6xOfXp8HG6AieY", "other": "as_RToDl-9r-IylgH_ATaCBpo8YuXmp5iHS7Hfv0tB84AA", "code": "465474", "phone": "+48500100200", "emailToken": "ZflxzjSc7tIoYegkRtevaGy0SPd21UjQtUL6g6OM5RA", "apiKey": "ak_yxJ5sQoVn461_We_b4cxJnmLZybaSZTn0GLuA-2ZW6eTJx3gFUkwxp8Q", "at": "2026-11-29T05:57:50Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:57:41');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:57:41');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:57:41');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:57:41');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-29 05:57:41');
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
INSERT INTO accounts VALUES('01a225e1-73ef-704d-bd37-5bed86cac31b','ACTIVE','demo@example.com','2026-11-29 05:57:41.999012+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$78VBPBMzDhMcjvOuWZ7gLQ$RRZlPYKCGkCVsmF5ljMZHXSqp0pVeIkznSXDxW4avsA',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:41.999012+00:00','2026-11-29 05:57:41.999012+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','ACTIVE','ada@example.com','2026-11-29 05:57:43.299851+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$k2L59srW/jQG4F3XjRPOAA$EzhHW3ko2xcdRQH+wjf9P4NcvYTa1Z5ORD3Pc+9H0gI',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:57:42.762709+00:00','2026-11-29 05:57:45.212916+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-83f0-7291-9f3d-34c1799645a4','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$7+l1M0xkEbYumKwToR+1kA$KCpICf0487abpDiQIF6/ji44zV1yRZCCL/Ex50pfDPc',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:46.096166+00:00','2026-11-29 05:57:46.096166+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-8d84-7a46-bcab-8a2b11ba3830','ACTIVE','erin@example.com','2026-11-29 05:57:48.548668+00:00','+48500100300','2026-11-29 05:57:48.548668+00:00','$argon2id$v=19$m=19456,t=2,p=1$CFd6397bKNEj8XC+4e6QTw$2DqmtaxpJrk/xPr9cQjLj3pv+gQw637KJZUoTYiSr+w',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:48.548668+00:00','2026-11-29 05:57:48.548668+00:00',NULL,NULL);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','GOOGLE','ada-at-google','2026-11-29 05:57:45.904053+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
);
INSERT INTO consents VALUES('01a225e1-76ea-7b2c-afff-9d3832605e7b','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','email',1,'registerAccount','2026-11-29 05:57:42.762732+00:00');
INSERT INTO consents VALUES('01a225e1-76ea-7b2e-8621-82e83d1d3d5e','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','sms',0,'registerAccount','2026-11-29 05:57:42.762732+00:00');
INSERT INTO consents VALUES('01a225e1-807e-72a5-b0ad-12140e9340ee','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','push',1,'updateAccount','2026-11-29 05:57:45.214175+00:00');
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
INSERT INTO sessions VALUES('01a225e1-7903-76db-bdcf-2deff8757d03','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','development',X'c6a1bdd7380716fb1365035ec6e10396eb6e41037ec571db7a06a4678f0da219','2026-11-29 05:57:43.299447+00:00','2026-11-29 05:57:43.299447+00:00','2026-11-29 05:57:43.299447+00:00','2026-12-29 05:57:43.299447+00:00','2026-12-06 05:57:43.299447+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-7b0e-7f14-9b3d-59e3355aaf86','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','development',X'7fbdfe94e9dc165b137de6b11e07c1522a2dc6e835ce483479c34a6e22a56630','2026-11-29 05:57:43.822985+00:00','2026-11-29 05:57:46.066863+00:00','2026-11-29 05:57:43.822985+00:00','2026-12-29 05:57:43.822985+00:00','2026-12-06 05:57:43.822985+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-7e97-7518-8d08-bec34b3571d1','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','development',X'3aae3395d1cf345a238d6b135f82e814a04b4e1523d3fbe1c5a871d44f751141','2026-11-29 05:57:44.727331+00:00','2026-11-29 05:57:44.727331+00:00','2026-11-29 05:57:44.727331+00:00','2026-12-29 05:57:44.727331+00:00','2026-12-06 05:57:44.727331+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e1-7873-7c13-b274-8007de0b62ad','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','ACTIVATION',X'bc5494c58251ebc1a6380da384980eb891fc36b2f800e01cf97d2a9b62f9e69a','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:43.155789+00:00','2026-11-29 13:57:43.155789+00:00','2026-11-29 05:58:43.155789+00:00','2026-11-29 05:57:43.299715+00:00');
INSERT INTO challenges VALUES('01a225e1-8001-7370-bbdf-3b9a878bdedb','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','PHONE_UPDATE',X'24c140c492a055dfc0ac69928bc066942da38936dd49e2beefdabaed40c20ed9','+48500100200','ada@example.com',0,0,'2026-11-29 05:57:45.089222+00:00','2026-11-29 06:07:45.089222+00:00','2026-11-29 05:58:45.089222+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-83d0-765a-b51e-33a5484179d1','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','EMAIL_CHANGE',X'76502f3c5482393e861a161a4319085fe4ab7696d9b09dd46afdc54dc33ba458','countess@example.com','ada@example.com',0,0,'2026-11-29 05:57:46.064414+00:00','2026-11-29 13:57:46.064414+00:00','2026-11-29 05:58:46.064414+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-83d0-7660-a0e8-76b60102e769','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','EMAIL_UNDO',X'74aaaaab08114cce4368cfaf82eed5bb442a18c3601f24de4e9f56da97ff5356','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:46.064417+00:00','2026-12-02 05:57:46.064417+00:00','2026-11-29 05:58:46.064417+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-8484-7c0c-8fb4-100025ee53eb','01a225e1-83f0-7291-9f3d-34c1799645a4','ACTIVATION',X'f9ad1dcaa64c4baff2ce98ae90bb09da1c34dabfe882ffa223f13ba01756ab6a','bob@example.com','bob@example.com',0,0,'2026-11-29 05:57:46.244786+00:00','2026-11-29 13:57:46.244786+00:00','2026-11-29 05:58:46.244786+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-8615-79fb-8950-ee439339e90c',NULL,'ACTIVATION',X'5822d2165e0d0c62d0cf7b5109b162484ab9eadb820152612cf3fea0fbda6563','','',0,0,'2026-11-29 05:57:46.645651+00:00','2026-11-29 13:57:46.645651+00:00','2026-11-29 05:58:46.645651+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-8fe2-74a1-9636-02a6838a5430','01a225e1-8d84-7a46-bcab-8a2b11ba3830','PASSWORD_RESET',X'5eb5668a849d13ce0fe2077f5bb47a11f3394e989971e711867cc8508be2c30d','erin@example.com','erin@example.com',0,0,'2026-11-29 05:57:49.154302+00:00','2026-11-29 06:27:49.154302+00:00','2026-11-29 05:58:49.154302+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:57:41.984469+00:00',NULL,NULL,'2026-11-29 05:57:46.871229+00:00');
INSERT INTO api_keys VALUES('yxJ5sQoVn461','shop',X'667c19bde0639bcc172a0d0b426880021a3c98d6cb1f445e198c0bd954547076','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:57:48.359337+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e1-7873-7d76-a7ee-b7cb24e36fd8','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','01a225e1-7873-7c13-b274-8007de0b62ad','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:43.155789Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:43.155882+00:00','2026-11-29 05:58:33.190537+00:00',1,'2026-11-29 05:57:43.242894+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-8001-742b-ba2c-a4f10e7e2e0a','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','01a225e1-8001-7370-bbdf-3b9a878bdedb','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:07:45.089222Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:45.089272+00:00','2026-11-29 05:58:35.141115+00:00',1,'2026-11-29 05:57:45.188329+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-8330-72b9-8d9d-e760c00f7556','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:45.904175+00:00','2026-11-29 05:58:35.911966+00:00',1,'2026-11-29 05:57:45.914647+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-83d0-7666-99b2-cecb7d796ddf','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','01a225e1-83d0-765a-b51e-33a5484179d1','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:46.064414Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:46.064418+00:00','2026-11-29 05:58:36.071254+00:00',1,'2026-11-29 05:57:46.084265+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-83d0-766b-939d-e36ac519e5d6','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','01a225e1-83d0-7660-a0e8-76b60102e769','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:57:46.064417Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:46.06442+00:00','2026-11-29 05:58:36.071254+00:00',1,'2026-11-29 05:57:46.089224+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-8484-7d3f-8a5e-31c7830a88c0','01a225e1-83f0-7291-9f3d-34c1799645a4','01a225e1-8484-7c0c-8fb4-100025ee53eb','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:57:46.244786Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:46.244867+00:00','2026-11-29 05:58:36.271226+00:00',1,'2026-11-29 05:57:46.339258+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-8626-7584-8400-7b40adf4e284','01a225e1-83f0-7291-9f3d-34c1799645a4','','EMAIL','ACCOUNT_EXISTS','bob@example.com','{"name":"Bob","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:46.662356+00:00','2026-11-29 05:58:36.669362+00:00',1,'2026-11-29 05:57:46.681549+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-8fe2-7a40-a9aa-b65a660e63b5','01a225e1-8d84-7a46-bcab-8a2b11ba3830','01a225e1-8fe2-74a1-9636-02a6838a5430','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"ds0Z+W2gsRQJBwk089Ia+91C+dX0hP8qhqippiotTOOtof7rMCZOl0Iew5GzjHa962UQGamUGKoeZNqqFquyQBVld6wD6J7AfXsPcEvLryOHJiU","expiresAt":"2026-11-29T06:27:49.154302Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:49.15467+00:00','2026-11-29 05:57:54.81546+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e1-7642-7c53-b5a8-666aaa175adc','01a225e1-73ef-704d-bd37-5bed86cac31b','account create','SUCCESS','','','','','','','','2026-11-29 05:57:42.594809+00:00','01a225e1-73ef-704d-bd37-5bed86cac31b',1,X'5d25f4de4d57a229fe8c726d257bd5d4aa106377877de8045ae75b2193fde58c');
INSERT INTO audit_events VALUES('01a225e1-7873-7d84-980b-4699f88162f1','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','BYMMP6EW2DBQBHNP4VA5O6YTF7','2026-11-29 05:57:43.155885+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',1,X'f630566ac16bd0e2519051a8e541a373ec039fa816c9f5f21111ef86818754a1');
INSERT INTO audit_events VALUES('01a225e1-7904-72e4-b1c4-d9d0b8794907','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','confirmAccountActivation','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','ZVLNA34XOYNC5OCACKJAQ7J4Q7','2026-11-29 05:57:43.30019+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',2,X'02cc5a19257671063b41b713b4315f05df0f73642987df7fbc06662e7d51cefc');
INSERT INTO audit_events VALUES('01a225e1-7b0f-7421-9dc3-cfef8701a9d4','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','SRYYNWIAMR3YVFWNW2THKH3TGO','2026-11-29 05:57:43.823271+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',3,X'ca38e823f79d4e8b8fd955aef28b9bd576e341be86de26051d57962d9caf62ba');
INSERT INTO audit_events VALUES('01a225e1-7d23-73f3-9423-4f506e080f62','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','75VDBPL6D66RUFF2VSO6DYS7T6','2026-11-29 05:57:44.355259+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',4,X'e4d4b99eb5067d5e1db905d8558d295575c37910d6b9aa9cb5bb65bef54612d9');
INSERT INTO audit_events VALUES('01a225e1-7d87-79bc-b5b0-02a732e63571','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','signOut','SUCCESS','','development','01a225e1-7d23-70aa-a3f2-fd63c1f7b3b4','','127.0.0.1','Python-urllib/3.11','4NOW5PD6WRXPSQJSZ4XXAD7HWR','2026-11-29 05:57:44.455638+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',5,X'1e418c3a936c333902d10ddccda38311daa7dfdfb31c2eced8e1520fba7f2e3b');
INSERT INTO audit_events VALUES('01a225e1-7e97-786d-8372-243b9bac2202','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','VYE2KDO7HVIG6H2QWAGVMCT2S2','2026-11-29 05:57:44.727552+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',6,X'f41f72e41561d008b22e6a0b9b4652ca7667c367da3907856b60469c66ddcb41');
INSERT INTO audit_events VALUES('01a225e1-8018-7de1-af00-1af07f72a7ca','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','requestPhoneUpdate','SUCCESS','','development','01a225e1-7b0e-7f14-9b3d-59e3355aaf86','','127.0.0.1','Python-urllib/3.11','ZRLMZTBUQGLTZS7AN3QGXP5UWZ','2026-11-29 05:57:45.112911+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',7,X'c113114f689025aa1f6f20ae91879664e57a182c163b5e6582efa8103ed8c37d');
INSERT INTO audit_events VALUES('01a225e1-807e-795e-b432-9c819b1b398e','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','updateAccount','SUCCESS','','development','01a225e1-7b0e-7f14-9b3d-59e3355aaf86','','127.0.0.1','Python-urllib/3.11','MCMF2SOD6DJJAHP3U4CFGAOEAY','2026-11-29 05:57:45.214614+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',8,X'65f6ae38a360499d4b16d088495a9ff6abed15274d8aea01b3b1dda38e8198d7');
INSERT INTO audit_events VALUES('01a225e1-81e1-7300-9f92-1e70adb51bcc','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','6EPKUYEK7UBUVCSJUV6RIB7IVV','2026-11-29 05:57:45.569201+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',9,X'76b731404cc48615fb9ef9d1b8585d7280db20c1f638e00f90001824a1972b2c');
INSERT INTO audit_events VALUES('01a225e1-8330-738c-9c40-f6ae5a34372f','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','linkIdentityProvider','SUCCESS','','development','01a225e1-7b0e-7f14-9b3d-59e3355aaf86','','127.0.0.1','Python-urllib/3.11','HJUZ4IU5FRMTDRY4OCQ43QFQBB','2026-11-29 05:57:45.904232+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',10,X'6e369f232305b2791b2a6f35349b324fa3a9be98afdb56c6ecc5971f7e2b7c6c');
INSERT INTO audit_events VALUES('01a225e1-83d3-7633-baf3-b4a46abd440f','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30','requestEmailChange','SUCCESS','','development','01a225e1-7b0e-7f14-9b3d-59e3355aaf86','','127.0.0.1','Python-urllib/3.11','6GZPODKHEIOM7JI7RWAQ4JU3ER','2026-11-29 05:57:46.067406+00:00','01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',11,X'e9a8c9fc393c0d7d781230fad854c35cce6dc2d66d34e40a6a6855303bd85b3f');
INSERT INTO audit_events VALUES('01a225e1-8484-7d52-9126-ae3b7b0ce8c8','01a225e1-83f0-7291-9f3d-34c1799645a4','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','IAG3T3MZ7QE5IGADHETYNEIFQD','2026-11-29 05:57:46.244873+00:00','01a225e1-83f0-7291-9f3d-34c1799645a4',1,X'91f4ca074c5743e858175c608d27fa106cf2bac5e1b6278516b83b934c1ae7f9');
INSERT INTO audit_events VALUES('01a225e1-8626-758e-a949-9a8a5735ecc0','01a225e1-83f0-7291-9f3d-34c1799645a4','registerAccount','REFUSED','EMAIL_UNAVAILABLE','development','','','127.0.0.1','Python-urllib/3.11','EZFUWSY2UKGP6Y3EJN2TFXH2KT','2026-11-29 05:57:46.662364+00:00','01a225e1-83f0-7291-9f3d-34c1799645a4',2,X'837fb35aecc87fae5ddc79aa0e8d74491c12391673af94ea19daffb30503c336');
INSERT INTO audit_events VALUES('01a225e1-8657-7def-bba7-2d442387ce7f','01a225e1-862e-7cac-a5f5-f075ceeeabb9','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','7MNOMT5KKQJ3624XUWBYSZRL43','2026-11-29 05:57:46.711913+00:00','01a225e1-862e-7cac-a5f5-f075ceeeabb9',1,X'e5db7c29057d8f3e5a930d27ae21e3991990147812c074975341d9ff5decd8a1');
INSERT INTO audit_events VALUES('01a225e1-86eb-7d60-89af-b27e7c0b0360','01a225e1-862e-7cac-a5f5-f075ceeeabb9','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','33C5GZBLJBVIK6OWIRRBTAJOBI','2026-11-29 05:57:46.859876+00:00','01a225e1-862e-7cac-a5f5-f075ceeeabb9',2,X'0d512858b34abd2d80f9f72f69376a32e27ca31acbe1f222cf91df402f476aba');
INSERT INTO audit_events VALUES('01a225e1-880d-7787-8d6d-8ec332e95f1a','01a225e1-862e-7cac-a5f5-f075ceeeabb9','deleteAccount','SUCCESS','','development','01a225e1-86eb-79c0-a2b7-694871c38be2','','127.0.0.1','Python-urllib/3.11','XGDEK3247ABC7DCRBU5JOJZXDT','2026-11-29 05:57:47.149493+00:00','01a225e1-862e-7cac-a5f5-f075ceeeabb9',3,X'e02e3cb0ffe8ae27082947841f0e1369ce05fab550ac69947d3a09c7005c7b5d');
INSERT INTO audit_events VALUES('01a225e1-8e82-76d1-8ccf-b91ca08a803c','01a225e1-8d84-7a46-bcab-8a2b11ba3830','account create','SUCCESS','','','','','','','','2026-11-29 05:57:48.802449+00:00','01a225e1-8d84-7a46-bcab-8a2b11ba3830',1,X'88ac56812e15289030e618ad6d646c4baca11bbf4b17cb2a20b1f21329545d69');
INSERT INTO audit_events VALUES('01a225e1-8fe1-7a04-b637-a771f85a4f88','01a225e1-8d84-7a46-bcab-8a2b11ba3830','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','HNR3VZ77OBMZTGDOX2QKOKD7MB','2026-11-29 05:57:49.153656+00:00','01a225e1-8d84-7a46-bcab-8a2b11ba3830',2,X'c1e09e13cec59e70e4a59d9f37062ef3bab733e29f30853b4f0004266b8bed1f');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e1-73ef-704d-bd37-5bed86cac31b',1,X'5d25f4de4d57a229fe8c726d257bd5d4aa106377877de8045ae75b2193fde58c');
INSERT INTO audit_heads VALUES('01a225e1-76ea-7ada-ba5b-d61d0e1b7d30',11,X'e9a8c9fc393c0d7d781230fad854c35cce6dc2d66d34e40a6a6855303bd85b3f');
INSERT INTO audit_heads VALUES('01a225e1-83f0-7291-9f3d-34c1799645a4',2,X'837fb35aecc87fae5ddc79aa0e8d74491c12391673af94ea19daffb30503c336');
INSERT INTO audit_heads VALUES('01a225e1-862e-7cac-a5f5-f075ceeeabb9',3,X'e02e3cb0ffe8ae27082947841f0e1369ce05fab550ac69947d3a09c7005c7b5d');
INSERT INTO audit_heads VALUES('01a225e1-8d84-7a46-bcab-8a2b11ba3830',2,X'c1e09e13cec59e70e4a59d9f37062ef3bab733e29f30853b4f0004266b8bed1f');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 05:58:43.159524+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:57:43.15968+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:58:45.106265+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:57:45.10686+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:468552cc66dde01ffbdf76a0',1,'2026-11-29 06:57:45.106939+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:d94aa20ddacee1a2e8ffbaa8',1,'2026-11-29 06:08:45+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:468552cc66dde01ffbdf76a0',1,'2026-11-30 05:57:46.066954+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:58:46.067022+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:46.262175+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:14455960a275fe672d06288c:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:46.66255+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 05:58:46.72091+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 05:58:49.15366+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:57:49.154208+00:00','0001-01-01 00:00:00+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'035b97c9b56d2979fda08b3a99221151f45ea5db4de46f90743278c560ad16e2','2026-11-29 05:57:41');
INSERT INTO server_keys VALUES('outbox',X'18114e563e0871a46a83bf8aed1d5e2a30d45d50aa090acd93a2c80b080058a8','2026-11-29 05:57:43');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',5);
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
