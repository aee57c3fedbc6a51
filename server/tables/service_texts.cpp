#include "server/tables/service_texts.hpp"

#include <algorithm>

namespace kaiku::tables {

ServiceTexts service_texts(ledger::ReadTx& tx) {
  auto query =
      tx.prepare("SELECT word, seq, text_fi, text_sv, text_en FROM service_text ORDER BY word");
  ServiceTexts found;
  while (query.step()) {
    found.seq = query.integer(1);
    found.texts.push_back(
        {std::string(query.text(0)),
         {std::string(query.text(2)), std::string(query.text(3)), std::string(query.text(4))}});
  }
  return found;
}

bool lacks_service_texts(ledger::ReadTx& tx) {
  auto query = tx.prepare(
      "SELECT word FROM service_text WHERE text_fi <> '' OR text_sv <> '' OR text_en <> ''");
  auto const is_needed = [&](domain::ServiceField const& field) { return field.is_needed; };
  auto missing = std::ranges::count_if(domain::service_fields, is_needed);
  while (query.step()) {
    auto const* const field =
        std::ranges::find(domain::service_fields, query.text(0), &domain::ServiceField::word);
    if (field != domain::service_fields.end() && field->is_needed) --missing;
  }
  return missing > 0;
}

}  // namespace kaiku::tables
