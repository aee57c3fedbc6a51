// Cards that are dead and have no row any more: a Bloom filter (Bloom 1970) over row hashes, asked
// only for genuine tokens without a row. One in 10⁴ others is taken for dead.
#pragma once

#include <cstdint>

#include "schema/contract/row_hash.hpp"
#include "schema/values/bytes.hpp"

namespace kaiku::contract {

class DeadSet {
 public:
  static constexpr int probes = 13;
  static constexpr std::size_t most_bytes = 2 * 1024 * 1024;

  DeadSet() = default;  // empty: has nothing
  // Room for `count` and some that die before the next full snapshot.
  static DeadSet for_count(std::size_t count);
  static DeadSet from_bits(Bytes bits) { return DeadSet(std::move(bits)); }

  void add(RowHash hash);  // asserts that there is room
  bool has(RowHash hash) const;
  Bytes const& bits() const { return bits_; }
  bool operator==(DeadSet const&) const = default;

 private:
  explicit DeadSet(Bytes bits) : bits_(std::move(bits)) {}
  Bytes bits_;
};

}  // namespace kaiku::contract
