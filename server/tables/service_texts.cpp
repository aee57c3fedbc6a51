#include "server/tables/service_texts.hpp"

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
  std::set<std::string, std::less<>> told;
  while (query.step()) told.emplace(query.text(0));
  return !domain::missing_among(told).empty();
}

}  // namespace kaiku::tables
