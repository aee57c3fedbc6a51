-- How people and machines prove who they are. Operational: not rebuilt from the ledger.

-- table account_login: operational, shared
CREATE TABLE account_login (
  account_id INTEGER PRIMARY KEY,
  username_lookup BLOB NOT NULL UNIQUE,
  username TEXT NOT NULL,
  password_salt BLOB,
  password_hash BLOB,               -- scrypt N=2^17 r=8 p=1, 32 bytes; null until set up
  totp_sealed BLOB,                 -- encrypted with the vault key; null: no second factor
  totp_last_step INTEGER NOT NULL DEFAULT 0,
  setup_lookup BLOB UNIQUE,         -- of the one-time set-up link
  setup_until_us INTEGER
) STRICT;

-- table session: operational, shared
CREATE TABLE session (
  session_lookup BLOB PRIMARY KEY,  -- SHA-256 of the id in the cookie
  account_id INTEGER NOT NULL,
  created_at_us INTEGER NOT NULL,
  last_seen_us INTEGER NOT NULL,
  ends_at_us INTEGER NOT NULL,
  idle_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session (account_id);

-- table api_key_login: operational, shared
CREATE TABLE api_key_login (
  key_lookup BLOB PRIMARY KEY,      -- SHA-256 of the key
  api_key_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- table enrolment_code: operational, shared
CREATE TABLE enrolment_code (
  code_lookup BLOB PRIMARY KEY,
  venue_id INTEGER NOT NULL,
  made_by INTEGER NOT NULL,
  until_us INTEGER,                 -- null: does not expire (demo)
  uses_left INTEGER                 -- null: any number
) STRICT, WITHOUT ROWID;

-- Answers of creating POSTs by Idempotency-Key, and of one-time page forms.
-- table idempotent_answer: operational, shared
CREATE TABLE idempotent_answer (
  actor INTEGER NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_mac BLOB NOT NULL,
  status INTEGER NOT NULL,
  location TEXT NOT NULL,
  sealed_body BLOB NOT NULL,        -- encrypted: it may hold card codes
  at_us INTEGER NOT NULL,
  PRIMARY KEY (actor, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotent_answer_by_time ON idempotent_answer (at_us);

-- The last time that an actor read a card, so that a read is logged once in five minutes.
-- table card_read: operational, shared
CREATE TABLE card_read (
  actor INTEGER NOT NULL,
  card_id INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (actor, card_id)
) STRICT, WITHOUT ROWID;
