#include "server/pages/worker/card_reads.hpp"

#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/read_words.hpp"
#include "server/pages/worker/card.hpp"
#include "server/pages/worker/card_reads_view.hpp"
#include "server/pages/worker/worker_place.hpp"
#include "server/tables/accounts.hpp"
#include "server/tables/card_reads.hpp"
#include "server/use_cases/change_card.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/card/reads";
constexpr int rows_a_page = 50;

CardReadRow row_of(ledger::ReadTx& tx, Language language, tables::CardReading const& reading) {
  auto const account = tables::find_account(tx, AccountId{reading.actor.id}).value();
  return {moment_text(language, reading.at), tables::find_office(tx, *account.office).value().name,
          account.username, std::string(read_kind_text(language, reading.kind))};
}

using Readings = std::vector<tables::CardReading>;

}  // namespace

std::string card_reads_address(access::Call const& call, CardId card, std::string_view before) {
  return with_state(call, path, path,
                    {{"card", std::to_string(card.value)}, {"before", std::string(before)}});
}

// An office's readings of months are walked through here, not where doors wait to be written down.
Result<access::Work> prepare_card_reads(access::Call const& call, ledger::ReadTx& tx) {
  auto const state = state_of(call, path);
  if (!state || state->is_old) return access::Work();
  FormValues const told(state->told);
  auto const card = tables::find_card(tx, CardId{told.number("card").value_or(0)});
  if (!card || !card->lineage || card->office != call.caller().office) return access::Work();
  auto readings =
      tables::readings_of_holder(tx, *card->lineage, told.number("before"), rows_a_page + 1);
  return access::Work([readings = std::move(readings)] { return std::any(readings); });
}

Result<http::Response> get_card_reads(access::Call& call, ledger::WriteTx& tx) {
  auto const place = worker_place(call, tx, address_of(call));
  if (!place) return place.error();
  auto const state = state_of(call, path);
  if (!state || state->is_old) return see_other(state ? "/card?k=old" : "/card");
  FormValues const told(state->told);
  CardId const id{told.number("card").value_or(0)};
  auto const view = use_cases::read_card(tx, id, call.caller(), domain::ReadPurpose::reads);
  if (!view) return view.error();
  auto readings =
      call.prepared.has_value() ? std::any_cast<Readings>(std::move(call.prepared)) : Readings{};
  CardReadsPage page;
  page.short_code = view->code.short_form();
  page.back = card_address(call, id);
  if (readings.size() > static_cast<std::size_t>(rows_a_page)) {
    readings.pop_back();
    page.more = card_reads_address(call, id, std::to_string(readings.back().seq));
  }
  for (auto const& reading : readings) {
    page.rows.push_back(row_of(tx, place->frame.language, reading));
  }
  return respond(place->frame, card_reads_page(place->frame, page));
}

}  // namespace kaiku::pages
