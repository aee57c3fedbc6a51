#include "schema/contract/attempt_key.hpp"

namespace kaiku::contract {

std::string attempt_key(DeviceId device, std::int64_t attempt) {
  return "d:" + std::to_string(device.value) + ":" + std::to_string(attempt);
}

}  // namespace kaiku::contract
