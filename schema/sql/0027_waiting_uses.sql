-- The uses that wait for a ruling, few among all: counted on every page of a coordinator.
CREATE INDEX redemption_waiting ON redemption (venue_id)
WHERE verdict IN ('unknown_card', 'implausible', 'quarantined') AND accepted_seq IS NULL AND
  rejected_seq IS NULL AND undone_seq IS NULL;
