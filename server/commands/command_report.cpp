#include "server/commands/command_report.hpp"

namespace kaiku::commands {

void add_report_commands(ReportGroup const& group) { add_import_history(group); }

}  // namespace kaiku::commands
