-- What was published of figures: runs, and the cells that each told.

-- table report_run: projection, local
CREATE TABLE report_run (
  run_entry INTEGER PRIMARY KEY,  -- sequence of its entry
  year INTEGER NOT NULL,
  quarter INTEGER NOT NULL,       -- 0: the settlement or an edition
  edition INTEGER NOT NULL,
  as_of INTEGER NOT NULL,         -- last sequence that it counted
  drawn_at_us INTEGER NOT NULL,
  method INTEGER NOT NULL,
  left_out TEXT NOT NULL,         -- words of tables with spaces between them
  left_out_openly TEXT NOT NULL,
  cells INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (year, quarter, edition)
) STRICT;

-- Kept as they were told, since nothing that comes later may change them; the run's entry has the
-- hash of what they show. In the order in which reports ask: a run, a table, an area.
-- table report_cell: ledger, shared
CREATE TABLE report_cell (
  run_entry INTEGER NOT NULL REFERENCES ledger (seq),
  table_word TEXT NOT NULL,
  area_id TEXT NOT NULL,          -- empty: the network
  period TEXT NOT NULL,
  period_number INTEGER NOT NULL,
  municipality TEXT NOT NULL,     -- empty, or 0 below: not of one
  venue_id INTEGER NOT NULL,
  office_id INTEGER NOT NULL,
  measure TEXT NOT NULL,
  sector TEXT NOT NULL,
  label TEXT NOT NULL,
  count INTEGER NOT NULL,         -- also of what is withheld: later runs need it
  sign_in_charge INTEGER NOT NULL CHECK (sign_in_charge BETWEEN 0 AND 2),  -- shown, <5, withheld
  any_in_charge INTEGER NOT NULL CHECK (any_in_charge IN (0, 1)),
  sign_openly INTEGER CHECK (sign_openly BETWEEN 0 AND 2),  -- null: not told to everybody
  any_openly INTEGER NOT NULL CHECK (any_openly IN (0, 1)),
  late_withheld INTEGER NOT NULL CHECK (late_withheld IN (0, 1)),
  PRIMARY KEY (run_entry, table_word, area_id, period, period_number, municipality, venue_id,
    office_id, measure, sector, label)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER report_cell_is_never_updated BEFORE UPDATE ON report_cell
BEGIN SELECT RAISE(ABORT, 'published figures stay as they were told'); END;
CREATE TRIGGER report_cell_is_never_deleted BEFORE DELETE ON report_cell
BEGIN SELECT RAISE(ABORT, 'published figures stay as they were told'); END;
