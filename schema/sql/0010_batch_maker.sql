-- Who made a batch: nobody makes more cards a day than they may make alone.
-- `card_batch` (projection): an actor; the entry of a batch is named by the ids of its cards.
ALTER TABLE card_batch ADD COLUMN made_by INTEGER NOT NULL DEFAULT 0;

UPDATE card_batch SET made_by = COALESCE((
  SELECT actor
  FROM ledger
  WHERE seq = (SELECT MIN(card_id) >> 16 FROM card WHERE card.batch_id = card_batch.batch_id)), 0);
