-- Sums that pages show as of now without walking over every use: kept by each entry as it comes.

-- Uses by day and venue; personal cards, and accepted uses on unknown ones, but for `community`.
-- Which area and sector a day's uses are of is asked of the venue's versions.
-- table use_day: projection, local
CREATE TABLE use_day (
  day INTEGER NOT NULL,             -- on which they occurred
  venue_id INTEGER NOT NULL,
  adult INTEGER NOT NULL, child INTEGER NOT NULL,
  community INTEGER NOT NULL,       -- adult and child tickets on community cards
  assistant INTEGER NOT NULL, interpreter INTEGER NOT NULL, companion INTEGER NOT NULL,  -- of all
  undone INTEGER NOT NULL,          -- adult and child tickets that were taken back
  PRIMARY KEY (day, venue_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX use_day_of_venue ON use_day (venue_id, day);

-- A holder's first use: the earliest that counts, with an adult's or a child's ticket, not before
-- the registration day. Of two on one day, the one that was recorded first.
-- table first_use: projection, local
CREATE TABLE first_use (
  lineage_id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  redemption_id INTEGER NOT NULL
) STRICT;

-- Holders by the day, office and home of their registration; `taken`: first used in the same year.
-- table card_day: projection, local
CREATE TABLE card_day (
  day INTEGER NOT NULL,
  area_id TEXT NOT NULL,
  office_id INTEGER NOT NULL,
  home TEXT NOT NULL,
  registered INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  PRIMARY KEY (day, area_id, office_id, home)
) STRICT, WITHOUT ROWID;

INSERT INTO use_day (day, venue_id, adult, child, community, assistant, interpreter, companion,
  undone)
WITH given AS (
  SELECT redemption.*, IFNULL(lineage.kind, 0) AS card_kind, undone_seq IS NULL AS stands
  FROM redemption
  LEFT JOIN lineage USING (lineage_id)
  WHERE verdict IS NULL OR verdict NOT IN ('unknown_card', 'implausible', 'quarantined') OR
    accepted_seq IS NOT NULL)
SELECT day, venue_id,
  SUM(IIF(stands AND card_kind = 0, adult, 0)), SUM(IIF(stands AND card_kind = 0, child, 0)),
  SUM(IIF(stands AND card_kind <> 0, adult + child, 0)), SUM(IIF(stands, assistant, 0)),
  SUM(IIF(stands, interpreter, 0)), SUM(IIF(stands, companion, 0)),
  SUM(IIF(stands OR card_kind <> 0, 0, adult + child))
FROM given
GROUP BY day, venue_id;

INSERT INTO first_use (lineage_id, day, redemption_id)
SELECT lineage_id, day, redemption_id
FROM (
  SELECT lineage_id, day, redemption_id,
    ROW_NUMBER() OVER (PARTITION BY lineage_id ORDER BY day, redemption_id) AS place
  FROM redemption
  JOIN lineage USING (lineage_id)
  WHERE lineage.kind = 0 AND day >= registered_on AND adult + child > 0 AND undone_seq IS NULL AND
    (verdict IS NULL OR verdict NOT IN ('unknown_card', 'implausible', 'quarantined') OR
      accepted_seq IS NOT NULL))
WHERE place = 1;

INSERT INTO card_day (day, area_id, office_id, home, registered, taken)
SELECT registered_on, area_id, office_id, home_at_registration, COUNT(*),
  SUM(IFNULL(strftime('%Y', first_use.day * 86400, 'unixepoch') =
    strftime('%Y', registered_on * 86400, 'unixepoch'), 0))
FROM lineage
LEFT JOIN first_use USING (lineage_id)
WHERE kind = 0
GROUP BY 1, 2, 3, 4;
