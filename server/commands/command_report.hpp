// `kaiku-server report …`: a function a subcommand, in a file of its own (command_<name>.cpp), that
// adds its name, its options and what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "server/commands/command.hpp"

namespace kaiku::commands {

// What every subcommand is given; all of it outlives the parsing of the line.
struct ReportGroup {
  // Adds a subcommand with the options that all commands have, which fill the members below.
  std::function<CLI::App&(char const* name, char const* what)> add;
  Common const& common;
  std::string const& instance;
  int& result;  // the exit code of the one that ran
};
void add_report_commands(ReportGroup const& group);

void add_annual(ReportGroup const& group);
void add_usage(ReportGroup const& group);
void add_runs(ReportGroup const& group);
void add_close(ReportGroup const& group);
void add_redraw(ReportGroup const& group);
void add_import_history(ReportGroup const& group);
void add_import_population(ReportGroup const& group);
void add_annex(ReportGroup const& group);

}  // namespace kaiku::commands
