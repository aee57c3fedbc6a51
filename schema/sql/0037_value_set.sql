-- What coordinators take a settled year's uses to be worth.

-- table value_set: projection, local
CREATE TABLE value_set (
  value_set_id INTEGER PRIMARY KEY,  -- sequence of its entry
  area_id TEXT NOT NULL,             -- empty: the network
  year INTEGER NOT NULL,
  version INTEGER NOT NULL,          -- of this area and year, from 1 on
  run TEXT NOT NULL,                 -- whose figures it values
  saved_at_us INTEGER NOT NULL,
  author INTEGER NOT NULL,           -- the entry's actor
  UNIQUE (year, area_id, version)
) STRICT;

-- table value_set_row: projection, local
CREATE TABLE value_set_row (
  value_set_id INTEGER NOT NULL,
  line INTEGER NOT NULL,             -- domain::ValueLine
  low INTEGER, base INTEGER, high INTEGER,  -- cents or thousandths; null: left empty
  source TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (value_set_id, line)
) STRICT, WITHOUT ROWID;
