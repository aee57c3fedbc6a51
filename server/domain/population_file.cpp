#include "server/domain/population_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "schema/codec/csv_reader.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/time.hpp"
#include "schema/values/utf8.hpp"
#include "server/domain/municipalities.hpp"

namespace kaiku::domain {
namespace {

enum Column : std::size_t { municipality, year, population };
constexpr std::array<std::string_view, 3> names{"municipality", "year", "population"};
constexpr std::string_view whole_row = "row";
constexpr int earliest_year = 2000;
constexpr std::size_t municipality_digits = 3;
constexpr std::size_t year_digits = 4;
constexpr std::size_t most_digits = 8;  // more than there are people in the country

std::optional<std::int64_t> number_from(std::string_view text, std::size_t digits) {
  if (text.empty() || text.size() > digits || !ascii::is_digits(text)) return std::nullopt;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

class Reading {
 public:
  Reading(std::string_view text, int last_year) : reader_(text), last_year_(last_year) {}

  PopulationFile read() && {
    if (!find_columns()) return std::move(file_);
    while (reader_.next()) read_row();
    if (file_.rows.empty() && file_.faults.empty()) add(whole_row, "is missing");
    return std::move(file_);
  }

 private:
  void add(std::string_view column, std::string_view reason) {
    file_.faults.push_back({std::max<std::int64_t>(reader_.line(), 1), column, reason});
  }
  std::string_view cell(Column column) const { return reader_.cells()[places_[column]]; }

  bool find_columns() {
    auto const has_header = reader_.next();
    for (std::size_t column = 0; column < names.size(); ++column) {
      std::size_t found = 0;
      if (has_header) {
        auto const& cells = reader_.cells();
        width_ = cells.size();
        found = static_cast<std::size_t>(std::ranges::count(cells, names[column]));
        places_[column] =
            static_cast<std::size_t>(std::ranges::find(cells, names[column]) - cells.begin());
      }
      if (found == 0) add(names[column], "is missing");
      if (found > 1) add(names[column], "is there twice");
    }
    return file_.faults.empty();
  }

  void read_row() {
    if (reader_.flaw() == codec::CsvFlaw::open_quotes) {
      return add(whole_row, "has quotes that nothing closes");
    }
    if (reader_.flaw() == codec::CsvFlaw::stray_quotes) {
      return add(whole_row, "has text after closing quotes");
    }
    if (reader_.cells().size() != width_) {
      return add(whole_row, "has another number of cells than the header");
    }
    auto const year_read = take_year();
    auto const code = take_municipality(year_read);
    auto const people = number_from(cell(population), most_digits);
    if (!people) add(names[population], "is not a whole number");
    if (!year_read || !code || !people) return;
    if (!seen_.emplace(*code, *year_read).second) {
      return add(whole_row, "is there twice: its municipality and year stand above");
    }
    file_.rows.push_back({*code, *year_read, *people});
  }

  std::optional<int> take_year() {
    auto const number = number_from(cell(year), year_digits);
    if (!number || *number < earliest_year) {
      add(names[year], "is not a year from 2000 on");
      return std::nullopt;
    }
    if (*number > last_year_) {
      add(names[year], "is not over");
      return std::nullopt;
    }
    return static_cast<int>(*number);
  }

  std::optional<std::string> take_municipality(std::optional<int> in_year) {
    std::string code(cell(municipality));
    if (code.size() != municipality_digits || !ascii::is_digits(code)) {
      add(names[municipality],
          "is not three digits (a spreadsheet may have dropped its zeros: format the column as "
          "text)");
      return std::nullopt;
    }
    auto const* const listed = find_listed(code);
    if (listed == nullptr) {
      add(names[municipality], "is the code of no municipality");
      return std::nullopt;
    }
    if (in_year && !listed->is_one_on(day_from(*in_year, 12, 31).value())) {
      add(names[municipality], "had joined another by the end of that year");
      return std::nullopt;
    }
    return code;
  }

  codec::CsvReader reader_;
  int last_year_;
  std::array<std::size_t, names.size()> places_{};
  std::size_t width_ = 0;
  std::set<std::pair<std::string, int>> seen_;
  PopulationFile file_;
};

}  // namespace

PopulationFile read_population_file(std::string_view text, int last_year) {
  if (!is_utf8(text)) {
    return {{}, {{1, whole_row, "is not text in UTF-8: save the file as CSV in UTF-8"}}};
  }
  return Reading(text, last_year).read();
}

}  // namespace kaiku::domain
