// What the commands of kaiku-kiosk say to a shell.
#pragma once

namespace kaiku::kiosk {

inline constexpr int exit_good = 0;
inline constexpr int exit_found = 1;  // status or the journal's check found something
inline constexpr int exit_usage = 2;
inline constexpr int exit_could_not = 3;

}  // namespace kaiku::kiosk
