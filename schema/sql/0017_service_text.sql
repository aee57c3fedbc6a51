-- What the statements say of this installation: who answers for it, whom to turn to, when it was
-- looked at. None of it came before.

-- table service_text: projection, local
CREATE TABLE service_text (
  word TEXT PRIMARY KEY,            -- of domain/service_settings.hpp
  seq INTEGER NOT NULL,             -- of the entry that said it
  text_fi TEXT NOT NULL, text_sv TEXT NOT NULL, text_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;
