// What the demo's statements say: invented people and places, no authority but the real ones.
#pragma once

#include <vector>

#include "schema/values/time.hpp"
#include "server/domain/service_settings.hpp"

namespace kaiku::demo {

// All that is needed, looked at on `today`.
std::vector<domain::ServiceText> service_texts(Day today);

}  // namespace kaiku::demo
