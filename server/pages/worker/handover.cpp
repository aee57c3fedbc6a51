#include "server/pages/worker/handover.hpp"

#include <array>
#include <functional>

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/correct.hpp"
#include "server/pages/worker/handover_id.hpp"
#include "server/pages/worker/handover_view.hpp"
#include "server/pages/worker/letter.hpp"
#include "server/pages/worker/printing.hpp"
#include "server/pages/worker/replacement_undone.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/letters.hpp"
#include "server/use_cases/hand_over.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view list_path = "/cards/handovers";
constexpr int rows_shown = 50;

std::string at(Language language, Text text, Instant instant) {
  return fill(
      language, text,
      {{"day", day_text(language, helsinki_day(instant))}, {"t", clock_text(language, instant)}});
}

std::string undone_text(Language language, use_cases::HandoverView const& view) {
  return at(language, view.is_made ? Text::handover_undone_made : Text::handover_undone_stock,
            *view.undone_at);
}

// A paper in three languages, the one to offer first before the others.
std::vector<LetterLink> links_of(std::array<Text, 3> const& labels, Language first,
                                 Language language,
                                 std::function<std::string(Language)> const& address) {
  std::vector<LetterLink> links;
  for (auto const of : contract::languages) {
    auto const label = in(language, labels[static_cast<std::size_t>(of)]);
    LetterLink link{address(of), std::string(label)};
    links.insert(of == first ? links.begin() : links.end(), std::move(link));
  }
  return links;
}

// The holder's language first, else the page's.
std::vector<LetterLink> letters_of(HandoverPage const& page, std::string_view holders,
                                   Language language) {
  auto const first = contract::language_from(holders).value_or(language);
  return links_of({Text::letter_in_fi, Text::letter_in_sv, Text::letter_in_en}, first, language,
                  [&](Language of) {
                    return page.address + "/letter?lang=" + std::string(contract::code_of(of));
                  });
}

std::vector<LetterLink> sheets_of(access::Call const& call, CardId card, Language language) {
  return links_of({Text::community_sheet_fi, Text::community_sheet_sv, Text::community_sheet_en},
                  language, language,
                  [&](Language of) { return community_sheet_address(call, card, of); });
}

void put_prints(access::Call const& call, ledger::ReadTx& tx, HandoverPage& page,
                use_cases::HandoverView const& view, Language language) {
  if (view.superseded_at) return;
  bool const is_in_use = view.card->state != contract::ShownState::replaced;
  if (page.people && is_in_use) page.sheets = sheets_of(call, view.handover.card, language);
  if (!page.children) return;
  auto const& handover = view.handover;
  if (view.has_letter) {
    auto const holder = tables::holder_of(tx, handover.lineage);
    page.letters = letters_of(page, holder ? holder->language : "", language);
  } else {
    page.new_letter = letter_address(call, handover.card, page.address);
  }
}

void put_card(HandoverPage& page, ledger::ReadTx& tx, use_cases::CardView const& card,
              Language language) {
  auto const municipality = tables::find_municipality(tx, card.municipality);
  page.code = card.code.text();
  page.last_valid = day_text(language, card.last_valid);
  bool const is_personal = card.kind == contract::CardKind::personal;
  if (is_personal)
    page.children = card.children;
  else
    page.people = card.community_ceiling;
  page.municipality = municipality ? municipality->name.in(language) : card.municipality;
}

HandoverPage page_of(access::Call const& call, ledger::ReadTx& tx,
                     use_cases::HandoverView const& view, Language language) {
  HandoverPage page;
  page.address = handover_address(view.handover.id);
  page.form_id = new_form_id(call);
  if (view.undone_at) {
    page.code = view.code.short_form();
    page.undone = undone_text(language, view);
    page.replacement_is_undone = view.again.has_value();
    if (view.again) page.old_card = card_address(call, view.again->card);
    return page;
  }
  page.cause = view.handover.cause;
  page.undoes_replacement = view.undoes_replacement;
  put_card(page, tx, *view.card, language);
  if (view.superseded_at) {
    auto const text = page.people ? Text::community_superseded : Text::letter_superseded;
    page.superseded = at(language, text, *view.superseded_at);
  }
  page.postcode = view.postcode;
  page.is_made = view.is_made && view.card->state != contract::ShownState::replaced;
  page.card_place = tables::next_card_place(tx, view.handover.office);
  page.recovery_code = view.recovery_code.value_or("");
  if (view.confirmed_at) {
    auto const text = page.people ? Text::community_confirmed : Text::handover_confirmed;
    page.confirmed = at(language, text, *view.confirmed_at);
  }
  if (view.undoable_until) {
    auto const text = page.undoes_replacement ? Text::card_undo_until : Text::handover_until;
    page.undo_until = at(language, text, *view.undoable_until);
  }
  put_prints(call, tx, page, view, language);
  if (page.children) page.correct = correct_address(call, view.handover.card, page.address);
  return page;
}

// What the act before this page has to say.
void put_said(HandoverPage& page, Frame& frame, std::string_view said,
              use_cases::HandoverView const& view) {
  page.undo_was_refused = said == "undo_gone";
  if (page.undo_was_refused) page.undo_until.clear();
  auto const gone = page.undoes_replacement ? Text::replacement_undo_gone : Text::undo_gone;
  if (said == "undo_gone") frame.notice = in(frame.language, gone);
  if (said == "corrected") frame.notice = in(frame.language, Text::correct_done);
  if (said == "correct_same") frame.notice = in(frame.language, Text::correct_same);
  if (!view.card) return;
  bool const is_blocked = view.card->state == contract::ShownState::blocked;
  auto const undone = undone_replacement_text(frame.language, said, {is_blocked, true});
  if (undone.empty()) return;
  frame.notice = undone;
  page.replacement_is_undone = true;
}

std::string address_after_undo(access::Call const& call, std::string const& address,
                               std::optional<use_cases::RestoredCard> const& again) {
  if (!again) return address;
  auto const word = word_of(*again);
  if (!again->letter) return card_address(call, again->card, word);
  return with_state(call, handover_address(*again->letter), handover_page_pattern,
                    {{"said", std::string(word)}});
}

}  // namespace

std::string handover_address(ledger::Ref const& id) {
  return std::string(list_path) + "/" + to_hex(id);
}

Result<http::Response> get_handovers(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const before = FormValues(std::move(*query)).number("before");
  auto const waiting = use_cases::list_handovers(tx, before, rows_shown, call.caller());
  if (!waiting) return waiting.error();
  HandoverList list;
  list.count = place->frame.waiting;
  for (auto const& [handover, code] : *waiting) {
    list.rows.push_back({handover_address(handover.id),
                         at(place->frame.language, Text::handover_moment, handover.made_at),
                         code.short_form()});
  }
  bool const is_full = waiting->size() == static_cast<std::size_t>(rows_shown);
  if (is_full) {
    list.more =
        std::string(list_path) + "?before=" + std::to_string(waiting->back().handover.made_seq);
  }
  return respond(place->frame, handover_list_page(place->frame, list));
}

Result<http::Response> get_handover(access::Call& call, ledger::WriteTx& tx) {
  auto place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const id = handover_id_of(call);
  if (!id) return id.error();
  auto const view = use_cases::read_handover(tx, *id, call.caller());
  if (!view) return view.error();
  auto page = page_of(call, tx, *view, place->frame.language);
  if (auto const state = state_of(call, handover_page_pattern); state && !state->is_old) {
    put_said(page, place->frame, FormValues(state->told)["said"], *view);
  }
  return respond(place->frame, handover_page(place->frame, page));
}

Result<http::Response> get_handover_qr(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const id = handover_id_of(call);
  if (!id) return id.error();
  auto const view = use_cases::read_handover(tx, *id, call.caller());
  if (!view) return view.error();
  if (!view->is_made || view->undone_at) return Error(Problem::not_found);
  auto const card = tables::find_card(tx, view->handover.card).value();
  HandoverQr const page{handover_address(*id), view->code.text(),
                        use_cases::token_of_made_card(tx, card)};
  return respond(place->frame, handover_qr_page(place->frame, page));
}

Result<http::Response> post_handover(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const id = handover_id_of(call);
  if (!id) return id.error();
  auto const address = handover_address(*id);
  if (form["act"] == "undo") {
    auto const undone = use_cases::undo_handover(tx, *id, call.caller());
    if (undone) return see_other(address_after_undo(call, address, *undone));
    if (undone.error().problem != Problem::undo_too_late) return undone.error();
    return back_to(with_state(call, address, handover_page_pattern, {{"said", "undo_gone"}}));
  }
  auto const way = domain::handover_way_from(form["act"]);
  if (!way) return Error(Problem::malformed_request);
  auto const confirmed = use_cases::confirm_handover(tx, *id, *way, call.caller());
  if (!confirmed) return confirmed.error();
  return see_other(address);
}

http::Response get_card_done(access::Call const&) { return see_other(std::string(list_path)); }

}  // namespace kaiku::pages
