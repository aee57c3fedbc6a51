-- Who belongs to the network: areas, municipalities, offices, venues, events, accounts, devices.
-- A row is what holds now; the *_version tables say what held since which ledger sequence.

-- table area: projection, local
CREATE TABLE area (
  area_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,             -- of the entry that last changed it: also its ETag
  name_fi TEXT NOT NULL, name_sv TEXT NOT NULL, name_en TEXT NOT NULL,
  policy BLOB NOT NULL              -- CBOR as in the entry
) STRICT, WITHOUT ROWID;

-- table area_version: projection, local
CREATE TABLE area_version (
  area_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  effective_from_us INTEGER NOT NULL,
  policy BLOB NOT NULL,
  PRIMARY KEY (area_id, seq)
) STRICT, WITHOUT ROWID;

-- table municipality: projection, local
CREATE TABLE municipality (
  code TEXT PRIMARY KEY,            -- three digits, Statistics Finland
  area_id TEXT NOT NULL,
  name_fi TEXT NOT NULL, name_sv TEXT NOT NULL, name_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which municipalities a postcode lies in; imported, replaced whole.
-- table postcode: operational, shared
CREATE TABLE postcode (
  postcode TEXT NOT NULL,
  municipality TEXT NOT NULL,
  PRIMARY KEY (postcode, municipality)
) STRICT, WITHOUT ROWID;

-- table office: projection, local
CREATE TABLE office (
  office_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  municipality TEXT NOT NULL,
  postcode TEXT NOT NULL,           -- prefilled when registering
  name TEXT NOT NULL
) STRICT;

-- table venue: projection, local
CREATE TABLE venue (
  venue_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  municipality TEXT NOT NULL,
  sector INTEGER NOT NULL,
  name TEXT NOT NULL,
  limit_count INTEGER, limit_period INTEGER,  -- per card, for admission without an event
  active INTEGER NOT NULL
) STRICT;

-- table venue_version: projection, local
CREATE TABLE venue_version (
  venue_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  effective_from_us INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  sector INTEGER NOT NULL,
  limit_count INTEGER, limit_period INTEGER,
  active INTEGER NOT NULL,
  PRIMARY KEY (venue_id, seq)
) STRICT, WITHOUT ROWID;

-- table event: projection, local
CREATE TABLE event (
  event_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  venue_id INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  title_fi TEXT NOT NULL, title_sv TEXT NOT NULL, title_en TEXT NOT NULL,
  starts_at_us INTEGER NOT NULL,
  ends_at_us INTEGER NOT NULL,
  capacity INTEGER,
  quota INTEGER,                    -- places; worked out from the percentage where one is set
  quota_percent INTEGER,
  limit_count INTEGER, limit_period INTEGER,
  children_allowed INTEGER NOT NULL,
  sold_out INTEGER NOT NULL,
  cancelled INTEGER NOT NULL
) STRICT;
CREATE INDEX event_by_venue ON event (venue_id, starts_at_us);

-- table event_version: projection, local
CREATE TABLE event_version (
  event_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  effective_from_us INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  quota INTEGER,
  limit_count INTEGER, limit_period INTEGER,
  children_allowed INTEGER NOT NULL,
  sold_out INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  PRIMARY KEY (event_id, seq)
) STRICT, WITHOUT ROWID;

-- table account: projection, local
CREATE TABLE account (
  account_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  role INTEGER NOT NULL,
  area_id TEXT,
  office_id INTEGER,
  venue_id INTEGER,
  language INTEGER NOT NULL,
  disabled INTEGER NOT NULL
) STRICT;

-- table api_key: projection, local
CREATE TABLE api_key (
  api_key_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  name TEXT NOT NULL,
  revoked INTEGER NOT NULL
) STRICT;

-- table api_key_venue: projection, local
CREATE TABLE api_key_venue (
  api_key_id INTEGER NOT NULL,
  venue_id INTEGER NOT NULL,
  PRIMARY KEY (api_key_id, venue_id)
) STRICT, WITHOUT ROWID;

-- A device is a P-256 public key, not a certificate.
-- table device: projection, local
CREATE TABLE device (
  device_id INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  venue_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  spki BLOB NOT NULL UNIQUE,
  enrolled_at_us INTEGER NOT NULL,
  revoked_at_us INTEGER,
  stolen INTEGER NOT NULL
) STRICT;
