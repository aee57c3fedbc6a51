#include "server/pages/worker/issue.hpp"

#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/issue_form.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/stock.hpp"
#include "server/use_cases/accept_commitment.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view issue_page_path = "/cards/new";

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
    bool const is_over = given->state == contract::ShownState::expired;
    page.given_here =
        CardGivenHere{given->code.text(), is_over ? Text::card_renew : Text::nav_card};
  }
  page.faults = std::move(judged.faults);
  page.form = std::move(typed.form);
  if (typed.is_scan && !fault_of(page.faults, "card").empty()) page.form.card.clear();
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

http::Response asked_again(access::Call const& call, TypedIssue const& typed) {
  return back_to(with_state(call, issue_page_path, issue_page_path, told_of(typed)));
}

}  // namespace

Result<http::Response> get_new_card(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const state = state_of(call, issue_page_path);
  // What lies in the address was begun before a new commitment stood there: it is finished first.
  if (!state && use_cases::owes_commitment(tx, call.caller())) {
    return see_other(std::string(commitment_path));
  }
  auto page = state && state->is_held ? typed_page(tx, told_issue(FormValues(state->told)), *place)
              : state && !state->is_old
                  ? page_of(tx, told_issue(FormValues(state->told)), *place,
                            caller_in(place->frame, call), call.today())
                  : fresh_page(tx, FormValues(std::move(*query))["make"] == "1", *place);
  if (state && state->is_old) place->frame.notice = in(place->frame.language, Text::k_old);
  choose_municipality(page, place->office);
  page.child_age_limit = tables::find_area(tx, place->office.area).value().policy.child_age_limit;
  page.form_id = new_form_id(call);
  return respond(place->frame, issue_page(place->frame, page));
}

Result<http::Response> post_new_card(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, std::string(issue_page_path));
  if (!place) return place.error();
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const values(*pairs);
  std::string const card(scanned(values, "card"));
  if (auto const allowed = access::may_type(call, card); !allowed) return allowed.error();
  auto const typed = posted_issue(tx, values);
  auto const caller = caller_in(place->frame, call);
  std::optional<CardId> looked_at;
  auto const judge = [&] {
    auto judged = judge_issue(tx, typed, place->office, caller, call.today());
    if (judged.is_unknown_card) access::note_miss(call, card);
    if (judged.given_here) looked_at = judged.given_here->card;
    return judged;
  };
  auto const work = [&]() -> Result<FormDone> {
    auto const judged = judge();
    if (!judged.request) return FormDone{asked_again(call, typed)};
    auto const registered = use_cases::register_card(tx, *judged.request, caller);
    if (!registered) return registered.error();
    return FormDone{see_other(handover_address(registered->handover.value()))};
  };
  // A card alone asks: a page that was sent before reads the next card all the same.
  auto const is_question = is_card_alone(typed, place->office);
  if (is_question) judge();
  auto answer = is_question ? Result<http::Response>(asked_again(call, typed))
                            : sent_once(call, tx, *pairs, fresh_form(typed.form.make), work);
  if (!answer || !looked_at) return answer;
  // What the page then tells of a card of one's own is a look at it.
  auto const read = use_cases::read_card(tx, *looked_at, caller, "issue");
  if (!read) return read.error();
  answer->keeps_nothing = false;
  return answer;
}

}  // namespace kaiku::pages
