#include "server/exports/xlsx.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "schema/values/utf8.hpp"
#include "server/exports/cell_text.hpp"
#include "server/exports/sheet_names.hpp"
#include "server/exports/texts.hpp"

namespace kaiku::exports {
namespace {

using contract::Language;
using reports::DocumentTable;
using reports::Figure;
using reports::ReportDocument;
using reports::Share;

void must(lxw_error said) {
  if (said == LXW_NO_ERROR) return;
  throw std::runtime_error(std::string("libxlsxwriter: ") + lxw_strerror(said));
}

// A file without a place on a disk: the library of Debian 12 writes to a name alone, and nothing is
// left behind when the process ends in the middle.
class FileInMemory {
 public:
  FileInMemory() : handle_(memfd_create("kaiku-xlsx", MFD_CLOEXEC)) {
    if (handle_ < 0) throw std::runtime_error("no file in memory for a workbook");
  }
  ~FileInMemory() { close(handle_); }
  FileInMemory(FileInMemory const&) = delete;
  FileInMemory& operator=(FileInMemory const&) = delete;

  std::string name() const { return "/proc/self/fd/" + std::to_string(handle_); }
  Bytes bytes() const {
    struct stat about {};
    if (fstat(handle_, &about) != 0) throw std::runtime_error("a workbook has no size");
    Bytes all(static_cast<std::size_t>(about.st_size));
    for (std::size_t have = 0; have < all.size();) {
      auto const some =
          pread(handle_, all.data() + have, all.size() - have, static_cast<off_t>(have));
      if (some <= 0) throw std::runtime_error("a workbook cannot be read back");
      have += static_cast<std::size_t>(some);
    }
    return all;
  }

 private:
  int handle_;
};

struct FreeWorkbook {
  void operator()(lxw_workbook* book) const { lxw_workbook_free(book); }
};
using Workbook = std::unique_ptr<lxw_workbook, FreeWorkbook>;

// How the cells of a row look; the same for a total row, in bold.
struct Formats {
  lxw_format* text;
  lxw_format* sign;
  lxw_format* count;
  lxw_format* per_thousand;
  lxw_format* day;
  lxw_format* euros;
  std::array<lxw_format*, 2> per_cent;  // by decimals
};

Formats formats_of(lxw_workbook* book, Language language, bool is_bold) {
  auto const made = [&](char const* numbers) {
    lxw_format* const format = workbook_add_format(book);
    if (is_bold) format_set_bold(format);
    if (numbers != nullptr) format_set_num_format(format, numbers);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
  };
  bool const is_english = language == Language::en;
  Formats formats{
      .text = made(nullptr),
      .sign = made(nullptr),
      .count = made("#,##0"),
      .per_thousand = made("0.0"),
      .day = made(is_english ? "d mmm yyyy" : "d.m.yyyy"),
      .euros = made("#,##0.00 \"€\""),
      .per_cent = {made(is_english ? "0%" : "0 %"), made(is_english ? "0.0%" : "0.0 %")}};
  format_set_text_wrap(formats.text);
  format_set_align(formats.sign, LXW_ALIGN_RIGHT);
  return formats;
}

// Writes a cell where it stands; each kind of value as what it is, for those who go on computing.
struct CellWriter {
  lxw_worksheet* sheet;
  Formats const& formats;
  int decimals;
  lxw_row_t row;
  lxw_col_t column;

  void operator()(std::monostate) const {
    must(worksheet_write_blank(sheet, row, column, formats.text));
  }
  // A string of the file is never computed, whatever it begins with.
  void operator()(std::string const& text) const {
    must(worksheet_write_string(sheet, row, column, text.c_str(), formats.text));
  }
  void operator()(Figure const& figure) const {
    if (auto const count = figure.value()) {
      number(static_cast<double>(*count), formats.count);
    } else {
      must(worksheet_write_string(sheet, row, column, figure_text(figure).c_str(), formats.sign));
    }
  }
  void operator()(Share share) const {
    number(share.value, formats.per_cent[static_cast<std::size_t>(decimals)]);
  }
  void operator()(reports::PerThousand value) const { number(value.value, formats.per_thousand); }
  void operator()(Day day) const {
    constexpr std::int32_t first_of_1970 = 25'569;  // Excel counts days from 30.12.1899
    number(first_of_1970 + day.value, formats.day);
  }
  void operator()(reports::Euros euros) const {
    constexpr double cents = 100;
    number(static_cast<double>(euros.cents) / cents, formats.euros);
  }
  void number(double value, lxw_format* format) const {
    must(worksheet_write_number(sheet, row, column, value, format));
  }
};

// What a cell takes of its column's width, in characters.
struct CellWidth {
  std::size_t operator()(std::monostate) const { return 0; }
  std::size_t operator()(std::string const& text) const { return code_points_in(text); }
  std::size_t operator()(Figure const& figure) const {
    return code_points_in(figure_text(Language::fi, figure));
  }
  std::size_t operator()(Share) const { return 7; }
  std::size_t operator()(Day) const { return 11; }
  std::size_t operator()(reports::PerThousand) const { return 6; }
  std::size_t operator()(reports::Euros euros) const {
    return code_points_in(euro_text(Language::fi, euros));
  }
};

double width_of(DocumentTable const& table, std::size_t column) {
  auto characters = code_points_in(table.columns[column].label);
  for (auto const& row : table.rows) {
    characters = std::max(characters, std::visit(CellWidth{}, row.cells.at(column)));
  }
  return static_cast<double>(std::clamp<std::size_t>(characters + 2, 8, 50));
}

class Book {
 public:
  Book(lxw_workbook* book, Language language)
      : book_(book),
        plain_(formats_of(book, language, false)),
        total_(formats_of(book, language, true)),
        head_(workbook_add_format(book)),
        head_of_numbers_(workbook_add_format(book)) {
    for (auto* const format : {head_, head_of_numbers_}) {
      format_set_bold(format);
      format_set_text_wrap(format);
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
    }
    format_set_align(head_of_numbers_, LXW_ALIGN_RIGHT);
  }

  void add(DocumentTable const& table, std::string const& name) const {
    lxw_worksheet* const sheet = new_sheet(name);
    for (std::size_t at = 0; at < table.columns.size(); ++at) {
      auto const column = static_cast<lxw_col_t>(at);
      must(worksheet_set_column(sheet, column, column, width_of(table, at), nullptr));
      auto const& [id, label, is_number] = table.columns[at];
      must(worksheet_write_string(sheet, 0, column, label.c_str(),
                                  is_number ? head_of_numbers_ : head_));
      int const decimals = decimals_of_percents(table, at);
      for (std::size_t row = 0; row < table.rows.size(); ++row) {
        CellWriter const writer{.sheet = sheet,
                                .formats = table.rows[row].is_total ? total_ : plain_,
                                .decimals = decimals,
                                .row = static_cast<lxw_row_t>(row + 1),
                                .column = column};
        std::visit(writer, table.rows[row].cells.at(at));
      }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
  }

  // Pairs of a name and what it says; the first is the head.
  void add_about(std::vector<std::pair<std::string, std::string>> const& lines,
                 std::string const& name) const {
    lxw_worksheet* const sheet = new_sheet(name);
    must(worksheet_set_column(sheet, 0, 0, 30, nullptr));
    must(worksheet_set_column(sheet, 1, 1, 90, nullptr));
    for (lxw_row_t row = 0; row < lines.size(); ++row) {
      auto const& [about, said] = lines[row];
      lxw_format* const format = row == 0 ? head_ : plain_.text;
      must(worksheet_write_string(sheet, row, 0, about.c_str(), format));
      must(worksheet_write_string(sheet, row, 1, said.c_str(), format));
    }
    worksheet_freeze_panes(sheet, 1, 0);
  }

 private:
  lxw_worksheet* new_sheet(std::string const& name) const {
    lxw_worksheet* const sheet = workbook_add_worksheet(book_, name.c_str());
    if (sheet == nullptr) throw std::runtime_error("no sheet of this name: " + name);
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(sheet, a4);
    worksheet_fit_to_pages(sheet, 1, 0);
    return sheet;
  }

  lxw_workbook* book_;
  Formats plain_;
  Formats total_;
  lxw_format* head_;
  lxw_format* head_of_numbers_;
};

// The title, and what is known.
std::vector<std::pair<std::string, std::string>> about(ReportDocument const& document) {
  std::vector<std::pair<std::string, std::string>> lines{{document.title, ""}};
  auto const add = [&](Text text, std::string const& said) {
    if (!said.empty()) lines.emplace_back(in(document.language, text), said);
  };
  add(Text::covers, document.scope);
  add(Text::period, document.period);
  add(Text::run, document.run);
  add(Text::as_of, document.as_of_line);
  add(Text::entry, std::to_string(document.sequence));
  add(Text::hash, document.hash);
  for (auto const& note : document.notes) add(Text::notes, note);
  for (auto const& [name, text] : document.definitions) lines.emplace_back(name, text);
  return lines;
}

// When the figures are of: two drawings of the same figures are the same file.
void describe(lxw_workbook* book, ReportDocument const& document) {
  auto const at = instant_from_rfc3339(document.as_of_iso);
  std::string title = document.title;
  lxw_doc_properties properties{};
  properties.title = title.data();
  // Nothing would be taken for now.
  properties.created = std::max<std::time_t>(at ? at->us / second_us : 0, 1);
  must(workbook_set_properties(book, &properties));
}

void write(lxw_workbook* into, ReportDocument const& document) {
  auto const language = document.language;
  describe(into, document);
  std::vector<std::string> titles;
  for (auto const& table : document.tables) titles.push_back(table.title);
  titles.emplace_back(in(language, Text::about));
  auto const names = sheet_names(titles, in(language, Text::table));
  Book const book(into, language);
  for (std::size_t at = 0; at < document.tables.size(); ++at) {
    book.add(document.tables[at], names[at]);
  }
  book.add_about(about(document), names.back());
}

}  // namespace

Bytes xlsx_file(ReportDocument const& document) {
  // The library asks gmtime, whose answer is one for all threads.
  static std::mutex one_at_a_time;
  std::scoped_lock const lock(one_at_a_time);
  FileInMemory const file;
  Workbook book(workbook_new(file.name().c_str()));
  if (!book) throw std::runtime_error("libxlsxwriter: no workbook");
  write(book.get(), document);
  must(workbook_close(book.release()));  // frees it, whatever it says
  return file.bytes();
}

}  // namespace kaiku::exports
