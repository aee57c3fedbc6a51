#include "schema/contract/row_hash.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace kaiku::contract {

bool is_payable(crypto::ScryptCost const& cost) {
  constexpr std::uint64_t most_bytes = 64 * 1024 * 1024;
  constexpr std::uint32_t most_times = 16;
  bool const is_cost = std::has_single_bit(cost.n) && cost.n > 1 && cost.r > 0 && cost.p > 0;
  return is_cost && cost.p <= most_times && cost.n <= most_bytes / 128 / cost.r;
}

Digest stretch(CardCode const& code, RowKey const& key) {
  assert(is_payable(key.stretch.cost));
  Digest out{};
  auto const slow = crypto::scrypt(code.canonical(), key.salt, key.stretch.cost, out.size());
  std::ranges::copy(slow, out.begin());
  return out;
}

RowHash row_hash(Digest const& row_key, Digest const& stretched) {
  auto const mac = crypto::hmac_sha256(row_key, stretched);
  RowHash hash = 0;
  for (std::size_t i = 0; i < sizeof hash; ++i) hash = (hash << 8) | mac[i];
  return hash;
}

RowHash row_hash(RowKey const& key, CardCode const& code) {
  return row_hash(key.key, stretch(code, key));
}

}  // namespace kaiku::contract
