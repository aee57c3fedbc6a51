#include "server/access/call/card_guesses.hpp"
#include "server/http/form.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/public/own_card.hpp"
#include "server/pages/public/own_card_view.hpp"
#include "server/pages/public/public_frame.hpp"
#include "server/use_cases/own_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view lost = "/me/lost";
constexpr std::string_view question = "/me/lost/confirm";

http::Response refused(access::Call const& call, http::FormPairs const& told) {
  return see_other(with_state(call, public_address(public_frame(call), lost), lost, told));
}

// Where the answer stands: the question for a card, or that it is done.
std::string address_of(access::Call const& call, Frame const& frame, http::FormPairs const& told) {
  return with_state(call, public_address(frame, question), question, told);
}

}  // namespace

Result<http::Response> get_lost(access::Call const& call, ledger::ReadTx&) {
  auto frame = public_frame(call);
  OwnLostPage page;
  page.action = public_address(frame, lost);
  if (auto const state = state_of(call, lost)) {
    FormValues const told(state->told);
    auto const fault = told["fault"];
    auto const add = [&](std::string text) { page.faults = {{"code", std::move(text)}}; };
    if (state->is_old || fault == "old") frame.notice = in(frame.language, Text::k_old);
    if (fault == "blank") add(std::string(in(frame.language, Text::lost_code_missing)));
    if (fault == "no") add(std::string(in(frame.language, Text::lost_no)));
    if (fault == "wait") {
      Instant const until{told.number("until").value_or(0)};
      add(fill(frame.language, Text::me_wait,
               {{"t", end_text(frame.language, until, call.today())}}));
    }
  }
  return respond(frame, own_lost_page(frame, page));
}

// A recovery code is never told again, not even sealed: it gets a new card.
Result<http::Response> post_lost(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  if (form["code"].empty()) return refused(call, {{"fault", "blank"}});
  if (auto const allowed = access::may_try(call, access::Brake::own_card_network); !allowed) {
    auto const wait_us = allowed.error().retry_after_s.value_or(1) * second_us;
    return refused(call, {{"fault", "wait"}, {"until", std::to_string((call.now() + wait_us).us)}});
  }
  auto const card = use_cases::card_of_letter(tx, form["code"]);
  if (!card) {
    access::note_miss(call, access::Brake::own_card_network);
    return refused(call, {{"fault", "no"}});
  }
  return see_other(address_of(call, public_frame(call), {{"card", std::to_string(card->value)}}));
}

Result<http::Response> get_lost_question(access::Call const& call, ledger::ReadTx& tx) {
  auto const frame = public_frame(call);
  auto const state = state_of(call, question);
  if (!state || state->is_old) return refused(call, {{"fault", "old"}});
  FormValues const told(state->told);
  if (!told["done"].empty())
    return respond(frame, own_lost_page(frame, {.step = OwnLostStep::done}));
  CardId const id{told.number("card").value_or(0)};
  auto const card = use_cases::own_card(tx, id, call.today());
  if (!card || !card->may_be_lost) {
    return respond(frame, own_lost_page(frame, {.step = OwnLostStep::off}));
  }
  return respond(frame, own_lost_page(frame, {.step = OwnLostStep::confirm,
                                              .action = address_of(call, frame, state->told)}));
}

// Anybody may send this form: what changes nothing does not reach the writer.
Result<std::optional<http::Response>> look_at_lost_question(access::Call const& call,
                                                            ledger::ReadTx& tx) {
  auto const state = state_of(call, question);
  auto const id = state && !state->is_old ? FormValues(state->told).number("card") : std::nullopt;
  if (!id) return std::optional(refused(call, {{"fault", "old"}}));
  auto const card = use_cases::own_card(tx, CardId{*id}, call.today());
  if (card && card->may_be_lost) return std::optional<http::Response>();
  return std::optional(see_other(address_of(call, public_frame(call), state->told)));
}

Result<http::Response> post_lost_question(access::Call& call, ledger::WriteTx& tx) {
  auto const state = state_of(call, question);
  if (!state || state->is_old) return refused(call, {{"fault", "old"}});
  auto const id = FormValues(state->told).number("card");
  if (!id) return refused(call, {{"fault", "old"}});
  auto const frame = public_frame(call);
  auto const reported = use_cases::report_lost(tx, CardId{*id}, call.caller());
  // Replaced or undone since the question: its page says that it is not in use.
  if (!reported) return see_other(address_of(call, frame, state->told));
  return see_other(address_of(call, frame, {{"done", "1"}}));
}

}  // namespace kaiku::pages
