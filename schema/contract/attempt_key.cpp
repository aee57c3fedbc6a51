#include "schema/contract/attempt_key.hpp"

#include <algorithm>

namespace kaiku::contract {

std::string attempt_key(DeviceId device, std::int64_t attempt) {
  return "d:" + std::to_string(device.value) + ":" + std::to_string(attempt);
}

AttemptHash attempt_hash(Digest const& entry_hash) {
  AttemptHash hash{};
  std::copy_n(entry_hash.begin(), hash.size(), hash.begin());
  return hash;
}

std::string attempt_key(DeviceId device, std::int64_t attempt, AttemptHash const& hash) {
  return attempt_key(device, attempt) + ":" + to_hex(hash);
}

}  // namespace kaiku::contract
