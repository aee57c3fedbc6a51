-- What each door device has brought in on a day, and when it was last held back for that day's
-- budget: more waits at the device.
-- table device_day: operational, shared
CREATE TABLE device_day (
  device_id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,             -- of the newest upload; the counts are of this day alone
  entries INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  held_back_at_us INTEGER           -- kept when the day changes
) STRICT;
