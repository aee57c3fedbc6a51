#include "server/use_cases/find_lost_card.hpp"

#include "server/tables/office_cards.hpp"

namespace kaiku::use_cases {
namespace {

bool is_holder(LostCard const& lost, tables::HolderFacts const& facts) {
  return facts.birth_year == lost.birth_year && facts.postcode == lost.postcode;
}

bool is_lost(ledger::ReadTx& tx, LostCard const& lost, tables::CardGiven const& given) {
  auto const now = tables::holder_of(tx, given.lineage);
  if (!now) return false;
  // The end of the day counts: what was put right at once was right from the start.
  auto const then =
      tables::holder_at(tx, given.lineage, start_of(given.registered_on + 1)).value_or(*now);
  if (!is_holder(lost, then) && !is_holder(lost, *now)) return false;
  return !lost.children || *lost.children == then.children;
}

}  // namespace

Result<std::vector<CardId>> find_lost_card(ledger::ReadTx& tx, LostCard const& lost,
                                           domain::Caller const& caller) {
  if (!caller.office) return Error(Problem::forbidden, "only an issuer office has cards");
  std::vector<CardId> found;
  for (auto const& given : tables::cards_given(tx, *caller.office, lost.from, lost.to)) {
    if (found.size() > most_lost_matches) break;
    if (is_lost(tx, lost, given)) found.push_back(given.card);
  }
  return found;
}

}  // namespace kaiku::use_cases
