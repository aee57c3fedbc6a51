#include "server/pages/worker/card.hpp"
#include "schema/codec/personal_identity_code.hpp"
#include "server/access/call/card_guesses.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/frame/flash.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/correct.hpp"
#include "server/pages/worker/stock_card_text.hpp"
#include "server/pages/worker/worker_place.hpp"

namespace kaiku::pages {
namespace {

using use_cases::CardView;

constexpr std::string_view flash_page = "/card";

http::FormPairs told_of(CardView const& view, std::string_view act) {
  auto const number = [](std::int64_t n) { return std::to_string(n); };
  return {{"act", std::string(act)},
          {"id", number(view.id.value)},
          {"code", view.code.canonical()},
          {"kind", std::string(contract::word_of(view.kind))},
          {"state", std::string(contract::word_of(view.state))},
          {"first_valid", to_iso(view.first_valid)},
          {"last_valid", to_iso(view.last_valid)},
          {"children", number(view.children)},
          {"ceiling", number(view.community_ceiling)},
          {"municipality", view.municipality},
          {"registered_on", to_iso(view.registered_on)},
          {"token", view.token.value_or("")}};
}

// What told_of wrote: sealed by us, so every part of it is there.
CardView view_told(FormValues const& told) {
  auto const day = [&](char const* name) { return day_from_iso(told[name]).value(); };
  auto const number = [&](char const* name) { return told.number(name).value(); };
  CardView view{.id = CardId{number("id")},
                .code = contract::CardCode::parse(told["code"]).value(),
                .kind = contract::card_kind_from(told["kind"]).value(),
                .state = contract::shown_state_from(told["state"]).value(),
                .first_valid = day("first_valid"),
                .last_valid = day("last_valid"),
                .children = static_cast<int>(number("children")),
                .community_ceiling = static_cast<int>(number("ceiling")),
                .municipality = std::string(told["municipality"]),
                .registered_on = day("registered_on"),
                .token = std::nullopt};
  if (!told["token"].empty()) view.token = std::string(told["token"]);
  return view;
}

std::string message_of(Language language, std::string_view act) {
  Text const text = act == "renew"      ? Text::card_renewed
                    : act == "children" ? Text::card_children_changed
                    : act == "same"     ? Text::card_children_same
                    : act == "replace"  ? Text::card_replaced
                    : act == "block"    ? Text::card_blocked
                    : act == "correct"  ? Text::correct_done
                                        : Text::card_unblocked;
  return std::string(in(language, text));
}

Text text_of(Error const& error) {
  switch (error.problem) {
    case Problem::unreadable: return Text::fault_card_unreadable;
    case Problem::not_found: return Text::fault_card_unknown;
    case Problem::forbidden: return Text::card_problem_other_office;
    case Problem::card_replaced: return Text::card_problem_replaced;
    case Problem::card_ended: return Text::card_problem_ended;
    case Problem::card_barred: return Text::card_problem_barred;
    default: return Text::card_problem_state;
  }
}

// One posted act on one card; `faults` is filled where the form itself is wrong.
struct Act {
  std::string_view word;
  std::string card;
  FormValues const& form;
};

Result<CardView> do_replace(ledger::WriteTx& tx, Act const& act, domain::Caller const& caller,
                            Frame const& frame, PageFaults& faults) {
  auto const reason = domain::replace_reason_from(act.form["replace-reason"]);
  if (!reason) {
    faults.push_back({"replace-reason", std::string(in(frame.language, Text::fault_reason))});
    return Error(Problem::validation_failed);
  }
  std::string const stock(scanned(act.form, "replacement"));
  auto replaced = use_cases::replace_card(
      tx, act.card, *reason, stock.empty() ? std::nullopt : std::optional(stock), caller);
  if (!replaced && replaced.error().problem == Problem::validation_failed) {
    auto const text = text_of_stock_card(replaced.error().fields.front().code);
    faults.push_back({"replacement", std::string(in(frame.language, text))});
  }
  return replaced;
}

Result<CardView> do_act(ledger::WriteTx& tx, Act const& act, domain::Caller const& caller,
                        Frame const& frame, PageFaults& faults) {
  if (act.word == "renew") return use_cases::renew_card(tx, act.card, std::nullopt, caller);
  if (act.word == "unblock") return use_cases::unblock_card(tx, act.card, caller);
  if (act.word == "replace") return do_replace(tx, act, caller, frame, faults);
  if (act.word == "children") {
    auto const children = act.form.number("children");
    if (children && *children <= domain::most_children) {
      return use_cases::change_children(tx, act.card, static_cast<int>(*children), caller);
    }
    faults.push_back({"children", std::string(in(frame.language, Text::fault_children))});
    return Error(Problem::validation_failed);
  }
  if (act.word != "block") return Error(Problem::malformed_request);
  auto const reason = domain::block_reason_from(act.form["block-reason"]);
  if (reason) return use_cases::block_card(tx, act.card, *reason, caller);
  faults.push_back({"block-reason", std::string(in(frame.language, Text::fault_reason))});
  return Error(Problem::validation_failed);
}

http::Response shown(access::Call const& call, Frame const& frame, CardPage&& page) {
  page.form_id = new_form_id(call);
  if (page.view) page.correct = correct_address(call, page.view->id, "");
  return respond(frame, card_page(frame, page));
}

}  // namespace

Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, std::string(flash_page));
  if (!place) return place.error();
  auto& frame = place->frame;
  auto const state = state_of(call, flash_page);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  CardPage page;
  if (auto told = flash_of(call, flash_page)) {
    FormValues const values(std::move(*told));
    page.view = view_told(values);
    page.message = message_of(frame.language, values["act"]);
    // A replacement's new code has to survive a reload; anything else is told once.
    if (!page.view->token) frame.cookie = ended_flash_cookie();
  }
  return shown(call, frame, std::move(page));
}

http::Response led_to_card(access::Call const& call, CardView const& view, std::string_view act) {
  auto response = see_other(std::string(flash_page));
  response.with("Set-Cookie", flash_cookie(call, flash_page, told_of(view, act)));
  return response;
}

Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const place = worker_place(call, tx, std::string(flash_page));
  if (!place) return place.error();
  auto const& frame = place->frame;
  auto const say = [&](Text text) { return std::string(in(frame.language, text)); };
  CardPage page;
  std::string const card(scanned(form, "card"));
  if (card.empty() || codec::contains_personal_identity_code(card)) {
    page.faults = {
        {"card", say(card.empty() ? Text::fault_card_required : Text::fault_identity_code)}};
    return shown(call, frame, std::move(page));
  }
  if (auto const allowed = access::may_type(call, card); !allowed) return allowed.error();
  auto view = use_cases::read_card(tx, card, call.caller());
  if (!view) {
    if (view.error().problem == Problem::not_found) access::note_miss(call, card);
    auto const unregistered = view.error().problem == Problem::card_not_valid;
    page.faults = {
        {"card", say(unregistered ? Text::card_problem_not_registered : text_of(view.error()))}};
    page.typed = card;
    return shown(call, frame, std::move(page));
  }
  page.view = *view;
  Act const act{form["act"], view->code.text(), form};
  if (act.word == "show" || act.word.empty()) return shown(call, frame, std::move(page));
  // A refusal writes nothing, and who has read a card is written: so it shows none. The code stays
  // at hand, and looking again is one key.
  auto const refuse = [&] {
    page.view.reset();
    page.typed = card;
    return shown(call, frame, std::move(page));
  };
  if (form["seen"] != seen_of(*view)) {
    page.faults = {{"card", say(Text::card_problem_changed)}};
    return refuse();
  }
  auto const changed = do_act(tx, act, call.caller(), frame, page.faults);
  if (!changed) {
    if (changed.error().problem == Problem::malformed_request) return changed.error();
    if (page.faults.empty()) page.faults = {{"card", say(text_of(changed.error()))}};
    return refuse();
  }
  bool const changes_nothing = act.word == "children" && changed->children == view->children;
  return led_to_card(call, *changed, changes_nothing ? "same" : act.word);
}

}  // namespace kaiku::pages
