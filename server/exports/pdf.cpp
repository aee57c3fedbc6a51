#include "server/exports/pdf.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "server/exports/cell_text.hpp"
#include "server/exports/pdf_table.hpp"
#include "server/exports/texts.hpp"
#include "server/print/texts.hpp"

namespace kaiku::exports {
namespace {

using contract::Language;
using print::plain;
using reports::ReportDocument;

constexpr print::TextStyle title_style{.points = 18, .bold = true};
constexpr print::TextStyle about_style{.points = 11};
constexpr print::TextStyle heading_style{.points = 12, .bold = true};
constexpr print::TextStyle term_style{.points = 9, .bold = true};
constexpr print::TextStyle note_style{.points = 9};
constexpr double between_parts = 6;
constexpr double below_heading = 1.5;
constexpr double between_notes = 1;
constexpr double a_line = 4;  // of notes, about

struct CellReader {
  Language language;
  int decimals;
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(std::string const& text) const { return text; }
  std::string operator()(reports::Figure const& figure) const {
    return figure_text(language, figure);
  }
  std::string operator()(reports::Share share) const {
    return percent_text(language, share, decimals);
  }
  std::string operator()(reports::PerThousand value) const {
    return per_thousand_text(value, language == Language::en ? '.' : ',');
  }
  std::string operator()(reports::Euros euros) const { return euro_text(language, euros); }
  std::string operator()(Day day) const { return print::day_text(language, day); }
};

PaperTable on_paper(reports::DocumentTable const& table, Language language) {
  PaperTable paper;
  std::vector<int> decimals;
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    paper.columns.push_back({table.columns[at].label, table.columns[at].is_number});
    decimals.push_back(decimals_of_percents(table, at));
  }
  for (auto const& row : table.rows) {
    PaperRow line{.cells = {}, .is_total = row.is_total};
    for (std::size_t at = 0; at < decimals.size(); ++at) {
      line.cells.push_back(std::visit(CellReader{language, decimals[at]}, row.cells.at(at)));
    }
    paper.rows.push_back(std::move(line));
  }
  return paper;
}

struct Form {
  print::Size page;
  double points = 0;  // of the tables
};
// The first in which every table fits without a broken word; where none is, words break.
constexpr std::array forms{Form{print::a4, 9}, Form{{print::a4.height, print::a4.width}, 9},
                           Form{{print::a4.height, print::a4.width}, 7}};

class Drawing {
 public:
  explicit Drawing(ReportDocument const& report) : report_(report) {
    print::Document const scratch(print::a4, report.title, report.language);
    auto const canvas = scratch.canvas();
    for (auto const& form : forms) {
      if (form.points != form_.points) set_tables(canvas, form.points);
      form_ = form;
      if (std::ranges::all_of(
              tables_, [&](SetTable const& table) { return table.least_width() <= width(); })) {
        break;
      }
    }
    for (auto& table : tables_) table.set_to(canvas, width());
  }

  Bytes pdf() const {
    print::Document scratch(form_.page, report_.title, report_.language);
    int const pages = draw(scratch, 0);
    print::Document document(form_.page, report_.title, report_.language);
    draw(document, pages);
    return document.finish();
  }

 private:
  double width() const { return width_between_margins(form_.page); }

  void set_tables(print::Canvas const& canvas, double points) {
    tables_.clear();
    for (auto const& table : report_.tables) {
      tables_.emplace_back(canvas, on_paper(table, report_.language), points);
    }
  }

  // Gives the number of pages.
  int draw(print::Document& document, int pages) const {
    Flow flow(document, form_.page,
              {.language = report_.language,
               .line = report_.title + " · " + report_.as_of_line,
               .pages = pages});
    flow.text("H1", title_style, plain(report_.title));
    for (auto const& line : {report_.scope, report_.period, report_.as_of_line}) {
      if (!line.empty()) flow.text("P", about_style, plain(line));
    }
    for (std::size_t at = 0; at < tables_.size(); ++at) {
      flow.leave_gap(between_parts);
      auto const& title = report_.tables[at].title;
      if (!title.empty()) {
        flow.text("H2", heading_style, plain(title),
                  below_heading + tables_[at].height_of_beginning());
        flow.leave_gap(below_heading);
      }
      tables_[at].draw(flow);
    }
    draw_notes(flow);
    draw_definitions(flow);
    flow.end();
    return flow.page();
  }

  void draw_heading(Flow& flow, Text text) const {
    flow.leave_gap(between_parts);
    flow.text("H2", heading_style, plain(in(report_.language, text)), below_heading + a_line);
    flow.leave_gap(below_heading);
  }

  void draw_notes(Flow& flow) const {
    if (report_.notes.empty() && report_.hash.empty()) return;
    draw_heading(flow, Text::notes);
    for (auto const& note : report_.notes) {
      flow.text("P", note_style, plain(note));
      flow.leave_gap(between_notes);
    }
    if (report_.hash.empty()) return;
    flow.text("P", note_style,
              plain(std::string(in(report_.language, Text::hash)) + " " + report_.hash));
  }

  void draw_definitions(Flow& flow) const {
    if (report_.definitions.empty()) return;
    draw_heading(flow, Text::definitions);
    for (auto const& [name, text] : report_.definitions) {
      flow.text("H3", term_style, plain(name), a_line);
      flow.text("P", note_style, plain(text));
      flow.leave_gap(between_notes);
    }
  }

  ReportDocument const& report_;
  std::vector<SetTable> tables_;
  Form form_;
};

}  // namespace

Bytes pdf_file(ReportDocument const& document) { return Drawing(document).pdf(); }

}  // namespace kaiku::exports
