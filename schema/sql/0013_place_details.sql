-- What a letter and a door's page say of a place. All of `office` and `venue` (projections) that
-- came before has none of it: no entry said so.

ALTER TABLE office ADD COLUMN letter_name TEXT;
ALTER TABLE office ADD COLUMN contact TEXT;

ALTER TABLE venue ADD COLUMN address TEXT;
ALTER TABLE venue ADD COLUMN fast_by_default INTEGER NOT NULL DEFAULT 0;
