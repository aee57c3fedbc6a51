-- Folders that were restored or copied say so in their journal: few among many.
CREATE INDEX journal_entry_resumed ON journal_entry (device_id, sequence) WHERE kind = 4;

-- Uses that wait because they came beside a journal, by the device that told them.
CREATE INDEX redemption_quarantined ON redemption (actor) WHERE verdict = 'quarantined';
