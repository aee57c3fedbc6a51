-- The ledger: append-only, one row an entry, sequence without gaps.

-- table ledger: ledger, shared
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  recorded_at_us INTEGER NOT NULL,  -- copies of what stands in the entry; verify compares them
  kind INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  entry BLOB NOT NULL               -- deterministic CBOR, schema/ledger_entry.cddl
) STRICT;
CREATE TRIGGER ledger_is_never_updated BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_has_no_gaps BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'the ledger has no gaps'); END;

-- The erasable half of an entry: names a card and a lineage by random references.
-- table ledger_private: ledger, shared
CREATE TABLE ledger_private (
  seq INTEGER PRIMARY KEY REFERENCES ledger (seq),
  salt BLOB NOT NULL,
  private BLOB NOT NULL
) STRICT;
CREATE TRIGGER ledger_private_is_never_updated BEFORE UPDATE ON ledger_private
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- The roots of the Merkle tree's complete subtrees, written with every commit.
-- table merkle_frontier: operational, local
CREATE TABLE merkle_frontier (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  roots BLOB NOT NULL
) STRICT;

-- table setting: operational, shared
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
