-- secrets: {"session": "as_fI9R1v15V79jDxMAI4JWR7VDTIdZm_GfNPIZVToUlCs", "account": "01a225e0-5aca-753b-abbe-0b1adbc1af5b", "ended": "as_pM_0U_z9X-UWUGkku2G8Fa1IjtY-2_dQbURviNmOQOA", "other": "as_oQK95pGHdkGVWfWaHjphij2Mq7uR9Vc191QwO0P9GiA", "code": "790544", "phone": "+48500100200", "emailToken": "tYwj_NFXdzj1W56Y08jjoTwKYvJrWDHNYRt1Y7EBgS8", "apiKey": "ak_IFwmtKKsiGLq_W5QKkO8_0fxwjG-GkK91lJeYBmYzQFV8k8z3t7zFgxk", "at": "2026-11-29T05:56:43Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:56:28');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:56:28');
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
);
INSERT INTO accounts VALUES('01a225e0-57fd-710b-be32-b828f80ad740','ACTIVE','demo@example.com','2026-11-29 05:56:29.309063+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$CcjQWs5zj+GOL3vjDXKyMQ$XBJWtOrgYb5zj5MHznuUXkWUy3E43myFNfUr3CT9mFk',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:56:29.309063+00:00','2026-11-29 05:56:29.309063+00:00',NULL);
INSERT INTO accounts VALUES('01a225e0-5aca-753b-abbe-0b1adbc1af5b','ACTIVE','ada@example.com','2026-11-29 05:56:31.805234+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$bTdvvwlEoChnCcZQI7r1dw$c81QLX0I60Ajwa+y51lB/C2SWVGD8WINrLbjPUaDo/8',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:56:30.02634+00:00','2026-11-29 05:56:33.75546+00:00',NULL);
INSERT INTO accounts VALUES('01a225e0-6d88-76cc-8693-efd9b4a2ea1d','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$GEi44DeERa3NJ9cHyl5Pig$w499QoeFTIaMHtJYmjXfKDSdcwfUC/7ySB9V570s510',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:56:34.824439+00:00','2026-11-29 05:56:34.824439+00:00',NULL);
INSERT INTO accounts VALUES('01a225e0-8003-767b-a2a7-f1b913f54055','ACTIVE','erin@example.com','2026-11-29 05:56:39.555415+00:00','+48500100300','2026-11-29 05:56:39.555415+00:00','$argon2id$v=19$m=19456,t=2,p=1$kh1FAfCK3+ak421fsSiVUg$M/f782kxdQxlsGoVhyLL50ifFAf6L5RMvoy/ViXURr0',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:56:39.555415+00:00','2026-11-29 05:56:39.555415+00:00',NULL);
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
INSERT INTO consents VALUES('01a225e0-5aca-7579-973e-9e7b1965fac3','01a225e0-5aca-753b-abbe-0b1adbc1af5b','email',1,'registerAccount','2026-11-29 05:56:30.026358+00:00');
INSERT INTO consents VALUES('01a225e0-5aca-757c-888b-78978967bddd','01a225e0-5aca-753b-abbe-0b1adbc1af5b','sms',0,'registerAccount','2026-11-29 05:56:30.026359+00:00');
INSERT INTO consents VALUES('01a225e0-695b-796e-8142-6e9ea6b74598','01a225e0-5aca-753b-abbe-0b1adbc1af5b','push',1,'updateAccount','2026-11-29 05:56:33.755618+00:00');
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
INSERT INTO sessions VALUES('01a225e0-61b7-736a-8ffe-2f76aefbb528','01a225e0-5aca-753b-abbe-0b1adbc1af5b','development',X'fc68a897f4d2ba3b529afe952d9782ff096d18b8710c9f7945e914cda4ee57f1','2026-11-29 05:56:31.799221+00:00','2026-11-29 05:56:31.799221+00:00','2026-11-29 05:56:31.799221+00:00','2026-12-29 05:56:31.799221+00:00','2026-12-06 05:56:31.799221+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e0-6354-7833-8be8-71434ebeb13d','01a225e0-5aca-753b-abbe-0b1adbc1af5b','development',X'063b7babf6ade2087d8260431826bdb86bc8817bf97ffe30b0b85f043cf2fbf8','2026-11-29 05:56:32.212534+00:00','2026-11-29 05:56:34.754598+00:00','2026-11-29 05:56:32.212534+00:00','2026-12-29 05:56:32.212534+00:00','2026-12-06 05:56:32.212534+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e0-6757-7139-9bdd-9138381a7449','01a225e0-5aca-753b-abbe-0b1adbc1af5b','development',X'bc8a6b018a0ee7ef48418199e7916e6c92148b4c4f421efb687dc2df5bbd8d96','2026-11-29 05:56:33.239077+00:00','2026-11-29 05:56:33.239077+00:00','2026-11-29 05:56:33.239077+00:00','2026-12-29 05:56:33.239077+00:00','2026-12-06 05:56:33.239077+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e0-603b-7cc2-a06a-fd73b903c8a2','01a225e0-5aca-753b-abbe-0b1adbc1af5b','ACTIVATION',X'fa8baf0ffa37ae836aaef36529b048085050848b9c2e7fddfd02d361702d30ba','ada@example.com','ada@example.com',0,0,'2026-11-29 05:56:31.419833+00:00','2026-11-29 13:56:31.419833+00:00','2026-11-29 05:57:31.419833+00:00','2026-11-29 05:56:31.803866+00:00');
INSERT INTO challenges VALUES('01a225e0-68e9-7973-bef0-6fd346202319','01a225e0-5aca-753b-abbe-0b1adbc1af5b','PHONE_UPDATE',X'99aff93f0a7af3868a19b16505a3814bd5d309508033df88f54a46276c77031f','+48500100200','ada@example.com',0,0,'2026-11-29 05:56:33.641615+00:00','2026-11-29 06:06:33.641615+00:00','2026-11-29 05:57:33.641615+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-6d3e-76d5-aea1-4604f65f6ffb','01a225e0-5aca-753b-abbe-0b1adbc1af5b','EMAIL_CHANGE',X'fb390cd62b51fd923bbb4028c9a8099d67daf20bc24a1214f88cc357ea128ecd','countess@example.com','ada@example.com',0,0,'2026-11-29 05:56:34.750444+00:00','2026-11-29 13:56:34.750444+00:00','2026-11-29 05:57:34.750444+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-6d3e-76e7-ab65-3102c246deae','01a225e0-5aca-753b-abbe-0b1adbc1af5b','EMAIL_UNDO',X'242406e7f471684dec8424e4a08ebecf512b6b040b48a77c7bd033c73efa2f96','ada@example.com','ada@example.com',0,0,'2026-11-29 05:56:34.750452+00:00','2026-12-02 05:56:34.750452+00:00','2026-11-29 05:57:34.750452+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-6edb-7789-9049-3e63e971d169','01a225e0-6d88-76cc-8693-efd9b4a2ea1d','ACTIVATION',X'b5542f2c4c2d67af2efabd86d361de600ef0bb1edbbd5476de5485709a45343f','bob@example.com','bob@example.com',0,0,'2026-11-29 05:56:35.163491+00:00','2026-11-29 13:56:35.163491+00:00','2026-11-29 05:57:35.163491+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-701c-756c-8452-6be688e21be7',NULL,'ACTIVATION',X'a626c61bc76c9684e1181e64f16e6e51f26ef2ae33e4e4ef8c2d6d5b1ae765c0','bob@example.com','bob@example.com',0,0,'2026-11-29 05:56:35.484352+00:00','2026-11-29 13:56:35.484352+00:00','2026-11-29 05:57:35.484352+00:00',NULL);
INSERT INTO challenges VALUES('01a225e0-89b9-7c37-98c3-966a6f57588b','01a225e0-8003-767b-a2a7-f1b913f54055','PASSWORD_RESET',X'76c6bd2221cf174d6b1b4e07182738a35e2afc639dadcc926baa89e204ce360d','erin@example.com','erin@example.com',0,0,'2026-11-29 05:56:42.041795+00:00','2026-11-29 06:26:42.041795+00:00','2026-11-29 05:57:42.041795+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:56:29.299796+00:00',NULL,NULL,'2026-11-29 05:56:35.968692+00:00');
INSERT INTO api_keys VALUES('IFwmtKKsiGLq','shop',X'33e657acef048250ba6ee06aec944eed4eb594776495cf8f39b6e047aeecd9ea','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:56:38.611263+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e0-603b-7df7-b816-aa5bd945a955','01a225e0-5aca-753b-abbe-0b1adbc1af5b','01a225e0-603b-7cc2-a06a-fd73b903c8a2','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:56:31.419833Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:31.419914+00:00','2026-11-29 05:57:21.623387+00:00',1,'2026-11-29 05:56:31.685124+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-68e9-79c2-bed8-5039e5f33bda','01a225e0-5aca-753b-abbe-0b1adbc1af5b','01a225e0-68e9-7973-bef0-6fd346202319','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:06:33.641615Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:33.641639+00:00','2026-11-29 05:57:23.69802+00:00',1,'2026-11-29 05:56:33.720358+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-6d3e-76ec-b42d-0a8c91ea2dab','01a225e0-5aca-753b-abbe-0b1adbc1af5b','01a225e0-6d3e-76d5-aea1-4604f65f6ffb','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:56:34.750444Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:34.750453+00:00','2026-11-29 05:57:24.758241+00:00',1,'2026-11-29 05:56:34.76723+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-6d3e-76f9-aad2-34b2bd4c25c2','01a225e0-5aca-753b-abbe-0b1adbc1af5b','01a225e0-6d3e-76e7-ab65-3102c246deae','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:56:34.750452Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:34.750456+00:00','2026-11-29 05:57:24.758241+00:00',1,'2026-11-29 05:56:34.766748+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-6edb-78be-a778-a658c3444d37','01a225e0-6d88-76cc-8693-efd9b4a2ea1d','01a225e0-6edb-7789-9049-3e63e971d169','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:56:35.163491Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:35.163572+00:00','2026-11-29 05:57:25.178164+00:00',1,'2026-11-29 05:56:35.192591+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-7029-7491-81d3-8cef29556e70','01a225e0-6d88-76cc-8693-efd9b4a2ea1d','','EMAIL','ACCOUNT_EXISTS','bob@example.com','{"name":"Bob","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:35.497295+00:00','2026-11-29 05:57:25.499011+00:00',1,'2026-11-29 05:56:35.506032+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e0-89ba-72e8-84ba-2993be55b3ec','01a225e0-8003-767b-a2a7-f1b913f54055','01a225e0-89b9-7c37-98c3-966a6f57588b','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"Z61DH3nPkjDvJPAXamsbERMh2HKbpVjLfCafqZw2VJjNkjDujrwEyD79VXRLDD/9n9fNVDZVAf7qH/pzQzuxlnGH3elD7hIj6GEtBlZgs92GJ2Q","expiresAt":"2026-11-29T06:26:42.041795Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:56:42.042189+00:00','2026-11-29 05:56:47.787028+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e0-5abe-7941-8bbf-61c429a2e5e4','01a225e0-57fd-710b-be32-b828f80ad740','account create','SUCCESS','','','','','','','','2026-11-29 05:56:30.014607+00:00','01a225e0-57fd-710b-be32-b828f80ad740',1,X'3b7d7593cf535efa152b5dbe96c6868443f9ddcd161aec4ccad645a4b7a914df');
INSERT INTO audit_events VALUES('01a225e0-603b-7e01-844f-312d915e05fa','01a225e0-5aca-753b-abbe-0b1adbc1af5b','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','A5S7Y65ZFETRLCMCASV22WPGTV','2026-11-29 05:56:31.419918+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',1,X'59f709061566807a5bb1fb719c655c842ffd9d2c89ba73532581be2a59875728');
INSERT INTO audit_events VALUES('01a225e0-61d5-7053-9715-9f47e2108ebb','01a225e0-5aca-753b-abbe-0b1adbc1af5b','confirmAccountActivation','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','RWGALWN5YXOQN6E6XNO4HNA25F','2026-11-29 05:56:31.829022+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',2,X'b528af6c31e47430bafee35366a7854dcfe9e5939671410bf0799e67e2df7a3a');
INSERT INTO audit_events VALUES('01a225e0-6354-7c7f-8342-e177e07bd06c','01a225e0-5aca-753b-abbe-0b1adbc1af5b','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','MPFD7JCG45YDFTALHUAGSZ5S2P','2026-11-29 05:56:32.212819+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',3,X'4d2c198a43f65def8b1ce1389c4b6bbd096f1caa16289c0bf2deba7a5ea1cecb');
INSERT INTO audit_events VALUES('01a225e0-6688-70f2-a256-fa265c6db68f','01a225e0-5aca-753b-abbe-0b1adbc1af5b','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','PVEHM6R3VEF6LAEUUSJOTYQ6OB','2026-11-29 05:56:33.032062+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',4,X'243c554219b96518440dc3b98b76c8c17ca190e520b4d7e5beeffb0917f86a54');
INSERT INTO audit_events VALUES('01a225e0-668a-7d18-8956-03dd98858dc0','01a225e0-5aca-753b-abbe-0b1adbc1af5b','signOut','SUCCESS','','development','01a225e0-6685-7e10-af88-cef4a6a5f3ed','','127.0.0.1','Python-urllib/3.11','QLP7EEP56XYP2MSVFIKGYQNV76','2026-11-29 05:56:33.034858+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',5,X'94594c62f57761abcc673fc73d6f9a973170e83ca18a621fa0e8c575bdc466b5');
INSERT INTO audit_events VALUES('01a225e0-6757-7c36-b61d-654c8696900e','01a225e0-5aca-753b-abbe-0b1adbc1af5b','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','AO7GYGLLUX4LIOR7WWGEMZC7T7','2026-11-29 05:56:33.2398+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',6,X'f234395f71b826d2d3d29e56823e8cec752054dc9a2f806d8429f5ddce010884');
INSERT INTO audit_events VALUES('01a225e0-691e-7ce9-8419-6b5efe9b1578','01a225e0-5aca-753b-abbe-0b1adbc1af5b','requestPhoneUpdate','SUCCESS','','development','01a225e0-6354-7833-8be8-71434ebeb13d','','127.0.0.1','Python-urllib/3.11','7X6JNV3YMP6IGJE3TQLA5LARCU','2026-11-29 05:56:33.694846+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',7,X'47523c5610533787204225d07e4b89600b7f8e61b72fb08aa960bc2df2ef9e68');
INSERT INTO audit_events VALUES('01a225e0-695b-79f8-9292-1fb755de2f77','01a225e0-5aca-753b-abbe-0b1adbc1af5b','updateAccount','SUCCESS','','development','01a225e0-6354-7833-8be8-71434ebeb13d','','127.0.0.1','Python-urllib/3.11','QYJQUZVPUGVGEPLPCWSK3MQTGP','2026-11-29 05:56:33.755653+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',8,X'560014606a877a61ac9675c48f61ae64e80ca817cbabc9777f956d38c495eb6d');
INSERT INTO audit_events VALUES('01a225e0-6b61-7670-b8ab-68e566e35003','01a225e0-5aca-753b-abbe-0b1adbc1af5b','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','KQRTD4POVDDIMADEDOJ6KSF6TY','2026-11-29 05:56:34.273424+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',9,X'0e393f5623792a27659feda5ed79955780f5ddb083a9242c7ec5af9630df570a');
INSERT INTO audit_events VALUES('01a225e0-6d42-7a6c-9729-e89b75ba4bff','01a225e0-5aca-753b-abbe-0b1adbc1af5b','requestEmailChange','SUCCESS','','development','01a225e0-6354-7833-8be8-71434ebeb13d','','127.0.0.1','Python-urllib/3.11','T4VVIKLVT365APW745AVE26E77','2026-11-29 05:56:34.754683+00:00','01a225e0-5aca-753b-abbe-0b1adbc1af5b',10,X'6f7f5942f591365014c636039452febc663a5e97fdd03d0fb6f81d2ff566153c');
INSERT INTO audit_events VALUES('01a225e0-6edb-78ca-bb11-39d1187a6c09','01a225e0-6d88-76cc-8693-efd9b4a2ea1d','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','FYCICVMW6I6RO5AEQXFDLA3T3G','2026-11-29 05:56:35.163576+00:00','01a225e0-6d88-76cc-8693-efd9b4a2ea1d',1,X'bc736a5374ab0b33f2f0592acd2d541f4d2ef3cefdc145dc69f63b1a92541cc3');
INSERT INTO audit_events VALUES('01a225e0-7029-7496-a6f7-8cc4d9c9f66d','01a225e0-6d88-76cc-8693-efd9b4a2ea1d','registerAccount','REFUSED','EMAIL_UNAVAILABLE','development','','','127.0.0.1','Python-urllib/3.11','DG4OQKVH6ICWVT5XYAGT4S7TG4','2026-11-29 05:56:35.4973+00:00','01a225e0-6d88-76cc-8693-efd9b4a2ea1d',2,X'd4758f77c01649f34dbae7ad527a04823aacfe883b44195fc0788034982efc8b');
INSERT INTO audit_events VALUES('01a225e0-709e-7944-8725-dc497b1fadb2','01a225e0-702c-7ade-b216-1b3f196567ca','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','P3RRQGXQO2CM32VMXXKKU2H2HV','2026-11-29 05:56:35.614607+00:00','01a225e0-702c-7ade-b216-1b3f196567ca',1,X'b8cf1ea58df8cba79b1b2ed80b86d9711a0a5a1ad7c0257dc7ad05a73831c7a4');
INSERT INTO audit_events VALUES('01a225e0-71f2-7d7b-96c8-c42aac3c4590','01a225e0-702c-7ade-b216-1b3f196567ca','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','J4KN7IB6ABYTV4V4EWLNSAGMZN','2026-11-29 05:56:35.954884+00:00','01a225e0-702c-7ade-b216-1b3f196567ca',2,X'5572775f86070224401d5ee212aab6d7fa8bd52aef77c2af8881907239aa8a06');
INSERT INTO audit_events VALUES('01a225e0-72a3-73ff-ab7e-b53d1d0f6f4c','01a225e0-702c-7ade-b216-1b3f196567ca','deleteAccount','SUCCESS','','development','01a225e0-71f1-76c8-9d4f-ed4b24f35bcc','','127.0.0.1','Python-urllib/3.11','76VXCPYQNWWQJLT5IOKFRT3XKX','2026-11-29 05:56:36.131262+00:00','01a225e0-702c-7ade-b216-1b3f196567ca',3,X'd876b0c85c032b18f528adcce69e4008324b09cff96276ae707ec6ff7dd514c7');
INSERT INTO audit_events VALUES('01a225e0-8191-7836-a189-6c8b263cca49','01a225e0-8003-767b-a2a7-f1b913f54055','account create','SUCCESS','','','','','','','','2026-11-29 05:56:39.953538+00:00','01a225e0-8003-767b-a2a7-f1b913f54055',1,X'ca9a92335dfb05d4841b46f8d3af68b1e4a9f4f21a60bf2e698318e03d54e2ec');
INSERT INTO audit_events VALUES('01a225e0-89a6-7f0d-8549-36d44f6de3cd','01a225e0-8003-767b-a2a7-f1b913f54055','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','L7UCI37G53WRXD44BXKYZG3RLR','2026-11-29 05:56:42.022987+00:00','01a225e0-8003-767b-a2a7-f1b913f54055',2,X'1ef6fc1c37c807a534203ddb5be5fdea53b1652578654b3f0e9cd91e48464297');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e0-57fd-710b-be32-b828f80ad740',1,X'3b7d7593cf535efa152b5dbe96c6868443f9ddcd161aec4ccad645a4b7a914df');
INSERT INTO audit_heads VALUES('01a225e0-5aca-753b-abbe-0b1adbc1af5b',10,X'6f7f5942f591365014c636039452febc663a5e97fdd03d0fb6f81d2ff566153c');
INSERT INTO audit_heads VALUES('01a225e0-6d88-76cc-8693-efd9b4a2ea1d',2,X'd4758f77c01649f34dbae7ad527a04823aacfe883b44195fc0788034982efc8b');
INSERT INTO audit_heads VALUES('01a225e0-702c-7ade-b216-1b3f196567ca',3,X'd876b0c85c032b18f528adcce69e4008324b09cff96276ae707ec6ff7dd514c7');
INSERT INTO audit_heads VALUES('01a225e0-8003-767b-a2a7-f1b913f54055',2,X'1ef6fc1c37c807a534203ddb5be5fdea53b1652578654b3f0e9cd91e48464297');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 05:57:31.420687+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:56:31.420895+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:57:33.643204+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:56:33.662658+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:3297aa233bb9b2e8b774f462',1,'2026-11-29 06:56:33.668609+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:3297aa233bb9b2e8b774f462',1,'2026-11-30 05:56:34.751543+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:57:34.753585+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',1,'2026-11-29 05:57:35.171132+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:14455960a275fe672d06288c:5ff860bf1190596c7188ab85',1,'2026-11-29 05:57:35.497472+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 05:57:35.615027+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 05:57:42.022989+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:56:42.041764+00:00','0001-01-01 00:00:00+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'73b8f577ea17254166b676b73e068530967a25fc8ac23f5d940c12a1739ee8d7','2026-11-29 05:56:29');
INSERT INTO server_keys VALUES('outbox',X'80613fe50b95a8b6a665a3b85f2567c59a3050b2b6f5be802b1cb411d7965570','2026-11-29 05:56:31');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',2);
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
