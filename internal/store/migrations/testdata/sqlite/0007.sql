-- secrets: {"session": "as_48Vh4kDlNpnkP4DRaiYhhnBxurF5n0PLc_1Us1q2-LE", "account": "01a225e2-3985-7bfe-8769-0fc60c407ccd", "ended": "as_lhiMh7p96ncXcs7pOJ0gaYS62DTX99A-j3ZGhBox3As", "other": "as_UdX9lKvq6tmsV8lB8pRqyGIbE-K9MwMhQU-EhosVNN4", "code": "620466", "phone": "+48500100200", "emailToken": "oKF2qJZJnhv8TiclBB7jOmRO1594-lbg4HeC1B2EMmc", "apiKey": "ak_yeWcyTy2uNPn_bsZHxuAZJsVcn357s45lJz7p1F17jR7lmVxRa-k2Qrs", "at": "2026-11-29T05:58:36Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-29 05:58:32');
INSERT INTO goose_db_version VALUES(8,7,1,'2026-11-29 05:58:32');
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
INSERT INTO accounts VALUES('01a225e2-3909-7b4e-b2c1-34e54030829e','ACTIVE','demo@example.com','2026-11-29 05:58:32.457737+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$S0KmlaaV0r5GfDfhDO9HMg$MjJ0mcicNiDqf7EI5wU+dX51S2/AnUTYfLIwF8rexv0',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:32.457737+00:00','2026-11-29 05:58:32.457737+00:00',NULL,NULL,1);
INSERT INTO accounts VALUES('01a225e2-3985-7bfe-8769-0fc60c407ccd','ACTIVE','ada@example.com','2026-11-29 05:58:33.052723+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$M7RbplKmsHfx9KBPYrITGg$M8i2hcQrtubIuh/x6o5rmmlGhyltRSZexzW9U3F13po',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:58:32.581784+00:00','2026-11-29 05:58:33.487822+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e2-3ecf-79a6-b663-6971189cf0e8','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$1Sj1pO3P+5CsYBif2aURHA$N0BkYJ6ad7Kerf4BZXl03T776Q3pvE+YZ/mLxxvuGi4',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:33.935631+00:00','2026-11-29 05:58:33.935631+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e2-44b3-7997-9383-48ab6c8690d7','ACTIVE','erin@example.com','2026-11-29 05:58:35.443625+00:00','+48500100300','2026-11-29 05:58:35.443625+00:00','$argon2id$v=19$m=19456,t=2,p=1$tiVja+yAZlRiUO3RVWNkeg$i6JFLcItiF5SLUPuwqFn9axUL9nnKbymVTYc8+VUaN8',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:35.443625+00:00','2026-11-29 05:58:35.443625+00:00',NULL,NULL,1);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e2-3985-7bfe-8769-0fc60c407ccd','GOOGLE','ada-at-google','2026-11-29 05:58:33.866722+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
, pending BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO consents VALUES('01a225e2-3985-7c6b-b8b2-85c16ec87e3e','01a225e2-3985-7bfe-8769-0fc60c407ccd','email',1,'registerAccount','2026-11-29 05:58:32.581814+00:00',1);
INSERT INTO consents VALUES('01a225e2-3985-7c6e-8582-27647fe7ea8d','01a225e2-3985-7bfe-8769-0fc60c407ccd','sms',0,'registerAccount','2026-11-29 05:58:32.581814+00:00',0);
INSERT INTO consents VALUES('01a225e2-3b5c-7ef3-b986-23dcd6dceb0a','01a225e2-3985-7bfe-8769-0fc60c407ccd','email',1,'confirmAccountActivation','2026-11-29 05:58:33.05298+00:00',0);
INSERT INTO consents VALUES('01a225e2-3d0f-7d7a-ac24-e0648cbd707e','01a225e2-3985-7bfe-8769-0fc60c407ccd','push',1,'updateAccount','2026-11-29 05:58:33.487883+00:00',0);
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
INSERT INTO sessions VALUES('01a225e2-3b5c-72a9-bebf-cec09fb78d33','01a225e2-3985-7bfe-8769-0fc60c407ccd','development',X'c33130095c14df80526edc8ca4257639133efe1f79a1271cef94cb1978aefa57','2026-11-29 05:58:33.052171+00:00','2026-11-29 05:58:32.927428+00:00','2026-11-29 05:58:33.052171+00:00','2026-12-29 05:58:33.052171+00:00','2026-12-06 05:58:33.052171+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e2-3be1-7ba3-bd85-50b78197023d','01a225e2-3985-7bfe-8769-0fc60c407ccd','development',X'77503ed098922744ab8b371d10977cb07376cd05b92de496e4f364b542d723fa','2026-11-29 05:58:33.18576+00:00','2026-11-29 05:58:33.92507+00:00','2026-11-29 05:58:33.18576+00:00','2026-12-29 05:58:33.18576+00:00','2026-12-06 05:58:33.18576+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e2-3cbe-7342-a003-65c4ff61da87','01a225e2-3985-7bfe-8769-0fc60c407ccd','development',X'b72ee8e017e5aba55acccc7d9c0d452bf3c8dacf42b2de6b77b1b8375439f07b','2026-11-29 05:58:33.406211+00:00','2026-11-29 05:58:33.406211+00:00','2026-11-29 05:58:33.406211+00:00','2026-12-29 05:58:33.406211+00:00','2026-12-06 05:58:33.406211+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e2-3cfa-74b1-b73f-e94f525841a8','01a225e2-3985-7bfe-8769-0fc60c407ccd','PHONE_UPDATE',X'760460900bbd281e6f5d1c383ad3f6d923e13a01b0df672a134556ea1eba804b','+48500100200','ada@example.com',0,0,'2026-11-29 05:58:33.4663+00:00','2026-11-29 06:08:33.4663+00:00','2026-11-29 05:59:33.4663+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-3ec4-7c65-bcb0-1e85ec753255','01a225e2-3985-7bfe-8769-0fc60c407ccd','EMAIL_CHANGE',X'eddb8eb2e673d382e1dc422e4a49030dcd4a5349c266ced5e8ec9808505d0af8','countess@example.com','ada@example.com',0,0,'2026-11-29 05:58:33.92481+00:00','2026-11-29 13:58:33.92481+00:00','2026-11-29 05:59:33.92481+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-3ec4-7c71-ae00-c879bffae956','01a225e2-3985-7bfe-8769-0fc60c407ccd','EMAIL_UNDO',X'317027cf033c2387e6fb5505b94b33e88b92a09121f64b6fe7364acda8ca35ed','ada@example.com','ada@example.com',0,0,'2026-11-29 05:58:33.924815+00:00','2026-12-02 05:58:33.924815+00:00','2026-11-29 05:59:33.924815+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-3ef8-7576-acbf-88ecd240e712','01a225e2-3ecf-79a6-b663-6971189cf0e8','ACTIVATION',X'0b3713be5f362df65e3759f38a58b116d48cc8804910164a2a78a54197f8fed6','bob@example.com','bob@example.com',0,0,'2026-11-29 05:58:33.976357+00:00','2026-11-29 13:58:33.976357+00:00','2026-11-29 05:59:33.976357+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-3f49-743e-ab73-8235766220a3',NULL,'ACTIVATION',X'1713730e6e15d52a902d324b1f0e4820083f9c570b1645cfd64163ee476f1ce4','','',0,0,'2026-11-29 05:58:34.057277+00:00','2026-11-29 13:58:34.057277+00:00','2026-11-29 05:59:34.057277+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-4663-7a41-a9be-86b7495cd3e0','01a225e2-44b3-7997-9383-48ab6c8690d7','PASSWORD_RESET',X'29220c0186430763b28fcaff2cccf86bafe8aa15509431ca014e43a8552e9a19','erin@example.com','erin@example.com',0,0,'2026-11-29 05:58:35.87567+00:00','2026-11-29 06:28:35.87567+00:00','2026-11-29 05:59:35.87567+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:58:32.455669+00:00',NULL,NULL,'2026-11-29 05:58:34.219153+00:00');
INSERT INTO api_keys VALUES('yeWcyTy2uNPn','shop',X'0eeac448c3775dc5f38d649b0702287f8eec660f1c6cbc3b4340b4d9ee0b581e','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:58:35.376567+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e2-3acd-7cfb-b438-6338f2bcf352','01a225e2-3985-7bfe-8769-0fc60c407ccd','01a225e2-3acd-7d0b-8504-15a4cd4c8b3c','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:32.909854Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:32.909848+00:00','2026-11-29 05:59:22.92059+00:00',1,'2026-11-29 05:58:32.925121+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3cfa-74ed-9ab2-393b39385bc4','01a225e2-3985-7bfe-8769-0fc60c407ccd','01a225e2-3cfa-74b1-b73f-e94f525841a8','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:08:33.4663Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:33.466321+00:00','2026-11-29 05:59:23.474348+00:00',1,'2026-11-29 05:58:33.481278+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3e8a-7d06-bdb9-c5d4b7631022','01a225e2-3985-7bfe-8769-0fc60c407ccd','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:33.866848+00:00','2026-11-29 05:59:23.870317+00:00',1,'2026-11-29 05:58:33.872965+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3ec4-7c75-bd5c-17d420a56531','01a225e2-3985-7bfe-8769-0fc60c407ccd','01a225e2-3ec4-7c65-bcb0-1e85ec753255','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:33.92481Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:33.924816+00:00','2026-11-29 05:59:23.927359+00:00',1,'2026-11-29 05:58:33.929966+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3ec4-7c7b-a4ca-3f8baef2622f','01a225e2-3985-7bfe-8769-0fc60c407ccd','01a225e2-3ec4-7c71-ae00-c879bffae956','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:58:33.924815Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:33.924818+00:00','2026-11-29 05:59:23.927359+00:00',1,'2026-11-29 05:58:33.929959+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3ef8-755c-97ce-898a9f2d6593','01a225e2-3ecf-79a6-b663-6971189cf0e8','01a225e2-3ef8-7576-acbf-88ecd240e712','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:58:33.976357Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:33.976346+00:00','2026-11-29 05:59:23.982696+00:00',1,'2026-11-29 05:58:33.984405+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-3f49-742d-bbe3-b4228b0594a9','','01a225e2-3f49-743e-ab73-8235766220a3','EMAIL','ACTIVATION','bob@example.com','{"sealed":"g11xx6niYK3K4tjKaugm1sCywoT+3lAptxjtXNuRYPBBwjl6XoW4hpRMqcet2redpdHzt8zCBP7anNT2XEIN/2shL/xc5//2LChtKTDwUeJ4czM","name":"Robert","expiresAt":"2026-11-29T13:58:34.057277Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:34.057266+00:00','2026-11-29 05:59:33.976391+00:00',0,NULL,NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-4663-7d7d-83fc-bde390f78101','01a225e2-44b3-7997-9383-48ab6c8690d7','01a225e2-4663-7a41-a9be-86b7495cd3e0','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"//6p1u+KEAPUKE+d3iPhtzDLCbx6VLNPjXXCM9TfVbtrpy24RXdQkg6EBEgItRjz1clvRpzrIat26KpDyGXYdCB0me+Uszekx7Ytq8dTp9TPvsY","expiresAt":"2026-11-29T06:28:35.87567Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:35.875883+00:00','2026-11-29 05:58:41.825415+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e2-395e-7494-af0f-a954e8f7b1f3','01a225e2-3909-7b4e-b2c1-34e54030829e','account create','SUCCESS','','','','','','','','2026-11-29 05:58:32.5423+00:00','01a225e2-3909-7b4e-b2c1-34e54030829e',1,X'a95538e5ba7d0bbcfe65a49a03e1ed4041f1432b23cec7fc3b8063f687ea28c3');
INSERT INTO audit_events VALUES('01a225e2-3ad6-76aa-bea2-5f317fc00daf','01a225e2-3985-7bfe-8769-0fc60c407ccd','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','E63GAQQIBSHRLMSKDJZHV3DZGI','2026-11-29 05:58:32.918437+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',1,X'48ce5eeb7250f0d8c133116d5b453de0d6fd605e9ea45fe9d3eb494a9270b99e');
INSERT INTO audit_events VALUES('01a225e2-3b5d-749e-b795-10696d095e68','01a225e2-3985-7bfe-8769-0fc60c407ccd','confirmAccountActivation','SUCCESS','','development','01a225e2-3b5c-72a9-bebf-cec09fb78d33','','127.0.0.1','Python-urllib/3.11','AJIGQEAWVEBZDCKCJT5XJ6BHDT','2026-11-29 05:58:33.053303+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',2,X'c96ee38d95509406bb409719a89221df2154b72e881afe0854dfb32d1d27e434');
INSERT INTO audit_events VALUES('01a225e2-3be3-791e-9b3e-c3e2f9e9851d','01a225e2-3985-7bfe-8769-0fc60c407ccd','signIn','SUCCESS','','development','01a225e2-3be1-7ba3-bd85-50b78197023d','','127.0.0.1','Python-urllib/3.11','QO6TNJQGK2J2BJWRZDZXVNS4UT','2026-11-29 05:58:33.187598+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',3,X'4c610f9b758380cc6bf3e5ca358b7a01ca29d261bfb14951f647b3a73592479e');
INSERT INTO audit_events VALUES('01a225e2-3c84-7098-8fde-f0b72fbcc434','01a225e2-3985-7bfe-8769-0fc60c407ccd','signIn','SUCCESS','','development','01a225e2-3c83-7c5c-bb4c-be94e4e0bae7','','127.0.0.1','Python-urllib/3.11','EVEFVLZZ5NVEQM3BSRIBQ5RVJ5','2026-11-29 05:58:33.348039+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',4,X'45c4e77fba0c387f64d324725489dd9bc20fa6bbed9db7e6d5ec4c79245c4642');
INSERT INTO audit_events VALUES('01a225e2-3c93-77b3-acbf-1eb6be0abd07','01a225e2-3985-7bfe-8769-0fc60c407ccd','signOut','SUCCESS','','development','01a225e2-3c83-7c5c-bb4c-be94e4e0bae7','','127.0.0.1','Python-urllib/3.11','P6QSDD6J5QZS4R6VVARGTIXQPL','2026-11-29 05:58:33.363505+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',5,X'43595056583e0abe107a70db142fdad960e287f65144523a39ba53bcdd7cb1d1');
INSERT INTO audit_events VALUES('01a225e2-3cbe-778d-91d0-18b004dc7bac','01a225e2-3985-7bfe-8769-0fc60c407ccd','signIn','SUCCESS','','development','01a225e2-3cbe-7342-a003-65c4ff61da87','','127.0.0.1','Python-urllib/3.11','DZKR2RJT6FICJP4EI3RKHTNLWP','2026-11-29 05:58:33.406495+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',6,X'abecc62b5f20d211614a1e48ade2d8e5203e18d64df6b2091ba924e8c8adf387');
INSERT INTO audit_events VALUES('01a225e2-3cfa-7c83-8a10-f5f10d4ead8f','01a225e2-3985-7bfe-8769-0fc60c407ccd','requestPhoneUpdate','SUCCESS','','development','01a225e2-3be1-7ba3-bd85-50b78197023d','','127.0.0.1','Python-urllib/3.11','TEOSMONPLHQTFG2IMPGT6IPSKO','2026-11-29 05:58:33.46682+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',7,X'6e3e05dca5135d60971096196dcb9652f5868478f8ab406abef57f50c827729c');
INSERT INTO audit_events VALUES('01a225e2-3d10-7255-b72f-e29d9cbd5cf3','01a225e2-3985-7bfe-8769-0fc60c407ccd','updateAccount','SUCCESS','','development','01a225e2-3be1-7ba3-bd85-50b78197023d','','127.0.0.1','Python-urllib/3.11','CA3EUK66GX6QYGZWILRNWXB4KN','2026-11-29 05:58:33.488153+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',8,X'453d9f36c14caad81d32f4e13d9cf4df237de8bb8fbe1f2cd0027716fb7dfffc');
INSERT INTO audit_events VALUES('01a225e2-3e20-7bbb-af69-73ba368d2799','01a225e2-3985-7bfe-8769-0fc60c407ccd','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','JFQPTYTXBKOHO3ZCMRGNQYDIIQ','2026-11-29 05:58:33.760769+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',9,X'd22a7d567447882f1c03fdcf1156f4ee75de5d73715c10660cbedf76e7b4177d');
INSERT INTO audit_events VALUES('01a225e2-3e8a-7ddf-8ac3-286ccf7b647f','01a225e2-3985-7bfe-8769-0fc60c407ccd','linkIdentityProvider','SUCCESS','','development','01a225e2-3be1-7ba3-bd85-50b78197023d','','127.0.0.1','Python-urllib/3.11','IQPUATOTZZA3VMYEUBVIDVTY4O','2026-11-29 05:58:33.866909+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',10,X'dc774d77777b395da39a76bb833d12a1be8df6833c4419da9678ba2b4d870f6a');
INSERT INTO audit_events VALUES('01a225e2-3ec6-731d-80d0-476d5d03df05','01a225e2-3985-7bfe-8769-0fc60c407ccd','requestEmailChange','SUCCESS','','development','01a225e2-3be1-7ba3-bd85-50b78197023d','','127.0.0.1','Python-urllib/3.11','T6D7PA3UBBOYVWOSTNIVHFGOBE','2026-11-29 05:58:33.926204+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd',11,X'f337ddabab44f330704ac55fc84fdafa609f5317636f1ec87f447134e72d1f23');
INSERT INTO audit_events VALUES('01a225e2-3ef9-7066-ab68-68e9c7f54a3e','01a225e2-3ecf-79a6-b663-6971189cf0e8','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','FQIDPL7MAYFWI3GIK3PLAOGUPB','2026-11-29 05:58:33.977026+00:00','01a225e2-3ecf-79a6-b663-6971189cf0e8',1,X'9d3fa7676d78b5a7c4ee5058d5226dae7869ee87a6c662daeb0339016bb269c1');
INSERT INTO audit_events VALUES('01a225e2-3f49-7c6d-baed-0f9a6464c369','','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','KWI3PLVSJ7KHPPFYKBJ3XN6LDK','2026-11-29 05:58:34.057814+00:00','key:development',1,X'62ad0d5f4967cc79dd492016bb5bf7c4c1c0024a72120f9b7142f0138f2b2a64');
INSERT INTO audit_events VALUES('01a225e2-3fae-7c4e-ae91-67bf75d21c2c','01a225e2-3f5e-77d7-ba54-c69b245ea245','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','EQIBUKHURALR7VCDMX3R7KYUJP','2026-11-29 05:58:34.158806+00:00','01a225e2-3f5e-77d7-ba54-c69b245ea245',1,X'eff968902bab017493756c28a54a92dd89fb50892bafdeb7b1a3459a9908a516');
INSERT INTO audit_events VALUES('01a225e2-3fe6-7661-88fc-64541244d278','01a225e2-3f5e-77d7-ba54-c69b245ea245','signIn','SUCCESS','','development','01a225e2-3fe6-7363-a16a-1b004909f460','','127.0.0.1','Python-urllib/3.11','JIOW2RRQ2XF2UYOUAV5HQHEDTU','2026-11-29 05:58:34.214418+00:00','01a225e2-3f5e-77d7-ba54-c69b245ea245',2,X'296d561b248c4260171caed9f6d759607480ef4defd895f64915f5d304754e53');
INSERT INTO audit_events VALUES('01a225e2-4049-7541-8405-9f1539ca9e51','01a225e2-3f5e-77d7-ba54-c69b245ea245','deleteAccount','SUCCESS','','development','01a225e2-3fe6-7363-a16a-1b004909f460','','127.0.0.1','Python-urllib/3.11','TYDGMO6RXUSCNEG6XDATGIMILD','2026-11-29 05:58:34.313344+00:00','01a225e2-3f5e-77d7-ba54-c69b245ea245',3,X'f8cc02f1cf5aabc87362c17cbb1443508e0336a1f8b958c69d515afe620f41ba');
INSERT INTO audit_events VALUES('01a225e2-454b-7971-a84c-b978465d3ea9','01a225e2-44b3-7997-9383-48ab6c8690d7','account create','SUCCESS','','','','','','','','2026-11-29 05:58:35.59562+00:00','01a225e2-44b3-7997-9383-48ab6c8690d7',1,X'afef55e093f0e3f09380ab05abc07d1c68dc659cf34b9a4612ad5106eec51bc6');
INSERT INTO audit_events VALUES('01a225e2-4664-753a-af34-9ad473f1db66','01a225e2-44b3-7997-9383-48ab6c8690d7','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','EBSPBJUC2UBQFOT65UATL7TP5X','2026-11-29 05:58:35.876343+00:00','01a225e2-44b3-7997-9383-48ab6c8690d7',2,X'978d0699c109f390655ab4fd3e4e12cc0cbb42d47043da709cd62367b83d3e98');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e2-3909-7b4e-b2c1-34e54030829e',1,X'a95538e5ba7d0bbcfe65a49a03e1ed4041f1432b23cec7fc3b8063f687ea28c3');
INSERT INTO audit_heads VALUES('01a225e2-3985-7bfe-8769-0fc60c407ccd',11,X'f337ddabab44f330704ac55fc84fdafa609f5317636f1ec87f447134e72d1f23');
INSERT INTO audit_heads VALUES('01a225e2-3ecf-79a6-b663-6971189cf0e8',1,X'9d3fa7676d78b5a7c4ee5058d5226dae7869ee87a6c662daeb0339016bb269c1');
INSERT INTO audit_heads VALUES('key:development',1,X'62ad0d5f4967cc79dd492016bb5bf7c4c1c0024a72120f9b7142f0138f2b2a64');
INSERT INTO audit_heads VALUES('01a225e2-3f5e-77d7-ba54-c69b245ea245',3,X'f8cc02f1cf5aabc87362c17cbb1443508e0336a1f8b958c69d515afe620f41ba');
INSERT INTO audit_heads VALUES('01a225e2-44b3-7997-9383-48ab6c8690d7',2,X'978d0699c109f390655ab4fd3e4e12cc0cbb42d47043da709cd62367b83d3e98');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('messages of strangers',4,'2026-11-29 06:58:32.909473+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:58:32.909734+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 06:58:32.909952+00:00','2026-11-29 05:59:32.909952+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:59:33.466593+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('decoy:b602df0633884812bb208ab4',3,'2026-11-29 06:58:33.466651+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:58:33.466677+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:f7cb5c450b313493b8348a39',1,'2026-11-29 06:58:33.466693+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:8ca95cf8a09c275faad96f4b',1,'2026-11-29 06:09:33+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:f7cb5c450b313493b8348a39',1,'2026-11-30 05:58:33.925628+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:59:33.925728+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 06:58:33.925794+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',2,'2026-11-29 06:58:33.976391+00:00','2026-11-29 06:00:33.976391+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 06:58:34.158434+00:00','2026-11-29 05:59:34.158434+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:58:35.875615+00:00','2026-11-29 05:59:35.875615+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'654c7ac62255a83c97e5ab767de70c2c6b3171c3e175fab38beb8da913d1c4ab','2026-11-29 05:58:32');
INSERT INTO server_keys VALUES('outbox',X'eeb2882b692dab4309927bd6596685443f749ba4da47dcb6244bc20b62394915','2026-11-29 05:58:32');
CREATE TABLE registrations (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    email        TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME NOT NULL,
    sealed       TEXT     NOT NULL
, mailed BOOLEAN NOT NULL DEFAULT TRUE);
INSERT INTO registrations VALUES('01a225e2-3ef8-7c46-8aef-cc3727aa567f','01a225e2-3ecf-79a6-b663-6971189cf0e8','01a225e2-3ef8-7576-acbf-88ecd240e712','bob@example.com','2026-11-29 05:58:33.976803+00:00','2026-12-06 05:58:33.976803+00:00','BJvdxWMQCChEDKanb7iJ2oANzc5R14+5FBIqueGJCNNJjzqcPerAcUd9ijqWBRc7j7xwkoMZpC5y/pP4SyuBWNhXQKY3TA7f1S+t3WTOgWeMX7Jwrt1/ov2jdN6OHh1ICi5/thBncLbvhFDingJk1IsAxW8A/H2rHD1GD0taoAbqJEpAy+0ZHhwawowi2Sbo2c0pe49lYlQbyrAiw9bDtHMzObk0TDTxqj3ANHl3Wk2SqUbNptNpne+gC0xhbcqo1OQY0ahHJuLbB0sjOnr3E4eDQmSAhEBAD+jncMUx1H8MMRD0/ZNjb2nx53HjYayRK9Ai3WRxmbwA209zdGZaX+asbAOVxrwggD3nkee+Z3Paj8tUTWwO1/YBxuAnN6g28yEZ4BTLn+yhvuxHYDlXalrJTPhfxO1RImOMadVVwNZUUH3iQNsDjrKkRoOjdaFGr5Y8QK3vwVmd3ucugwqbLWr1lHNE4y7L4ZQoL/cNo8w+i6Rs2UidsPOGezK8qdyMmiUbnw6ylWDGcHYJ+H4+jBGU5QijA8sY3gF/15aWJ3DjCYtYGUb7fQXbF25aPtXcrJd4fUfsL0Nt8Q2d/iGnTKpW+NRqtUMgkJBubi/ZUW9el/AHoGRurTEzqcWlyEZFYag0NMOolizDPSkzeghn8NXRugrdIncho9XG2m90nk+3pOmJOQgYq78yR1LC1mItE25IQyrX1teNo+ZOi2U0rm+NbFAqGOXkqRuyVWSsUYUq+PrF9RQoLhVfFG7I9l8YHanfgyBNr00jdXT6tHZVGnU9ufRZZOrzsXQCWK4qBwbOyaLlt+THSbtfABlwQz0hfzPubh+Hk8B/aapxWN7V7/6DHHT5Y/RLXF2DZb8X1kRXJ0/Q+K/mkdBTkp/ggJSYF4dI/3UBEj5NgrVkSNDomIALFoQHvX5jfM9MqzKTKsPbYLmf3H4sQ+POvv22imZ66FtvO1Ao9Vto6rQicHE6LGs93jFuT4sXHHJ9J0LevCI2bcNPuAbHcgPuDLPj6iAh3HirQbxXVLyDTgSf1DRaXg/XJDphTUzvjKdP+moFcg+PG5+AnUSIGBvwqWhfxPwsEIU2ymPl1OvRBGnieo4WVkEuGjmIPuuPVJupdFO0n1GWjKukKWvu/f97qGCzczDCpyMQz4znPa2UClj9Bwi9ZKuZ/HRHIZMjZgXmtQ',1);
INSERT INTO registrations VALUES('01a225e2-3f49-7726-90e6-f9c7ed931b17','','01a225e2-3f49-743e-ab73-8235766220a3','bob@example.com','2026-11-29 05:58:34.057468+00:00','2026-12-06 05:58:34.057468+00:00','GiQLfradu12QFQGUYvPvlHBBHNWQlXpjXYH4lwAjfJBc344nTNbYcNZMKVCFp55g+slcwBHsaQ7PQmKhH4PTpvlDRcDRzTWz4Nzh7Um30Vac97cfYdKd5nL9fPDowhlvia0/y+ZdZDIxB1XGCor3uC0rQV3t7sxRImD8yCvzm5cq1w2Gb1Iiw3rbT8PnIq4aLLTAn3Y6JKniJc0oUGbvnSrfTt8DfZTEjvbMSssNE+O2w569WPVKxVQ3qTJA/CO4HXwoPEL6FzWBHgEeQOahxvaojFOa7hpqcSlbsp+uqg9u5Yws+YnisjPnvMAqTNHGykKgZBw8md/hHmwXafWzfD4S2hRdw6b8wciMxvichojqdGgyPUtOWX8FvV2QNwLvrPj31hQconEOQe7UC/UYaN0QQAhFh+iumh6G+13c+5sDzJa6y5m35Hvvknflgsg0xUK6dqMv/ADlcZNrfssZ0B8ZIaVxQRaBzBX9PaQbjNN+Vmz8IPmOf6Z8j+ItYATQvYteW9pUDbSqvoIu6Y1IVb1MWSCjT9DdjDoOaEirm1PI0lN2c3HhMvogCtbKVtc+uVXEiWjjj5gKoTFWvLAZWYMB3xiLump1qpgfbiM3Y7Fc0WFXRHKm08J/E1sBsgE9AZCeuB/SWJL96vypwlBUryKxiqePIJsXYk5ZAusLRhBQHl8zSqViYEWxI7Ek3271RMJ3tjkLS5pY+Wg9rbJjRvpqGcBzcJdGwVS3YAEUfae71jBFccqSeyF6YyPj7EkoUyKnNs3kVtDEa28wwsH36tvMMCKMTamzWtgZlyISOMV2lBWe7Z/ofQ2X4hvoc1IjYIIu4pZJ8JzF7ejSAYtaL8ETRRBVvhjogciysmTZP2DqMgYHHbpeFRqvYwHkG11XHfqxYAuhVuOs9CtxSWRK1rtNE2up6wcAqhdEa8+8ERrCaNokkD/O02doHpxVDIfnA/W7KDlGoWCEPs5xD9PS+WSKzzS2JAATDkAZLcU1WYRSAwnw7TZbIX6PVqq3A80EXxql6AJmOVZk0v8ZcW6dr/25rwKHDqVv20UBhtJKpF/YSEiSRPh9NswYxM+kyKlL6eVq5xOCet4dMPV5b2ezziD4YknqVZX6uGQmCwoi9zxwiPerowNLOwSzqXjjR2MZK9JABLklhkYdlXC0OdA4D/OdsgLDsYC+9F6y8k1MIw',1);
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
INSERT INTO idempotency_keys VALUES('92fc79ff066db4adf2d06783031ade1c5a54834a1101a1fb061e0bb32ad9700d',NULL,X'becb27a97b60136e1ad3f3315732eb5c283d73ffa9d0996fc6d367309f519b7f','01a225e2-3d0e-78c7-a8a9-3e0bdf6c6b3d','2026-11-29 05:58:40.486561+00:00','2026-11-29 06:08:33.486561+00:00','01a225e2-3985-7bfe-8769-0fc60c407ccd','ef8K5Rsyin48eiX7LO06rujj/FxCSHKDNAUgtqFsSBYrEvcTD89i2zy+oV15fWr222fU0kTXYsHTn+w20Rku2tNiEf5rUxeGXGLo5aI4/lGPk2ldaF+yQsPAqeZBPoX7G9u4yJTrSS7vWBrX+DkpHkXkdQt1+pzqTi2sLeeAAernyie4MhwCgZIDH3SqVCrknva5L/NeKtVY88KDP7EkWXKYb7Wdo2lDNZ/29LEoBUbon5YtYk5a8NlAKg3+Fc+YrSVbWPieKacZRaD9L03h5kD0niLAxTPn0LGukLgspFmsaFnen4Fn7eyjMLqvwxnSusKrhtBAXZ8D8gkER5pWLNw6Re8qmBiNXsWF2mOGmi17cojTqCQtOUcavirKzGSsOGxWagphVQ57DR+7ebXO9UpLXt6Yz1eUZjmJgMajfWWqQUJM8m/WJgdN+jSIUda6c2VIQeWQnbVY2v/wb5I8/BR4CyjrtRs/veaz43tck/IiVbvByB5MoYtPbeoTFcCjh2ezp7EGsvew3VP8PzBhbcZE1zfQoYBYwjKd+PjdL5yS/BNl+l2BT95RlkH/wubYAYo6b2wtZMQ55SPBZ/oZYiuDM65pKdblqxragDS0xyYorm95+PlJnZQtBkYzhs25LcV0zh6vKd22nkQ3gVNzBR7Dht6pfWKjOk3Dq4GCSsUpGBULf8qJ7WB+iMjEiuUS2yP1mridGXLnqo0njJ0jGfKzX0iWOQbkbaeXTQ2QMq4Q6tFV6Zpp5qWJDYh+jEUlu1avthp4HliQJiy4t306pGp4WV788LuhJIMU+AO5uYUKk6sJaoSSaxgxUuc5c97G1oUAYw8qBw7lqwokQgPZrLW/5dhu+Ig2/OCRWA0le+UDEwDKBafs1s8YEPUaeeA21/t0YiTUabD+JgNW0uAnjL6z7FpjwzNdudqH6rX4BbvlXCIT6GBxzH3S3tGFuiFCTBxdY9F5MV9e0FvwzI0Mv6DGwqy57VOKA4Y6zjDn+P6DR705eN7JdAFfFVt+F+WTGkvp708wiYsA2iUuBRdhuj31GV0ANpi50UKxMsfao59F0gnzqeC9FEzsfDAS+PLHdGZ485xxoiIsXOfuFtn7NgeOTUUoANnn1czGkKwtu3HRv/IzQxswhbxoi+35CEuPB8LBimI0icL6bbcInM7A7gZVL7Nk8Grd7Zmr07VQLQttrV4kxZtQFHT1IHEaVkxkU8zI/XtFtJybUJrZ0H5o0HTWxhY8OcU3+XEpWwWyReFBEyzqnPkGTKjMPDHL2Cj1jkxgRziXhZ81epcphFsu3D3HSxwfknTMRL4BIeJxX6t/v2UIO07McM4215VMKvIbeXpybRNKjqP6/3jWDcnNL5CRyZXRM+Y9mPH1xXgaqdnJBo4/+0euH56F3O30PsSkl3bmfd2S8thZqvyuCIi7zZDgZ7tse+897XW6oD0b7JuuqgjEC2B8WUHSYm4uE9k4Ue2dbAM75x56+gHdjRw7KBWX/75tlL9FkFho7F7AVkvl1Ok8CSdVp01tGRdgZuxXj+HcWXpYmaEY9QcsAAH6GG/ZT7CZJeSKfEAfMUMH7Rbw0ZxPxmKxyVr1qyEw+ww9iZTZ9DHW7BLeFqQ+VDYA7AAn8f2pOv0JfE/wSYJUEcNgu+qSEbXHbHZEe2kT/8tf39RcWD9VvyymsHjbe4gXo+GnvW54se5UfkTCDBechd2xrDhnbclwKS7FssnqGPAX53oDeRjECKYLvUNnqYCam0NjOY9beQ8nZq/cgp55vLEZ3IYitTNdGiumVxhmeQCbZdY98SmdvAZtTSFFjjVGA/chRlisd6JUmLX7FZzOIB9jPtIPm8HtoyW4W/30qW6UjViV564tw0hu91zhJxCh9P1CzBL780ZBtrYOn0wLVC7CSBUGdaf/lMINmkTfbqZXmaNLRUOcHg/RklEoavESu59o4V9y6X7k10QPGA','D4j9l3QcjqNvwzECa6ydY0kMB15vpLe2pzcN7bpS4KYU6W4i8juuoUKdDHZZIa30FSXJv1CqrhiH1srSfc746aNk10m7rg7xy1oAdJmAZlQ4nuoH23VplLyxMy+VtTXOxS/s/9THhpLfVZsn+raY73xgI8HOykU3wvIm/XSE2wLP7yrgloerPNQutAMMFw');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',8);
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
