-- What somebody answers to the list that leads an empty installation to its first card. All else
-- in that list is read from what is there.

-- table first_run_answer: operational, shared
CREATE TABLE first_run_answer (
  area_id TEXT NOT NULL,            -- empty while there is no area
  account_id INTEGER NOT NULL,
  answer INTEGER NOT NULL,          -- 1: the area's rules will do; 2: no list for this account
  PRIMARY KEY (area_id, answer, account_id)
) STRICT, WITHOUT ROWID;
