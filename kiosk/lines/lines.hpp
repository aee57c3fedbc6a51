// `kaiku-kiosk lines`: a line in, a line out, for turnstiles and tests.
#pragma once

#include "kiosk/app/kiosk.hpp"

namespace kaiku::kiosk {

// Serves lines from `input` to `output` (file descriptors) until the end of input or until
// `stop_fd` becomes readable. A valid scan is recorded at once. False when output was closed.
bool serve_lines(Kiosk& kiosk, int input, int output, int stop_fd);

}  // namespace kaiku::kiosk
