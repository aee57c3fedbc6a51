#include "server/pages/coordinator/figures_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"
#include "schema/values/time.hpp"
#include "server/pages/coordinator/document_table.hpp"
#include "server/pages/coordinator/year_and_area.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/reports/documents.hpp"
#include "server/reports/measures.hpp"

namespace kaiku::pages {
namespace {

using reports::AnnualReport;
using reports::DocumentTable;
using Number = reports::Figure;
using reports::GroupBy;
using reports::State;
using reports::UsageReport;

constexpr std::array<Text, 4> sector_texts{Text::sector_culture, Text::sector_education,
                                           Text::sector_science, Text::sector_sport};
// The usual band of the usage rate elsewhere in the country.
constexpr double band_from = 0.30;
constexpr double band_to = 0.40;

Data line(std::string const& text) { return Data("line", text); }

// One of the numbers, with what stands under it.
struct KeyFigure {
  char const* id;
  std::string name;
  std::string number;
  std::string spoken = {};
  std::string how;
  std::vector<Data> lines = {};
  std::optional<double> band = std::nullopt;
};

Data figure_data(KeyFigure const& figure) {
  Data data;
  data.set("id", figure.id);
  data.set("name", figure.name);
  data.set("number", figure.number);
  data.set("spoken", text_or_nothing(figure.spoken));
  data.set("how", figure.how);
  data.set("lines", list_of(figure.lines));
  data.set("band", figure.band.has_value());
  auto const percent = static_cast<int>(std::clamp(figure.band.value_or(0.0), 0.0, 1.0) * 100.0);
  data.set("percent", std::to_string(percent));
  return data;
}

KeyFigure key_figure(Frame const& frame, char const* id, reports::Measure measure,
                     Number const& figure) {
  auto const language = frame.language;
  return {.id = id,
          .name = std::string(reports::name_in(language, measure)),
          .number = figure_text(language, figure),
          .spoken = spoken(language, figure),
          .how = std::string(reports::definition_in(language, measure))};
}

KeyFigure rate_figure(Frame const& frame, FiguresPage const& model) {
  auto const language = frame.language;
  auto const& measures = model.annual->measures;
  auto const sign = reports::sign_without_rate(measures.taken, measures.registered);
  auto figure = key_figure(frame, "figure-rate", reports::Measure::usage_rate, sign);
  if (sign == Number{}) figure.spoken = in(language, Text::figures_rate_unread);
  if (auto const rate = measures.usage_rate()) {
    auto const band = *rate < band_from ? Text::figures_band_below
                      : *rate > band_to ? Text::figures_band_above
                                        : Text::figures_band_in;
    figure.number = percent_text(language, *rate);
    figure.spoken.clear();
    figure.band = *rate;
    figure.lines.push_back(line(std::string(in(language, band))));
  }
  figure.lines.push_back(
      line(fill(language, Text::figures_taken, {{"n", figure_text(language, measures.taken)}})));
  if (model.settled) {
    auto const rate = model.settled->measures.usage_rate();
    figure.lines.push_back(
        line(fill(language, Text::figures_rate_settled,
                  {{"year", std::to_string(model.settled->year)},
                   {"rate", rate ? percent_text(language, *rate) : std::string("–")}})));
  }
  return figure;
}

std::vector<KeyFigure> key_figures(Frame const& frame, FiguresPage const& model) {
  auto const language = frame.language;
  auto const& measures = model.annual->measures;
  bool const has_cards = !model.annual->venue;
  std::vector<KeyFigure> figures;
  if (has_cards) {
    auto registered =
        key_figure(frame, "figure-registered", reports::Measure::registered, measures.registered);
    registered.lines.push_back(line(
        fill(language, Text::figures_active, {{"n", figure_text(language, measures.active())}})));
    figures.push_back(registered);
    figures.push_back(rate_figure(frame, model));
  }
  auto uses = key_figure(frame, "figure-uses", reports::Measure::uses, measures.total());
  uses.lines.push_back(line(fill(language, Text::figures_uses_split,
                                 {{"adults", figure_text(language, measures.adults)},
                                  {"children", figure_text(language, measures.children)}})));
  figures.push_back(uses);
  if (model.silent_venues) {
    figures.push_back({.id = "figure-silent",
                       .name = std::string(in(language, Text::figures_silent)),
                       .number = number_text(language, *model.silent_venues),
                       .how = std::string(in(language, Text::figures_silent_how))});
  }
  return figures;
}

// A bar of the chart: what one row of the table has of adults' and children's uses.
struct Bar {
  std::string label;
  Number adults;
  Number children;
};

std::vector<Bar> bars_of(Frame const& frame, FiguresPage const& model) {
  std::vector<Bar> bars;
  if (model.usage) {
    if (!model.usage->has_uses) return bars;
    for (auto const& row : model.usage->rows) {
      bars.push_back({reports::row_name(frame.language, model.usage->group_by, row),
                      row.measures.adults, row.measures.children});
    }
    return bars;
  }
  auto const& measures = model.annual->measures;
  for (std::size_t n = 0; n < sector_texts.size(); ++n) {
    bars.push_back({std::string(in(frame.language, sector_texts[n])), measures.adults_by_sector[n],
                    measures.children_by_sector[n]});
  }
  return bars;
}

// A withheld part has a stub of fixed length, whatever it is.
constexpr double stub = 3.0;

Data bar_data(Frame const& frame, Bar const& bar, std::int64_t longest) {
  auto const width = [&](Number const& figure) {
    if (figure.is == Number::Is::small || figure.is == Number::Is::complementary) return stub;
    return (100.0 - 2 * stub) * static_cast<double>(figure.count) / static_cast<double>(longest);
  };
  auto const is_withheld = [](Number const& figure) {
    return figure.is == Number::Is::small || figure.is == Number::Is::complementary;
  };
  auto const both = bar.adults + bar.children;
  Data data;
  data.set("label", bar.label);
  data.set("adults_width", tenths(width(bar.adults)));
  data.set("adults_withheld", is_withheld(bar.adults));
  data.set("children_from", tenths(width(bar.adults)));
  data.set("children_width", tenths(width(bar.children)));
  data.set("children_withheld", is_withheld(bar.children));
  put_number(data, frame.language, both);
  return data;
}

// Without any use there is no chart, and without any card nothing to choose another year for.
void put_chart(Frame const& frame, Data& report, FiguresPage const& model,
               std::vector<Bar> const& bars) {
  std::int64_t longest = 0;
  bool withholds = false;
  for (auto const& bar : bars) {
    auto const both = bar.adults + bar.children;
    longest = std::max(longest, both.count);
    withholds = withholds || (both.is != Number::Is::shown && both.is != Number::Is::not_published);
  }
  bool const has_bars = longest > 0 || withholds;
  std::vector<Data> items;
  for (auto const& bar : bars) {
    if (has_bars) items.push_back(bar_data(frame, bar, std::max<std::int64_t>(longest, 1)));
  }
  auto const& annual = *model.annual;
  bool const has_nothing = !annual.venue && annual.measures.registered == reports::shown(0);
  auto const empty = has_nothing ? Text::figures_empty : Text::figures_no_uses;
  // A table of cards has no chart of uses.
  report.set("has_chart", !model.usage || model.usage->has_uses);
  report.set("empty", text_or_nothing(has_bars ? std::string_view() : in(frame.language, empty)));
  report.set("has_bars", has_bars);
  report.set("bars", list_of(items));
}

Data beside_of(Frame const& frame, AnnualReport const& annual) {
  std::vector<Data> items;
  auto const add = [&](reports::Measure measure, Number const& figure) {
    Data item("label", std::string(reports::name_in(frame.language, measure)));
    put_number(item, frame.language, figure);
    items.push_back(std::move(item));
  };
  add(reports::Measure::assistants, annual.measures.assistants);
  add(reports::Measure::interpreters, annual.measures.interpreters);
  add(reports::Measure::companions, annual.measures.companions);
  add(reports::Measure::community_uses, annual.measures.community_uses);
  return list_of(items);
}

// Numbers that have no place of their own among the key figures.
std::vector<reports::Definition> further_definitions(Language language,
                                                     AnnualReport const& annual) {
  using reports::Measure;
  std::vector<Measure> measures;
  if (!annual.venue) measures = {Measure::taken_into_use, Measure::active};
  if (annual.late_percent) measures.push_back(Measure::late_share);
  measures.insert(measures.end(), {Measure::beside, Measure::community});
  std::vector<reports::Definition> definitions;
  for (auto const measure : measures) {
    definitions.push_back({std::string(reports::name_in(language, measure)),
                           std::string(reports::definition_in(language, measure))});
  }
  return definitions;
}

std::vector<Data> notes_of(Frame const& frame, std::vector<DocumentTable> const& tables) {
  std::vector<Data> notes;
  for (auto const& text : reports::legend_of(frame.language, tables)) {
    notes.emplace_back("note", text);
  }
  return notes;
}

// What leaves is the table, where there is one: closed quarters of a running year too.
bool may_leave(FiguresPage const& model) {
  auto const state = model.usage ? model.usage->state : model.annual->state;
  return state != State::working && !model.file_address.empty();
}

Data settled_file(Language language, FiguresPage const& model) {
  if (!model.settled || model.settled_address.empty()) return Data(false);
  Data file("href", model.settled_address);
  file.set("label", fill(language, Text::figures_settled_file,
                         {{"year", std::to_string(model.settled->year)}}));
  return file;
}

Data report_data(Frame const& frame, FiguresPage const& model) {
  auto const language = frame.language;
  auto const& annual = *model.annual;
  auto const document = model.usage ? reports::usage_document(language, *model.usage, "")
                                    : reports::annual_document(language, annual, "");
  auto const& table = document.tables.back();
  Data report;
  report.set("period", model.year);
  report.set("as_of_line", reports::as_of_line(language, annual.as_of));
  report.set("table_as_of_line", model.usage && model.usage->as_of.run != annual.as_of.run
                                     ? Data(reports::as_of_line(language, model.usage->as_of))
                                     : Data(false));
  // Above the numbers: the table below them may be of closed quarters.
  report.set("working", annual.state == State::working
                            ? Data(std::string(in(language, Text::figures_working)))
                            : Data(false));
  report.set("late_line", annual.late_percent
                              ? Data(fill(language, Text::figures_late,
                                          {{"rate", std::to_string(*annual.late_percent)}}))
                              : Data(false));
  std::vector<Data> figures;
  std::vector<reports::Definition> on_paper;
  for (auto const& figure : key_figures(frame, model)) {
    figures.push_back(figure_data(figure));
    on_paper.push_back({figure.name, figure.how});
  }
  report.set("figures", list_of(figures));
  auto const further = further_definitions(language, annual);
  on_paper.insert(on_paper.end(), further.begin(), further.end());
  put_definitions(report, further, on_paper);
  put_chart(frame, report, model, bars_of(frame, model));
  put_table(frame, report, table);
  report.set("notes", list_of(notes_of(frame, {table})));
  report.set("beside", beside_of(frame, annual));
  report.set("files", may_leave(model));
  report.set("file_address", model.file_address);
  report.set("settled_file", settled_file(language, model));
  return report;
}

// Why there is no table, or no figure at all.
std::string note_above(Language language, FiguresPage const& model) {
  if (!model.annual) return std::string(in(language, Text::figures_no_year));
  if (!model.published_on) return {};
  return fill(language, Text::figures_published_on,
              {{"day", day_text(language, *model.published_on)}});
}

}  // namespace

Page figures_page(Frame const& frame, FiguresPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::figures_title)), .body = embedded::figures};
  auto& values = page.values;
  put_year_and_area(frame, page, {model.years, model.year, model.areas, model.area});
  values.set("group", filter_choice(page, {.id = "group",
                                           .label = text(Text::figures_group),
                                           .options = model.groups,
                                           .chosen = model.group}));
  values.set("run", model.runs.empty() ? Data(false)
                                       : filter_choice(page, {.id = "run",
                                                              .label = text(Text::figures_as_of),
                                                              .options = model.runs,
                                                              .chosen = model.run}));
  values.set("waits", text_or_nothing(note_above(frame.language, model)));
  std::vector<Data> others;
  for (auto const& other : model.others) {
    Data link("label", other.label);
    link.set("href", other.value);
    others.push_back(std::move(link));
  }
  values.set("has_others", !others.empty());
  values.set("others", list_of(others));
  values.set("report", model.annual ? report_data(frame, model) : Data(false));
  return page;
}

}  // namespace kaiku::pages
