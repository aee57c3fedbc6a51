#include "server/pages/worker/card_act.hpp"

#include <array>
#include <functional>

#include "server/access/call/card_guesses.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/card_act_form.hpp"
#include "server/pages/worker/card_act_view.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/undo_renewal.hpp"

namespace kaiku::pages {
namespace {

using use_cases::CardView;

// What a page of an act adds to what all of them have.
using Draw = std::function<void(ActPage&, CardView const&, Frame const&, FormValues const& told)>;

// Somebody else was faster: today's value, and beside it what was typed. What the register has not
// yet, such as a reason, stays typed.
void put_clash(ActPage& page, CardView const& view, FormValues const& told) {
  auto const today = std::to_string(view.children);
  if (!page.children || told["children"] == today) return;
  page.children = today;
  page.children_yours = std::string(told["children"]);
}

Result<http::Response> ask(access::Call& call, ledger::WriteTx& tx, std::string_view path, Text act,
                           Draw const& draw) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, path);
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  FormValues const told(state->told);
  CardId const id{told.number("card").value_or(0)};
  auto const view = use_cases::read_card(tx, id, call.caller());
  if (!view) return view.error();
  ActPage page;
  page.act = act;
  page.path = path;
  page.form_id = new_form_id(call);
  page.card = std::to_string(id.value);
  page.seen = seen_by_act(tx, path, *view);
  page.short_code = view->code.short_form();
  page.back = card_address(call, id);
  draw(page, *view, place->frame, told);
  if (told["seen"].empty()) return respond(place->frame, act_page(place->frame, page));
  if (told["seen"] != page.seen) {
    place->frame.notice = in(place->frame.language, Text::changed_meanwhile);
    put_clash(page, *view, told);
  } else if (!state->is_held) {
    // Sent once, and refused: the same is judged anew. What the end of a sign-in kept is judged
    // when it is sent, where guesses are counted.
    auto const typed = told_act(tx, told);
    auto const caller = caller_in(place->frame, call);
    page.faults = judge_act(tx, path, typed, caller, call.today()).faults;
    empty_faulty_scan(page, typed);
  }
  return respond(place->frame, act_page(place->frame, page));
}

// What a form that nothing stands against does, and where it leads to.
// `replacement`: what was given in its field, on the page that has one.
using Do = std::function<Result<http::Response>(CardView const&, FormValues const& form,
                                                domain::GivenCard const& replacement)>;

Result<http::Response> act(access::Call& call, ledger::WriteTx& tx, std::string_view path,
                           Do const& work) {
  auto const place = worker_place(call, tx, std::string(path));
  if (!place) return place.error();
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  CardId const id{form.number("card").value_or(0)};
  domain::GivenCard const replacement(scanned(form, "replacement"));
  auto typed = posted_act(tx, form, replacement);
  auto const refused = [&] { return back_to(with_state(call, path, path, told_of(typed))); };
  if (!access::may_type(call, replacement)) {
    typed.replacement.scan = Scan::held_up;
    return refused();
  }
  auto const caller = caller_in(place->frame, call);
  return sent_once(call, tx, *pairs, act_address(call, path, id), [&]() -> Result<FormDone> {
    auto const judged = judge_act(tx, path, typed, caller, call.today());
    if (judged.is_unknown_card) access::note_miss(call, replacement);
    auto const view = use_cases::read_card(tx, id, call.caller());
    if (!view) return view.error();
    bool const is_clash = form["seen"] != seen_by_act(tx, path, *view);
    if (is_clash || !judged.faults.empty()) return FormDone{refused()};
    auto done = work(*view, form, replacement);
    if (!done) return done.error();
    return FormDone{*std::move(done)};
  });
}

std::string say(Frame const& frame, Text text) { return std::string(in(frame.language, text)); }

void add_days(ActPage& page, Frame const& frame, CardView const& view) {
  page.facts.emplace_back(say(frame, Text::card_state),
                          std::string(state_text(frame.language, view.state)));
  page.facts.emplace_back(say(frame, Text::last_valid_day),
                          day_text(frame.language, view.last_valid));
}

std::string bar_of(Frame const& frame, use_cases::RenewalBar bar, CardView const& view) {
  using enum use_cases::RenewalBar;
  auto const day = day_text(frame.language, view.last_valid);
  switch (bar) {
    case none: return {};
    case blocked: return say(frame, Text::blocked_first);
    case replaced: return say(frame, Text::card_problem_replaced);
    case renewed_already: return fill(frame.language, Text::renewed_already, {{"day", day}});
    case trial_ends: return fill(frame.language, Text::trial_ends, {{"day", day}});
  }
  return {};
}

// A replaced card has no acts; a link to one may be old.
std::string bar_of_state(Frame const& frame, CardView const& view) {
  bool const is_replaced = view.state == contract::ShownState::replaced;
  return is_replaced ? say(frame, Text::card_problem_replaced) : std::string();
}

std::string children_hint(ledger::ReadTx& tx, Frame const& frame, CardView const& view) {
  auto const area = tables::find_card(tx, view.id).value().area;
  auto const limit = tables::find_area(tx, area).value().policy.child_age_limit;
  return fill(frame.language, Text::issue_children_hint, {{"n", std::to_string(limit)}});
}

std::string children_now(CardView const& view, FormValues const& told) {
  return told["seen"].empty() ? std::to_string(view.children) : std::string(told["children"]);
}

// The renewal that stood on the page, and no other: a colleague may have renewed it anew.
Result<http::Response> take_renewal_back(access::Call& call, ledger::WriteTx& tx,
                                         http::FormPairs const& pairs) {
  FormValues const form(pairs);
  CardId const id{form.number("card").value_or(0)};
  return sent_once(call, tx, pairs, card_address(call, id), [&]() -> Result<FormDone> {
    auto const renewal = tables::last_renewal_of(tx, id);
    if (renewal && form["seen"] != std::to_string(renewal->seq))
      return FormDone{back_to(card_address(call, id, "changed"))};
    auto const undone = use_cases::undo_renewal(tx, id, call.caller());
    if (undone) return FormDone{see_other(card_address(call, id, "renewal_undone"))};
    if (undone.error().problem != Problem::undo_too_late) return undone.error();
    return FormDone{back_to(card_address(call, id, "undo_gone"))};
  });
}

}  // namespace

std::string act_address(access::Call const& call, std::string_view path, CardId card) {
  return with_state(call, path, path, {{"card", std::to_string(card.value)}});
}

Result<http::Response> get_renewal(access::Call& call, ledger::WriteTx& tx) {
  return ask(call, tx, renew_path, Text::card_renew,
             [&](ActPage& page, CardView const& view, Frame const& frame, FormValues const& told) {
               auto const renewal = use_cases::renewal_of(tx, view.id, call.today());
               add_days(page, frame, view);
               page.bar = bar_of(frame, renewal.bar, view);
               if (!page.bar.empty()) return;
               page.facts.emplace_back(say(frame, Text::card_new_last_day),
                                       day_text(frame.language, renewal.last_valid));
               if (view.kind != contract::CardKind::personal) return;
               page.children = children_now(view, told);
               page.children_hint = children_hint(tx, frame, view);
             });
}

Result<http::Response> post_renewal(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  if (FormValues(*pairs)["act"] == "undo") return take_renewal_back(call, tx, *pairs);
  return act(call, tx, renew_path,
             [&](CardView const& view, FormValues const& form,
                 domain::GivenCard const&) -> Result<http::Response> {
               auto const children = children_in(form);
               auto const renewed = use_cases::renew_card(tx, view.code, children, call.caller());
               if (!renewed) return renewed.error();
               return see_other(card_address(call, view.id, "renewed"));
             });
}

Result<http::Response> get_replacement(access::Call& call, ledger::WriteTx& tx) {
  return ask(call, tx, replace_path, Text::card_replace,
             [&](ActPage& page, CardView const& view, Frame const& frame, FormValues const& told) {
               page.facts.emplace_back(say(frame, Text::card_registered_on),
                                       day_text(frame.language, view.registered_on));
               if (view.kind == contract::CardKind::personal) {
                 page.facts.emplace_back(say(frame, Text::issue_children),
                                         std::to_string(view.children));
               }
               add_days(page, frame, view);
               page.bar = bar_of_replacement(tx, view.id, frame.language, call.today());
               if (!page.bar.empty()) return;
               page.lines = {say(frame, Text::card_replace_text)};
               if (view.kind == contract::CardKind::personal)
                 page.lines.push_back(say(frame, Text::letter_old_dies));
               page.replacement = std::string(told["replacement"]);
               page.reasons = replace_reasons(frame.language);
               page.reason = told["reason"];
             });
}

Result<http::Response> post_replacement(access::Call& call, ledger::WriteTx& tx) {
  return act(call, tx, replace_path,
             [&](CardView const& view, FormValues const& form,
                 domain::GivenCard const& replacement) -> Result<http::Response> {
               auto const reason = domain::replace_reason_from(form["reason"]).value();
               std::optional<domain::GivenCard> stock;
               if (form["make"] != "1") stock = replacement;
               auto const replaced =
                   use_cases::replace_card(tx, view.code, reason, stock, call.caller(), true);
               if (!replaced) return replaced.error();
               return see_other(handover_address(replaced->handover.value()));
             });
}

Result<http::Response> get_block(access::Call& call, ledger::WriteTx& tx) {
  return ask(call, tx, block_path, Text::card_block,
             [&](ActPage& page, CardView const& view, Frame const& frame, FormValues const& told) {
               add_days(page, frame, view);
               page.bar = bar_of_state(frame, view);
               if (view.state == contract::ShownState::blocked)
                 page.bar = say(frame, Text::card_blocked_already);
               if (!page.bar.empty()) return;
               page.lines = {say(frame, Text::card_block_text), say(frame, Text::card_block_back)};
               page.reasons = block_reasons(frame.language);
               page.reason = told["reason"];
               page.until = std::string(told["until"]);
             });
}

Result<http::Response> post_block(access::Call& call, ledger::WriteTx& tx) {
  return act(call, tx, block_path,
             [&](CardView const& view, FormValues const& form,
                 domain::GivenCard const&) -> Result<http::Response> {
               auto const reason = domain::block_reason_from(form["reason"]).value();
               auto const until = day_from_typed(form["until"], call.today());
               auto const blocked =
                   use_cases::block_card(tx, view.code, reason, call.caller(), until);
               if (!blocked) return blocked.error();
               return see_other(card_address(call, view.id, "blocked"));
             });
}

Result<http::Response> get_unblock(access::Call& call, ledger::WriteTx& tx) {
  return ask(call, tx, unblock_path, Text::card_unblock,
             [&](ActPage& page, CardView const& view, Frame const& frame, FormValues const&) {
               add_days(page, frame, view);
               if (view.state != contract::ShownState::blocked) {
                 page.bar = say(frame, Text::card_not_blocked);
                 return;
               }
               auto const reason = tables::block_reason_of(tx, view.id);
               if (reason) {
                 page.facts.emplace_back(say(frame, Text::card_reason),
                                         say(frame, text_of(*reason)));
               }
               using domain::BlockReason;
               if (reason != BlockReason::misuse && tables::bar_of(tx, view.id, call.today())) {
                 page.facts.emplace_back(say(frame, Text::card_reason),
                                         say(frame, text_of(BlockReason::misuse)));
               }
               page.lines = {say(frame, Text::card_unblock_text)};
             });
}

Result<http::Response> post_unblock(access::Call& call, ledger::WriteTx& tx) {
  return act(call, tx, unblock_path,
             [&](CardView const& view, FormValues const&,
                 domain::GivenCard const&) -> Result<http::Response> {
               auto const unblocked = use_cases::unblock_card(tx, view.code, call.caller());
               if (!unblocked) return unblocked.error();
               return see_other(card_address(call, view.id, "unblocked"));
             });
}

Result<http::Response> get_children(access::Call& call, ledger::WriteTx& tx) {
  return ask(call, tx, children_path, Text::card_change_children,
             [&](ActPage& page, CardView const& view, Frame const& frame, FormValues const& told) {
               page.bar = bar_of_state(frame, view);
               if (!page.bar.empty()) return;
               page.children = children_now(view, told);
               page.children_hint = children_hint(tx, frame, view);
             });
}

Result<http::Response> post_children(access::Call& call, ledger::WriteTx& tx) {
  return act(
      call, tx, children_path,
      [&](CardView const& view, FormValues const& form,
          domain::GivenCard const&) -> Result<http::Response> {
        auto const children = children_in(form).value();
        auto const changed = use_cases::change_children(tx, view.code, children, call.caller());
        if (!changed) return changed.error();
        bool const is_same = children == view.children;
        return see_other(card_address(call, view.id, is_same ? "children_same" : "children"));
      });
}

}  // namespace kaiku::pages
