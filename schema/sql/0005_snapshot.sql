-- What the doors' snapshot is made from.

-- The slow hash of a card's code (scrypt), made once in its life by a background thread. It comes
-- after the card's entry, so it says which later snapshots have news: those of `made_seq` and
-- beyond; while the ledger stands still, those made soon after `made_at_us`.
-- table vault_stretched: vault, shared
CREATE TABLE vault_stretched (
  card_id INTEGER PRIMARY KEY,
  made_seq INTEGER NOT NULL,        -- the ledger's last sequence then, and one
  made_at_us INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX vault_stretched_by_made ON vault_stretched (made_seq);

-- What changed after a sequence.
CREATE INDEX card_version_by_seq ON card_version (seq, card_id);
CREATE INDEX vault_holder_by_seq ON vault_holder (seq, lineage_id);
-- Voided stock, for ranges of positions.
CREATE INDEX card_void ON card (batch_id, position) WHERE state = 4;
-- Uses of the coming events, whatever the day.
CREATE INDEX redemption_by_event ON redemption (event_id) WHERE event_id IS NOT NULL;
-- Each stolen door begins an epoch of row keys.
CREATE INDEX device_stolen ON device (device_id) WHERE stolen = 1;
