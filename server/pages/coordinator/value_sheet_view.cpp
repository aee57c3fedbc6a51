#include "server/pages/coordinator/value_sheet_view.hpp"

#include <array>

#include "pages/embedded_assets.hpp"
#include "server/pages/coordinator/document_table.hpp"
#include "server/pages/coordinator/figures_address.hpp"
#include "server/pages/coordinator/value_form.hpp"
#include "server/pages/coordinator/year_and_area.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/reports/value_document.hpp"

namespace kaiku::pages {
namespace {

using domain::ValueLine;

Data table_data(Frame const& frame, reports::DocumentTable const& table) {
  Data data("id", table.id);
  data.set("title", table.title);
  put_table(frame, data, table, Percents::whole_where_all_are);
  return data;
}

Data document_data(Frame const& frame, reports::ReportDocument const& document) {
  Data data("scope", document.scope);
  data.set("period", document.period);
  data.set("as_of_line", document.as_of_line);
  std::vector<Data> tables;
  for (auto const& table : document.tables) tables.push_back(table_data(frame, table));
  data.set("tables", list_of(tables));
  std::vector<Data> notes;
  for (auto const& note : document.notes) notes.emplace_back("note", note);
  data.set("notes", list_of(notes));
  return data;
}

struct PartOfLine {
  std::string_view name;
  Text money;
  Text percent;
};
constexpr std::array number_parts{
    PartOfLine{"low", Text::value_low_euros, Text::value_low_percent},
    PartOfLine{"base", Text::value_base_euros, Text::value_base_percent},
    PartOfLine{"high", Text::value_high_euros, Text::value_high_percent}};
constexpr std::array text_parts{
    PartOfLine{"source", Text::value_sheet_source, Text::value_sheet_source},
    PartOfLine{"note", Text::value_sheet_note, Text::value_sheet_note}};

Data line_data(Frame const& frame, ValueSheetPage const& model, ValueLine line) {
  std::vector<Data> fields;
  auto const add = [&](PartOfLine const& part, bool is_number) {
    auto const id = value_field(line, part.name);
    auto const label = domain::is_share(line) ? part.percent : part.money;
    auto const value = holds_identity_code(model.typed, id) ? std::string_view() : model.typed[id];
    fields.push_back(
        text_field({.id = id,
                    .label = in(frame.language, label),
                    .value = value,
                    .fault = fault_of(model.faults, id),
                    .autocomplete = "",  // the form says it for all sixty
                    .maxlength = is_number ? 20 : static_cast<int>(use_cases::longest_value_text),
                    .narrow = is_number,
                    .autofocus = takes_cursor(model.faults, id)}));
  };
  for (auto const& part : number_parts) add(part, true);
  for (auto const& part : text_parts) add(part, false);
  Data data("name", reports::name_in(frame.language, line));
  data.set("fields", list_of(fields));
  return data;
}

void put_form(Frame const& frame, Data& values, ValueSheetPage const& model) {
  std::vector<Data> lines;
  for (std::size_t at = 0; at < domain::value_line_count; ++at) {
    lines.push_back(line_data(frame, model, static_cast<ValueLine>(at)));
  }
  values.set("lines", list_of(lines));
  values.set("form_id", model.form_id);
  values.set("year_number", model.year);
  values.set("area_id", text_or_nothing(model.area));
  values.set("start", text_or_nothing(model.start));
}

}  // namespace

Page value_sheet_page(Frame const& frame, ValueSheetPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::value_sheet_title)), .body = embedded::value_sheet};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  values.set("back",
             figures_address("/figures", model.years.empty() ? "" : model.year, model.area));
  put_summary(values, model.faults, SummaryFocus::of_several);
  bool const has_years = !model.years.empty();
  values.set("has_years", has_years);
  if (!has_years) {
    auto const day = model.published_on ? day_text(frame.language, *model.published_on) : "";
    values.set("none", fill(frame.language, Text::value_sheet_none, {{"day", day}}));
    return page;
  }
  put_year_and_area(frame, page, {model.years, model.year, model.areas, model.area});
  values.set("was_saved", model.was_saved);
  values.set("document", model.document ? document_data(frame, *model.document) : Data(false));
  values.set("file_address", model.file_address);
  std::vector<Data> versions;
  for (auto const& version : model.versions) {
    Data link("label", version.label);
    link.set("href", text_or_nothing(version.href));
    versions.push_back(std::move(link));
  }
  values.set("has_versions", !versions.empty());
  values.set("versions", list_of(versions));
  put_form(frame, values, model);
  return page;
}

}  // namespace kaiku::pages
