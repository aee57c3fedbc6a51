-- Who finds a card without its code is told apart from who looks at it.

-- The last time that an actor read a card for a purpose, so that such a read is logged once in five
-- minutes. What it held is needed no longer than that.
DROP TABLE card_read;
-- table card_read: operational, shared
CREATE TABLE card_read (
  actor INTEGER NOT NULL,
  card_id INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (actor, card_id, purpose)
) STRICT, WITHOUT ROWID;

-- As it was, with card_replaced: one of a card that was found without its code is shown with reads.
DROP INDEX ledger_reads;
CREATE INDEX ledger_reads ON ledger (recorded_at_us, actor) WHERE kind IN (13, 19, 30, 31, 37);
