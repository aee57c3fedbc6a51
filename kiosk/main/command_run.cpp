#include "kiosk/main/commands.hpp"
#include "kiosk/main/exit_codes.hpp"
namespace kaiku::kiosk { int command_run(Folder const&, RunOptions const&) { return exit_could_not; } }
