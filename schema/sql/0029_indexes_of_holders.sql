-- What was found by looking at every row, on the one writer.

-- A move of an event looks at all that was ever held for it, given and freed too.
CREATE INDEX reservation_of_event ON reservation (event_id);

-- A new letter takes away what waits of a holder's older ones.
CREATE INDEX vault_handover_by_lineage ON vault_handover (lineage_id);

-- Printed sheets, few among the reads: asked for by the first steps of an area.
CREATE INDEX ledger_sheets ON ledger (recorded_at_us) WHERE kind = 37;
