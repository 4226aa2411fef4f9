-- secrets: {"session": "as_89pQbFN57oi1MUoAc5NEdoACYhXmNz6hA5zfEb8a36A", "account": "01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd", "ended": "as_RCe12OMQ6idfRcHiknOu6F2oelswDVGtnrFCqdCV_aQ", "other": "as_2kMTjR-s5yh7A7BAIIVz-F2T1hXeqKrVbmbAOIq1ok8", "code": "047113", "phone": "+48500100200", "emailToken": "_0xUj1BUV3U77jnycv7nXKtQnq3dessnzyHRXx4oZI0", "apiKey": "ak_VnbRCbx5wpcu_h96oHZpUOR5fITzo0KT9CbGr1E4j5o_DeRmpM5w-JLY", "at": "2026-11-29T05:57:30Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:57:23');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:57:23');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:57:23');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:57:23');
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
INSERT INTO accounts VALUES('01a225e1-2d82-7c19-83c2-3dc1c502f92d','ACTIVE','demo@example.com','2026-11-29 05:57:23.970788+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$od8uABf6iWN+IfX1RCZeSA$PIe15Lhf7kSRpaSuIKjbmAMfUv84+jroF3nbYZOXHjI',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:23.970788+00:00','2026-11-29 05:57:23.970788+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','ACTIVE','ada@example.com','2026-11-29 05:57:24.70054+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$hcIFfTpKBfsYa14IROXgkA$y8M01fCc6w2oTmcWeEjbtSyR/Qd61/EquVKJVBhjiQ0',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:57:24.407048+00:00','2026-11-29 05:57:26.033331+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-3747-7b92-ad22-c58c2ade8d75','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$YyCi+h4W08OYbi2pgy42JQ$IBnN8inN74UYGbIKr06EErUwti4MC2NQUREx//8ZNlg',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:26.471756+00:00','2026-11-29 05:57:26.471756+00:00',NULL,NULL);
INSERT INTO accounts VALUES('01a225e1-3ff8-77bb-a747-f3f0c540859c','ACTIVE','erin@example.com','2026-11-29 05:57:28.696504+00:00','+48500100300','2026-11-29 05:57:28.696504+00:00','$argon2id$v=19$m=19456,t=2,p=1$IWraOoI5lh+qTK0xJpXe9g$plduDvSclBj+2+ajfk2QhjEJb48d9WOYH+K6jtdeI+s',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:57:28.696504+00:00','2026-11-29 05:57:28.696504+00:00',NULL,NULL);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','GOOGLE','ada-at-google','2026-11-29 05:57:26.148951+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
);
INSERT INTO consents VALUES('01a225e1-2f37-70f2-b3ce-8e5b59b30097','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','email',1,'registerAccount','2026-11-29 05:57:24.407062+00:00');
INSERT INTO consents VALUES('01a225e1-2f37-70f6-a125-9be74b5e80d6','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','sms',0,'registerAccount','2026-11-29 05:57:24.407063+00:00');
INSERT INTO consents VALUES('01a225e1-3591-76a5-8948-76f8faee2138','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','push',1,'updateAccount','2026-11-29 05:57:26.033435+00:00');
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
INSERT INTO sessions VALUES('01a225e1-305b-7595-a047-fccfdd962a3a','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','development',X'ed7de423e2365ba06d6f23943bdf1acf8cb91a320ca6ba2e9a899dece9c43906','2026-11-29 05:57:24.699364+00:00','2026-11-29 05:57:24.699364+00:00','2026-11-29 05:57:24.699364+00:00','2026-12-29 05:57:24.699364+00:00','2026-12-06 05:57:24.699364+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-3222-78b1-8a3c-31cd81e94d32','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','development',X'3178459407fd2de7ce7030effe290661c00704442ed01a2b34c221b2f45937d4','2026-11-29 05:57:25.154566+00:00','2026-11-29 05:57:26.407103+00:00','2026-11-29 05:57:25.154566+00:00','2026-12-29 05:57:25.154566+00:00','2026-12-06 05:57:25.154566+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-34ea-73c0-bb17-fdb7099d87a7','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','development',X'e9a31ec9c86da94eb4ee4a343a791ab18d9139dc154bbcbc715938ea2832a45f','2026-11-29 05:57:25.866242+00:00','2026-11-29 05:57:25.866242+00:00','2026-11-29 05:57:25.866242+00:00','2026-12-29 05:57:25.866242+00:00','2026-12-06 05:57:25.866242+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e1-3030-71fc-adbb-5571c374e5d6','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','ACTIVATION',X'c035fae6cd62df4b68a4e39e5ab0dc1add86d5570c403d72d850874504a286b7','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:24.656106+00:00','2026-11-29 13:57:24.656106+00:00','2026-11-29 05:58:24.656106+00:00','2026-11-29 05:57:24.700448+00:00');
INSERT INTO challenges VALUES('01a225e1-3586-7369-af78-cb1111b94957','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','PHONE_UPDATE',X'ba5d6eaaf7ee02d437c4e09eb089c6ebb2f09b719a1b55f240dd66413516d3f9','+48500100200','ada@example.com',0,0,'2026-11-29 05:57:26.022221+00:00','2026-11-29 06:07:26.022221+00:00','2026-11-29 05:58:26.022221+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-3706-7e6a-9470-547b364b2980','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','EMAIL_CHANGE',X'9452aa4c8ff54ba97f920f2273fe13b8d6ddadd98a9caf6d09353a8f445f6cc0','countess@example.com','ada@example.com',0,0,'2026-11-29 05:57:26.406941+00:00','2026-11-29 13:57:26.406941+00:00','2026-11-29 05:58:26.406941+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-3706-7e70-a35c-ca670de7b675','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','EMAIL_UNDO',X'8c9e93696cdd283d572f840350515c377b98ffb6079fc3e0b628985c833a075d','ada@example.com','ada@example.com',0,0,'2026-11-29 05:57:26.406946+00:00','2026-12-02 05:57:26.406946+00:00','2026-11-29 05:58:26.406946+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-3816-72cd-8578-904883a3d12f','01a225e1-3747-7b92-ad22-c58c2ade8d75','ACTIVATION',X'da3f606e71fc17b9afcb4ee1046c5ea7be0a25ddb248bee267c97043b267699c','bob@example.com','bob@example.com',0,0,'2026-11-29 05:57:26.678181+00:00','2026-11-29 13:57:26.678181+00:00','2026-11-29 05:58:26.678181+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-3938-7ee1-b422-6ccf7af51308',NULL,'ACTIVATION',X'60c27b4aaee1dddc7d3b75fe5c7affff3d9384a6abef81cd8f71be29640eef97','','',0,0,'2026-11-29 05:57:26.968973+00:00','2026-11-29 13:57:26.968973+00:00','2026-11-29 05:58:26.968973+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-4250-7812-ae85-384b4a5f9866','01a225e1-3ff8-77bb-a747-f3f0c540859c','PASSWORD_RESET',X'04bafd64d5f553b277b4a69a0ea801e7e2f0d2c6fcdb887f83e1a77e1b0f81ad','erin@example.com','erin@example.com',0,0,'2026-11-29 05:57:29.296527+00:00','2026-11-29 06:27:29.296527+00:00','2026-11-29 05:58:29.296527+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:57:23.966613+00:00',NULL,NULL,'2026-11-29 05:57:27.342932+00:00');
INSERT INTO api_keys VALUES('VnbRCbx5wpcu','shop',X'f71751d91f467e1380b976a9a6f5ada132dd97f03fc6a06df2ed212eca44aeef','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:57:28.586286+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e1-3030-7332-bbbb-d036567ab3c3','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','01a225e1-3030-71fc-adbb-5571c374e5d6','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:24.656106Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:24.656209+00:00','2026-11-29 05:58:14.690476+00:00',1,'2026-11-29 05:57:24.695899+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3586-73ad-9c3d-900fc261550b','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','01a225e1-3586-7369-af78-cb1111b94957','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:07:26.022221Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.02224+00:00','2026-11-29 05:58:16.029586+00:00',1,'2026-11-29 05:57:26.030573+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3605-70de-9d37-59816dd41032','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.149053+00:00','2026-11-29 05:58:16.14996+00:00',1,'2026-11-29 05:57:26.151972+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3706-7e83-bfe5-f414b54d583b','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','01a225e1-3706-7e6a-9470-547b364b2980','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:57:26.406941Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.40695+00:00','2026-11-29 05:58:16.427589+00:00',1,'2026-11-29 05:57:26.430705+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3706-7e89-9485-3a1f63c4820c','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','01a225e1-3706-7e70-a35c-ca670de7b675','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:57:26.406946Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.406952+00:00','2026-11-29 05:58:16.427589+00:00',1,'2026-11-29 05:57:26.435101+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3816-73ef-bd22-fca531dc73dc','01a225e1-3747-7b92-ad22-c58c2ade8d75','01a225e1-3816-72cd-8578-904883a3d12f','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:57:26.678181Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.678257+00:00','2026-11-29 05:58:16.689264+00:00',1,'2026-11-29 05:57:26.69234+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-3939-7428-b78d-acaa9209d2b8','01a225e1-3747-7b92-ad22-c58c2ade8d75','','EMAIL','ACCOUNT_EXISTS','bob@example.com','{"name":"Bob","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:26.969272+00:00','2026-11-29 05:58:16.986709+00:00',1,'2026-11-29 05:57:27.003697+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-4250-7bbe-953a-18b568fc49f0','01a225e1-3ff8-77bb-a747-f3f0c540859c','01a225e1-4250-7812-ae85-384b4a5f9866','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"42oe0g7DqrCP/0jpcxuO4e4nHRw5YPV0vXkcBFjmz1BGMShf85EC0/TQubACh+QiGNE52p8jwOgkURxSo7W1cvp0qK4/yyonorA8vW+1wJi7reg","expiresAt":"2026-11-29T06:27:29.296527Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:57:29.296768+00:00','2026-11-29 05:57:33.93797+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e1-2f10-7bde-a036-6e5b2976ed5b','01a225e1-2d82-7c19-83c2-3dc1c502f92d','account create','SUCCESS','','','','','','','','2026-11-29 05:57:24.368778+00:00','01a225e1-2d82-7c19-83c2-3dc1c502f92d',1,X'68eecd3a3495ecf302d6272ba6e7ffd3effbbdd1279062152d261b080ae88ed8');
INSERT INTO audit_events VALUES('01a225e1-3030-7338-b7a0-c95e171d4663','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','NJNII7UNTO4DYL3MW5G63DZIS4','2026-11-29 05:57:24.656211+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',1,X'2b957adf4340a719ac981e3a56e396d73b8c2c014316bad4ac8f5d2a35e8d988');
INSERT INTO audit_events VALUES('01a225e1-305c-7bce-9204-91110b8a2b01','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','confirmAccountActivation','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','LVI7CIATH62QI6TLUAKXGQEEDJ','2026-11-29 05:57:24.700774+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',2,X'54972ac15f47c53e75d7a496a429f3af605bdb5e3fbc25db6c528344705e460b');
INSERT INTO audit_events VALUES('01a225e1-3222-7c2f-bbcb-1a8121dcce67','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','52B6Z6CVWJGM5NEYRL6DNGHGS5','2026-11-29 05:57:25.154798+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',3,X'b569d0a6d9651e4f6138e1efd639afefa42012af7274c62c40ba84ba27c49024');
INSERT INTO audit_events VALUES('01a225e1-3330-7069-be3e-985d834f924c','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','ASXRUBT65RP6J2DZJGNWQTP254','2026-11-29 05:57:25.424027+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',4,X'fe274dda9cff576a509facb3d17e98fc3954cfd73910b5409445f4754c8254a4');
INSERT INTO audit_events VALUES('01a225e1-333b-742d-9121-6cf7afd458e0','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','signOut','SUCCESS','','development','01a225e1-332f-7d09-a7c1-1e400fce2667','','127.0.0.1','Python-urllib/3.11','OUTKJJGUMKYR6XQXOQR5GSZZU4','2026-11-29 05:57:25.435274+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',5,X'eebf7473bba68db9a1dbb1174ce8ceea52393ca251c302cdcadf4fab059d987d');
INSERT INTO audit_events VALUES('01a225e1-34ea-7777-beb7-9ea5c72a7f4e','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','MVD3WSMO3ABJFBWACM5BMON4BV','2026-11-29 05:57:25.866489+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',6,X'4696e7780e5abf97c2b1513ac2ee791e4c1d0bbb603ec7aa03ff512439b0ac39');
INSERT INTO audit_events VALUES('01a225e1-3587-700f-a1e6-331af324c09b','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','requestPhoneUpdate','SUCCESS','','development','01a225e1-3222-78b1-8a3c-31cd81e94d32','','127.0.0.1','Python-urllib/3.11','W4BFZSTY2JCY35T5FMOU2L64BD','2026-11-29 05:57:26.023004+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',7,X'd9ddc8d865e55f9fa6d0cba5eebf9da39042eab8ed9ae88c159f37a41ff1dec4');
INSERT INTO audit_events VALUES('01a225e1-3591-7726-b9d6-40eb6c82c5da','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','updateAccount','SUCCESS','','development','01a225e1-3222-78b1-8a3c-31cd81e94d32','','127.0.0.1','Python-urllib/3.11','6RH4NMR5MXCUE2MNYAOZX5ND3W','2026-11-29 05:57:26.033468+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',8,X'1862760438d6229dea47fc1f9274969515ebb32eaac13094873e39024299a8de');
INSERT INTO audit_events VALUES('01a225e1-35ab-7d13-8ea1-5739979e401d','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','TETZ6LROR3RPJ7QFNQHNGZ7ONE','2026-11-29 05:57:26.059858+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',9,X'd010407a8abbfc42bd80d72984c98285aaeb26f92d66e3f02d70cf9a75c056ad');
INSERT INTO audit_events VALUES('01a225e1-3605-719b-adcc-d4c0b6ec9f6a','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','linkIdentityProvider','SUCCESS','','development','01a225e1-3222-78b1-8a3c-31cd81e94d32','','127.0.0.1','Python-urllib/3.11','ORDV65QMHSUP32UGUTLHQ6IT3I','2026-11-29 05:57:26.149105+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',10,X'17e0e2f786afcbe02e412bb397b9c4b8cf05e6a2551f8d0f759cee23fad1d69e');
INSERT INTO audit_events VALUES('01a225e1-3707-77f8-8f32-4a9bfbb78588','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd','requestEmailChange','SUCCESS','','development','01a225e1-3222-78b1-8a3c-31cd81e94d32','','127.0.0.1','Python-urllib/3.11','7XWES3B22ME3FNFHBIUKG5TACA','2026-11-29 05:57:26.407522+00:00','01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',11,X'20d306efb8f73e726793f755f9ddb1b1fcd2cf50d83354a7e6dcf54c84e8a09a');
INSERT INTO audit_events VALUES('01a225e1-3816-73f5-933f-2f5785e38be5','01a225e1-3747-7b92-ad22-c58c2ade8d75','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','4VN57K3EVBJE4WVBUMLVYJUTRM','2026-11-29 05:57:26.678259+00:00','01a225e1-3747-7b92-ad22-c58c2ade8d75',1,X'7eed1f030ef0d03cc3a22f7325ddd533cb4395431b62372b8b0259dd561f59f3');
INSERT INTO audit_events VALUES('01a225e1-3939-742a-968f-95ba2b78155d','01a225e1-3747-7b92-ad22-c58c2ade8d75','registerAccount','REFUSED','EMAIL_UNAVAILABLE','development','','','127.0.0.1','Python-urllib/3.11','MBJD3ZTM65YXL5HP3DJJDK6EOZ','2026-11-29 05:57:26.969273+00:00','01a225e1-3747-7b92-ad22-c58c2ade8d75',2,X'b85140cadac4f463b74b81832b585880ce0215464520c3e41ac8548c363dc581');
INSERT INTO audit_events VALUES('01a225e1-3a20-79a3-a2fd-a3368b5fe98b','01a225e1-394d-70e5-95de-cc5c237f3939','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','UJT2QWNHO37BPTN6H5IUNIKIBS','2026-11-29 05:57:27.200631+00:00','01a225e1-394d-70e5-95de-cc5c237f3939',1,X'c8a05be2094b7ebebb29fbd1cc2f2a119fcde13dbaf22eff04f4c0dbaf61f6cc');
INSERT INTO audit_events VALUES('01a225e1-3aaa-760e-ad6c-a48f0f50fc05','01a225e1-394d-70e5-95de-cc5c237f3939','signIn','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','Z2H6A67BYWEI346KNL77OUWELH','2026-11-29 05:57:27.338397+00:00','01a225e1-394d-70e5-95de-cc5c237f3939',2,X'8ee8b5155a7e319508684f977ca8ed7f648b5c49dd298c1c0c14ce0a9ae1e278');
INSERT INTO audit_events VALUES('01a225e1-3af4-7bf2-8316-6c44582766b2','01a225e1-394d-70e5-95de-cc5c237f3939','deleteAccount','SUCCESS','','development','01a225e1-3aaa-72fe-ba0b-b512d6669039','','127.0.0.1','Python-urllib/3.11','IUNYNK6LFAJDKDTLFTIKYCJ5IL','2026-11-29 05:57:27.412783+00:00','01a225e1-394d-70e5-95de-cc5c237f3939',3,X'12925b5875f735fc92ff9f715d8957b3c0a27987941c0b5920dfd7910e4d761b');
INSERT INTO audit_events VALUES('01a225e1-4171-7206-b081-6443c2c161bc','01a225e1-3ff8-77bb-a747-f3f0c540859c','account create','SUCCESS','','','','','','','','2026-11-29 05:57:29.073133+00:00','01a225e1-3ff8-77bb-a747-f3f0c540859c',1,X'c1226da58182cdc9263014550410d52bed9f7e0620957e8d46ec77c152b56608');
INSERT INTO audit_events VALUES('01a225e1-4250-7221-b49c-0885a277dba3','01a225e1-3ff8-77bb-a747-f3f0c540859c','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','NQZJQBFLHZDIKNXCPNT4UUPA2G','2026-11-29 05:57:29.29614+00:00','01a225e1-3ff8-77bb-a747-f3f0c540859c',2,X'118f2fa3f3e46e73d4e709ce24cca3eebc33738a03d9cfab34ffcef7dc056adc');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e1-2d82-7c19-83c2-3dc1c502f92d',1,X'68eecd3a3495ecf302d6272ba6e7ffd3effbbdd1279062152d261b080ae88ed8');
INSERT INTO audit_heads VALUES('01a225e1-2f37-70c1-9e3c-9eb2d0ea7dcd',11,X'20d306efb8f73e726793f755f9ddb1b1fcd2cf50d83354a7e6dcf54c84e8a09a');
INSERT INTO audit_heads VALUES('01a225e1-3747-7b92-ad22-c58c2ade8d75',2,X'b85140cadac4f463b74b81832b585880ce0215464520c3e41ac8548c363dc581');
INSERT INTO audit_heads VALUES('01a225e1-394d-70e5-95de-cc5c237f3939',3,X'12925b5875f735fc92ff9f715d8957b3c0a27987941c0b5920dfd7910e4d761b');
INSERT INTO audit_heads VALUES('01a225e1-3ff8-77bb-a747-f3f0c540859c',2,X'118f2fa3f3e46e73d4e709ce24cca3eebc33738a03d9cfab34ffcef7dc056adc');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 05:58:24.656849+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:57:24.665145+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:58:26.02256+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:57:26.022703+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:4d37069d00394eaedf26b9a5',1,'2026-11-29 06:57:26.022722+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:5a8d6481ad1647110a2e8108',1,'2026-11-29 06:08:26+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:4d37069d00394eaedf26b9a5',1,'2026-11-30 05:57:26.407187+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:58:26.407267+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:26.678528+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:14455960a275fe672d06288c:5ff860bf1190596c7188ab85',1,'2026-11-29 05:58:26.969408+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 05:58:27.200882+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 05:58:29.296144+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:57:29.296496+00:00','0001-01-01 00:00:00+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'ffb9cbf00f26fd6aae02bda954286586fc7e9fa15a63ca1e96c6e8ce30517530','2026-11-29 05:57:23');
INSERT INTO server_keys VALUES('outbox',X'72f28a3476e188d1079f89c09b18ec1f5e58d4f1613c3c586a3bed6413c3c865','2026-11-29 05:57:24');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',4);
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
CREATE INDEX audit_events_account ON audit_events (account_id, number);
CREATE UNIQUE INDEX audit_events_chain ON audit_events (chain, number);
CREATE INDEX budgets_reset ON budgets (resets_at);
CREATE UNIQUE INDEX identities_subject ON identities (identity_provider, issuer, subject);
CREATE UNIQUE INDEX identities_account ON identities (account_id, identity_provider, issuer);
