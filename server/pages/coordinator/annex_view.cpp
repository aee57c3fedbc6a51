#include "server/pages/coordinator/annex_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/document_table.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

Data table_data(Frame const& frame, reports::DocumentTable const& table) {
  Data data("id", table.id);
  data.set("title", table.title);
  put_table(frame, data, table);
  return data;
}

Data report_data(Frame const& frame, AnnexPage const& model) {
  auto const& document = *model.document;
  Data report("as_of_line", document.as_of_line);
  report.set("name", document.scope);
  report.set("period", document.period);
  report.set("no_people", !model.has_population);
  std::vector<Data> tables;
  for (auto const& table : document.tables) tables.push_back(table_data(frame, table));
  report.set("tables", list_of(tables));
  std::vector<Data> notes;
  for (auto const& text : document.notes) notes.emplace_back("note", text);
  report.set("notes", list_of(notes));
  std::vector<Data> definitions;
  for (auto const& [name, text] : document.definitions) {
    Data definition("label", name);
    definition.set("text", text);
    definitions.push_back(std::move(definition));
  }
  report.set("definitions", list_of(definitions));
  report.set("file_address", model.file_address);
  return report;
}

}  // namespace

Page annex_page(Frame const& frame, AnnexPage const& model) {
  auto const language = frame.language;
  Page page{.title = std::string(in(language, Text::annex_title)), .body = embedded::annex};
  auto& values = page.values;
  if (model.municipalities.empty()) {
    values.set("waits", std::string(in(language, Text::annex_no_municipalities)));
    values.set("report", false);
    return page;
  }
  auto options = model.municipalities;
  if (model.municipality.empty()) {
    options.insert(options.begin(), {"", std::string(in(language, Text::place_choose))});
  }
  values.set("municipality", filter_choice(page, {.id = "municipality",
                                                  .label = in(language, Text::annex_municipality),
                                                  .options = std::move(options),
                                                  .chosen = model.municipality}));
  values.set("waits", model.published_on
                          ? Data(fill(language, Text::figures_published_on,
                                      {{"day", day_text(language, *model.published_on)}}))
                          : Data(false));
  values.set("report", model.document ? report_data(frame, model) : Data(false));
  return page;
}

}  // namespace kaiku::pages
