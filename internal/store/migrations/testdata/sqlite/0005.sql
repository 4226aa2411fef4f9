-- secrets: {"session": "as_dCK_QQr9xxlLNYLp8Pvd6c1ouv2vi27lB45_268vz_U", "account": "01a225e1-c9c2-7c5c-b238-11f4ca8353e7", "ended": "as_zXAZJs_Rz2zjzs4BsIkhJ9VSu9u7ixt7Ca9NYZr85u0", "other": "as_v-XPpNdIYweztfClcOSpcoO-bgLHrElQC_NxLNd4t3s", "code": "232165", "phone": "+48500100200", "emailToken": "39VfxwraCU-5Z2ykZTFEhPPV0ynaF0DWcAQVPXHeMqQ", "apiKey": "ak_gx560SsAlHUI_6E3I0zU_ZnOXe43Hy6zvmm_n2m02UqC1ai4sXJVs-QE", "at": "2026-11-29T05:58:09Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:58:03');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:58:03');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:58:03');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:58:03');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-29 05:58:03');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-29 05:58:03');
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
INSERT INTO accounts VALUES('01a225e1-c8d8-7404-8f71-843e4109cd39','ACTIVE','demo@example.com','2026-11-29 05:58:03.736256+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$2XO1GXhcSYyQ9DEWHlpXNw$ibK8gSP3hCaArxdfXNb94xhZvKEfHJEDfwXT99ZhuK8',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:03.736256+00:00','2026-11-29 05:58:03.736256+00:00',NULL,NULL,1);
INSERT INTO accounts VALUES('01a225e1-c9c2-7c5c-b238-11f4ca8353e7','ACTIVE','ada@example.com','2026-11-29 05:58:04.510572+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$YVirQPH6Wb4K5RvjAOJXVA$Pl9kfcmJCS8VavoPJxsgDcBvRH6Os07cirgwTCYZpSc',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:58:03.970808+00:00','2026-11-29 05:58:05.197394+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e1-d0f4-75e5-86ee-525978d09b2e','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$hZDQnrQWhohp+D7Sx7GucA$wadA0i7M67G7DyeyKBJ6EioSmQCfItJjyJcmg7k1tIM',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:05.812385+00:00','2026-11-29 05:58:05.812385+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES('01a225e1-d8e8-7cf6-a899-3a8570614f13','ACTIVE','erin@example.com','2026-11-29 05:58:07.848837+00:00','+48500100300','2026-11-29 05:58:07.848837+00:00','$argon2id$v=19$m=19456,t=2,p=1$XixFhymCSBsPui3YAtIxqw$2LAz6mFpGjpQTOdp/RFg5nlP3ATUNZPvAMY7v2+q9II',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:07.848837+00:00','2026-11-29 05:58:07.848837+00:00',NULL,NULL,1);
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e1-c9c2-7c5c-b238-11f4ca8353e7','GOOGLE','ada-at-google','2026-11-29 05:58:05.55519+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
, pending BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO consents VALUES('01a225e1-c9c2-7ccd-80d2-670a0bde6d20','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','email',1,'registerAccount','2026-11-29 05:58:03.970839+00:00',1);
INSERT INTO consents VALUES('01a225e1-c9c2-7cd0-abb9-45e9b682a148','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','sms',0,'registerAccount','2026-11-29 05:58:03.970839+00:00',0);
INSERT INTO consents VALUES('01a225e1-cbde-7bcf-b0fb-5406c96240be','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','email',1,'confirmAccountActivation','2026-11-29 05:58:04.510774+00:00',0);
INSERT INTO consents VALUES('01a225e1-ce8d-7843-a661-2213ff89a2cb','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','push',1,'updateAccount','2026-11-29 05:58:05.197542+00:00',0);
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
INSERT INTO sessions VALUES('01a225e1-cbdd-7f13-b4ac-bb9f33f6fd10','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','development',X'0d24fd857dae6a4d94d5458de9bccd7945f53f5d1dc905cb52c8cff4ffbb69d3','2026-11-29 05:58:04.509984+00:00','2026-11-29 05:58:04.112414+00:00','2026-11-29 05:58:04.509984+00:00','2026-12-29 05:58:04.509984+00:00','2026-12-06 05:58:04.509984+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-cc95-757a-b28d-d8c8b26063b0','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','development',X'0ef7e73158416e9fee12d264c8f78343c8a0d2c2b3a36003b4dd219a4fd54254','2026-11-29 05:58:04.693356+00:00','2026-11-29 05:58:05.774665+00:00','2026-11-29 05:58:04.693356+00:00','2026-12-29 05:58:04.693356+00:00','2026-12-06 05:58:04.693356+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES('01a225e1-cdb9-7df1-8096-08fc14da6f21','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','development',X'7b47d27d8f5696ebcfad229abf713a3df71c4a875cf1790723b2850a5bd0a4e0','2026-11-29 05:58:04.985911+00:00','2026-11-29 05:58:04.985911+00:00','2026-11-29 05:58:04.985911+00:00','2026-12-29 05:58:04.985911+00:00','2026-12-06 05:58:04.985911+00:00','Python-urllib/3.11','127.0.0.1');
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
INSERT INTO challenges VALUES('01a225e1-ce6b-7e87-9164-983bb6ad3809','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','PHONE_UPDATE',X'89555028be40ee1300c3fb0a4a40d13d758bf32f94d0c116c5c7f257e5c33643','+48500100200','ada@example.com',0,0,'2026-11-29 05:58:05.163949+00:00','2026-11-29 06:08:05.163949+00:00','2026-11-29 05:59:05.163949+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-d0ce-776f-9294-2afd21f7823c','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','EMAIL_CHANGE',X'63d51fec66063f79e4a5429463ecb3ebd14bc80b69e3611c598cf842916838ef','countess@example.com','ada@example.com',0,0,'2026-11-29 05:58:05.774484+00:00','2026-11-29 13:58:05.774484+00:00','2026-11-29 05:59:05.774484+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-d0ce-7777-9f44-8b1a27ae29e6','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','EMAIL_UNDO',X'8b31f892ebf52a27afd43c13b5ebbe14dadb55ff0cb25adabdd1caef910f60a0','ada@example.com','ada@example.com',0,0,'2026-11-29 05:58:05.774489+00:00','2026-12-02 05:58:05.774489+00:00','2026-11-29 05:59:05.774489+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-d19a-7c66-ac93-4168c28f3b48','01a225e1-d0f4-75e5-86ee-525978d09b2e','ACTIVATION',X'5e31e86ba0fe8032da79e75d31a86521f79bd361b1012dac333dc9145ed4cb15','bob@example.com','bob@example.com',0,0,'2026-11-29 05:58:05.978812+00:00','2026-11-29 13:58:05.978812+00:00','2026-11-29 05:59:05.978812+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-d29a-7bea-9bfc-3193ff95e9c8',NULL,'ACTIVATION',X'a9caf83cd9421a243583be5b6794ca93a40dd4ed471fa27eb874d05e41ec14be','','',0,0,'2026-11-29 05:58:06.23478+00:00','2026-11-29 13:58:06.23478+00:00','2026-11-29 05:59:06.23478+00:00',NULL);
INSERT INTO challenges VALUES('01a225e1-dbd2-73f0-b675-1f7adc882faa','01a225e1-d8e8-7cf6-a899-3a8570614f13','PASSWORD_RESET',X'c774e1b01c0dd0cdf1a5147d23c4cd0202ddb5efaa8a7e555d9521881d216b54','erin@example.com','erin@example.com',0,0,'2026-11-29 05:58:08.594257+00:00','2026-11-29 06:28:08.594257+00:00','2026-11-29 05:59:08.594257+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:58:03.730658+00:00',NULL,NULL,'2026-11-29 05:58:06.562452+00:00');
INSERT INTO api_keys VALUES('gx560SsAlHUI','shop',X'2725d9ccdce956d8dadf85babe7e7b8a6324b3c83e991f07361fd9f56af407d5','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:58:07.767737+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e1-ca3f-73a1-929e-f327341324a6','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','01a225e1-ca3f-73b3-bf60-d4c7aa274609','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:04.095242Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:04.095234+00:00','2026-11-29 05:58:54.108056+00:00',1,'2026-11-29 05:58:04.110316+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-ce6b-7ebc-b2c2-27e711fe63ac','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','01a225e1-ce6b-7e87-9164-983bb6ad3809','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:08:05.163949Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:05.163964+00:00','2026-11-29 05:58:55.172513+00:00',1,'2026-11-29 05:58:05.19385+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-cff3-749d-84bb-38a1e8cfa516','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:05.555298+00:00','2026-11-29 05:58:55.558081+00:00',1,'2026-11-29 05:58:05.561116+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-d0ce-777c-a5e1-d8574390bbf3','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','01a225e1-d0ce-776f-9294-2afd21f7823c','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:05.774484Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:05.77449+00:00','2026-11-29 05:58:55.79081+00:00',1,'2026-11-29 05:58:05.80961+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-d0ce-7782-91e2-ec9ee2f77017','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','01a225e1-d0ce-7777-9f44-8b1a27ae29e6','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:58:05.774489Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:05.774491+00:00','2026-11-29 05:58:55.79081+00:00',1,'2026-11-29 05:58:05.808955+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-d19a-7c5d-be3f-0cee39ca94da','01a225e1-d0f4-75e5-86ee-525978d09b2e','01a225e1-d19a-7c66-ac93-4168c28f3b48','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:58:05.978812Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:05.978805+00:00','2026-11-29 05:58:55.999152+00:00',1,'2026-11-29 05:58:06.000794+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-d29a-7bdf-9b17-adab2dfbfc3f','','01a225e1-d29a-7bea-9bfc-3193ff95e9c8','EMAIL','ACTIVATION','bob@example.com','{"sealed":"5XcK/aasM7wIuZltTtVUElkmhBbaGO/cYgV+ROdbhjHTlwZoX6X+/Ro+Di5qJ0jDWOp1u2VAMssmodlSGrhiExTfrz6XPvkyBAjzWTD/CmpnGcg","name":"Robert","expiresAt":"2026-11-29T13:58:06.23478Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:06.234773+00:00','2026-11-29 05:59:05.992439+00:00',0,NULL,NULL,NULL);
INSERT INTO outbox VALUES('01a225e1-dbd2-7729-9663-8741ae001356','01a225e1-d8e8-7cf6-a899-3a8570614f13','01a225e1-dbd2-73f0-b675-1f7adc882faa','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"oysX251KiZ1sPI9Wq9a3LpwVO+O4Er4MGOtm3QYfFzrR8EhLgIt8E5Z4S5rbDS1JT2ITea8fyJts1zIqImkp77S20YpY3NtBFHiDOjxyZ1w/5ys","expiresAt":"2026-11-29T06:28:08.594257Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:08.594468+00:00','2026-11-29 05:58:14.180461+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e1-c9a4-742d-97d1-dff11a400c1b','01a225e1-c8d8-7404-8f71-843e4109cd39','account create','SUCCESS','','','','','','','','2026-11-29 05:58:03.940274+00:00','01a225e1-c8d8-7404-8f71-843e4109cd39',1,X'f190e9dfbc2b88e86eaa6cd06bbdbf9f2372b6589409bdc13d877423747db121');
INSERT INTO audit_events VALUES('01a225e1-ca3f-73af-bc40-6be4ce40ee49','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','WUGBTEB3NLVBGG4OLU4MO3PAJ5','2026-11-29 05:58:04.095241+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',1,X'a7e967384c5a96247995dc102385816c08f94eead7fa46382bcdc7a7be313804');
INSERT INTO audit_events VALUES('01a225e1-cbdf-7459-bd96-d7e057533a7a','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','confirmAccountActivation','SUCCESS','','development','01a225e1-cbdd-7f13-b4ac-bb9f33f6fd10','','127.0.0.1','Python-urllib/3.11','J5O3QPO5E5PEB73KCAZUM3G5CS','2026-11-29 05:58:04.511285+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',2,X'451117fa62931b49fcd92f04166f573d91702c2025446f8b06bce2b5286bfde3');
INSERT INTO audit_events VALUES('01a225e1-cc95-78c4-ba00-0aeb2784e572','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','signIn','SUCCESS','','development','01a225e1-cc95-757a-b28d-d8c8b26063b0','','127.0.0.1','Python-urllib/3.11','AN3JKHLFC5EFZMUWYTDS3WIFVA','2026-11-29 05:58:04.693574+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',3,X'b283b29951087d19bf0149d88c5707136bd7fb453589dcd0c97a9add4ba02517');
INSERT INTO audit_events VALUES('01a225e1-cd5a-72a1-841d-b921c071e699','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','signIn','SUCCESS','','development','01a225e1-cd59-7e35-a933-877b8989d4a9','','127.0.0.1','Python-urllib/3.11','KRVS547JHKGXFC4K6WZYDNAERM','2026-11-29 05:58:04.890172+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',4,X'33aad98bc43279ef35f8ebe45a62793efe33310053b7fc000fb2df960a30f6f0');
INSERT INTO audit_events VALUES('01a225e1-cd68-77b3-bd4a-4a97e465e408','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','signOut','SUCCESS','','development','01a225e1-cd59-7e35-a933-877b8989d4a9','','127.0.0.1','Python-urllib/3.11','6BXOUS52BIS7U6F6XQENQA4MRB','2026-11-29 05:58:04.904505+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',5,X'7286b4c880fb1ddf96cc2d3bb5092f10d1f1c7f3aa24240178acc19301979001');
INSERT INTO audit_events VALUES('01a225e1-cdba-71b2-a13d-f1156a41787d','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','signIn','SUCCESS','','development','01a225e1-cdb9-7df1-8096-08fc14da6f21','','127.0.0.1','Python-urllib/3.11','KQV2AG4V5MGEVWN4SQPN5QEMKV','2026-11-29 05:58:04.986111+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',6,X'c5983a1837e6dc8cdb64c3f891c1dc940a878f0fcab3d3398abde60e5ecf64f6');
INSERT INTO audit_events VALUES('01a225e1-ce6e-7e12-9677-8972784a8238','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','requestPhoneUpdate','SUCCESS','','development','01a225e1-cc95-757a-b28d-d8c8b26063b0','','127.0.0.1','Python-urllib/3.11','ROPA34MT5VU3FVJEXC6NXVC75Q','2026-11-29 05:58:05.166922+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',7,X'6b8de05f5bf08d96a8bc620cab5a825f71c048014f3f93ee33a9059329b35efc');
INSERT INTO audit_events VALUES('01a225e1-ce8d-797f-8d67-ce21aeff5e79','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','updateAccount','SUCCESS','','development','01a225e1-cc95-757a-b28d-d8c8b26063b0','','127.0.0.1','Python-urllib/3.11','4UGX3L6DVFL3UE7LEI6W2TBRAT','2026-11-29 05:58:05.197622+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',8,X'a0851743445b31015b17d10a921f8b085a44951d50aff7c94d00ae2d32422ab4');
INSERT INTO audit_events VALUES('01a225e1-cf8f-7007-b822-f994b1d54354','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','WSC6Z3TISUUGT66ICNO2WIQBLX','2026-11-29 05:58:05.455002+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',9,X'2b8166677e649dba2685b4a388adb4138723c6b7973869ee42f2d639d126c999');
INSERT INTO audit_events VALUES('01a225e1-cff3-75ae-a453-57516bbf67e2','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','linkIdentityProvider','SUCCESS','','development','01a225e1-cc95-757a-b28d-d8c8b26063b0','','127.0.0.1','Python-urllib/3.11','EPOE2VP6YI3LOOJSLKB7Z7QX3M','2026-11-29 05:58:05.555372+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',10,X'b758a4c4141e90adae6a809efb503bac24132d2e67d4b3e456adf255e8109447');
INSERT INTO audit_events VALUES('01a225e1-d0d2-7991-ad0f-04cc4fd0a836','01a225e1-c9c2-7c5c-b238-11f4ca8353e7','requestEmailChange','SUCCESS','','development','01a225e1-cc95-757a-b28d-d8c8b26063b0','','127.0.0.1','Python-urllib/3.11','GXIFKNMSM5I2UV6GFPD2YQ455R','2026-11-29 05:58:05.778627+00:00','01a225e1-c9c2-7c5c-b238-11f4ca8353e7',11,X'df4dfa3cff21f3dd63c980310f95aa406238b64c4921744a1924ef3c599382d4');
INSERT INTO audit_events VALUES('01a225e1-d19a-7c63-b53c-5b2cb70b43fb','01a225e1-d0f4-75e5-86ee-525978d09b2e','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','2HMSIKSXAV23UC3LLPM7JI7XVS','2026-11-29 05:58:05.978811+00:00','01a225e1-d0f4-75e5-86ee-525978d09b2e',1,X'f8cd0c9fe8c0e343fd0b476f9e54e19f115ff74099856e51d943ce282b6d59f2');
INSERT INTO audit_events VALUES('01a225e1-d29a-7be6-885a-a22eae2809ef','','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','O2HA6UMSWLOWUMJYGNBFTPVKNY','2026-11-29 05:58:06.234779+00:00','key:development',1,X'6c1f63aed15d062d5dcc01c2583f0418d260056dc9380a988dcb66d16021d313');
INSERT INTO audit_events VALUES('01a225e1-d319-7141-afc2-3e02c9ec9830','01a225e1-d2b3-7694-be17-736903990a68','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','4DFZBJ5VJTFSOU3EVYLNTAFZZ6','2026-11-29 05:58:06.361082+00:00','01a225e1-d2b3-7694-be17-736903990a68',1,X'd135eada70dd0f44c2bbd4901eaaf77a19ee23af35c61c16aa33d1e45928c14d');
INSERT INTO audit_events VALUES('01a225e1-d3c6-767a-bc5e-561791309cc5','01a225e1-d2b3-7694-be17-736903990a68','signIn','SUCCESS','','development','01a225e1-d3c6-733f-a55c-6a28b408172e','','127.0.0.1','Python-urllib/3.11','YNV4ZX3H5MQMJK4VGT7N5V6KX7','2026-11-29 05:58:06.534424+00:00','01a225e1-d2b3-7694-be17-736903990a68',2,X'03ef2a37de9cb786be7d0428e03d7fc862251d7164607c14eec4b27eedc0b18e');
INSERT INTO audit_events VALUES('01a225e1-d42c-7a9d-8534-6f66c2bd12b9','01a225e1-d2b3-7694-be17-736903990a68','deleteAccount','SUCCESS','','development','01a225e1-d3c6-733f-a55c-6a28b408172e','','127.0.0.1','Python-urllib/3.11','IMRS5VJAJBVST2VJJ3BZ3BNU3A','2026-11-29 05:58:06.636695+00:00','01a225e1-d2b3-7694-be17-736903990a68',3,X'3315af4d95ae0939ef081470825144d079d203c697ece9ee3e2d45a99ab1c635');
INSERT INTO audit_events VALUES('01a225e1-da04-7676-818a-8c4a95c27ee6','01a225e1-d8e8-7cf6-a899-3a8570614f13','account create','SUCCESS','','','','','','','','2026-11-29 05:58:08.132425+00:00','01a225e1-d8e8-7cf6-a899-3a8570614f13',1,X'2dbf5c6b8517af6fcc1aa0c3aabc08b27f4597e3cc3bb06b777e92a317f3dc0d');
INSERT INTO audit_events VALUES('01a225e1-dbd1-7bb2-88ff-d052168e351e','01a225e1-d8e8-7cf6-a899-3a8570614f13','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','ZNDRFX4ICKSY2NPSC2SE6XKOH4','2026-11-29 05:58:08.593766+00:00','01a225e1-d8e8-7cf6-a899-3a8570614f13',2,X'00dc38a0906d04e79657861b505a845c084359892f9f8d311c29c3d992f9aeae');
CREATE TABLE audit_heads (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
);
INSERT INTO audit_heads VALUES('01a225e1-c8d8-7404-8f71-843e4109cd39',1,X'f190e9dfbc2b88e86eaa6cd06bbdbf9f2372b6589409bdc13d877423747db121');
INSERT INTO audit_heads VALUES('01a225e1-c9c2-7c5c-b238-11f4ca8353e7',11,X'df4dfa3cff21f3dd63c980310f95aa406238b64c4921744a1924ef3c599382d4');
INSERT INTO audit_heads VALUES('01a225e1-d0f4-75e5-86ee-525978d09b2e',1,X'f8cd0c9fe8c0e343fd0b476f9e54e19f115ff74099856e51d943ce282b6d59f2');
INSERT INTO audit_heads VALUES('key:development',1,X'6c1f63aed15d062d5dcc01c2583f0418d260056dc9380a988dcb66d16021d313');
INSERT INTO audit_heads VALUES('01a225e1-d2b3-7694-be17-736903990a68',3,X'3315af4d95ae0939ef081470825144d079d203c697ece9ee3e2d45a99ab1c635');
INSERT INTO audit_heads VALUES('01a225e1-d8e8-7cf6-a899-3a8570614f13',2,X'00dc38a0906d04e79657861b505a845c084359892f9f8d311c29c3d992f9aeae');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('messages of strangers',4,'2026-11-29 06:58:04.094696+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:58:04.09515+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 06:58:04.10103+00:00','2026-11-29 05:59:04.10103+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:59:05.164609+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('decoy:b602df0633884812bb208ab4',3,'2026-11-29 06:58:05.165463+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:58:05.165579+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:1afdc4fcaa3f7e7583027252',1,'2026-11-29 06:58:05.166739+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:4df263752fc56a1f8dc42ecb',1,'2026-11-29 06:09:05+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:1afdc4fcaa3f7e7583027252',1,'2026-11-30 05:58:05.774869+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:59:05.775004+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 06:58:05.778261+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',2,'2026-11-29 06:58:05.992439+00:00','2026-11-29 06:00:05.992439+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 06:58:06.361425+00:00','2026-11-29 05:59:06.361425+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:58:08.594172+00:00','2026-11-29 05:59:08.594172+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'b3b6060492326184a86c0c4a83977b156b8a4962c4468bfe0e381ee5902db465','2026-11-29 05:58:03');
INSERT INTO server_keys VALUES('outbox',X'e07e21f47e43b10ce5f88f8293e06faa561bcdb7e566e31316b24aab664f33c7','2026-11-29 05:58:04');
CREATE TABLE registrations (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    email        TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME NOT NULL,
    sealed       TEXT     NOT NULL
);
INSERT INTO registrations VALUES('01a225e1-d19a-7d99-b75f-4166b09f941b','01a225e1-d0f4-75e5-86ee-525978d09b2e','01a225e1-d19a-7c66-ac93-4168c28f3b48','bob@example.com','2026-11-29 05:58:05.97889+00:00','2026-12-06 05:58:05.97889+00:00','ku3vtLJQ64DySXRw9rLp+DugNRC8hY7sR2JZpcsBkUIJn8PtlG/dMLEXH4Fh1Mc3XmlQi6eEUGCTutrBxB8M6mvQsEj4mEWgrirOupfZgLj49HLGcOIKrT6Btif3FZwCHHJiaRoPuz4tmEsNXUYROdrvkv0AawM/Vd4uFYggUn+WfL3yrjDBHtu3yU+zpUtzQ93Mcaq6QS6favlSA2G7SWgIgx7EURszHvWUxLxCswxkOM1M0ryxptM6Y/Nm5vAaIWVrLZUqUAtBkN4lVUOHYNjxOTKebFp2fGO5jti28mKLxzC/fzkIQl/8oc9OGhFM2UTpBiVYayltMFjMtzTSqXdmRAnxLc1OU9dVWe5c2ONnecDGItaMxL5FBBrs9+DaEQm3bXPSvc3ll1JCfSgNIHVPLEHDaAMLa3T+jB3LSOw89Ql3jYpEFwcHddwsNk6NH8fckgz2oOH5zXfx1IMy2bchv8lJZRC3uadK+W91rKd/fN8FAmMP+np+MGE7y0SvypyvhbQ+mSqTsYe2JqHc+C/MP8ghnJRj+v3BUjZlFe9FTXXj2prqmTMBVAypHzteu27wVhMv07t3h1BGTBueF90RH/m78RCVIi9IZb88XEyDEQpVTv7OdA5Eiv/5tBrr9mUQvETPX6+9QaU7Uz4Xru8JFlIyXNwoC28GfT6UTnEzRGt8KCJvDnM9Ttm/tP3izQjMWrnMW5yoMoh0V8zBTPfOPAPZ/EeQczS4UZTQvXHX4Peaa2QVI7MXLXegc8HuFDX5n3v25eBIUhjSD+IKSin+DWfMgupnbYqPVtfgw258pmpG+DWzbNFImmc9n4lwymmhiRfdsIzmk+ChMFi7d3yZZOrfQV2hkbqJ2n5LdMamiMJZHBgLez6XIXhU32Pe6rYaN2CtmYfJd5Qjps+KKcJ+qPgbeWKvxGTZNOTuE2r+hW6lc0jE/x6bDupg/DgFxuc3szuZgR8xF4L2OZ1dG4IOBIHBascv6xMWSgAsZfSuypxqq4aQUFPgxVrTbefPFHMpgNwl4Nk2KaTFgeVBfa3osQQOFvlK7k3KELylbTT5uDO6UUm4FyXvkuBbN3abvxC4QDLHiapZeh/7tmU4CQ3xSpxePMbTou/151/85wZebziRWWH6mo8K8vYPs5wOvzgDfNkt91khKNIxNCG5GhcMhY70wQD6brwCOg');
INSERT INTO registrations VALUES('01a225e1-d29a-7e41-8a6a-b20bb704ca7b','','01a225e1-d29a-7bea-9bfc-3193ff95e9c8','bob@example.com','2026-11-29 05:58:06.234933+00:00','2026-12-06 05:58:06.234933+00:00','cCPJFno63rPMYWcOyMz2+XooZnTEERHD7USzaFq9oqDORr8m7truK7Vk/TCUuuRmQSyv7uv+J94NpO2fC+9T4LT5O8R7cyYRR5+/vdY124Ixihz09wZ10y9j2cIMtDB6N+SA1sD/y62sOi8nyIp0j4nrBgGHzTpgRyaSiCOiKhOg8nNgv5NYHkgdvua2RUXXrjt6Z8RHwmJK2v8ksuqymeh/B/6zmyFYSLD8NBObe+7EsQY6eNojlg3Rq2WfcyXda2pBJXCj9YJS3XYTuMQCYDd7hBCMk389WevWiNDMphNQLkOcT7yme4t/HuXJ9egMrxfUzbURTjaLpuK1Ugsm2TlxNsbhvo4wFbXUmqOJurKPCFGr5j4pYYhbqsgu0hlvRbj+wWT4kauGbLf5hu/vGi7YeVG7PHvQL2HgXQiCsIxkb7if4Gw2oM3gnC9tI12MhBY+Kb5Zsulh7JucCX5R4C9RVkTUCpmaEjuV8I+44+9tHhaZStjc86hN5aw7pC0gyw+hSylyg+7tIVp5n0H+VRcYDtF822GEKaT97zCVdV50Vnuoont/pYFhk0p/KK57SFkne4jASpyHfxEUeYLcK/86N87byrFojwCT6ooNvncuP5Wpvq6Tk7TOmxVPSp8awbC0yqxK/mKksmFI54Lbr/ckb93l3X/gl6oeDWKzwIAEkaIaiRSHAWutrcKylPtiW/Sa7F7VBrMFUyJCQrzI+hG+Xk5s+1kzthDWneqG6XIadVcdxKeAdijNaUcn0nVexZ7gd6ex4qMTnyPu2n2XA/SWSKF1hhHYTVftT/le7vOmK/OiYqpYmgh7Vo2O/KxtTtnKftLwn3fPCd00YYISRpuC6qtR/F48wrZkqwqVnR7Ru9WUnPZHOc/+F7SBs+QO+89/uhYJVIWj3N14EhvjkZ92fyqxKxmLfNjxXAAN/gG6y7C3oKbDRpxO9sUdtVIQu5rOifV7NjzMFvEqT8W14l9+zQKsmG6mnYgMStMZl599q/SN5nCrgWW+9eVmNT6OMEYsPioAjQF/xzNcHM8westCJc+cqG0y8J3zOCYrevcWtZ4K+BIrPqKZQNHe7i/PYUi609Tom+tTsTgGsR9R3ZXRcWkjoxbNpBysiBthzLCLA4ErCoYJYkb45eklteOxLHjQPmOFt93W8Fm5ClXIbom5oc2nlsln7fslzsxMIA');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',6);
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
