#include "server/pages/worker/lost.hpp"

#include <algorithm>
#include <array>

#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/pages/worker/lost_view.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/find_lost_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/cards/lost";
constexpr std::size_t longest_kept = 20;
constexpr std::array<char const*, 4> field_names{"birth_year", "postcode", "month", "children"};

// "3.2026", "03/2026" or "2026-03": its first and last day.
struct Month {
  Day first, last;
};
std::optional<Month> month_from(std::string_view text) {
  auto const cut = text.find_first_of("./-");
  if (cut == std::string_view::npos) return std::nullopt;
  auto front = text.substr(0, cut), back = text.substr(cut + 1);
  if (front.size() == 4) std::swap(front, back);
  auto const number = [](std::string_view digits, std::size_t longest) {
    bool const is_short = digits.size() <= longest;
    return is_short ? static_cast<int>(number_from(digits).value_or(0)) : 0;
  };
  int const month = number(front, 2), year = number(back, 4);
  if (month < 1 || month > 12 || year < 2000) return std::nullopt;
  auto const first = day_from(year, static_cast<unsigned>(month), 1).value();
  auto const next =
      month == 12 ? day_from(year + 1, 1, 1) : day_from(year, static_cast<unsigned>(month) + 1, 1);
  return Month{first, next.value() + -1};
}

struct Judged {
  PageFaults faults;
  use_cases::LostCard lost;
};

Judged judge(FormValues const& form, Language language) {
  Judged judged;
  // A field that held a personal identity code comes without its text, and says only that.
  auto const add = [&](char const* field, Text text) {
    auto const told = holds_identity_code(form, field) ? Text::fault_identity_code : text;
    judged.faults.push_back({field, std::string(in(language, told))});
  };
  auto const year = form["birth_year"];
  if (is_birth_year(year))
    judged.lost.birth_year = std::stoi(std::string(year));
  else
    add("birth_year", Text::fault_birth_year);
  judged.lost.postcode = form["postcode"];
  if (!is_postcode(judged.lost.postcode)) add("postcode", Text::fault_postcode);
  auto const month = month_from(form["month"]);
  if (month) {
    judged.lost.from = month->first;
    judged.lost.to = month->last;
  } else {
    add("month", Text::fault_lost_month);
  }
  judged.lost.children = children_from(form["children"]);
  bool const says_children = !form["children"].empty() || holds_identity_code(form, "children");
  if (says_children && !judged.lost.children) add("children", Text::fault_children);
  return judged;
}

// What was typed, without what no page shows again.
http::FormPairs told_of(FormValues const& form) {
  http::FormPairs told{{"sent", "1"}};
  for (auto const* name : field_names) keep_typed(told, form, name, longest_kept);
  return told;
}

Result<LostMatch> match_of(access::Call const& call, ledger::WriteTx& tx, CardId card,
                           Language language) {
  auto const view = use_cases::read_card(tx, card, call.caller(), domain::ReadPurpose::search);
  if (!view) return view.error();
  return LostMatch{card_address(call, card, "found"), view->code.short_form(),
                   day_text(language, view->registered_on), std::to_string(view->children),
                   day_text(language, view->last_valid)};
}

}  // namespace

Result<http::Response> get_lost(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto& frame = place->frame;
  auto const state = state_of(call, path);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  FormValues const told(state && !state->is_old ? state->told : http::FormPairs{});
  LostPage page;
  for (auto const* name : field_names) {
    bool const is_usual = told[name].empty() && told["sent"] != "1" && !(state && state->is_held) &&
                          std::string_view(name) == "postcode";
    page.typed.emplace_back(name, is_usual ? place->office.postcode : std::string(told[name]));
  }
  if (told["sent"] == "1") page.faults = judge(told, frame.language).faults;
  page.found_none = told["found"] == "none";
  page.found_many = told["found"] == "many";
  page.has_to_wait = told["found"] == "wait";
  for (std::size_t n = 0; n < use_cases::most_lost_matches; ++n) {
    auto const card = told.number("card" + std::to_string(n));
    if (!card) break;
    auto match = match_of(call, tx, CardId{*card}, frame.language);
    if (!match) return match.error();
    page.matches.push_back(*std::move(match));
  }
  return respond(frame, lost_page(frame, page));
}

Result<http::Response> post_lost(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto told = told_of(form);
  auto const judged = judge(FormValues(told), Language::fi);
  if (!judged.faults.empty()) return back_to(with_state(call, path, path, told));
  if (!access::may_search(call)) {
    told.emplace_back("found", "wait");
    return back_to(with_state(call, path, path, told));
  }
  auto const found = use_cases::find_lost_card(tx, judged.lost, call.caller());
  if (!found) return found.error();
  access::note_search(call);
  if (found->size() == 1) {
    auto const view =
        use_cases::read_card(tx, found->front(), call.caller(), domain::ReadPurpose::search);
    if (!view) return view.error();
    return see_other(card_address(call, view->id, "found"));
  }
  bool const is_many = found->size() > use_cases::most_lost_matches;
  if (is_many || found->empty()) {
    told.emplace_back("found", is_many ? "many" : "none");
  } else {
    for (std::size_t n = 0; n < found->size(); ++n) {
      told.emplace_back("card" + std::to_string(n), std::to_string(found->at(n).value));
    }
  }
  return see_other(with_state(call, path, path, told));
}

}  // namespace kaiku::pages
