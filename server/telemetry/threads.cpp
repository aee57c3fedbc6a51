#include "server/telemetry/threads.hpp"

#include <pthread.h>

namespace kaiku::telemetry {
namespace {

constexpr std::size_t longest = 15;

}  // namespace

void name_thread(std::string const& name) {
  pthread_setname_np(pthread_self(), name.substr(0, longest).c_str());
}

}  // namespace kaiku::telemetry
