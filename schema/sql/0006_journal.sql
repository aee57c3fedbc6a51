-- What doors' journals brought: the entries, what is known of each journal as a whole, and what is
-- kept but does not count.

-- table journal_entry: projection, local
CREATE TABLE journal_entry (
  device_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,        -- the device's own, from 1
  seq INTEGER NOT NULL,             -- of the ledger entry that took it in: the order of arrival
  kind INTEGER NOT NULL,            -- 1 attempt, 2 outcome, 3 undo, as in journal_entry.cddl
  of_sequence INTEGER,              -- the attempt that an outcome or an undo names
  hash BLOB NOT NULL,               -- SHA-256 of the payload
  previous BLOB NOT NULL,
  taken_at_us INTEGER NOT NULL,
  payload BLOB NOT NULL,            -- schema/journal_entry.cddl
  PRIMARY KEY (device_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_entry_by_attempt ON journal_entry (device_id, of_sequence, kind)
WHERE of_sequence IS NOT NULL;

-- table device_journal: projection, local
CREATE TABLE device_journal (
  device_id INTEGER PRIMARY KEY,
  contiguous_to INTEGER NOT NULL,   -- every entry up to here has arrived
  highest INTEGER NOT NULL,
  gap_since_us INTEGER,             -- when the first entry beyond contiguous_to came; null: no gap
  broken_at INTEGER,                -- the first entry whose `previous` does not fit; null: none
  forks INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,     -- forks and all that came after the device was revoked
  last_upload_at_us INTEGER NOT NULL  -- that brought something new
) STRICT;

-- table quarantined_entry: projection, local
CREATE TABLE quarantined_entry (
  device_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  hash BLOB NOT NULL,
  seq INTEGER NOT NULL,             -- of the ledger entry
  reason INTEGER NOT NULL,
  taken_at_us INTEGER NOT NULL,
  PRIMARY KEY (device_id, sequence, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX quarantined_entry_by_arrival ON quarantined_entry (device_id, seq);
CREATE INDEX quarantined_entry_by_time ON quarantined_entry (device_id, taken_at_us);

-- The entry itself, as signed, and the card that came with it.
-- table vault_quarantine: vault, shared
CREATE TABLE vault_quarantine (
  seq INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

-- The card of an attempt whose outcome has not arrived; gone as soon as the use is judged.
-- table vault_journal_card: vault, shared
CREATE TABLE vault_journal_card (
  device_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (device_id, sequence)
) STRICT, WITHOUT ROWID;

-- Uses with a verdict, by arrival: few among many.
CREATE INDEX redemption_judged ON redemption (redemption_id) WHERE verdict IS NOT NULL;
