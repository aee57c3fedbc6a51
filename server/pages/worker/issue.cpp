#include "server/pages/worker/issue.hpp"

#include <algorithm>
#include <functional>

#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/pages/worker/typed_card.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/handovers.hpp"
#include "server/tables/stock.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view issue_page_path = "/cards/new";
constexpr std::string_view forms_path = "/cards/forms";

std::string fresh_form(bool make) { return std::string(issue_page_path) + (make ? "?make=1" : ""); }

// The page of a form that came back: everything is judged anew.
IssuePage page_of(ledger::ReadTx& tx, TypedIssue&& typed, WorkerPlace const& place,
                  domain::Caller const& caller, Day today) {
  IssuePage page;
  bool const is_alone = is_card_alone(typed, place.office);
  if (is_alone) typed.form.postcode = place.office.postcode;
  auto judged = judge_issue(tx, typed, place.office, caller, today);
  page.card_was_read = is_alone && judged.faults.empty();
  page.asks_municipality = judged.asks_municipality;
  page.municipalities = std::move(judged.municipalities);
  if (auto const& given = judged.given_here) {
    page.given_here = CardGivenHere{given->code.text(), act_on(*given)};
  }
  page.faults = std::move(judged.faults);
  page.form = std::move(typed.form);
  if (was_scanned(typed.scan) && !fault_of(page.faults, "card").empty()) page.form.card.clear();
  return page;
}

IssuePage fresh_page(ledger::ReadTx& tx, bool make, WorkerPlace const& place) {
  IssuePage page;
  page.form.make = make;
  page.has_no_stock = !make && tables::in_stock_at(tx, place.office.id) == 0 &&
                      !tables::has_unplaced_stock(tx, place.office.area);
  page.form.postcode = place.office.postcode;
  page.municipalities = choices_of_postcode(tx, place.office.postcode, place.frame.language);
  return page;
}

// As it was typed before the session ended. It is judged when it is sent: nobody has counted the
// card in it as a guess, nor as a look at a card.
IssuePage typed_page(ledger::ReadTx& tx, TypedIssue&& typed, WorkerPlace const& place) {
  IssuePage page;
  page.form = std::move(typed.form);
  page.municipalities = choices_of_postcode(tx, page.form.postcode, place.frame.language);
  return page;
}

// The office's own municipality is offered first.
void choose_municipality(IssuePage& page, tables::Office const& office) {
  bool const is_chosen = is_among(page.municipalities, page.form.municipality);
  if (!is_chosen) page.form.municipality = office.municipality;
}

// The two pages that give a card: what leads back to the form, and what on to the result.
struct IssueWay {
  std::string fresh;
  std::function<http::Response()> asked_again;
  std::function<http::Response(use_cases::Registered const&)> done;
};

// A form of either as it was sent.
struct Posted {
  WorkerPlace place;
  http::FormPairs pairs;
  domain::GivenCard given;
  TypedIssue typed;
};

// `typed`: of the form, as the page judges it.
Result<http::Response> give(access::Call& call, ledger::WriteTx& tx, Posted const& form,
                            TypedIssue const& typed, IssueWay const& way) {
  auto const& place = form.place;
  auto const caller = caller_in(place.frame, call);
  std::optional<CardId> looked_at;
  auto const judge = [&] {
    auto judged = judge_issue(tx, typed, place.office, caller, call.today());
    if (judged.is_unknown_card) access::note_miss(call, form.given);
    if (judged.given_here) looked_at = judged.given_here->card;
    return judged;
  };
  auto const work = [&]() -> Result<FormDone> {
    auto const judged = judge();
    if (!judged.request) return FormDone{way.asked_again()};
    auto const registered = use_cases::register_card(tx, *judged.request, caller);
    if (!registered) return registered.error();
    return FormDone{way.done(*registered)};
  };
  // A card alone asks: a page that was sent before reads the next card all the same.
  auto const is_question = is_card_alone(typed, place.office);
  if (is_question) judge();
  auto answer = is_question ? Result<http::Response>(way.asked_again())
                            : sent_once(call, tx, form.pairs, way.fresh, work);
  if (!answer || !looked_at) return answer;
  // What the page then tells of a card of one's own is a look at it.
  auto const read = use_cases::read_card(tx, *looked_at, caller, domain::ReadPurpose::issue);
  if (!read) return read.error();
  answer->keeps_nothing = false;
  return answer;
}

TypedIssue on_paper(TypedIssue typed) {
  typed.form.paper = true;
  typed.form.make = false;
  return typed;
}

int child_age_limit(ledger::ReadTx& tx, WorkerPlace const& place) {
  return tables::find_area(tx, place.office.area).value().policy.child_age_limit;
}

// The card that was keyed in just before, as the register has it.
void put_last(PaperSitting& sitting, ledger::ReadTx& tx, FormValues const& told,
              WorkerPlace const& place) {
  auto const bytes = from_hex(told["handover"]);
  ledger::Ref id{};
  if (!bytes || bytes->size() != id.size()) return;
  std::ranges::copy(*bytes, id.begin());
  auto const handover = tables::find_handover(tx, id);
  if (!handover || handover->office != place.office.id || handover->undone_seq) return;
  auto const lineage = tables::find_lineage(tx, handover->lineage);
  if (!lineage) return;
  auto const language = place.frame.language;
  auto const code = tables::code_of(tx, handover->card).short_form();
  sitting.last = fill(language, Text::forms_last,
                      {{"short", code}, {"day", day_text(language, lineage->registered_on)}});
  sitting.last_address = handover_address(id);
  sitting.last_label = fill(language, Text::handover_open_card, {{"short", code}});
}

IssuePage forms_page(access::Call const& call, ledger::ReadTx& tx, WorkerPlace const& place) {
  auto const state = state_of(call, forms_path);
  FormValues const told(state ? state->told : http::FormPairs{});
  auto typed = on_paper(told_issue(told));
  IssuePage page;
  if (state && state->is_held) {
    page = typed_page(tx, std::move(typed), place);
  } else if (told["sent"] == "1") {
    page = page_of(tx, std::move(typed), place, caller_in(place.frame, call), call.today());
  } else {
    page = fresh_page(tx, false, place);
    page.form.issued_on = typed.form.issued_on;
    put_last(page.sitting, tx, told, place);
  }
  page.form.paper = true;
  page.has_no_stock = false;  // the cards of paper forms are in people's hands
  page.sitting.registered = told.number("registered").value_or(0);
  page.action = forms_path;
  if (page.sitting.registered > 0) {
    page.action = with_state(call, forms_path, forms_path,
                             {{"registered", std::to_string(page.sitting.registered)}});
  }
  return page;
}

// What both forms end with: what belongs to the office, and what their address has to say.
Result<http::Response> shown(access::Call const& call, ledger::ReadTx& tx, WorkerPlace& place,
                             IssuePage page, bool is_old) {
  if (is_old) place.frame.notice = in(place.frame.language, Text::k_old);
  choose_municipality(page, place.office);
  page.child_age_limit = child_age_limit(tx, place);
  page.form_id = new_form_id(call);
  return respond(place.frame, issue_page(place.frame, page));
}

Result<Posted> posted(access::Call const& call, ledger::ReadTx& tx, std::string_view path) {
  auto place = worker_place(call, tx, std::string(path));
  if (!place) return place.error();
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const values(*pairs);
  domain::GivenCard given(scanned(values, "card"));
  auto typed = posted_issue(tx, values, given);
  if (!access::may_type(call, given)) typed.scan = Scan::held_up;
  return Posted{*std::move(place), *std::move(pairs), std::move(given), std::move(typed)};
}

}  // namespace

Result<http::Response> get_new_card(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const state = state_of(call, issue_page_path);
  bool const is_begun = state && !state->is_old;
  if (auto first = commitment_first(tx, call.caller(), is_begun)) return *std::move(first);
  auto page = state && state->is_held ? typed_page(tx, told_issue(FormValues(state->told)), *place)
              : is_begun              ? page_of(tx, told_issue(FormValues(state->told)), *place,
                                                caller_in(place->frame, call), call.today())
                         : fresh_page(tx, FormValues(std::move(*query))["make"] == "1", *place);
  return shown(call, tx, *place, std::move(page), state && state->is_old);
}

Result<http::Response> post_new_card(access::Call& call, ledger::WriteTx& tx) {
  auto const form = posted(call, tx, issue_page_path);
  if (!form) return form.error();
  auto const& typed = form->typed;
  IssueWay const way{
      fresh_form(typed.form.make),
      [&] { return back_to(with_state(call, issue_page_path, issue_page_path, told_of(typed))); },
      [](use_cases::Registered const& registered) {
        return see_other(handover_address(registered.handover.value()));
      }};
  return give(call, tx, *form, typed, way);
}

Result<http::Response> get_forms(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, forms_path);
  bool const is_begun = state && !state->is_old;
  if (auto first = commitment_first(tx, call.caller(), is_begun)) return *std::move(first);
  return shown(call, tx, *place, forms_page(call, tx, *place), state && state->is_old);
}

Result<http::Response> post_forms(access::Call& call, ledger::WriteTx& tx) {
  auto const form = posted(call, tx, forms_path);
  if (!form) return form.error();
  auto const typed = on_paper(form->typed);
  auto const sitting = state_of(call, forms_path);
  auto const before =
      FormValues(sitting ? sitting->told : http::FormPairs{}).number("registered").value_or(0);
  auto const address = [&](http::FormPairs told, std::int64_t registered) {
    told.emplace_back("registered", std::to_string(registered));
    return with_state(call, forms_path, forms_path, told);
  };
  IssueWay const way{std::string(forms_path),
                     [&] {
                       auto told = told_of(typed);
                       told.emplace_back("sent", "1");
                       return back_to(address(std::move(told), before));
                     },
                     [&](use_cases::Registered const& registered) {
                       return see_other(address({{"issued_on", typed.form.issued_on},
                                                 {"handover", to_hex(*registered.handover)}},
                                                before + 1));
                     }};
  return give(call, tx, *form, typed, way);
}

}  // namespace kaiku::pages
