-- What a venue asks to have undone after its quarter of an hour, and what became of that.

-- table undo_request: projection, local
CREATE TABLE undo_request (
  undo_request_id INTEGER PRIMARY KEY,  -- sequence of the entry that asks
  redemption_id INTEGER NOT NULL,
  asked_by INTEGER NOT NULL,            -- an actor
  asked_at_us INTEGER NOT NULL,
  reason TEXT NOT NULL,                 -- as the venue chose it
  decided_seq INTEGER,                  -- of the entry that undid the use, or said that it stays
  decided_by INTEGER,
  undone INTEGER
) STRICT;
-- A use is asked for once.
CREATE UNIQUE INDEX undo_request_by_use ON undo_request (redemption_id);
CREATE INDEX undo_request_waiting ON undo_request (undo_request_id) WHERE decided_seq IS NULL;
