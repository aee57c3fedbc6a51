-- What goes into a holder's hands with a card, until somebody says that it is there.

-- table handover: projection, local
CREATE TABLE handover (
  handover_id BLOB PRIMARY KEY,     -- 128 random bits of the card's entry: its page's address
  card_id INTEGER NOT NULL,
  lineage_id INTEGER NOT NULL,
  office_id INTEGER NOT NULL,
  made_seq INTEGER NOT NULL,        -- of the entry that made it
  confirmed_seq INTEGER,            -- of the entry that says that the holder has it
  undone_seq INTEGER                -- of the entry that took the registration back
) STRICT, WITHOUT ROWID;
CREATE INDEX handover_waiting ON handover (office_id, made_seq)
WHERE confirmed_seq IS NULL AND undone_seq IS NULL;
CREATE INDEX handover_by_lineage ON handover (lineage_id);

-- The recovery code in a form that can be read, until it is handed over and 14 days at most.
-- table vault_handover: vault, shared
CREATE TABLE vault_handover (
  card_id INTEGER PRIMARY KEY,
  lineage_id INTEGER NOT NULL,
  made_at_us INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX vault_handover_by_time ON vault_handover (made_at_us);

-- A registration that is undone takes its code along.
CREATE INDEX vault_recovery_by_lineage ON vault_recovery (lineage_id);

-- The last time that an actor opened a list of cards, and which cards it showed: the same list is
-- logged once in five minutes.
-- table list_read: operational, shared
CREATE TABLE list_read (
  actor INTEGER NOT NULL,
  list TEXT NOT NULL,
  cards_hash BLOB NOT NULL,
  at_us INTEGER NOT NULL,
  PRIMARY KEY (actor, list)
) STRICT, WITHOUT ROWID;
