#include "server/access/call/fresh_code.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/batches.hpp"
#include "server/pages/coordinator/print_layout.hpp"
#include "server/pages/frame/code_field.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/print/sheet.hpp"
#include "server/print/stickers.hpp"
#include "server/print/test_print.hpp"
#include "server/use_cases/print_sheet.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view pdf_type = "application/pdf";

// What was drawn beside the writer, and of how many cards.
struct Sheets {
  Bytes pdf;
  std::int64_t cards = 0;
};

// "kaiku.example": what the cards tell their holders.
std::string host_of(access::Site const& site) {
  auto const scheme = site.base_url.find("://");
  return scheme == std::string::npos ? site.base_url : site.base_url.substr(scheme + 3);
}

Sheets draw(keys::KeyRing const& keys, tables::CardBatch const& batch,
            std::vector<tables::StockCard> const& stock, TypedPrint const& typed, std::string host,
            Language language) {
  std::vector<print::Card> cards;
  for (auto& text : use_cases::qr_texts_of(keys, batch.id, batch.area, stock)) {
    cards.emplace_back(std::move(text));
  }
  auto const form = sheet_form_of(typed.layout);
  auto const size = static_cast<std::int64_t>(cards.size());
  if (typed.printed_as == domain::PrintedAs::stickers) {
    return {print::sticker_sheets_pdf(cards, form.offset, language), size};
  }
  return {print::card_sheets_pdf(cards, {.host = std::move(host)}, form, language), size};
}

http::Response refused(access::Call const& call, tables::CardBatch const& batch,
                       FormValues const& form, std::string_view code) {
  auto const path = batch_path(batch.id);
  http::FormPairs told{{"did", "refused"}, {"code", std::string(code)}};
  for (std::string_view const name : {"from", "to", "as", "spacing", "right", "down"}) {
    told.emplace_back(name, form[name]);
  }
  return back_to(with_state(call, path, path, told));
}

std::string text_of(Bytes const& pdf) { return {pdf.begin(), pdf.end()}; }

}  // namespace

Result<access::Work> prepare_batch_print(access::Call const& call, ledger::ReadTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto const language = language_of(call);
  auto typed = judge_typed_print(tx, *batch, form, language);
  // What will be refused anyway is not drawn.
  bool const is_good = typed.faults.empty() && typed.range;
  if (!is_good || !access::would_take_code(call, tx, form[code_field_name])) return access::Work();
  auto stock = tables::stock_between(tx, batch->id, typed.range->from, typed.range->to);
  auto const& services = call.services();
  return access::Work(
      [&services, batch = *batch, stock = std::move(stock), typed = std::move(typed), language] {
        return std::any(draw(services.keys, batch, stock, typed, host_of(services.site), language));
      });
}

Result<http::Response> post_batch_print(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const batch = batch_in_path(call, tx);
  if (!batch) return batch.error();
  auto const typed = judge_typed_print(tx, *batch, form, language_of(call));
  if (!typed.faults.empty() || !typed.range) return refused(call, *batch, form, "");
  auto const allowed = access::take_fresh_code(call, tx, form[code_field_name]);
  if (!allowed) {
    auto const word = code_fault_word(allowed.error());
    if (!word) return allowed.error();
    return refused(call, *batch, form, *word);
  }
  // A card that was given out since the sheet was drawn is on it: nobody gets that sheet.
  auto const sheets =
      call.prepared.has_value() ? std::any_cast<Sheets>(std::move(call.prepared)) : Sheets{};
  if (sheets.cards != typed.in_stock) return refused(call, *batch, form, "changed");
  auto const noted =
      use_cases::note_sheet_printed(tx, batch->id, *typed.range, typed.printed_as, call.caller());
  if (!noted) return noted.error();
  tables::put_print_form(tx, AccountId{call.caller().actor.id}, typed.layout);
  http::Response response;
  response.content_type = pdf_type;
  response.body = text_of(sheets.pdf);
  auto const name = "kaiku-" + position_text(batch->id, typed.range->from) + "-" +
                    std::to_string(typed.range->to) + ".pdf";
  response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  return response;
}

Result<http::Response> get_print_test(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto const own = tables::print_form_of(tx, AccountId{call.caller().actor.id});
  auto const form = sheet_form_of(layout_of(asked, "test_", own));
  http::Response response;
  response.content_type = pdf_type;
  response.with("Content-Disposition", "attachment; filename=\"kaiku-test.pdf\"");
  response.body_to_draw = [form, language = language_of(call)] {
    return text_of(print::test_print_pdf(form, language));
  };
  return response;
}

}  // namespace kaiku::pages
