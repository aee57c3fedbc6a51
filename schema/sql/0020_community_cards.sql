-- An office's community cards, the newest first: few among many.
CREATE INDEX card_of_community ON card (office_id, lineage_id) WHERE kind = 1;
