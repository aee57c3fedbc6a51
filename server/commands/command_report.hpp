// `kaiku-server report …`: a function a subcommand, in a file of its own (command_<name>.cpp), that
// adds its name, its options and what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "schema/values/result.hpp"
#include "server/commands/command.hpp"
#include "server/ledger/transactions.hpp"

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

// Opens the installation, whether or not a server runs on it too; the job's exit code, or
// could_not_run where there is none.
int on_installation(ReportGroup const& group, std::function<int(Installation&)> const& job);
// Beside the writer: what is drawn takes long, and a server goes on recording meanwhile.
int read_report(Installation& installation, std::function<int(ledger::ReadTx&)> const& job);
// Says on standard error why there is no report, by the options that are wrong; the exit code.
int refuse(Error const& error);
// To the file, or to standard output where none is named; the exit code.
int write_report(std::filesystem::path const& file, std::string const& bytes);

}  // namespace kaiku::commands
