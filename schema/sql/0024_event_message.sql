-- What the door shows beside a ticket to an event, and what such a ticket is worth in cents. Of
-- `event` (projection); no entry of before said so. All three languages of a message, or none.

ALTER TABLE event ADD COLUMN message_fi TEXT;
ALTER TABLE event ADD COLUMN message_sv TEXT;
ALTER TABLE event ADD COLUMN message_en TEXT;
ALTER TABLE event ADD COLUMN face_value INTEGER;
