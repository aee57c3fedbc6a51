-- Cards, their holders' lineages, and uses. A lineage is one holder through renewals and
-- replacements.

-- table card_batch: projection, local
CREATE TABLE card_batch (
  batch_id INTEGER PRIMARY KEY,
  area_id TEXT NOT NULL,
  office_id INTEGER,
  count INTEGER NOT NULL,
  made_on INTEGER NOT NULL          -- day
) STRICT;

-- table card: projection, local
CREATE TABLE card (
  card_id INTEGER PRIMARY KEY,      -- (sequence of the making entry << 16) | position
  card_ref BLOB NOT NULL,           -- 128 random bits, the card's name in the ledger
  batch_id INTEGER,
  position INTEGER,
  area_id TEXT NOT NULL,
  office_id INTEGER,                -- of the stock, then of the registration
  kind INTEGER NOT NULL,
  -- stock, registered, blocked, replaced, void; never what time alone changes
  state INTEGER NOT NULL,
  lineage_id INTEGER,
  lineage_ref BLOB,                 -- of that lineage: each use names it
  first_valid INTEGER NOT NULL,     -- days, inclusive; 0 while in stock
  last_valid INTEGER NOT NULL,
  community_ceiling INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX card_by_ref ON card (card_ref);
CREATE INDEX card_by_lineage ON card (lineage_id) WHERE lineage_id IS NOT NULL;

-- table card_version: projection, local
CREATE TABLE card_version (
  card_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  effective_from_us INTEGER NOT NULL,
  state INTEGER NOT NULL,
  first_valid INTEGER NOT NULL,
  last_valid INTEGER NOT NULL,
  PRIMARY KEY (card_id, seq)
) STRICT, WITHOUT ROWID;

-- table lineage: projection, local
CREATE TABLE lineage (
  lineage_id INTEGER PRIMARY KEY,   -- sequence of the registration
  lineage_ref BLOB NOT NULL,
  kind INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  municipality TEXT NOT NULL,
  office_id INTEGER NOT NULL,
  registered_on INTEGER NOT NULL    -- day
) STRICT;
CREATE UNIQUE INDEX lineage_by_ref ON lineage (lineage_ref);
CREATE INDEX lineage_by_day ON lineage (registered_on);

-- table redemption: projection, local
CREATE TABLE redemption (
  redemption_id INTEGER PRIMARY KEY,  -- sequence of its entry
  lineage_id INTEGER,                 -- null: judged `unknown_card`
  card_id INTEGER,
  venue_id INTEGER NOT NULL,
  event_id INTEGER,
  kind INTEGER NOT NULL,
  day INTEGER NOT NULL,
  occurred_at_us INTEGER NOT NULL,
  adult INTEGER NOT NULL, child INTEGER NOT NULL, assistant INTEGER NOT NULL,
  interpreter INTEGER NOT NULL, companion INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  verdict TEXT,                       -- of a late entry; null when decided at the moment itself
  actor INTEGER NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_mac BLOB NOT NULL,
  undone_seq INTEGER                  -- of the undo entry
) STRICT;
CREATE UNIQUE INDEX redemption_by_key ON redemption (actor, idempotency_key);
-- Covers what the decision asks of earlier uses, so that the table's own pages are left alone.
CREATE INDEX redemption_by_lineage ON redemption
  (lineage_id, venue_id, day, event_id, undone_seq, adult, child, occurred_at_us);
CREATE INDEX redemption_by_venue ON redemption (venue_id, day);

-- Places of an event that count against its quota, undone uses left out.
-- table event_use: projection, local
CREATE TABLE event_use (
  event_id INTEGER PRIMARY KEY,
  counted INTEGER NOT NULL
) STRICT;

-- What identifies. The look-up column is a keyed hash; the rest is encrypted.
-- table vault_card: vault, shared
CREATE TABLE vault_card (
  code_lookup BLOB PRIMARY KEY,     -- what every scan asks for: found without a detour
  card_id INTEGER NOT NULL,
  token_hash BLOB NOT NULL,         -- SHA-256 of the signed token that we made for it
  sealed BLOB NOT NULL              -- the code
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX vault_card_by_card ON vault_card (card_id);

-- The holder's facts, a row each time they change: judging an old use asks for what held then.
-- table vault_holder: vault, shared
CREATE TABLE vault_holder (
  lineage_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  effective_from_us INTEGER NOT NULL,
  sealed BLOB NOT NULL,             -- birth year, postcode, children, background
  PRIMARY KEY (lineage_id, seq)
) STRICT, WITHOUT ROWID;

-- table vault_recovery: vault, shared
CREATE TABLE vault_recovery (
  recovery_lookup BLOB PRIMARY KEY,
  lineage_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
