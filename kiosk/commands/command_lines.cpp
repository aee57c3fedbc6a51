#include <unistd.h>

#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/stop_signal.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/lines/lines.hpp"

namespace kaiku::kiosk {

namespace {

bool has_enrolment(Folder const& folder) {
  if (!folder.has_database()) return false;
  Database database(folder.database(), Database::Mode::read_only);
  return load_enrolment(database).has_value();
}

}  // namespace

int tell_not_enrolled(Folder const& folder) {
  if (has_enrolment(folder)) {
    std::fprintf(stderr,
                 "The key of this folder is missing: %s. Put it back from a copy of the folder, or "
                 "enrol in another folder: --dir D.\n",
                 folder.device_key().c_str());
  } else {
    std::fputs("This kiosk is not enrolled yet. Run: kaiku-kiosk enrol https://SERVER CODE\n",
               stderr);
  }
  return exit_could_not;
}

int tell_in_use(Folder const& folder) {
  std::fprintf(stderr, "Another kaiku-kiosk is using %s. End it first, or use another --dir.\n",
               folder.directory.c_str());
  return exit_could_not;
}

int command_lines(Folder const& folder) {
  SystemClock const clock;
  StopSignal const stop;  // before the kiosk's thread, which must not take the signals
  auto opened = Kiosk::open(folder, clock);
  if (auto const* fault = std::get_if<OpenFault>(&opened)) {
    return *fault == OpenFault::in_use ? tell_in_use(folder) : tell_not_enrolled(folder);
  }
  auto& kiosk = *std::get<std::unique_ptr<Kiosk>>(opened);
  return serve_lines(kiosk, STDIN_FILENO, STDOUT_FILENO, stop.descriptor()) ? exit_good
                                                                            : exit_could_not;
}

}  // namespace kaiku::kiosk
