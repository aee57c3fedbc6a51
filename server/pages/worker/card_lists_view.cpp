#include "server/pages/worker/card_lists_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/code_field.hpp"

namespace kaiku::pages {
namespace {

void put_export(Data& values, Language language, CardListModel const& model) {
  values.set("action", model.action);
  values.set("month_word", model.month);
  auto field = code_field(language);
  field.fault = fault_of(model.faults, code_field_name);
  field.autofocus = takes_cursor(model.faults, code_field_name);
  values.set("export_code", model.asks_code ? text_field(field) : Data(false));
}

}  // namespace

Page card_list_page(Frame const& frame, CardListModel const& model) {
  Page page{.title = model.heading, .body = embedded::card_list};
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data entry;
    entry.set("address", row.address);
    entry.set("short_code", row.short_code);
    entry.set("last_valid", row.last_valid);
    entry.set("issued", text_or_nothing(row.issued));
    entry.set("open", fill(frame.language, Text::handover_open_card, {{"short", row.short_code}}));
    rows.push_back(entry);
  }
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  put_export(values, frame.language, model);
  values.set("heading", model.heading);
  values.set("about", model.about);
  values.set("none", model.rows.empty() ? Data(model.none) : Data(false));
  values.set("any", !model.rows.empty());
  values.set("says_issued", !model.rows.empty() && !model.rows.front().issued.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  values.set("chooses", !model.months.empty());
  values.set("month", filter_choice(page, {.id = "month",
                                           .label = in(frame.language, Text::expiring_when),
                                           .options = model.months,
                                           .chosen = model.month}));
  return page;
}

}  // namespace kaiku::pages
