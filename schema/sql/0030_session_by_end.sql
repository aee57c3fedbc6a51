-- What was found by looking at every row, on the one writer, each minute.

-- Sessions that ended long ago are forgotten.
CREATE INDEX session_by_end ON session (ends_at_us);
