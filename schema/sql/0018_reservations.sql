-- Places of an event that are held for a card until a time. That it has passed needs no entry.
-- table reservation: projection, local
CREATE TABLE reservation (
  reservation_id INTEGER PRIMARY KEY,  -- sequence of its entry
  lineage_id INTEGER,                  -- null, as the card: what it said of them was erased
  card_id INTEGER,
  venue_id INTEGER NOT NULL,
  event_id INTEGER NOT NULL,
  until_us INTEGER NOT NULL,
  adult INTEGER NOT NULL, child INTEGER NOT NULL, assistant INTEGER NOT NULL,
  interpreter INTEGER NOT NULL, companion INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  order_ref TEXT,
  ended_seq INTEGER,                   -- of the entry that ended it before its time
  ended_by INTEGER                     -- the use that it was given for; undone, it holds again
) STRICT;
CREATE INDEX reservation_by_event ON reservation (event_id, until_us) WHERE ended_seq IS NULL;
CREATE INDEX reservation_by_venue ON reservation (venue_id, until_us) WHERE ended_seq IS NULL;
CREATE INDEX reservation_by_actor ON reservation (actor, until_us) WHERE ended_seq IS NULL;
CREATE INDEX reservation_by_lineage ON reservation (lineage_id);
CREATE INDEX reservation_by_use ON reservation (ended_by) WHERE ended_by IS NOT NULL;
