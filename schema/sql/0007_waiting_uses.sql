-- Uses on unknown cards and uses that nobody could have made wait for a ruling, and count nowhere
-- until they were accepted: neither in figures nor against a quota.
ALTER TABLE redemption ADD COLUMN accepted_seq INTEGER;  -- of the ruling, on waiting uses alone
ALTER TABLE redemption ADD COLUMN rejected_seq INTEGER;

UPDATE event_use SET counted = counted - (
  SELECT COALESCE(SUM(adult + child + companion), 0)
  FROM redemption
  WHERE redemption.event_id = event_use.event_id AND verdict = 'unknown_card' AND
    undone_seq IS NULL);
