-- Card stock on its way: what an office was given, who proved anew that it is them, and how
-- somebody's printer takes a sheet.

-- A range of a batch that an office has; of a batch that was made for an office, all of it.
-- table stock_range: projection, local
CREATE TABLE stock_range (
  batch_id INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  last_position INTEGER NOT NULL,
  office_id INTEGER NOT NULL,
  handed_seq INTEGER NOT NULL,      -- of the entry that says so
  PRIMARY KEY (batch_id, first_position)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_range_by_office ON stock_range (office_id);

CREATE INDEX card_by_batch ON card (batch_id) WHERE batch_id IS NOT NULL;

INSERT INTO stock_range (batch_id, first_position, last_position, office_id, handed_seq)
SELECT batch_id, 1, count, office_id,
  COALESCE((SELECT MIN(card_id) >> 16 FROM card WHERE card.batch_id = card_batch.batch_id), 0)
FROM card_batch
WHERE office_id IS NOT NULL;

-- `session` (operational): when its account last gave a one-time code for an act.
ALTER TABLE session ADD COLUMN code_given_us INTEGER;

-- table print_form: operational, shared
CREATE TABLE print_form (
  account_id INTEGER PRIMARY KEY,
  spacing INTEGER NOT NULL,         -- of the sheet: 0 with gaps, 1 without
  right_tenths INTEGER NOT NULL,    -- by how much the printer misses, in tenths of a millimetre
  down_tenths INTEGER NOT NULL
) STRICT;
