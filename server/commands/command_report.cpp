#include "server/commands/command_report.hpp"

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

}  // namespace kaiku::commands
