#include "server/pages/worker/card_lists.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/card_lists_view.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/list_cards.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view expiring_path = "/cards/expiring";
constexpr std::string_view unused_path = "/cards/unused";
constexpr int soon_days = 30;
constexpr int months_to_choose = 12;

struct Month {
  int year;
  unsigned month;
  Day first() const { return day_from(year, month, 1).value(); }
  Month next() const { return month == 12 ? Month{year + 1, 1} : Month{year, month + 1}; }
  Day last() const { return next().first() + -1; }
  std::string word() const { return to_iso(first()).substr(0, 7); }
  std::string text(Language language) const { return month_text(language, first()); }
};

// From this one on.
std::vector<Month> months_from(Day today) {
  auto const civil = civil_of(today);
  std::vector<Month> months{{civil.year, civil.month}};
  while (months.size() < std::size_t{months_to_choose}) months.push_back(months.back().next());
  return months;
}

use_cases::CardListPage page_after(FormValues const& told) {
  use_cases::CardListPage page;
  auto const day = told.number("day");
  auto const card = told.number("card");
  if (day && card)
    page.after = tables::CardListPlace{Day{static_cast<std::int32_t>(*day)}, CardId{*card}};
  return page;
}

// No card stands in an address in clear, so the place of the next page is sealed too.
std::string address_of_more(access::Call const& call, std::string_view path,
                            std::string_view pattern, use_cases::CardList const& list, int limit) {
  if (list.cards.size() < static_cast<std::size_t>(limit)) return {};
  auto const& last = list.cards.back();
  return with_state(
      call, path, pattern,
      {{"day", std::to_string(last.last_valid.value)}, {"card", std::to_string(last.card.value)}});
}

std::vector<CardRow> rows_of(access::Call const& call, use_cases::CardList const& list,
                             Language language) {
  std::vector<CardRow> rows;
  for (auto const& [card, code, last_valid] : list.cards) {
    rows.push_back({card_address(call, card), code.short_form(), day_text(language, last_valid)});
  }
  return rows;
}

}  // namespace

Result<http::Response> get_expiring(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const asked = std::string(FormValues(std::move(*query))["month"]);
  auto const language = place->frame.language;
  auto const today = call.today();
  auto from = today, to = today + soon_days;
  CardListModel model;
  model.months.push_back({"", std::string(in(language, Text::expiring_soon))});
  std::string path(expiring_path);
  for (auto const& month : months_from(today)) {
    model.months.push_back({month.word(), month.text(language)});
    if (month.word() != asked) continue;
    model.month = asked;
    path += "?month=" + asked;
    from = month.first();
    to = month.last();
  }
  auto const state = state_of(call, expiring_path);
  auto const page = page_after(FormValues(state ? state->told : http::FormPairs{}));
  auto const list = use_cases::list_expiring(tx, from, to, page, call.caller());
  if (!list) return list.error();
  model.heading = fill(language, Text::expiring_count, {{"n", number_text(language, list->count)}});
  model.about = fill(language, Text::expiring_between,
                     {{"from", day_text(language, from)}, {"to", day_text(language, to)}});
  model.none = in(language, model.month.empty() ? Text::empty_expiring : Text::expiring_none);
  model.rows = rows_of(call, *list, language);
  model.more = address_of_more(call, path, expiring_path, *list, page.limit);
  return respond(place->frame, card_list_page(place->frame, model));
}

Result<http::Response> get_unused(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const language = place->frame.language;
  auto const state = state_of(call, unused_path);
  auto const page = page_after(FormValues(state ? state->told : http::FormPairs{}));
  auto const list = use_cases::list_unused(tx, page, call.caller());
  if (!list) return list.error();
  CardListModel model;
  model.heading = fill(language, Text::unused_count, {{"n", number_text(language, list->count)}});
  model.about = fill(language, Text::unused_as_of,
                     {{"day", day_text(language, use_cases::unused_as_of(call.today()))}});
  model.none = in(language, Text::unused_none);
  model.rows = rows_of(call, *list, language);
  model.more = address_of_more(call, unused_path, unused_path, *list, page.limit);
  return respond(place->frame, card_list_page(place->frame, model));
}

}  // namespace kaiku::pages
