#include <unistd.h>

#include <cstdio>

#include "kiosk/app/exit_codes.hpp"
#include "kiosk/app/stop_signal.hpp"
#include "kiosk/commands/command.hpp"
#include "kiosk/lines/lines.hpp"

namespace kaiku::kiosk {

int tell_not_enrolled() {
  std::fputs("This kiosk is not enrolled yet. Run: kaiku-kiosk enrol https://SERVER CODE\n",
             stderr);
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
    return *fault == OpenFault::in_use ? tell_in_use(folder) : tell_not_enrolled();
  }
  auto& kiosk = *std::get<std::unique_ptr<Kiosk>>(opened);
  return serve_lines(kiosk, STDIN_FILENO, STDOUT_FILENO, stop.descriptor()) ? exit_good
                                                                            : exit_could_not;
}

}  // namespace kaiku::kiosk
