// report import-population: how many people live where, by which the wellbeing annex divides.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/commands/command_report.hpp"
#include "server/domain/population_file.hpp"
#include "server/tables/population.hpp"

namespace kaiku::commands {
namespace {

void tell(std::filesystem::path const& file, std::vector<domain::PopulationFault> const& faults) {
  for (auto const& fault : faults) {
    std::cerr << file.string() << ":" << fault.line << ": " << fault.column << ": " << fault.reason
              << "\n";
  }
  std::cerr << "Faults: " << faults.size() << ". Nothing was loaded.\n";
}

int import_population(ReportGroup const& group, std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    std::cerr << "The file " << file.string() << " cannot be read.\n";
    return could_not_run;
  }
  auto const this_year = civil_of(helsinki_day(SystemClock().now())).year;
  auto const read = domain::read_population_file(text, this_year - 1);
  if (!read.faults.empty()) {
    tell(file, read.faults);
    return found_something;
  }
  return on_installation(group, [&](Installation& installation) {
    installation.write([&](ledger::WriteTx& tx) {
      tables::keep_population(tx, read.rows);
      return true;
    });
    if (group.common.json) {
      std::cout << nlohmann::json{{"rows", read.rows.size()}}.dump() << "\n";
    } else {
      std::cout << read.rows.size() << " rows are loaded.\n";
    }
    return good;
  });
}

}  // namespace

void add_import_population(ReportGroup const& group) {
  auto& command = group.add("import-population", "Load the population of municipalities");
  auto const file = std::make_shared<std::filesystem::path>();
  command.add_option("file", *file, "CSV file: municipality;year;population")->required();
  command.callback([group, file] { group.result = import_population(group, *file); });
}

}  // namespace kaiku::commands
