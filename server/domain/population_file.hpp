// A file of the population of municipalities on 31 December: municipality;year;population.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku::domain {

struct PopulationRow {
  std::string municipality;  // three digits
  int year = 0;
  std::int64_t people = 0;
  bool operator==(PopulationRow const&) const = default;
};
struct PopulationFault {
  std::int64_t line = 0;  // 1 is the first
  std::string_view column;
  std::string_view reason;
  bool operator==(PopulationFault const&) const = default;
};
struct PopulationFile {
  std::vector<PopulationRow> rows;      // in the order of the file
  std::vector<PopulationFault> faults;  // with any, nothing of it is to be used
};

// The header row names the columns in any order, and more of them than are read. `last_year`: of
// which a 31 December is over.
PopulationFile read_population_file(std::string_view text, int last_year);

}  // namespace kaiku::domain
