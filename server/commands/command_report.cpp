#include "server/commands/command_report.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>

#include "server/lanes/read_lanes.hpp"

namespace kaiku::commands {

void add_report_commands(ReportGroup const& group) {
  add_annual(group);
  add_usage(group);
  add_runs(group);
  add_close(group);
  add_redraw(group);
  add_import_history(group);
  add_import_population(group);
  add_annex(group);
}

int on_installation(ReportGroup const& group, std::function<int(Installation&)> const& job) {
  if (!std::filesystem::exists(Places(group.common.dir).database)) {
    std::cerr << "There is no installation at " << group.common.dir.string()
              << ". Name its folder with --dir.\n";
    return could_not_run;
  }
  SystemClock const clock;
  SystemRandom random;
  Installation installation(group.common.dir, group.instance, clock, random);
  return job(installation);
}

int read_report(Installation& installation, std::function<int(ledger::ReadTx&)> const& job) {
  lanes::ReadLanes lane(installation.places().database, installation.keys(), 1, 1, "kaiku-read");
  int result = could_not_run;
  lane.run([&](ledger::ReadTx& tx) { result = job(tx); });
  return result;
}

namespace {

// "--group-by" of "/group_by": what was typed, by the name that it has on the line.
std::string option_of(std::string const& pointer) {
  auto name = pointer.substr(1);
  std::ranges::replace(name, '_', '-');
  return "--" + name;
}

}  // namespace

int refuse(Error const& error) {
  for (auto const& field : error.fields) {
    std::cerr << option_of(field.pointer) << " " << field.detail << ".\n";
  }
  if (!error.fields.empty()) return found_something;
  if (error.problem == Problem::not_found) {
    std::cerr << "Nothing of this is published yet; `kaiku-server report runs` lists what is.\n";
  } else {
    std::cerr << (error.detail.empty() ? std::string(row_of(error.problem).title) : error.detail)
              << ".\n";
  }
  return found_something;
}

int write_report(std::filesystem::path const& file, std::string const& bytes) {
  if (file.empty()) {
    std::cout << bytes << std::flush;
    return good;
  }
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << bytes;
  if (out.flush()) return good;
  std::cerr << "The file " << file.string() << " cannot be written.\n";
  return could_not_run;
}

}  // namespace kaiku::commands
