-- Cards and uses of the years before this program, loaded from an area's files.

-- A load runs over many transactions. Until it is whole, no figure that it belongs to may be told.
-- table history_load: projection, local
CREATE TABLE history_load (
  history_load_id INTEGER PRIMARY KEY,  -- sequence of the entry that began it
  area_id TEXT NOT NULL,
  cards_sha256 BLOB NOT NULL,           -- of the file as it was given
  uses_sha256 BLOB NOT NULL,
  cards INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  whole_seq INTEGER                     -- of the entry that says that it is whole
) STRICT;

-- Of `lineage` (projection): the load that brought the holder, who has no card here. They come in
-- the order of the file.
ALTER TABLE lineage ADD COLUMN history_load_id INTEGER;
CREATE INDEX lineage_of_history ON lineage (history_load_id) WHERE history_load_id IS NOT NULL;

-- Of `redemption` (projection): the day on which somebody wrote it down, long before its entry.
-- Where there is one, whether the use was recorded late follows from it.
ALTER TABLE redemption ADD COLUMN recorded_on INTEGER;
