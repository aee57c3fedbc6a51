-- What needs a second person, and the way to what people have read.

-- table approval: projection, local
CREATE TABLE approval (
  approval_id INTEGER PRIMARY KEY,  -- sequence of the entry that asks
  kind INTEGER NOT NULL,            -- domain::ApprovalKind
  area_id TEXT NOT NULL,
  office_id INTEGER,
  count INTEGER,
  about INTEGER,                    -- what it is of: a batch, once it is made
  asked_by INTEGER NOT NULL,        -- an actor
  asked_at_us INTEGER NOT NULL,
  outcome INTEGER,                  -- domain::ApprovalOutcome; null while nobody has decided
  decided_by INTEGER,
  decided_at_us INTEGER
) STRICT;
CREATE INDEX approval_undecided ON approval (asked_at_us) WHERE outcome IS NULL;
CREATE INDEX approval_by_asker ON approval (asked_by);
CREATE INDEX approval_about ON approval (about) WHERE about IS NOT NULL;

-- Reads of cards (card_read, cards_listed, letter_made, sheet_printed) among all other entries: by
-- time, and by who reads.
CREATE INDEX ledger_reads ON ledger (recorded_at_us, actor) WHERE kind IN (19, 30, 31, 37);
