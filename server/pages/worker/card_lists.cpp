#include "server/pages/worker/card_lists.hpp"

#include <functional>

#include "server/access/call/fresh_code.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/saved_file.hpp"
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

// The days that a list of ending cards is of.
struct Ending {
  Day from;
  Day to;
  std::string month;  // the word of a month, empty: the next days
  std::string path() const {
    return std::string(expiring_path) + (month.empty() ? "" : "?month=" + month);
  }
};
Ending ending_in(std::string_view asked, Day today) {
  for (auto const& month : months_from(today)) {
    if (month.word() == asked) return {month.first(), month.last(), month.word()};
  }
  return {today, today + soon_days, ""};
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

// Of unused cards the list says since which month they have lain.
enum class Issued : std::uint8_t { untold, month };

std::vector<CardRow> rows_of(access::Call const& call, use_cases::CardList const& list,
                             Issued issued, Language language) {
  std::vector<CardRow> rows;
  for (auto const& card : list.cards) {
    rows.push_back({card_address(call, card.card), card.code.short_form(),
                    day_text(language, card.last_valid),
                    issued == Issued::month ? month_text(language, card.registered_on) : ""});
  }
  return rows;
}

// What the address of a list has to say: where it goes on, or what was wrong with the code.
FormValues told_at(access::Call const& call, std::string_view pattern, Frame& frame) {
  auto const state = state_of(call, pattern);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  return FormValues(state ? state->told : http::FormPairs{});
}

void put_export(access::Call const& call, ledger::ReadTx& tx, std::string_view pattern,
                FormValues const& told, Language language, CardListModel& model) {
  model.action = pattern;
  model.asks_code = !access::has_fresh_code(call, tx);
  bool const is_asked = model.asks_code && !model.rows.empty();
  if (is_asked) add_code_fault(model.faults, language, told["code"]);
}

codec::CsvRows table_of(use_cases::CardList const& list, Issued issued, Language language) {
  auto const say = [&](Text text) { return std::string(in(language, text)); };
  codec::CsvRows rows{{say(Text::handover_card), say(Text::last_valid_day)}};
  if (issued == Issued::month) rows.front().push_back(say(Text::unused_issued));
  for (auto const& card : list.cards) {
    rows.push_back({card.code.short_form(), day_text(language, card.last_valid)});
    if (issued == Issued::month) {
      rows.back().push_back(month_text(language, card.registered_on));
    }
  }
  return rows;
}

using ReadList = std::function<Result<use_cases::CardList>(use_cases::CardListPage const&)>;

// `path`: of the page that the form stands on.
Result<http::Response> exported(access::Call& call, ledger::WriteTx& tx, std::string const& path,
                                std::string_view pattern, Text file, Issued issued,
                                ReadList const& read) {
  auto const place = worker_place(call, tx, path);
  if (!place) return place.error();
  auto const form = call.form();
  if (!form) return form.error();
  auto const code = http::form_value(*form, code_field_name).value_or(std::string_view());
  auto const allowed = access::take_fresh_code(call, tx, code);
  if (!allowed) {
    auto const word = code_fault_word(allowed.error());
    if (!word) return allowed.error();
    return back_to(with_state(call, path, pattern, {{"code", std::string(*word)}}));
  }
  auto const list = read(use_cases::whole_list_as_file);
  if (!list) return list.error();
  auto const language = place->frame.language;
  return csv_file(fill(language, file, {{"day", to_iso(call.today())}}),
                  table_of(*list, issued, language));
}

}  // namespace

Result<http::Response> get_expiring(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const language = place->frame.language;
  auto const ending = ending_in(FormValues(std::move(*query))["month"], call.today());
  CardListModel model;
  model.months.push_back({"", std::string(in(language, Text::expiring_soon))});
  for (auto const& month : months_from(call.today())) {
    model.months.push_back({month.word(), month.text(language)});
  }
  model.month = ending.month;
  auto const told = told_at(call, expiring_path, place->frame);
  auto const page = page_after(told);
  auto const list = use_cases::list_expiring(tx, ending.from, ending.to, page, call.caller());
  if (!list) return list.error();
  model.heading = fill(language, Text::expiring_count, {{"n", number_text(language, list->count)}});
  model.about =
      fill(language, Text::expiring_between,
           {{"from", day_text(language, ending.from)}, {"to", day_text(language, ending.to)}});
  model.none = in(language, model.month.empty() ? Text::empty_expiring : Text::expiring_none);
  model.rows = rows_of(call, *list, Issued::untold, language);
  model.more = address_of_more(call, ending.path(), expiring_path, *list, page.limit);
  put_export(call, tx, expiring_path, told, language, model);
  return respond(place->frame, card_list_page(place->frame, model));
}

Result<http::Response> post_expiring(access::Call& call, ledger::WriteTx& tx) {
  auto form = call.form();
  if (!form) return form.error();
  auto const ending = ending_in(FormValues(std::move(*form))["month"], call.today());
  return exported(call, tx, ending.path(), expiring_path, Text::expiring_file, Issued::untold,
                  [&](use_cases::CardListPage const& page) {
                    return use_cases::list_expiring(tx, ending.from, ending.to, page,
                                                    call.caller());
                  });
}

Result<http::Response> get_unused(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const language = place->frame.language;
  auto const told = told_at(call, unused_path, place->frame);
  auto const page = page_after(told);
  auto const list = use_cases::list_unused(tx, page, call.caller());
  if (!list) return list.error();
  CardListModel model;
  model.heading = fill(language, Text::unused_count, {{"n", number_text(language, list->count)}});
  model.about = fill(language, Text::unused_as_of,
                     {{"day", day_text(language, use_cases::unused_as_of(call.today()))}});
  model.none = in(language, Text::unused_none);
  model.rows = rows_of(call, *list, Issued::month, language);
  model.more = address_of_more(call, unused_path, unused_path, *list, page.limit);
  put_export(call, tx, unused_path, told, language, model);
  return respond(place->frame, card_list_page(place->frame, model));
}

Result<http::Response> post_unused(access::Call& call, ledger::WriteTx& tx) {
  return exported(call, tx, std::string(unused_path), unused_path, Text::unused_file, Issued::month,
                  [&](use_cases::CardListPage const& page) {
                    return use_cases::list_unused(tx, page, call.caller());
                  });
}

}  // namespace kaiku::pages
