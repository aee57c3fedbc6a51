-- What the statements say of this installation: who answers for it, whom to turn to, when it was
-- looked at. None of it came before.

-- table service_text: projection, local
CREATE TABLE service_text (
  word TEXT PRIMARY KEY,            -- of domain/service_settings.hpp
  seq INTEGER NOT NULL,             -- of the entry that said it
  text_fi TEXT NOT NULL, text_sv TEXT NOT NULL, text_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody wrote to those who keep the service: no fact of the register, so no entry. How to
-- answer goes ninety days after the answer.
-- table vault_message: vault, shared
CREATE TABLE vault_message (
  message_id INTEGER PRIMARY KEY,   -- the number that its sender is told
  sent_at_us INTEGER NOT NULL,
  subject INTEGER NOT NULL,
  sealed BLOB NOT NULL,             -- the page it was begun on, and the message
  sealed_contact BLOB,              -- NULL: none was left, or it is gone
  answered_at_us INTEGER,
  answered_by INTEGER               -- the actor, packed
) STRICT;
CREATE INDEX vault_message_answered ON vault_message (answered_at_us);
