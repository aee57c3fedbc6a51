-- The letter may be made anew, also with a new card, and each has a link of its own; a block may
-- have a last day.

-- Of `handover` (projection): what made it (domain::HandoverCause; older ones came with a
-- registration), and the entry that made another letter in its place.
ALTER TABLE handover ADD COLUMN cause INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handover ADD COLUMN superseded_seq INTEGER;
DROP INDEX handover_waiting;
CREATE INDEX handover_waiting ON handover (office_id, made_seq)
WHERE confirmed_seq IS NULL AND undone_seq IS NULL AND superseded_seq IS NULL;

-- Of `card` (projection): the last day of its block, where that ends by itself.
ALTER TABLE card ADD COLUMN blocked_until INTEGER;
CREATE INDEX card_by_end_of_block ON card (blocked_until) WHERE blocked_until IS NOT NULL;

-- What an office looks through: its registered cards, by their last day.
CREATE INDEX card_by_office_and_end ON card (office_id, last_valid) WHERE state = 1;

-- The link of a holder's letter, as a keyed hash: found, but never read.
-- table vault_letter: vault, shared
CREATE TABLE vault_letter (
  letter_lookup BLOB PRIMARY KEY,
  lineage_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX vault_letter_by_lineage ON vault_letter (lineage_id);

-- Which place of its sheet an office's next made card is printed on: 1 to 10.
-- table made_card_place: operational, shared
CREATE TABLE made_card_place (
  office_id INTEGER PRIMARY KEY,
  place INTEGER NOT NULL
) STRICT;
