#include "server/pages/coordinator/figures_view.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "pages/embedded_assets.hpp"
#include "schema/values/time.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/sector_text.hpp"

namespace kaiku::pages {
namespace {

using use_cases::Cell;
using use_cases::GroupBy;
using use_cases::UsageReport;
using use_cases::UsageRow;

constexpr std::array<Text, 4> sector_texts{Text::sector_culture, Text::sector_education,
                                           Text::sector_science, Text::sector_sport};
// The usual band of the usage rate elsewhere in the country.
constexpr double band_from = 0.30;
constexpr double band_to = 0.40;

std::string cell_text(Language language, Cell const& cell) {
  return cell ? number_text(language, *cell) : "<5";
}

// A sum of what is shown, and whether a part is hidden: then it is told as "at least" (≥), which
// tells no more of the hidden part than its own cell does.
struct Sum {
  std::int64_t shown = 0;
  bool hides = false;
  Sum& operator+=(Cell const& cell) {
    shown += cell.value_or(0);
    hides = hides || !cell;
    return *this;
  }
};

Sum operator+(Sum const& a, Sum const& b) { return {a.shown + b.shown, a.hides || b.hides}; }

Sum sum_of(std::array<Cell, 4> const& cells) {
  Sum sum;
  for (auto const& cell : cells) sum += cell;
  return sum;
}

std::string sum_text(Language language, Sum const& sum) {
  if (sum.hides && sum.shown == 0) return "<5";
  return (sum.hides ? "≥\u00A0" : "") + number_text(language, sum.shown);
}

bool hides_something(UsageRow const& row) {
  auto const hidden = [](Cell const& cell) { return !cell; };
  bool const uses = std::any_of(row.adults.begin(), row.adults.end(), hidden) ||
                    std::any_of(row.children.begin(), row.children.end(), hidden);
  bool const persons = row.has_persons && (!row.registered || !row.taken_into_use || !row.active);
  return uses || persons || !row.assistants || !row.interpreters || !row.companions ||
         !row.community_uses;
}

Data line(std::string const& text) { return Data("line", text); }

// One of the numbers, with what stands under it.
struct Figure {
  char const* id;
  Text name;
  std::string number;
  Text how;
  std::vector<Data> lines = {};
  std::optional<double> band = std::nullopt;
};

Data figure_data(Frame const& frame, Figure const& figure) {
  Data data;
  data.set("id", figure.id);
  data.set("name", std::string(in(frame.language, figure.name)));
  data.set("number", text_or_nothing(figure.number));
  data.set("how", std::string(in(frame.language, figure.how)));
  data.set("lines", list_of(figure.lines));
  data.set("band", figure.band.has_value());
  auto const percent = static_cast<int>(std::clamp(figure.band.value_or(0.0), 0.0, 1.0) * 100.0);
  data.set("percent", std::to_string(percent));
  return data;
}

Figure rate_figure(Frame const& frame, UsageRow const& row) {
  auto const language = frame.language;
  Figure figure{"figure-rate", Text::figures_rate, "", Text::figures_rate_how};
  auto const taken = cell_text(language, row.taken_into_use);
  if (row.usage_rate) {
    auto const rate = *row.usage_rate;
    auto const band = rate < band_from ? Text::figures_band_below
                      : rate > band_to ? Text::figures_band_above
                                       : Text::figures_band_in;
    figure.number = percent_text(language, rate);
    figure.band = rate;
    figure.lines.push_back(line(std::string(in(language, band))));
  }
  figure.lines.push_back(line(fill(language, Text::figures_taken, {{"n", taken}})));
  return figure;
}

std::vector<Data> key_figures(Frame const& frame, UsageReport const& report) {
  auto const language = frame.language;
  auto const& row = report.rows.front();
  std::vector<Data> figures;
  if (row.has_persons) {
    Figure registered{"figure-registered", Text::figures_registered,
                      cell_text(language, row.registered), Text::figures_registered_how};
    auto const active = cell_text(language, row.active);
    registered.lines.push_back(line(fill(language, Text::figures_active, {{"n", active}})));
    figures.push_back(figure_data(frame, registered));
    figures.push_back(figure_data(frame, rate_figure(frame, row)));
  }
  auto const adults = sum_of(row.adults);
  auto const children = sum_of(row.children);
  Figure uses{"figure-uses", Text::figures_uses, sum_text(language, adults + children),
              Text::figures_uses_how};
  uses.lines.push_back(line(
      fill(language, Text::figures_uses_split,
           {{"adults", sum_text(language, adults)}, {"children", sum_text(language, children)}})));
  figures.push_back(figure_data(frame, uses));
  if (row.has_persons) {
    figures.push_back(figure_data(
        frame, {"figure-municipalities", Text::figures_municipalities,
                number_text(language, report.municipalities), Text::figures_municipalities_how}));
  }
  return figures;
}

// Months and sectors in the reader's words; of all else the report has the names.
std::string name_of(Language language, GroupBy group, UsageRow const& row) {
  if (group == GroupBy::month) {
    if (auto const first = day_from_iso(row.key + "-01")) return month_text(language, *first);
  }
  if (group == GroupBy::sector) {
    if (auto const sector = contract::sector_from(row.key)) {
      return std::string(sector_text(language, *sector));
    }
  }
  return row.label;
}

// A bar of the chart: what one row of the table has of adults' and children's uses.
struct Bar {
  std::string label;
  Sum adults;
  Sum children;
};

std::vector<Bar> bars_of(Frame const& frame, UsageReport const& whole,
                         std::optional<UsageReport> const& grouped) {
  std::vector<Bar> bars;
  if (grouped) {
    for (auto const& row : grouped->rows) {
      auto name = name_of(frame.language, grouped->group_by, row);
      bars.push_back({std::move(name), sum_of(row.adults), sum_of(row.children)});
    }
    return bars;
  }
  auto const& row = whole.rows.front();
  for (std::size_t n = 0; n < sector_texts.size(); ++n) {
    bars.push_back({std::string(in(frame.language, sector_texts[n])), Sum{} += row.adults[n],
                    Sum{} += row.children[n]});
  }
  return bars;
}

std::string tenths(double value) {
  std::array<char, 16> text{};
  auto const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1).ptr;
  return std::string(text.data(), end);
}

Data bar_data(Frame const& frame, Bar const& bar, std::int64_t longest) {
  auto const width = [&](Sum const& sum) {
    return tenths(100.0 * static_cast<double>(sum.shown) / static_cast<double>(longest));
  };
  Data data;
  data.set("label", bar.label);
  data.set("adults_width", width(bar.adults));
  data.set("children_width", width(bar.children));
  data.set("value", sum_text(frame.language, bar.adults + bar.children));
  return data;
}

// Without any use there is no chart, and without any card nothing to choose another year for.
void put_chart(Frame const& frame, Data& report, UsageRow const& whole,
               std::vector<Bar> const& bars) {
  std::int64_t longest = 0;
  for (auto const& bar : bars) {
    longest = std::max(longest, (bar.adults + bar.children).shown);
  }
  std::vector<Data> items;
  for (auto const& bar : bars) {
    if (longest > 0) items.push_back(bar_data(frame, bar, longest));
  }
  bool const has_nothing = whole.has_persons && whole.registered == 0;
  auto const empty = has_nothing ? Text::figures_empty : Text::figures_no_uses;
  report.set("empty", longest == 0 ? Data(std::string(in(frame.language, empty))) : Data(false));
  report.set("has_bars", longest > 0);
  report.set("bars", list_of(items));
}

struct Table {
  std::vector<Data> columns;
  std::vector<Data> rows;
};

Data column(std::string_view label, bool number) {
  Data data("label", std::string(label));
  data.set("number", number);
  return data;
}

Data table_row(std::string_view label, std::vector<std::string> const& cells) {
  std::vector<Data> values;
  for (auto const& cell : cells) values.emplace_back(Data("value", cell));
  Data row("label", std::string(label));
  row.set("cells", list_of(values));
  return row;
}

// Not grouped: a row a sector. Grouped: a row a group, persons first where the grouping divides
// them.
Table sector_table(Frame const& frame, UsageRow const& row) {
  auto const language = frame.language;
  auto const text = [&](Text key) { return in(language, key); };
  Table table;
  table.columns.push_back(column(text(Text::group_sector), false));
  for (auto const name : {Text::figures_adults, Text::figures_children, Text::figures_total}) {
    table.columns.push_back(column(text(name), true));
  }
  auto const add = [&](std::string_view label, Sum const& adults, Sum const& children) {
    table.rows.push_back(table_row(label, {sum_text(language, adults), sum_text(language, children),
                                           sum_text(language, adults + children)}));
  };
  for (std::size_t n = 0; n < sector_texts.size(); ++n) {
    add(text(sector_texts[n]), Sum{} += row.adults[n], Sum{} += row.children[n]);
  }
  add(text(Text::figures_total), sum_of(row.adults), sum_of(row.children));
  return table;
}

Table group_table(Frame const& frame, UsageReport const& report, std::string_view group_label) {
  auto const language = frame.language;
  auto const text = [&](Text key) { return in(language, key); };
  bool const persons = !report.rows.empty() && report.rows.front().has_persons;
  Table table;
  table.columns.push_back(column(group_label, false));
  if (persons) {
    table.columns.push_back(column(text(Text::figures_registered), true));
    table.columns.push_back(column(text(Text::figures_rate), true));
  }
  if (report.group_by != GroupBy::sector) {
    for (auto const sector : sector_texts) table.columns.push_back(column(text(sector), true));
  }
  table.columns.push_back(column(text(Text::figures_adults), true));
  table.columns.push_back(column(text(Text::figures_children), true));
  table.columns.push_back(column(text(Text::figures_total), true));
  for (auto const& row : report.rows) {
    std::vector<std::string> cells;
    if (persons) {
      cells.push_back(cell_text(language, row.registered));
      cells.push_back(row.usage_rate ? percent_text(language, *row.usage_rate) : "–");
    }
    if (report.group_by != GroupBy::sector) {
      for (std::size_t n = 0; n < sector_texts.size(); ++n) {
        auto const both = (Sum{} += row.adults[n]) + (Sum{} += row.children[n]);
        cells.push_back(sum_text(language, both));
      }
    }
    auto const adults = sum_of(row.adults);
    auto const children = sum_of(row.children);
    cells.push_back(sum_text(language, adults));
    cells.push_back(sum_text(language, children));
    cells.push_back(sum_text(language, adults + children));
    table.rows.push_back(table_row(name_of(language, report.group_by, row), cells));
  }
  return table;
}

Data beside_of(Frame const& frame, UsageRow const& row) {
  std::vector<Data> items;
  auto const add = [&](Text label, Cell const& cell) {
    Data item("label", std::string(in(frame.language, label)));
    item.set("value", cell_text(frame.language, cell));
    items.push_back(item);
  };
  add(Text::figures_assistants, row.assistants);
  add(Text::figures_interpreters, row.interpreters);
  add(Text::figures_companions, row.companions);
  add(Text::figures_community, row.community_uses);
  return list_of(items);
}

std::string_view label_of(std::vector<Option> const& options, std::string_view value) {
  auto const found = std::find_if(options.begin(), options.end(),
                                  [&](Option const& option) { return option.value == value; });
  return found == options.end() ? std::string_view() : std::string_view(found->label);
}

Data report_data(Frame const& frame, FiguresPage const& model) {
  auto const language = frame.language;
  auto const& whole = *model.whole;
  auto const& row = whole.rows.front();
  Data report;
  report.set("period", fill(language, Text::figures_period,
                            {{"from", day_text(language, whole.from)},
                             {"to", day_text(language, whole.to)}}));
  report.set("as_of_line", fill(language, Text::figures_as_of,
                                {{"day", day_text(language, helsinki_day(whole.as_of))},
                                 {"time", clock_text(language, whole.as_of)}}));
  report.set("late_line", whole.late_share
                              ? Data(fill(language, Text::figures_late,
                                          {{"rate", percent_text(language, *whole.late_share)}}))
                              : Data(false));
  report.set("figures", list_of(key_figures(frame, whole)));
  put_chart(frame, report, row, bars_of(frame, whole, model.grouped));
  auto const table = model.grouped
                         ? group_table(frame, *model.grouped, label_of(model.groups, model.group))
                         : sector_table(frame, row);
  report.set("columns", list_of(table.columns));
  report.set("rows", list_of(table.rows));
  bool const hides = hides_something(row) ||
                     (model.grouped && std::any_of(model.grouped->rows.begin(),
                                                   model.grouped->rows.end(), hides_something));
  report.set("small", hides);
  report.set("beside", beside_of(frame, row));
  return report;
}

}  // namespace

Page figures_page(Frame const& frame, FiguresPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::figures_title)), .body = embedded::figures};
  page.faulty = !model.faults.empty();
  page.status = page.faulty ? 422 : 200;
  auto& values = page.values;
  put_summary(values, model.faults);
  values.set("year", filter_choice(page, {.id = "year",
                                          .label = text(Text::figures_year),
                                          .options = model.years,
                                          .chosen = model.year}));
  values.set("area", model.areas.empty() ? Data(false)
                                         : filter_choice(page, {.id = "area",
                                                                .label = text(Text::figures_area),
                                                                .options = model.areas,
                                                                .chosen = model.area}));
  values.set("group", filter_choice(page, {.id = "group",
                                           .label = text(Text::figures_group),
                                           .options = model.groups,
                                           .chosen = model.group}));
  values.set("as_of", filter_text(page, {.id = "as_of",
                                         .label = text(Text::figures_as_of_field),
                                         .hint = text(Text::figures_as_of_hint),
                                         .value = model.as_of,
                                         .fault = fault_of(model.faults, "as_of"),
                                         .maxlength = 10,
                                         .autofocus = !fault_of(model.faults, "as_of").empty()}));
  values.set("report", model.whole ? report_data(frame, model) : Data(false));
  return page;
}

}  // namespace kaiku::pages
