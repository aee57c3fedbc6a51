-- Whom coordinators turn to at a place: a task and how to reach whoever has it. Of `office` and
-- `venue` (projections); no entry of before said so.

ALTER TABLE office ADD COLUMN contact_role TEXT;
ALTER TABLE office ADD COLUMN work_contact TEXT;

ALTER TABLE venue ADD COLUMN contact_role TEXT;
ALTER TABLE venue ADD COLUMN work_contact TEXT;

-- Which version of the scheme's commitment the place has accepted; 0: none yet.
ALTER TABLE office ADD COLUMN commitment_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE venue ADD COLUMN commitment_version INTEGER NOT NULL DEFAULT 0;
