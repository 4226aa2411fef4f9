-- secrets: {"session": "as_uvskzEB9j7G5UKna-oMlEM26R4bS0pzDFH8UXYsoNfo", "account": "01a225e2-66e0-7edd-8a2d-36577625e103", "ended": "as_YqVDr6CHfF3l9nMZ6mTXZBrqdTca_54d4RQVpJ0iD4g", "other": "as_H_w0wujtFnkNUKqQ_znnT0DX1LFC9BDZESLdl0CVwFU", "code": "178371", "phone": "+48500100200", "emailToken": "ueRQSni3dIenGI-T6Sn-seNOPW2eNXANG1h4KWHzkiE", "apiKey": "ak_Piwx1fIQ7PgV_1Grwitb16bt1556wqJ_99omgTo5_KFzy4i0sV0j6bvg", "at": "2026-11-29T05:58:47Z"}
PRAGMA application_id = 1097027916;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(8,7,1,'2026-11-29 05:58:43');
INSERT INTO goose_db_version VALUES(9,8,1,'2026-11-29 05:58:43');
CREATE TABLE identities (
    account_id        TEXT     NOT NULL REFERENCES accounts (id),
    identity_provider TEXT     NOT NULL,
    subject           TEXT     NOT NULL,
    linked_at         DATETIME NOT NULL
, issuer TEXT NOT NULL DEFAULT '', tokens_from DATETIME);
INSERT INTO identities VALUES('01a225e2-66e0-7edd-8a2d-36577625e103','GOOGLE','ada-at-google','2026-11-29 05:58:45.029787+00:00','http://127.0.0.1:54980',NULL);
CREATE TABLE consents (
    id          TEXT     NOT NULL PRIMARY KEY,
    account_id  TEXT     NOT NULL REFERENCES accounts (id),
    channel     TEXT     NOT NULL,
    value       BOOLEAN,
    source      TEXT     NOT NULL,
    recorded_at DATETIME NOT NULL
, pending BOOLEAN NOT NULL DEFAULT FALSE);
INSERT INTO consents VALUES('01a225e2-66e1-701e-bd75-fefb58f618a8','01a225e2-66e0-7edd-8a2d-36577625e103','email',1,'registerAccount','2026-11-29 05:58:44.193007+00:00',1);
INSERT INTO consents VALUES('01a225e2-66e1-7021-9843-4c90feb76efa','01a225e2-66e0-7edd-8a2d-36577625e103','sms',0,'registerAccount','2026-11-29 05:58:44.193008+00:00',0);
INSERT INTO consents VALUES('01a225e2-67a8-7c77-bce8-2835716c03ab','01a225e2-66e0-7edd-8a2d-36577625e103','email',1,'confirmAccountActivation','2026-11-29 05:58:44.392817+00:00',0);
INSERT INTO consents VALUES('01a225e2-6977-78db-9eb4-aa382f912820','01a225e2-66e0-7edd-8a2d-36577625e103','push',1,'updateAccount','2026-11-29 05:58:44.85558+00:00',0);
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
INSERT INTO challenges VALUES('01a225e2-696e-72aa-a2b2-3d5d0f4dc48d','01a225e2-66e0-7edd-8a2d-36577625e103','PHONE_UPDATE',X'4e52f88aefb2fe5a75f9116e996b6fcf5661cb9f6d023b0db0e98f2a2f6e6ebc','+48500100200','ada@example.com',0,0,'2026-11-29 05:58:44.846172+00:00','2026-11-29 06:08:44.846172+00:00','2026-11-29 05:59:44.846172+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-6a4a-7ad5-b7f5-0a83768c66b2','01a225e2-66e0-7edd-8a2d-36577625e103','EMAIL_CHANGE',X'084613144ce6a6ebb527ff1df85f167774a495efff46767204267871f25ae05e','countess@example.com','ada@example.com',0,0,'2026-11-29 05:58:45.066707+00:00','2026-11-29 13:58:45.066707+00:00','2026-11-29 05:59:45.066707+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-6a4a-7adc-83c5-07825ade8210','01a225e2-66e0-7edd-8a2d-36577625e103','EMAIL_UNDO',X'd99e1ad7b8fd956b5ca4cc69badd460b41cb6ff56f87cfc78df76f2ea31a13db','ada@example.com','ada@example.com',0,0,'2026-11-29 05:58:45.066711+00:00','2026-12-02 05:58:45.066711+00:00','2026-11-29 05:59:45.066711+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-6a7c-7107-8c83-4840929a6609','01a225e2-6a53-72d3-92bc-9835d0dcc230','ACTIVATION',X'4a386d8ae924e509bbbab3e4f9bfb4b40c74cc82fdc58178367537b5a3ba6125','bob@example.com','bob@example.com',0,0,'2026-11-29 05:58:45.116067+00:00','2026-11-29 13:58:45.116067+00:00','2026-11-29 05:59:45.116067+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-6aa1-7653-bfde-1936a4019b95',NULL,'ACTIVATION',X'6472c18c9ec393c8ccb954bcc53db5708755b3466a047b1774b9a3d184c8582e','','',0,0,'2026-11-29 05:58:45.153414+00:00','2026-11-29 13:58:45.153414+00:00','2026-11-29 05:59:45.153414+00:00',NULL);
INSERT INTO challenges VALUES('01a225e2-7114-77d9-a6df-f39a0fd94132','01a225e2-6fe2-7174-a3ef-b6156e639bf7','PASSWORD_RESET',X'33550f75ce0af6ce992720616686a83131f7324229b3f201ada543b059e4c18e','erin@example.com','erin@example.com',0,0,'2026-11-29 05:58:46.80451+00:00','2026-11-29 06:28:46.80451+00:00','2026-11-29 05:59:46.80451+00:00',NULL);
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
INSERT INTO api_keys VALUES('development','development',X'f143c45b0f5fb9b6a08fe972d51bf1bea7bfa846ed9138fe62b3c885e994b166','["API_PERSONAL_INFORMATION_CLIENT_READ","API_PERSONAL_INFORMATION_CLIENT_UPDATE","SAUTH_CHANGE_PASSWORD_CLIENT_UPDATE","SAUTH_PASSWORD_RESET_CLIENT_CREATE","SAUTH_CLIENT_DELETE","SAUTH_CHANGE_EMAIL_CLIENT_UPDATE","API_PERSONAL_PHONE_CLIENT_CREATE","SAUTH_REGISTER_CLIENT_CREATE","SAUTH_LOGIN_CLIENT_CREATE","SAUTH_LOGOUT_CLIENT_CREATE"]',NULL,'2026-11-29 05:58:44.046176+00:00',NULL,NULL,'2026-11-29 05:58:45.246698+00:00');
INSERT INTO api_keys VALUES('Piwx1fIQ7PgV','shop',X'bdcd313329a0b2c41933d6f1583088e0917edf213e5913340920388afab145c8','["API_PERSONAL_INFORMATION_CLIENT_READ"]',NULL,'2026-11-29 05:58:46.423552+00:00',NULL,NULL,NULL);
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
INSERT INTO outbox VALUES('01a225e2-6748-7704-8fd7-cdb37d49d8be','01a225e2-66e0-7edd-8a2d-36577625e103','01a225e2-6748-7710-b915-a497c0d7e46f','EMAIL','ACTIVATION','ada@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:44.296462Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:44.296457+00:00','2026-11-29 05:59:34.305661+00:00',1,'2026-11-29 05:58:44.323441+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-696e-72df-84af-0de5782210bf','01a225e2-66e0-7edd-8a2d-36577625e103','01a225e2-696e-72aa-a2b2-3d5d0f4dc48d','SMS','PHONE_CODE','+48500100200','{"name":"Ada","expiresAt":"2026-11-29T06:08:44.846172Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:44.846187+00:00','2026-11-29 05:59:34.850239+00:00',1,'2026-11-29 05:58:44.852774+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-6a25-7de0-9808-1861a9753386','01a225e2-66e0-7edd-8a2d-36577625e103','','EMAIL','IDENTITY_LINKED','ada@example.com','{"name":"Ada","destination":"Google","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:45.029905+00:00','2026-11-29 05:59:35.032001+00:00',1,'2026-11-29 05:58:45.033639+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-6a4a-7adf-bb2c-14a987cd3e6d','01a225e2-66e0-7edd-8a2d-36577625e103','01a225e2-6a4a-7ad5-b7f5-0a83768c66b2','EMAIL','EMAIL_CHANGE','countess@example.com','{"name":"Ada","expiresAt":"2026-11-29T13:58:45.066707Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:45.066712+00:00','2026-11-29 05:59:35.070199+00:00',1,'2026-11-29 05:58:45.072717+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-6a4a-7ae3-abd7-0758c380628e','01a225e2-66e0-7edd-8a2d-36577625e103','01a225e2-6a4a-7adc-83c5-07825ade8210','EMAIL','EMAIL_CHANGE_REQUESTED','ada@example.com','{"name":"Ada","destination":"c•••@example.com","expiresAt":"2026-12-02T05:58:45.066711Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:45.066713+00:00','2026-11-29 05:59:35.070199+00:00',1,'2026-11-29 05:58:45.072899+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-6a7c-70fa-93e2-02c0a960a6b5','01a225e2-6a53-72d3-92bc-9835d0dcc230','01a225e2-6a7c-7107-8c83-4840929a6609','EMAIL','ACTIVATION','bob@example.com','{"name":"Bob","expiresAt":"2026-11-29T13:58:45.116067Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:45.11606+00:00','2026-11-29 05:59:35.123165+00:00',1,'2026-11-29 05:58:45.137618+00:00',NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-6aa1-764a-bec5-f562d690f570','','01a225e2-6aa1-7653-bfde-1936a4019b95','EMAIL','ACTIVATION','bob@example.com','{"sealed":"FT+C3GqgRW2Xcf9X8Dyr7/sYlne904wVEnQIEpRN/Q7ZFxcNOors/oPMfHUj2DgQq+yxa9vYSFbZds3phS7xZfTUogmpuQ/vyd1bFZ6P/d/18Nc","name":"Robert","expiresAt":"2026-11-29T13:58:45.153414Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:45.15341+00:00','2026-11-29 05:59:45.116094+00:00',0,NULL,NULL,NULL);
INSERT INTO outbox VALUES('01a225e2-7114-7d1b-854e-44b75d7806c5','01a225e2-6fe2-7174-a3ef-b6156e639bf7','01a225e2-7114-77d9-a6df-f39a0fd94132','EMAIL','PASSWORD_RESET','erin@example.com','{"sealed":"z7HKSO3X16p3Zn7QvUUBOqrIojuMSar6jrSXZY/+xWCj9Mi0yrg1lIe5XmMDT109pBdzWdYbilOcPQv2eZakl4Hj6cUWlHuMcuMWgTXbXRA1+SA","expiresAt":"2026-11-29T06:28:46.80451Z","ip":"127.0.0.1","userAgent":"Python-urllib/3.11"}','2026-11-29 05:58:46.804858+00:00','2026-11-29 05:58:51.43842+00:00',1,NULL,NULL,'connect to the mail server: dial tcp [removed]:1: connect: connection refused');
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
INSERT INTO audit_events VALUES('01a225e2-66bf-7f27-bb84-5b30c0057159','01a225e2-6665-7459-8ff7-2ddf33a5a78a','account create','SUCCESS','','','','','','','','2026-11-29 05:58:44.159994+00:00','01a225e2-6665-7459-8ff7-2ddf33a5a78a',1,X'0fb2ef1c638f512276fdeb7199b553c98b2fdf4d4d4927f0946ffffa1d3ed8f5');
INSERT INTO audit_events VALUES('01a225e2-6748-7f33-bdff-1e2e3ce7c0e0','01a225e2-66e0-7edd-8a2d-36577625e103','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','A3RPMT4B3TG56WRS6VTUYVJ3K4','2026-11-29 05:58:44.296996+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',1,X'802ea072b902ce3c293b6fcca104a0aba2a68bfceddce3e0136ab98ed7e14b19');
INSERT INTO audit_events VALUES('01a225e2-67a8-7e9f-81a9-ea59234161bc','01a225e2-66e0-7edd-8a2d-36577625e103','confirmAccountActivation','SUCCESS','','development','01a225e2-67a7-76da-adec-c3fd0ef8cf46','','127.0.0.1','Python-urllib/3.11','Z3U6V5GEJLAD22CJSWUSJ5VESE','2026-11-29 05:58:44.392958+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',2,X'3df33ea0e4d6dcc9489e88a7995d69ce5f5edf465020b750526404c1e0cc2287');
INSERT INTO audit_events VALUES('01a225e2-6812-7c42-860d-f42ca90b39c3','01a225e2-66e0-7edd-8a2d-36577625e103','signIn','SUCCESS','','development','01a225e2-6811-7eb0-b5ed-61ec64652434','','127.0.0.1','Python-urllib/3.11','ZKL4XZCRDBEAO27WZTVLJHXCG3','2026-11-29 05:58:44.498803+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',3,X'ed403d0ea49f7179f4b5d1292614ddfe32457bd8f9a02a6ef0ebdb88a93dc225');
INSERT INTO audit_events VALUES('01a225e2-68a5-7f3c-829d-10213047f90a','01a225e2-66e0-7edd-8a2d-36577625e103','signIn','SUCCESS','','development','01a225e2-68a5-7ce3-a3df-326d7e5060fd','','127.0.0.1','Python-urllib/3.11','5K7LDR6HATJ5EJWFF5NHSWQG5O','2026-11-29 05:58:44.645998+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',4,X'55960bf061194f6d61731a03e11e8b161ec8dc78667b8fe78cb14132c6982301');
INSERT INTO audit_events VALUES('01a225e2-68d1-7c93-a86a-34c0d3805a44','01a225e2-66e0-7edd-8a2d-36577625e103','signOut','SUCCESS','','development','01a225e2-68a5-7ce3-a3df-326d7e5060fd','','127.0.0.1','Python-urllib/3.11','UKHN2UR3BRVVLWUGVZJS7LNASU','2026-11-29 05:58:44.689824+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',5,X'520a5632bb9294cb7e2265ba262a1ffd7a039d0ad0d19805b986887b86916cf4');
INSERT INTO audit_events VALUES('01a225e2-692e-74c5-9f22-edc9865a6224','01a225e2-66e0-7edd-8a2d-36577625e103','signIn','SUCCESS','','development','01a225e2-692e-72b1-9357-4ddee98eca56','','127.0.0.1','Python-urllib/3.11','SBQUDDD2B54XUC7LTP5PY5FIRN','2026-11-29 05:58:44.782312+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',6,X'9665ca003b3ddecb4f37cfcce8972728404007a1900919de07ed4122d8147fdd');
INSERT INTO audit_events VALUES('01a225e2-696e-7961-8242-b8f2cac32090','01a225e2-66e0-7edd-8a2d-36577625e103','requestPhoneUpdate','SUCCESS','','development','01a225e2-6811-7eb0-b5ed-61ec64652434','','127.0.0.1','Python-urllib/3.11','SQXRGNYWC5QLUFDNHMEMK6NFLD','2026-11-29 05:58:44.846615+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',7,X'b34f66a35d00cf1ab16beffee4c3e114fed44af22e83d4c4fa704d9656927dad');
INSERT INTO audit_events VALUES('01a225e2-6977-7c58-b492-0e8bb480b708','01a225e2-66e0-7edd-8a2d-36577625e103','updateAccount','SUCCESS','','development','01a225e2-6811-7eb0-b5ed-61ec64652434','','127.0.0.1','Python-urllib/3.11','NK7W652H5AKFPESO2DD2QHZC3E','2026-11-29 05:58:44.855809+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',8,X'529e6440363a809b2fc43aba371e5eefdb284b0293f44e2834b4b48293ae1e6c');
INSERT INTO audit_events VALUES('01a225e2-69eb-73f9-800e-53b558857963','01a225e2-66e0-7edd-8a2d-36577625e103','signIn','REFUSED','INVALID_CREDENTIALS','development','','','127.0.0.1','Python-urllib/3.11','7YBCPQPIQU2P36S3SP4O3UPBD4','2026-11-29 05:58:44.971261+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',9,X'9d0e93b687510a4af7e67ca9e251f001ec48444376cd3c9ba03db5ba3339f1e4');
INSERT INTO audit_events VALUES('01a225e2-6a25-7e86-af03-1370a0f9e38a','01a225e2-66e0-7edd-8a2d-36577625e103','linkIdentityProvider','SUCCESS','','development','01a225e2-6811-7eb0-b5ed-61ec64652434','','127.0.0.1','Python-urllib/3.11','7ABN33A6BSSQMSRCBPDBI3GC36','2026-11-29 05:58:45.029952+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',10,X'75830737e250946c950b7bf4396b8907337b96d9328b05ddad2b31f939afe2c7');
INSERT INTO audit_events VALUES('01a225e2-6a4b-7369-8b3e-5fce703639b6','01a225e2-66e0-7edd-8a2d-36577625e103','requestEmailChange','SUCCESS','','development','01a225e2-6811-7eb0-b5ed-61ec64652434','','127.0.0.1','Python-urllib/3.11','MOSOP7WO5ECVRES4RRRVPPV5PV','2026-11-29 05:58:45.067223+00:00','01a225e2-66e0-7edd-8a2d-36577625e103',11,X'5e6dd840ffaed99a61add56bc9cbf53ee9ee8749ec14d1914df34a79e5039ab2');
INSERT INTO audit_events VALUES('01a225e2-6a7c-7542-bafe-f6a939368a27','01a225e2-6a53-72d3-92bc-9835d0dcc230','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','FRCOZF7EJTIYMCBQ7CYAARB64K','2026-11-29 05:58:45.116344+00:00','01a225e2-6a53-72d3-92bc-9835d0dcc230',1,X'd422c6c9a45eb5d9e70917f3a37232e2ddf106b09ecf4a4409dbb17214fb6375');
INSERT INTO audit_events VALUES('01a225e2-6aa1-7843-93b8-7a69ac58c943','','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','OTVOV7HNKS7PU36GQBEGRC4CLT','2026-11-29 05:58:45.153541+00:00','key:development',1,X'5f6b43046dd5c6cfff668cc4be04b4c32cb641d766e1fc0911bf566d47d36c4e');
INSERT INTO audit_events VALUES('01a225e2-6ad3-7b9e-aaac-5d8edd96ac34','01a225e2-6aa4-7e76-ac4c-26db2d36456e','registerAccount','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','2QXFJNIYGXAWRANKBMVSZHUB4B','2026-11-29 05:58:45.203761+00:00','01a225e2-6aa4-7e76-ac4c-26db2d36456e',1,X'dd6d272c2b8153cc4d6855ca01c7835caa585119d79bf7ad09d9083f4d00f68f');
INSERT INTO audit_events VALUES('01a225e2-6afa-7516-a7fc-83c0ffd24d09','01a225e2-6aa4-7e76-ac4c-26db2d36456e','signIn','SUCCESS','','development','01a225e2-6afa-72fa-a3a5-cf8c2bd57117','','127.0.0.1','Python-urllib/3.11','NWADR22RFYGCWTLQ2AJEXR7JXC','2026-11-29 05:58:45.242333+00:00','01a225e2-6aa4-7e76-ac4c-26db2d36456e',2,X'1361053b6255500aa49f7f81daba7616746293b6a6c00db2a8e95b44c6aa233f');
INSERT INTO audit_events VALUES('01a225e2-6b72-7d63-9183-16c82a0ce2e4','01a225e2-6aa4-7e76-ac4c-26db2d36456e','deleteAccount','SUCCESS','','development','01a225e2-6afa-72fa-a3a5-cf8c2bd57117','','127.0.0.1','Python-urllib/3.11','WDC7T7CMJJG7MGLEACBS2TMYV5','2026-11-29 05:58:45.362877+00:00','01a225e2-6aa4-7e76-ac4c-26db2d36456e',3,X'c579788b17218d329474efdd6078a1909bb744fb8083812e141148fd563c6c9c');
INSERT INTO audit_events VALUES('01a225e2-7066-763a-9ac6-9d80fc2be84d','01a225e2-6fe2-7174-a3ef-b6156e639bf7','account create','SUCCESS','','','','','','','','2026-11-29 05:58:46.630409+00:00','01a225e2-6fe2-7174-a3ef-b6156e639bf7',1,X'341e9bad747c142a4f26e5a996d9edad67b5aef58d79cf502ccaec234e7dfdaf');
INSERT INTO audit_events VALUES('01a225e2-7115-7852-a034-65699c879180','01a225e2-6fe2-7174-a3ef-b6156e639bf7','requestPasswordReset','SUCCESS','','development','','','127.0.0.1','Python-urllib/3.11','HJCNE6Y7VYJLMLQT5Z6Z7OF2S7','2026-11-29 05:58:46.805545+00:00','01a225e2-6fe2-7174-a3ef-b6156e639bf7',2,X'0c41287015bef0d124e55b2f61ae3125bfc3430063dac5c36c6ba8c9376d9307');
CREATE TABLE budgets (
    "key"         TEXT     NOT NULL PRIMARY KEY,
    "count"       INTEGER  NOT NULL,
    resets_at     DATETIME NOT NULL,
    blocked_until DATETIME NOT NULL
);
INSERT INTO budgets VALUES('messages of strangers',4,'2026-11-29 06:58:44.296037+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('messages',7,'2026-11-29 06:58:44.296377+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:b5fc85e55755f9e0d030a10a',1,'2026-11-29 06:58:44.296508+00:00','2026-11-29 05:59:44.296508+00:00');
INSERT INTO budgets VALUES('message:16d713a9fa2f07c959aeb893:71670b55acf32854daa5ee5b',1,'2026-11-29 05:59:44.846389+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('decoy:b602df0633884812bb208ab4',3,'2026-11-29 06:58:44.846427+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodes:71670b55acf32854daa5ee5b',1,'2026-11-29 06:58:44.846454+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('phoneCodesOf:c51d3fa3d3916197c67f2838',1,'2026-11-29 06:58:44.846464+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('externalToken:2f2bd8ce01c59abd34d75661',1,'2026-11-29 06:09:44+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('emailChanges:c51d3fa3d3916197c67f2838',1,'2026-11-30 05:58:45.066957+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('message:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 05:59:45.067009+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:dacf8f33eb87a3c3becc0705:5a5f01dada4638ad68ceeb2a',1,'2026-11-29 06:58:45.067061+00:00','0001-01-01 00:00:00+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:5ff860bf1190596c7188ab85',2,'2026-11-29 06:58:45.116094+00:00','2026-11-29 06:00:45.116094+00:00');
INSERT INTO budgets VALUES('mails:f92b80728adac86c87e081f1:2319caa005c06e5377517a42',1,'2026-11-29 06:58:45.203616+00:00','2026-11-29 05:59:45.203616+00:00');
INSERT INTO budgets VALUES('mails:cbf60687b97013962b28d9e1:405340cd9ac94b08b93800ae',1,'2026-11-29 06:58:46.804339+00:00','2026-11-29 05:59:46.804339+00:00');
CREATE TABLE server_keys (
    name       TEXT     NOT NULL PRIMARY KEY,
    secret     BLOB     NOT NULL,
    created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO server_keys VALUES('codes',X'37e9e6b72551fccd0691a1ee01f446be30a27e0436b1b1fadbe4579460df4bd2','2026-11-29 05:58:44');
INSERT INTO server_keys VALUES('outbox',X'7d8ef740beba73559e472eeb9e4d192904e0f3ea2218373d329730c893844e6f','2026-11-29 05:58:44');
CREATE TABLE registrations (
    id           TEXT     NOT NULL PRIMARY KEY,
    account_id   TEXT     NOT NULL,
    challenge_id TEXT     NOT NULL,
    email        TEXT     NOT NULL,
    created_at   DATETIME NOT NULL,
    expires_at   DATETIME NOT NULL,
    sealed       TEXT     NOT NULL
, mailed BOOLEAN NOT NULL DEFAULT TRUE);
INSERT INTO registrations VALUES('01a225e2-6a7c-7265-bd1d-a4f40adf80d7','01a225e2-6a53-72d3-92bc-9835d0dcc230','01a225e2-6a7c-7107-8c83-4840929a6609','bob@example.com','2026-11-29 05:58:45.116156+00:00','2026-12-06 05:58:45.116156+00:00','+G9t5GxU47dN2ejfqTNPLydbK3wk/9UDjP+MAgp0uOYNpawRdUiz/A5V12xLnPvCT6UWVAUHWurvsp9tC3SOrRDylF+XrBF5EaGMMm5zZ/ohDwuXqD68+JCekjcjEtrt+ie6IEg2lk1hO5ZOzrYtrTQPR8A3Lz24TBJNjpVC7yNQOrZLZOhPkYt5YWWfsRNH+hscoDZWa4XCOi2axs2I5TBXzNJ8UnZyMPn5FMzSAdo7JoUxAGpBSY/QGoJg25V6YgglB9CfN8PmraVSijQGy0/p2sTkN+/zuyYRAkffA+5f7fz7HLQwucfZyenWAJ/MBjvWTyNTO5yKeF5BLWOLr3MsfEP37GqM8D7TQ6Ew7JKo71WrUO/hSPmgrarpkD0dGyzpV+v1b46k4U6LgZo5meaaOKdH8hFQaZGUdEI86f2JOnGx1iZjgpBDxW8MASAsQYvAAqVL5QbJVz8IiXPqgH4GZ4Qkrfe4lGqgvLAcCjeSUMDI5wQJ1sgb6XVLyB2L1JSSWHjHjHIFIm2wP+GPDWPcAp5ZP4ct8l7f3hlvA/j+00/drYWWnVKSoslMHqZvW6vWbRJ6xH1IO6ryPowLJtzHbuKfSGHdUHV7g4RPk+a2ZQanhMlb3voCmAlZuADBiO40UsJobkGl0TefCniTiR5eSHhacxzUCRb+gAW3JYVb5XlLdaeXmASjP1rLdNgBXLOtzrNCjlM8Vs2huHiAuB72kL8uvysRaRjJLMG7+ZISlrI7Mp3fGogofVI0T2GqKVQTdrWrV4hxuYvgyf9qw3nnZflCCSEOCrCa8iVHaHVxe/B6Is67txDAGRXTckjBbIAKWNZ3B9bMHjouAiKA17NUx9BtjCa8gYBIy+bsEw4BGsX/aroVjnGASriM7HUw4TYajB6a+JoxANBn0Qs5aCVuA2qHrBJQJ3n7o2NaaQ6ReAIPIhyNEKX0bVIeuUFlQu8pADHPhG7AVJdJpQZmij8l/Z8jTAKAD5R7xFLU06jEYFJM2r8JhU6Ot74q189WBOZCaAo7PRry0TJHIfBJlCAAoEehYAoJ1Eh9biAuaC0gLb0QuVm7TUOcgFyovf6Ci5KVm/tGVFeReFQhC+gnq67bZOsz9snKduh0dRjXGcQzqalU3lQDI3hHtHVGYhm5r+lkpPhE1kq16wpNW10iL3PSdyOf/Kp9UoYYUQ',1);
INSERT INTO registrations VALUES('01a225e2-6aa1-779b-ae1a-60f274ec6271','','01a225e2-6aa1-7653-bfde-1936a4019b95','bob@example.com','2026-11-29 05:58:45.153498+00:00','2026-12-06 05:58:45.153498+00:00','XGcTZi7ZWlrXvhG7QBUNIVIKuQRVdQ5s6vaeNozmNqeEAd0KKKP7sF24arwL3attj3o5g/HKNTu2vC6Rc+psGY938d0Zmp6rHau/Q+v1lT8O1JhuXQ6ASFH1FQE1pF6B0ie4RAJRkRdHs6IMNaGmKjp3DWjcPKYZOWfp1ilK7Zm5qMNhUT9Y8TyA4x3puyO8aMT7ikGApGDx03e/VceaNsdpv52GireCT0yT7Dd5oQu+GqCJvs9RjcdmupwH0MXBuB3IfIS+PU4AQetZtA4NpDHrzGjLKqgyHhFaW/k/b0AWgx7sV9QlvrudrOV+8gPOmELnE+A66tLfcLmqElcsjdh3X5g4cEvJXtGPwQUmowayoMI7/T5+ObmLjAyZd7cKyGiQEMS7wc1UY6Ko4VHe25eracmWwaJ6H1ECzOxOQ0oYrOUAweqQzYTrrvR9EoUpfjeCi3UA5ilFROW4V+e8EGsaAUzoSOXrkFyIUYrZB75lhw8Iizmv3oBsicl0I7KASOWU3KS8SO1/5psJcxfI/2+lW+n6KtN/xrRVEgDdVci5hCG3A2mXxPBImjPhXr0827WwpKhquB/vaij2ZD+f5kMuTYpTl9HiWH+bRfAkaKX3okNnrbNAel/8sdGqsvN8gMdMaS0jLTULAhnufZkzFGNPOwonWiz4xmDGAJ2mgz7NyUStMq86CxhP2YHYq65xALQUfU/TJ918HjL5IdCWqFp2ia4Apj+LCAGajJhVbxv63aUdg4975MGptaea/ElW8bOzR7vE1Gwh2QolXyl+1lE/AivJbBr8wrnNp+mFjPkGZlJHeIWTOxxaPFpt51arG1DOmXL0QilXMFwMWPJ2CuJ8TRtCuNJh41Z84ILRxLlVkVTNTK9kWsH/YFprYCL/qsClHfW4BQrIHIgRX8fo9xKJR7A92RFx+VUJqfq2Z8TSMAWRxGPhcS/wIyg8qdkb+tBV53SgnRXni2GwYUITZipr5HkfhL89hdQnnRTsqCiJx/Qft1sFegypwGd9u5/MyWuBadL2yZ8xHF5jbubQ2riSpZ8mqlyYmSGPDUMnoLyRg0mYSiBRxA1w9lRi8euXt/h6ltqzggEQ9vCR3axSJCYiFW8c42QFeySAroxl1Htb6BotpaGXtZndD09M/RrGetKAxNXMw38eoEQFXKQdLChFASQ5BTphtMx40Si/Nw',1);
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
INSERT INTO idempotency_keys VALUES('c75b902baa843972c9ec403609787de46339181a55117d9639dc5af0d1bf160f',NULL,X'c804b70dc4599c76f930a3b98633412cff70e848f97210c8480e523b28dff3c4','01a225e2-6976-78f0-9d8e-f55983c1f718','2026-11-29 05:58:51.854574+00:00','2026-11-29 06:08:44.854574+00:00','01a225e2-66e0-7edd-8a2d-36577625e103','LtC/77aDe2QebUVW0E3MgTmxdHK1y7lYjGOlOdFm0RQRoOfcgW1Mnk/d0uZgD6R5M3T3FU8ku4GtEBC6Rx/9Wkgnn8yHT9RdiHnCJe/bOIfZ5Gr1SmJp3hd0g/XWQNti0Kgt6O1KlEKzI28eWcjwkY8lkAB1iiC3eLntnvpjYR7ydZ6xPnTgBVMGLKtHBFhwpQN+yvbdwHZVzSMkC2w/SjuWOJXfZ61HTP5mVqx8nZ5o63Tq6YmiIqym0ymooX0O8CfEzGM5OJ9mnpZv3BzJgKSz/XWZkgGP5w9AEwctlC6upyhtvfaTs5fVS++K4sMYEkRoxpW2faiUa+Nx6VeqvhmDO9Wt9qeqm+YemA2s4ErCGOfK25RbqpKgEkdUkOG+KQWtYbmhsntUAAOd/nOYZ7cvmwSRxSEOHdoCHfcGqojkT3XCNm6ng402lKuVhu42QByjCkBhsszEDCjybDUyEP95MdVh9L6MRBk0DV8Jdqq3X1pZZIVyd9OHZsM+qondoAh/hAIgKucLHkCizqczYF1nwVQ90boZ8/HHtLwY24phbcwR7Nw6kvCLc1kBbg9uEcNJtaiwE0aQJjOI5CdHdefqOer9mrmPVAuJYYYXuGs3ZKFjRfuWeU0f+ChLSBV7hqvNxbIxCtT8TIu/WMC0tN5ROiVzRYMGz1uzmn0uSJCdAfj90RJXwjdx2/WfykoEodTxFX3QsZ4dWR035+uhlSCjqmnepCQT/raHwlSS3UXVDBQ9ZDUU7+EElGSZ8FHCLec7NOFbA0xVYnq41zDX8jA2x4v4nceKQBFd2HYZnuAGqPTXSgmgEGkTHOjyzZQmfpBBWtcBTR1+Yolbkxdcf/FeutqTxqA/GQK2ijVwVyt3ZnpbEDMtMtG5vHmfNEK/GN6jZ17TXyc/GrTvMoas4TCxwrM7RCiaT58G4WBGjBXN+7bui4Cmz+Aa1kZib1fjMc7doWOvgOjJywwIq/02fRm6GdCtrZL4v/CTk0cEwYkGuVZAi4GHMHJFYOWrhmYiIef6fkNiWDfus8lH6+fwY4ZkjW7TsIqupnJ/0z7UgmymWVDS1fzeWLkC+emx8l6R+e6GVaWdPif1fYm0797x/eHXiPOagvjsJyMuvz6ccYJzirxf2ycClCjcwkBVu067g9t9A9yMoPxJwiDutx9fVPusZ3h3boCPNIu2A+93jsshHS9g42DSkDrETLm5ZZxy9PYt/tXHt2kQlwpXdmtUS6ZlrJ7zJImNqQ2v+RiTjEpTeNzVypDgL6f7eavfK55V+ufpxenWKb/0ZGoGbGZZ34I0ZBJnJuCIhxk/3yh+fFO9klsOazQT7hLYEg6ye2EtwLvl07jf1YQNr4yN+vXAD/uz8P3BgJg8uveZMxHemDdRaKSfeXZ0wRb6D3+9wR36ShmcI37tytHgZHKJcdkC9V+4hmFTAugMkSzPf+kHOZ39S5Q28joPUG8hQo+OfM52sI8XC5SRAqU7sKg8cVvCiKJZv5Yq7bDZwh/IdRJEwGxAmm9wFskgS1CJl3jhRaPBH3qb/kI+34nNvzjahsIZval908nwXs9MQDKDq/w6aOq9MTESlqmCoJw/Tawn1Ho2ng2tzKxFmnt1r5W+pJuteINSgGhIZYPyHcu8cO41gS3+EGY0yLjW2Z+WxrX3/AhpbVJlvrndUQpEMKbpZqBAQum25zIzeK5hnbL+g0l8oaYJ2o2LVDbVmHHPfwdDDs/oxnmJR0XY18pcXPNO4go3Y2wzYvr2BtTXxFlLcZ5pZ5sBptKSsw/zx5U2C3VXK2v8U2g//rkMNdB22ztz39/kMhjbNYDAFswF/ueh1cCbmXAVIUFi29xxD139NCOMPzFo5cNl279NDjP98/26NkkqA1PcQB5drVt185+TtDi+W7iIttAyEI6hXkDck1Q+J9e5C6sdqonKmhnfEN8aZ+DViFPhREQuJZb3xnxng7s','TLJkbb0oNsCj8/vbHDFP9ey3ASgiSKl5fIGXF13PQeSWCxc3hEH3x3yI/r3dp0LzBRy7KD/sHpTgcr0u6l5OjPuQmZeKl5+VCah7bH4ujJ3J9Fqm0IBk92DfRoINGNHJKL6AGeUjocAFdwD4f0Me/WqmRV84YHr5E9NZL397qj8zs62p/bsyEKbrbabub5nUQW7BbC3+Q4k');
CREATE TABLE IF NOT EXISTS "accounts" (
    number                     INTEGER  NOT NULL PRIMARY KEY,
    id                         TEXT     NOT NULL UNIQUE,
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
    last_activity_at           DATETIME,
    language                   TEXT,
    email_vouched              BOOLEAN  NOT NULL DEFAULT FALSE
);
INSERT INTO accounts VALUES(1,'01a225e2-6665-7459-8ff7-2ddf33a5a78a','ACTIVE','demo@example.com','2026-11-29 05:58:44.069278+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$9szm7urTv0sPLZMnYL5iFw$p9IxpQxTu6dk/QxfuwhRywpeuwR/iIJOw6K4Vcei2fA',0,NULL,NULL,'Demo',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:44.069278+00:00','2026-11-29 05:58:44.069278+00:00',NULL,NULL,1);
INSERT INTO accounts VALUES(2,'01a225e2-66e0-7edd-8a2d-36577625e103','ACTIVE','ada@example.com','2026-11-29 05:58:44.392706+00:00',NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$T/joNbgpmp5RWro9twCchQ$NUEubY3jFLtPalD0Q8H4XIbHAgOTop3OItXnAvrLIvc',0,NULL,NULL,'Ada','Lovelace',NULL,'NOT_SPECIFIED','1985-12-10','https://shop.example/ada.png','Analytical Engines',NULL,'Łódź',NULL,NULL,'PL',1,0,1,NULL,NULL,NULL,'{"points":42,"size":"M"}','[]',NULL,3,'2026-11-29 05:58:44.192972+00:00','2026-11-29 05:58:44.855526+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES(3,'01a225e2-6a53-72d3-92bc-9835d0dcc230','ACTIVE','bob@example.com',NULL,NULL,NULL,'$argon2id$v=19$m=19456,t=2,p=1$54s67LWzd8HhsCtbv7Um0w$EyfndHV93Ok0LD4hU6Ij1lvdahqt+9lXqL77xQR9zng',0,NULL,NULL,'Bob',NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:45.075183+00:00','2026-11-29 05:58:45.075183+00:00',NULL,NULL,0);
INSERT INTO accounts VALUES(4,'01a225e2-6fe2-7174-a3ef-b6156e639bf7','ACTIVE','erin@example.com','2026-11-29 05:58:46.498091+00:00','+48500100300','2026-11-29 05:58:46.498091+00:00','$argon2id$v=19$m=19456,t=2,p=1$jENK3pUFhKHFbvcLraoAxA$VQQa+mpxjRVCZrPnS7eNqUSFgLUy5qjl0NmEpuljido',0,NULL,NULL,NULL,NULL,NULL,'NOT_SPECIFIED',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{}','[]',NULL,1,'2026-11-29 05:58:46.498091+00:00','2026-11-29 05:58:46.498091+00:00',NULL,NULL,1);
CREATE TABLE IF NOT EXISTS "sessions" (
    token_key        INTEGER  NOT NULL PRIMARY KEY,
    id               TEXT     NOT NULL UNIQUE,
    account_number   INTEGER  NOT NULL,
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
INSERT INTO sessions VALUES(1983808759229678214,'01a225e2-6811-7eb0-b5ed-61ec64652434',2,'01a225e2-66e0-7edd-8a2d-36577625e103','development',X'370fcf1c9863050c64fdf557b5f5099edead7df667265012006b4aae0fd9a890','2026-11-29 05:58:44.49796+00:00','2026-11-29 05:58:45.066762+00:00','2026-11-29 05:58:44.49796+00:00','2026-12-29 05:58:44.49796+00:00','2026-12-06 05:58:44.49796+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES(3926302185203832423,'01a225e2-67a7-76da-adec-c3fd0ef8cf46',2,'01a225e2-66e0-7edd-8a2d-36577625e103','development',X'6cfa0e11ebd42ccf68d1f9332f13d50c0e70350623d80c294e79da02ec6e26a4','2026-11-29 05:58:44.391445+00:00','2026-11-29 05:58:44.332553+00:00','2026-11-29 05:58:44.391445+00:00','2026-12-29 05:58:44.391445+00:00','2026-12-06 05:58:44.391445+00:00','Python-urllib/3.11','127.0.0.1');
INSERT INTO sessions VALUES(4359732650349601083,'01a225e2-692e-72b1-9357-4ddee98eca56',2,'01a225e2-66e0-7edd-8a2d-36577625e103','development',X'7901c37e478542761c80eda5e6b8c89b110873fe9d2e2a4de1adedbbc48cff6e','2026-11-29 05:58:44.782173+00:00','2026-11-29 05:58:44.782173+00:00','2026-11-29 05:58:44.782173+00:00','2026-12-29 05:58:44.782173+00:00','2026-12-06 05:58:44.782173+00:00','Python-urllib/3.11','127.0.0.1');
CREATE TABLE IF NOT EXISTS "audit_heads" (
    chain  TEXT    NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash   BLOB    NOT NULL
) WITHOUT ROWID;
INSERT INTO audit_heads VALUES('01a225e2-6665-7459-8ff7-2ddf33a5a78a',1,X'0fb2ef1c638f512276fdeb7199b553c98b2fdf4d4d4927f0946ffffa1d3ed8f5');
INSERT INTO audit_heads VALUES('01a225e2-66e0-7edd-8a2d-36577625e103',11,X'5e6dd840ffaed99a61add56bc9cbf53ee9ee8749ec14d1914df34a79e5039ab2');
INSERT INTO audit_heads VALUES('01a225e2-6a53-72d3-92bc-9835d0dcc230',1,X'd422c6c9a45eb5d9e70917f3a37232e2ddf106b09ecf4a4409dbb17214fb6375');
INSERT INTO audit_heads VALUES('01a225e2-6aa4-7e76-ac4c-26db2d36456e',3,X'c579788b17218d329474efdd6078a1909bb744fb8083812e141148fd563c6c9c');
INSERT INTO audit_heads VALUES('01a225e2-6fe2-7174-a3ef-b6156e639bf7',2,X'0c41287015bef0d124e55b2f61ae3125bfc3430063dac5c36c6ba8c9376d9307');
INSERT INTO audit_heads VALUES('key:development',1,X'5f6b43046dd5c6cfff668cc4be04b4c32cb641d766e1fc0911bf566d47d36c4e');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',9);
CREATE INDEX consents_account ON consents (account_id);
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
CREATE UNIQUE INDEX accounts_email ON accounts (email);
CREATE UNIQUE INDEX accounts_phone ON accounts (phone);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
