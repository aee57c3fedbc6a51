// Names by which an operator tells the threads of a process apart (ps -L, top -H).
#pragma once

#include <string>

namespace kaiku::telemetry {

// Of the calling thread; Linux keeps the first fifteen bytes.
void name_thread(std::string const& name);

}  // namespace kaiku::telemetry
