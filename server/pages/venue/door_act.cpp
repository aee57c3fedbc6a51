#include "server/pages/venue/door_act.hpp"

#include "server/access/call/card_guesses.hpp"
#include "server/domain/door_line.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/use_cases/judge_use.hpp"
#include "server/use_cases/redeem.hpp"

namespace kaiku::pages {
namespace {

using contract::Answer;

// What came of tickets that were asked: a use, why not, or a word for what was wrong with the form.
struct Recorded {
  std::optional<tables::Redemption> use;
  std::optional<contract::Decision> refusal;
  std::string fault;
};

Result<Recorded> record(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                        contract::RedemptionRequest const& request,
                        contract::CardInput const& input) {
  Recorded recorded;
  auto const answer = use_cases::redeem(tx, request, input, call.caller());
  if (answer) {
    if (auto const* decision = std::get_if<contract::Decision>(&*answer)) {
      if (decision->answer == Answer::unknown_card) access::note_miss(call, input, desk.venue.id);
      recorded.refusal = *decision;
    } else {
      auto const& reply = std::get<use_cases::Redeemed>(*answer).reply;
      recorded.use = tables::find_redemption(tx, reply.redemption);
    }
    return recorded;
  }
  switch (answer.error().problem) {
    case Problem::unreadable: recorded.fault = "unreadable"; return recorded;
    case Problem::validation_failed:
      recorded.fault = request.override ? "reason" : "choices";
      return recorded;
    case Problem::idempotency_key_reused:
      recorded.use = tables::find_redemption(tx, call.caller().actor, request.idempotency_key);
      recorded.fault = "used";
      return recorded;
    default: return answer.error();
  }
}

contract::RedemptionRequest request_of(DoorDesk const& desk, DoorState const& state,
                                       contract::Tickets const& tickets) {
  contract::RedemptionRequest request;
  request.card = state.read;
  request.venue = desk.venue.id;
  if (desk.event) request.event = desk.event->id;
  request.tickets = tickets;
  return request;
}

}  // namespace

http::Response ask_for_event(access::Call const& call, DoorDesk const& desk) {
  if (!desk.venue.active) return see_other(address_of_desk(desk));
  return see_other(with_state(call, address_of_desk(desk), door_pattern, {{"told", "scan_again"}}));
}

Result<std::optional<http::Response>> answer_to_first_line(access::Call const& call,
                                                           ledger::ReadTx& tx, DoorDesk const& desk,
                                                           std::string_view text) {
  auto const back = address_of_desk(desk);
  auto const told = [&](char const* word) {
    return std::optional(see_other(with_state(call, back, door_pattern, {{"told", word}})));
  };
  auto const line = domain::parse_door_line(text);
  if (!desk.may_record()) return std::optional(ask_for_event(call, desk));
  if (line.kind == domain::DoorLine::Kind::empty) return told("required");
  if (line.kind == domain::DoorLine::Kind::keys) return told("scan_first");
  if (gives_at_once(call, tx, desk, text)) return std::optional<http::Response>();
  auto shown = show_card(call, tx, desk, text);
  if (!shown) return shown.error();
  return std::optional(*std::move(shown));
}

Result<std::optional<http::Response>> answer_to_late_line(access::Call const& call,
                                                          ledger::ReadTx& tx, DoorDesk& desk,
                                                          std::string_view text) {
  if (desk.may_record()) {
    auto next = desk_of_next(call, tx, desk);
    if (!next) return next.error();
    desk = *std::move(next);
  }
  bool const is_card = domain::parse_door_line(text).kind == domain::DoorLine::Kind::card;
  if (!is_card) return std::optional(see_other(address_of_desk(desk) + "&old=1"));
  return answer_to_first_line(call, tx, desk, text);
}

Result<http::Response> show_card(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
                                 std::string_view text, std::string before) {
  auto state = state_at(desk);
  state.at = call.now();
  state.form_id = new_form_id(call);
  state.before = std::move(before);
  auto const told = [&](std::string_view word) {
    state.told = word;
    return see_other(address_with(call, door_card_pattern, state));
  };
  if (auto const word = unreadable_word(text); !word.empty()) return told(word);
  auto const input = contract::parse_card_input(text);
  if (!access::may_type(call, *input, desk.venue.id)) return told("many");
  contract::CheckRequest request;
  request.card = text;
  request.venue = desk.venue.id;
  if (desk.event) request.event = desk.event->id;
  auto const checked = use_cases::check_card(tx, request, *input, call.caller(), call.now());
  if (!checked && checked.error().problem == Problem::unreadable) return told("unreadable");
  if (!checked) return checked.error();
  if (checked->typed_miss) access::note_miss(call, *input, desk.venue.id);
  state.read = text;
  return see_other(address_with(call, door_card_pattern, state));
}

bool gives_at_once(access::Call const& call, ledger::ReadTx& tx, DoorDesk const& desk,
                   std::string_view text) {
  if (!desk.fast || text.size() > longest_reading) return false;
  auto const input = contract::parse_card_input(text);
  if (!input || !access::may_type(call, *input, desk.venue.id)) return false;
  if (!desk.event) return true;
  auto const card = use_cases::resolve_card(tx, *input);
  return !card || !use_cases::reservation_at(tx, desk.event->id, *card, call.now());
}

Result<http::Response> give_at_once(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                                    std::string_view text, std::string_view form_id) {
  if (!is_form_id(form_id)) return Error(Problem::malformed_request);
  auto state = state_at(desk);
  state.at = call.now();
  state.form_id = form_id;
  state.read = text;
  return give(call, tx, desk, std::move(state), {.adult = 1}, std::nullopt);
}

Result<http::Response> give(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                            DoorState state, contract::Tickets const& tickets,
                            std::optional<contract::Override> const& override) {
  auto const input = contract::parse_card_input(state.read);
  // Asked again: others may have missed since a read lane looked.
  if (!input || !access::may_type(call, *input, desk.venue.id)) {
    return show_card(call, tx, desk, state.read);
  }
  auto request = request_of(desk, state, tickets);
  request.idempotency_key = key_of_form(state.form_id);
  request.override = override;
  auto const recorded = record(call, tx, desk, request, *input);
  if (!recorded) return recorded.error();
  state.told = recorded->fault;
  if (recorded->use) {
    state.uses = {recorded->use->id};
    // The form was used for another card: the one that was read now has got nothing.
    if (!recorded->fault.empty()) state.read.clear();
    return see_other(address_with(call, door_given_pattern, state));
  }
  state.asked = tickets;
  // In fast mode nobody has chosen anything yet, and the page that asks is another form.
  if (desk.fast) state.form_id = new_form_id(call);
  return back_to(address_with(call, door_card_pattern, state));
}

Result<http::Response> add(access::Call& call, ledger::WriteTx& tx, DoorDesk const& desk,
                           DoorState state, contract::Tickets const& tickets,
                           std::string_view form_id) {
  if (!is_form_id(form_id) || state.uses.empty()) return Error(Problem::malformed_request);
  auto const input = contract::parse_card_input(state.read);
  if (!input) return Error(Problem::malformed_request);
  auto request = request_of(desk, state, tickets);
  request.idempotency_key =
      "a:" + std::to_string(state.uses.front().value) + ":" + std::string(form_id);
  auto const recorded = record(call, tx, desk, request, *input);
  if (!recorded) return recorded.error();
  state.told = recorded->fault;
  if (recorded->use) {
    state.uses.push_back(recorded->use->id);
    return see_other(address_with(call, door_given_pattern, state));
  }
  if (auto const& refusal = recorded->refusal) {
    state.told = contract::word_of(refusal->answer);
    state.asked = contract::Tickets{.child = refusal->children_max};
  }
  return back_to(address_with(call, door_given_pattern, state));
}

}  // namespace kaiku::pages
