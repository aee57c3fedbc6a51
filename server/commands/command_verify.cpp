#include <iostream>
#include <nlohmann/json.hpp>

#include "server/commands/command.hpp"
#include "server/verify/verify.hpp"

namespace kaiku::commands {

int verify(Common const& common, std::string const& instance) {
  Places const places(common.dir);
  if (!std::filesystem::exists(places.database)) {
    std::cerr << "There is no ledger at " << places.database.string()
              << ". Name the folder of the installation with --dir.\n";
    return could_not_run;
  }
  SystemRandom random;
  auto const keys = keys::make_or_load_keys(places.keys, random);
  auto const report =
      verify::verify_database(places.database, places.checkpoint, ledger_origin(instance), keys);
  if (common.json) {
    nlohmann::json findings = nlohmann::json::array();
    for (auto const& finding : report.findings) {
      findings.push_back({{"sequence", finding.sequence}, {"what", finding.what}});
    }
    std::cout << nlohmann::json{{"good", report.good()},
                                {"entries", report.entries},
                                {"root", report.root_hex},
                                {"findings", std::move(findings)},
                                {"findings_in_all", report.findings_in_all}}
                     .dump(2)
              << "\n";
  } else if (report.good()) {
    std::cout
        << "The ledger is whole: " << report.entries
        << " entries, every hash fits, the signed checkpoint fits, and everything derived from it"
           " is equal to a rebuild.\nRoot "
        << report.root_hex << "\n";
  } else {
    std::cout << "The ledger is NOT whole: " << report.findings_in_all << " findings.\n";
    for (auto const& finding : report.findings) {
      if (finding.sequence > 0)
        std::cout << "  entry " << finding.sequence << ": ";
      else
        std::cout << "  ";
      std::cout << finding.what << "\n";
    }
  }
  return report.good() ? good : found_something;
}

}  // namespace kaiku::commands
