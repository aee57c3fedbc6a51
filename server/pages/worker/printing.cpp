#include "server/pages/worker/printing.hpp"

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/worker/handover_id.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/print/community_sheet.hpp"
#include "server/print/letter.hpp"
#include "server/print/sheet.hpp"
#include "server/tables/letters.hpp"
#include "server/use_cases/hand_over.hpp"
#include "server/use_cases/make_letter.hpp"
#include "server/use_cases/resolve_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view sheet_path = "/card/sheet";

// As people read it and as holders type it: without the scheme.
std::string host_of(access::Call const& call) {
  constexpr std::string_view scheme = "https://";
  auto const& url = call.services().site.base_url;
  return url.starts_with(scheme) ? url.substr(scheme.size()) : url;
}

// Shown in the browser's own viewer, from which it is printed: nothing is left among downloads.
http::Response pdf_named(std::string_view name, std::function<Bytes()> make) {
  http::Response response;
  response.content_type = "application/pdf";
  response.with("Content-Disposition", "inline; filename=\"" + std::string(name) + ".pdf\"")
      .with("Content-Security-Policy", "frame-ancestors 'none'")
      .with("Referrer-Policy", "no-referrer")
      .with("X-Frame-Options", "DENY");
  response.body_to_draw = [make = std::move(make)] { return std::string(text_of(make())); };
  return response;
}

print::Letter letter_of(access::Call const& call, use_cases::LetterFacts const& facts,
                        Language language) {
  return {.language = language,
          .host = host_of(call),
          .first_day = facts.card.first_valid,
          .last_day = facts.card.last_valid,
          .office_name = facts.office_name,
          .office_contact = facts.office_contact,
          .children = facts.children,
          .child_age_limit = facts.child_age_limit,
          .recovery_code = print::RecoveryCode(facts.secrets.recovery_code),
          .key = print::LetterKey(facts.secrets.key)};
}

}  // namespace

Result<http::Response> get_handover_letter(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const id = handover_id_of(call);
  if (!id) return id.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const asked = contract::language_from(FormValues(std::move(*query))["lang"]);
  auto const language = asked.value_or(place->frame.language);
  auto caller = call.caller();
  caller.language = language;
  auto const facts = use_cases::read_letter(tx, *id, caller);
  if (!facts) return facts.error();
  return pdf_named(
      "kirje", [letter = letter_of(call, *facts, language)] { return print::letter_pdf(letter); });
}

Result<http::Response> get_handover_card(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const id = handover_id_of(call);
  if (!id) return id.error();
  auto query = call.query();
  if (!query) return query.error();
  auto const at = FormValues(std::move(*query)).number("place").value_or(1);
  if (at < 1 || at > static_cast<std::int64_t>(print::places_on_sheet)) {
    return Error(Problem::malformed_request, "a sheet has ten places");
  }
  auto const view = use_cases::read_handover(tx, *id, call.caller());
  if (!view) return view.error();
  bool const is_in_use = view->card && view->card->state != contract::ShownState::replaced;
  if (!view->is_made || !is_in_use) return Error(Problem::not_found);
  tables::put_next_card_place(tx, place->office.id,
                              static_cast<int>(at % std::int64_t{print::places_on_sheet}) + 1);
  auto const card = tables::find_card(tx, view->handover.card).value();
  auto const kind = card.kind == contract::CardKind::community ? print::CardKind::community
                                                               : print::CardKind::personal;
  print::Card const printed(use_cases::token_of_made_card(tx, card), kind);
  print::CardDesign const design{.host = host_of(call)};
  auto const language = place->frame.language;
  return pdf_named("kortti", [=] {
    return print::made_card_pdf(printed, design, {}, static_cast<std::size_t>(at), language);
  });
}

std::string community_sheet_address(access::Call const& call, CardId card, Language language) {
  auto const path = std::string(sheet_path) + "?lang=" + std::string(contract::code_of(language));
  return with_state(call, path, sheet_path, {{"card", std::to_string(card.value)}});
}

Result<http::Response> get_community_sheet(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, sheet_path);
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  auto query = call.query();
  if (!query) return query.error();
  auto const asked = contract::language_from(FormValues(std::move(*query))["lang"]);
  auto const language = asked.value_or(place->frame.language);
  auto caller = call.caller();
  caller.language = language;
  CardId const id{FormValues(state->told).number("card").value_or(0)};
  auto const facts = use_cases::read_community_sheet(tx, id, caller);
  if (!facts) return facts.error();
  print::CommunitySheet const sheet{.language = language,
                                    .host = host_of(call),
                                    .first_day = facts->card.first_valid,
                                    .last_day = facts->card.last_valid,
                                    .office_name = facts->office_name,
                                    .office_contact = facts->office_contact,
                                    .most_people = facts->card.community_ceiling};
  return pdf_named("ohje", [=] { return print::community_sheet_pdf(sheet); });
}

}  // namespace kaiku::pages
