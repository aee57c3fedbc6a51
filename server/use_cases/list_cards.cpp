#include "server/use_cases/list_cards.hpp"

#include "server/tables/ledger_places.hpp"
#include "server/use_cases/list_read.hpp"

namespace kaiku::use_cases {
namespace {

CardList read_list(ledger::WriteTx& tx, std::string_view name, std::int64_t count,
                   std::vector<tables::Card> const& cards, CardListPage const& page,
                   domain::Caller const& caller) {
  CardList list;
  list.count = count;
  std::vector<ledger::Ref> seen;
  for (auto const& card : cards) {
    auto const lineage = card.lineage ? tables::find_lineage(tx, *card.lineage) : std::nullopt;
    list.cards.push_back({card.id, tables::code_of(tx, card.id), card.last_valid,
                          lineage ? lineage->registered_on : card.first_valid});
    seen.push_back(card.ref);
  }
  if (page.is_export)
    record_list_export(tx, caller, name, std::move(seen));
  else
    record_list_read(tx, caller, name, std::move(seen));
  return list;
}

Error not_an_office() { return Error(Problem::forbidden, "only an issuer office has cards"); }

}  // namespace

Result<CardList> list_expiring(ledger::WriteTx& tx, Day from, Day to, CardListPage const& page,
                               domain::Caller const& caller) {
  if (!caller.office) return not_an_office();
  auto const count = tables::count_cards_that_end(tx, *caller.office, from, to);
  auto const cards = tables::cards_that_end(tx, *caller.office, from, to, page.after, page.limit);
  return read_list(tx, "expiring", count, cards, page, caller);
}

Day unused_as_of(Day today) {
  auto const civil = civil_of(today);
  return day_from(civil.year, civil.month, 1).value();
}

Result<CardList> list_unused(ledger::WriteTx& tx, CardListPage const& page,
                             domain::Caller const& caller) {
  if (!caller.office) return not_an_office();
  auto const first = unused_as_of(helsinki_day(tx.now()));
  tables::Unused const of{*caller.office, first, first + -unused_after_days,
                          tables::sequence_at(tx, start_of(first))};
  auto const count = tables::count_unused_cards(tx, of);
  auto const cards = tables::unused_cards(tx, of, page.after, page.limit);
  return read_list(tx, "unused", count, cards, page, caller);
}

Result<CommunityCards> list_community(ledger::WriteTx& tx, std::optional<std::int64_t> before,
                                      int limit, domain::Caller const& caller) {
  if (!caller.office) return not_an_office();
  auto const today = helsinki_day(tx.now());
  CommunityCards list;
  list.count = tables::count_community_cards(tx, *caller.office);
  std::vector<ledger::Ref> seen;
  for (auto const& card : tables::community_cards(tx, *caller.office, before, limit)) {
    auto const state = contract::shown_state(card.state, card.first_valid, card.last_valid, today);
    list.cards.push_back({card.id, card.lineage.value(), tables::code_of(tx, card.id),
                          card.community_ceiling, state, card.last_valid});
    seen.push_back(card.ref);
  }
  record_list_read(tx, caller, "community", std::move(seen));
  return list;
}

}  // namespace kaiku::use_cases
