-- When each door device was last heard of, and what it said of itself then: kept in memory, written
-- once a minute.
-- table device_contact: operational, shared
CREATE TABLE device_contact (
  device_id INTEGER PRIMARY KEY,
  heard_at_us INTEGER NOT NULL,
  certificate_until_us INTEGER,     -- of the certificate that it came with; null: it signs requests
  cards_at_us INTEGER,              -- when it last had the cards' data as they are
  told_at_us INTEGER,               -- null, with the next two, of a device that tells nothing
  unsent INTEGER,
  clock_difference_us INTEGER       -- the server's clock less its own
) STRICT;
