-- How many people lived where, by which a report divides: from a file of Statistics Finland's, no
-- fact of the register.

-- table population: operational, shared
CREATE TABLE population (
  municipality TEXT NOT NULL,       -- three digits
  year INTEGER NOT NULL,
  people INTEGER NOT NULL,          -- on its 31 December
  PRIMARY KEY (municipality, year)
) STRICT, WITHOUT ROWID;
