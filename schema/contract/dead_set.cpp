#include "schema/contract/dead_set.hpp"

#include <cassert>
#include <utility>

namespace kaiku::contract {
namespace {

// 19.2 bits an element and 13 probes give one false answer in 10⁴ (m/n = log2(1/p) / ln 2).
constexpr std::size_t bits_per_ten = 192;
constexpr std::size_t spare = 2'000;

// Two halves of the hash make the probes (Kirsch and Mitzenmacher 2006). Row hashes are already
// uniform; the odd step keeps the probes apart.
template <class Visit>
void each_probe(RowHash hash, std::size_t bit_count, Visit visit) {
  std::uint64_t at = hash;
  std::uint64_t const step = (hash >> 32) | (hash << 32) | 1;
  for (int i = 0; i < DeadSet::probes; ++i) {
    // The high bits of a product: a uniform number below bit_count without a division.
    __extension__ using Wide = unsigned __int128;
    visit(static_cast<std::size_t>((static_cast<Wide>(at) * bit_count) >> 64));
    at += step * 0x9E37'79B9'7F4A'7C15ULL;
  }
}

}  // namespace

DeadSet DeadSet::for_count(std::size_t count) {
  std::size_t const room = count + count / 50 + spare;
  return DeadSet(Bytes(room * bits_per_ten / 80 + 1));
}

void DeadSet::add(RowHash hash) {
  assert(!bits_.empty());
  each_probe(hash, bits_.size() * 8, [this](std::size_t bit) {
    bits_[bit / 8] = static_cast<std::uint8_t>(bits_[bit / 8] | (1U << (bit % 8)));
  });
}

bool DeadSet::has(RowHash hash) const {
  if (bits_.empty()) return false;
  bool all = true;
  each_probe(hash, bits_.size() * 8,
             [&](std::size_t bit) { all = all && ((bits_[bit / 8] >> (bit % 8)) & 1U) != 0; });
  return all;
}

}  // namespace kaiku::contract
