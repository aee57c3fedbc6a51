// Cards do not outlive their result in memory: what is freed is overwritten at once
// (kiosk/commands/wiping_delete.cpp), and a thread that rests overwrites what its calls left
// behind.
#pragma once

#include <string>

namespace kaiku::kiosk {

// Overwrites the stack below the caller, as far as calls of ours reach down. Cheap: some 10 µs.
void scrub_stack();

// Leaves it empty, and nothing of it behind.
void wipe(std::string& text);

}  // namespace kaiku::kiosk
