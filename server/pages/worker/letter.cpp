#include "server/pages/worker/letter.hpp"

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/pages/worker/handover.hpp"
#include "server/pages/worker/letter_view.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/use_cases/change_card.hpp"
#include "server/use_cases/make_letter.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/card/letter";

}  // namespace

std::string letter_address(access::Call const& call, CardId card, std::string_view back) {
  return with_state(call, path, path,
                    {{"card", std::to_string(card.value)}, {"back", std::string(back)}});
}

Result<http::Response> get_letter(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, path);
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  FormValues const told(state->told);
  CardId const card{told.number("card").value_or(0)};
  auto const view = use_cases::read_card(tx, card, call.caller(), domain::ReadPurpose::letter);
  if (!view) return view.error();
  LetterPage page;
  page.form_id = new_form_id(call);
  page.card = std::to_string(card.value);
  page.short_code = view->code.short_form();
  page.back = told["back"];
  return respond(place->frame, letter_page(place->frame, page));
}

Result<http::Response> post_letter(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  CardId const card{form.number("card").value_or(0)};
  auto const fresh = letter_address(call, card, own_path(form["back"], "/card"));
  return sent_once(call, tx, *pairs, fresh, [&]() -> Result<FormDone> {
    auto const made = use_cases::make_letter(tx, card, call.caller());
    if (!made) return made.error();
    return FormDone{see_other(handover_address(*made))};
  });
}

}  // namespace kaiku::pages
