#include "server/pages/worker/community.hpp"

#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/commitment.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/community_form.hpp"
#include "server/pages/worker/community_view.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/list_cards.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/cards/community";
constexpr std::string_view new_path = "/cards/community/new";
constexpr int rows_shown = 50;

NewCommunityPage fresh_page() {
  NewCommunityPage page;
  page.people = usual_community;
  return page;
}

// As it was typed before the session ended; it is judged when it is sent.
NewCommunityPage typed_page(TypedCommunity const& typed) {
  NewCommunityPage page;
  page.card = typed.card.text;
  page.people = typed.people;
  return page;
}

// The page of a form that came back: everything is judged anew.
NewCommunityPage page_of(ledger::ReadTx& tx, TypedCommunity const& typed,
                         domain::Caller const& caller, Day today) {
  auto judged = judge_community(tx, typed, caller, today);
  auto page = typed_page(typed);
  page.asks_people = judged.asks_people;
  if (judged.given_here) {
    page.given_here = CardGivenHere{judged.given_here->code.text(), act_on(*judged.given_here)};
  }
  if (was_scanned(typed.card.scan) && !fault_of(judged.faults, "card").empty()) page.card.clear();
  page.faults = std::move(judged.faults);
  return page;
}

}  // namespace

Result<http::Response> get_community(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const before = FormValues(std::move(*query)).number("before");
  auto const language = place->frame.language;
  auto const found = use_cases::list_community(tx, before, rows_shown, call.caller());
  if (!found) return found.error();
  CommunityList list;
  list.count = found->count;
  for (auto const& card : found->cards) {
    list.rows.push_back(
        {card_address(call, card.card), card.code.short_form(), std::to_string(card.ceiling),
         std::string(state_text(language, card.state)), day_text(language, card.last_valid)});
  }
  bool const is_full = found->cards.size() == static_cast<std::size_t>(rows_shown);
  if (is_full) {
    auto const last = found->cards.back().lineage.value;
    list.more = std::string(list_path) + "?before=" + std::to_string(last);
  }
  return respond(place->frame, community_list_page(place->frame, list));
}

Result<http::Response> get_new_community(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, new_path);
  bool const is_begun = state && !state->is_old;
  if (auto first = commitment_first(tx, call.caller(), is_begun)) return *std::move(first);
  auto const typed = told_community(FormValues(state ? state->told : http::FormPairs{}));
  auto page = !state || state->is_old ? fresh_page()
              : state->is_held        ? typed_page(typed)
                               : page_of(tx, typed, caller_in(place->frame, call), call.today());
  if (state && state->is_old) place->frame.notice = in(place->frame.language, Text::k_old);
  page.form_id = new_form_id(call);
  return respond(place->frame, new_community_page(place->frame, page));
}

Result<http::Response> post_new_community(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, std::string(new_path));
  if (!place) return place.error();
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  domain::GivenCard const given(scanned(form, "card"));
  auto typed = posted_community(tx, form, given);
  if (!access::may_type(call, given)) typed.card.scan = Scan::held_up;
  auto const caller = caller_in(place->frame, call);
  std::optional<CardId> looked_at;
  auto answer = sent_once(call, tx, *pairs, new_path, [&]() -> Result<FormDone> {
    auto const judged = judge_community(tx, typed, caller, call.today());
    if (judged.is_unknown_card) access::note_miss(call, given);
    if (judged.given_here) looked_at = judged.given_here->card;
    if (!judged.request) {
      return FormDone{back_to(with_state(call, new_path, new_path, told_of(typed)))};
    }
    auto const registered = use_cases::register_card(tx, *judged.request, caller);
    if (!registered) return registered.error();
    return FormDone{see_other(handover_address(registered->handover.value()))};
  });
  if (!answer || !looked_at) return answer;
  // What the page then tells of a card of one's own is a look at it.
  auto const read = use_cases::read_card(tx, *looked_at, caller, domain::ReadPurpose::issue);
  if (!read) return read.error();
  answer->keeps_nothing = false;
  return answer;
}

}  // namespace kaiku::pages
