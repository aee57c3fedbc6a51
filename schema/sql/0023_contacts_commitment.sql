-- Whom coordinators turn to at a place: a task and how to reach whoever has it. Of `office` and
-- `venue` (projections); no entry of before said so.

ALTER TABLE office ADD COLUMN contact_role TEXT;
ALTER TABLE office ADD COLUMN work_contact TEXT;

ALTER TABLE venue ADD COLUMN contact_role TEXT;
ALTER TABLE venue ADD COLUMN work_contact TEXT;
