#include "server/pages/worker/card.hpp"

#include <array>

#include "server/access/call/card_guesses.hpp"
#include "server/domain/handover.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/card_act.hpp"
#include "server/pages/worker/card_reads.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/correct.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/letter.hpp"
#include "server/pages/worker/printing.hpp"
#include "server/pages/worker/replacement_undone.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/handovers.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/resolve_card.hpp"
#include "server/use_cases/undo_registration.hpp"
#include "server/use_cases/undo_renewal.hpp"
#include "server/use_cases/undo_replacement.hpp"

namespace kaiku::pages {
namespace {

using contract::ShownState;
using use_cases::CardView;

constexpr std::string_view find_path = "/card";
constexpr std::string_view view_path = "/card/view";
constexpr int renewed_early_days = 60;

struct SaidFault {
  std::string_view word;
  Text text;
};
constexpr std::array<SaidFault, 9> faults{{{"two", Text::card_two},
                                           {"required", Text::fault_card_required},
                                           {"identity_code", Text::fault_identity_code},
                                           {"unreadable", Text::fault_card_unreadable},
                                           {"unknown", Text::fault_card_unknown},
                                           {"many", Text::venue_many_misses},
                                           {"void", Text::fault_card_void},
                                           {"other_office", Text::card_problem_other_office},
                                           {"not_issued", Text::card_not_issued}}};

std::string_view word_of(Error const& error) {
  switch (error.problem) {
    case Problem::unreadable: return "unreadable";
    case Problem::not_found: return "unknown";
    case Problem::forbidden: return "other_office";
    case Problem::card_not_valid: return "not_issued";
    default: return {};
  }
}

// Neither given nor to be given.
bool is_void(ledger::ReadTx& tx, domain::GivenCard const& given) {
  if (!given.card()) return false;
  auto const resolved = use_cases::resolve_card(tx, *given.card());
  return resolved && resolved->card && resolved->card->state == contract::StoredState::void_;
}

http::Response asked_again(access::Call const& call, std::string_view fault,
                           std::string_view typed) {
  // A card that waits to be given goes on to that form, however it was read.
  bool const is_kept = typed.size() <= longest_typed_code || fault == "not_issued";
  return back_to(with_state(
      call, find_path, find_path,
      {{"fault", std::string(fault)}, {"typed", is_kept ? std::string(typed) : std::string()}}));
}

// What was done before this page, as it holds now.
std::string message_of(Language language, std::string_view said, CardView const& view) {
  auto const day = day_text(language, view.last_valid);
  if (said == "renewed") return fill(language, Text::card_renewed, {{"day", day}});
  if (said == "renewal_undone") return fill(language, Text::card_renewal_undone, {{"day", day}});
  Text const text = said == "children"        ? Text::card_children_changed
                    : said == "children_same" ? Text::card_children_same
                    : said == "blocked"       ? Text::card_blocked
                    : said == "unblocked"     ? Text::card_unblocked
                    : said == "corrected"     ? Text::correct_done
                    : said == "correct_same"  ? Text::correct_same
                                              : Text::count_;
  return text == Text::count_ ? std::string() : std::string(in(language, text));
}

void put_undone_replacement(CardPage& page, Frame& frame, std::string_view said) {
  bool const is_blocked = page.view.state == ShownState::blocked;
  auto const undone = undone_replacement_text(frame.language, said, {is_blocked, false});
  if (undone.empty()) return;
  page.message = in(frame.language, Text::replacement_undone);
  frame.notice = undone;
}

std::string refusal_of(Language language, std::string_view said) {
  if (said == "changed") return std::string(in(language, Text::card_problem_changed));
  if (said == "found") return std::string(in(language, Text::found_compare));
  if (said == "undo_gone") return std::string(in(language, Text::card_renewal_undo_gone));
  return {};
}

void put_days_left(CardPage& page, CardView const& view, Day today, Language language) {
  auto const left = view.last_valid - today;
  page.renews_early = view.state == ShownState::valid && left > renewed_early_days;
  if (!page.renews_early) return;
  page.days_left = fill(language, Text::card_renew_early,
                        {{"n", std::to_string(left / 30)},
                         {"day", day_text(language, view.last_valid + -renewed_early_days)}});
}

std::string block_text(Language language, domain::BlockReason reason, Day since,
                       std::optional<Day> until) {
  auto text = fill(language, Text::card_blocked_since,
                   {{"day", day_text(language, since)}, {"reason", in(language, text_of(reason))}});
  if (until)
    text += " " + fill(language, Text::card_blocked_until, {{"day", day_text(language, *until)}});
  return text;
}

// A bar stands beside a later report of the holder's, and both are lifted at once.
void put_block(CardPage& page, ledger::ReadTx& tx, CardView const& view, Day today,
               Language language) {
  if (view.state != ShownState::blocked) return;
  auto const reason = tables::block_reason_of(tx, view.id);
  auto const since = tables::blocked_on(tx, view.id);
  if (!reason || !since) return;
  page.block = block_text(language, *reason, *since, view.blocked_until);
  if (*reason == domain::BlockReason::misuse) return;
  if (auto const bar = tables::bar_of(tx, view.id, today))
    page.block += " " + block_text(language, domain::BlockReason::misuse, bar->since, bar->until);
}

void put_acts(access::Call const& call, CardPage& page, CardView const& view, Language language) {
  page.acts.reads = card_reads_address(call, view.id);
  bool const is_over = view.state == ShownState::replaced || view.state == ShownState::void_;
  if (is_over) return;
  auto const link = [&](std::string_view path) { return act_address(call, path, view.id); };
  bool const is_blocked = view.state == ShownState::blocked;
  if (is_blocked) page.acts.unblock = link(unblock_path);
  if (!is_blocked) page.acts.renew = link(renew_path);
  if (!is_blocked) page.acts.block = link(block_path);
  page.acts.replace = link(replace_path);
  if (view.kind == contract::CardKind::community) {
    page.acts.sheet = community_sheet_address(call, view.id, language);
    return;
  }
  page.acts.children = link(children_path);
  page.acts.correct = correct_address(call, view.id, "");
  page.acts.letter = letter_address(call, view.id, card_address(call, view.id));
}

// What of a card may be taken back still.
struct FreshActs {
  bool is_replacement = false;                 // by which it was given; else its registration
  std::optional<tables::Handover> given = {};  // the hand-over that this is taken back at
  std::optional<use_cases::UndoableRenewal> renewal = {};
};
FreshActs fresh_acts_of(ledger::ReadTx& tx, CardId id, Instant now) {
  auto const card = tables::find_card(tx, id).value();
  FreshActs fresh{use_cases::replacement_undoable_until(tx, id, now).has_value()};
  fresh.renewal = use_cases::undoable_renewal(tx, id, now);
  bool const is_given =
      fresh.is_replacement || use_cases::registration_undoable_until(tx, card, now).has_value();
  // Asked of the few that may be: every other card is looked at without it.
  if (is_given && card.lineage) fresh.given = tables::last_handover_of(tx, *card.lineage, id);
  return fresh;
}

// For as long as it may be taken back, however the page was reached.
void put_undo(access::Call const& call, CardPage& page, FreshActs const& fresh, Language language) {
  page.acts.undoes_replacement = fresh.is_replacement;
  if (fresh.given) page.acts.undo = handover_address(fresh.given->id);
  if (!fresh.renewal) return;
  page.undo_until = fill(language, Text::card_undo_until,
                         {{"t", clock_text(language, fresh.renewal->undoable_until)}});
  page.undone = std::to_string(fresh.renewal->sequence);
  page.form_id = new_form_id(call);
}

}  // namespace

std::string card_address(access::Call const& call, CardId card, std::string_view said) {
  return with_state(call, view_path, view_path,
                    {{"card", std::to_string(card.value)}, {"said", std::string(said)}});
}

Result<http::Response> get_card(access::Call const& call, ledger::ReadTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto& frame = place->frame;
  FindPage page;
  auto const state = state_of(call, find_path);
  if (state && state->is_old) frame.notice = in(frame.language, Text::k_old);
  if (state && !state->is_old) {
    FormValues const told(state->told);
    for (auto const& [word, text] : faults) {
      if (told["fault"] != word) continue;
      page.faults = {{"card", std::string(in(frame.language, text))}};
    }
    if (told["fault"] == "not_issued") page.stock_card = told["typed"];
    auto const typed = state->is_held ? told["card"] : told["typed"];
    if (typed.size() <= longest_typed_code) page.typed = typed;
  }
  return respond(frame, find_page(frame, page));
}

Result<http::Response> post_card(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  std::string const card(scanned(form, "card"));
  if (card.empty()) return asked_again(call, "required", "");
  if (holds_identity_code(form, "card", FieldFor::card))
    return asked_again(call, "identity_code", "");
  domain::GivenCard const given(card);
  if (!access::may_type(call, given)) return asked_again(call, "many", card);
  auto const view = use_cases::read_card(tx, given, call.caller());
  if (view) return see_other(card_address(call, view->id));
  if (view.error().problem == Problem::not_found) access::note_miss(call, given);
  auto word = word_of(view.error());
  if (word == "unreadable" && unreadable_word(card) == "two") word = "two";
  if (word == "not_issued" && is_void(tx, given)) word = "void";
  if (word.empty()) return view.error();
  return asked_again(call, word, card);
}

Result<http::Response> get_card_view(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto& frame = place->frame;
  auto const state = state_of(call, view_path);
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  FormValues const told(state->told);
  CardId const id{told.number("card").value_or(0)};
  auto const view = use_cases::read_card(tx, id, call.caller());
  if (!view) return view.error();
  CardPage page{.view = *view};
  page.message = message_of(frame.language, told["said"], *view);
  frame.notice = refusal_of(frame.language, told["said"]);
  put_undone_replacement(page, frame, told["said"]);
  put_days_left(page, *view, call.today(), frame.language);
  put_block(page, tx, *view, call.today(), frame.language);
  put_acts(call, page, *view, frame.language);
  put_undo(call, page, fresh_acts_of(tx, id, tx.now()), frame.language);
  return respond(frame, card_page(frame, page));
}

}  // namespace kaiku::pages
