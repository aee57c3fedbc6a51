-- What figures of a past day need to know of that day, where a row of now has forgotten it.

-- Where the venue lay. Of versions before this one, only where it lies now is known.
ALTER TABLE venue_version ADD COLUMN municipality TEXT NOT NULL DEFAULT '';
UPDATE venue_version SET municipality = COALESCE(
  (SELECT municipality FROM venue WHERE venue.venue_id = venue_version.venue_id), '');

-- The home municipality that the registration wrote: a correction of the holder's facts changes
-- `municipality`, and no figure of before. Of corrected ones, only the corrected one is known.
ALTER TABLE lineage ADD COLUMN home_at_registration TEXT NOT NULL DEFAULT '';
UPDATE lineage SET home_at_registration = municipality;

-- Which municipality belonged to which area on which days (of Helsinki, inclusive). A change holds
-- for the whole of its day: one that came and went on the same day never belonged, and its row ends
-- before it begins.
-- table municipality_member: projection, local
CREATE TABLE municipality_member (
  code TEXT NOT NULL,
  seq INTEGER NOT NULL,             -- of the entry that began it
  area_id TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER,                   -- null: it belongs still
  ended_seq INTEGER,                -- of the entry that ended it
  PRIMARY KEY (code, seq)
) STRICT, WITHOUT ROWID;

-- Those of now are taken to have belonged since their area began. Summer time is from the last
-- Sunday of March to the last one of October, 1:00 UTC.
INSERT INTO municipality_member (code, seq, area_id, from_day)
WITH
  began (area_id, seq, at) AS (
    SELECT area_id, MIN(seq), effective_from_us / 1000000 FROM area_version GROUP BY area_id),
  summer (area_id, seq, at, start, stop) AS (
    SELECT area_id, seq, at,
      CAST(strftime('%s', strftime('%Y', at, 'unixepoch') || '-04-01', 'weekday 0', '-7 days',
        '+1 hours') AS INTEGER),
      CAST(strftime('%s', strftime('%Y', at, 'unixepoch') || '-11-01', 'weekday 0', '-7 days',
        '+1 hours') AS INTEGER)
    FROM began)
SELECT code, seq, area_id, (at + IIF(at >= start AND at < stop, 10800, 7200)) / 86400
FROM municipality
JOIN summer USING (area_id);

-- Renewals and replacements, and which of them were undone: few among all entries.
CREATE INDEX ledger_of_renewals ON ledger (kind, recorded_at_us)
WHERE kind IN (12, 13, 32, 33);
