-- Of `redemption` (projection): 1 when it was keyed in from a paper form.
ALTER TABLE redemption ADD COLUMN on_paper INTEGER NOT NULL DEFAULT 0;
CREATE INDEX redemption_on_paper ON redemption (venue_id, day, event_id) WHERE on_paper = 1;
