// The Merkle tree of RFC 6962 section 2.1 over ledger entries.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "schema/values/bytes.hpp"

namespace kaiku::ledger::merkle {

Digest leaf_hash(ByteView entry);                           // SHA-256(0x00 ‖ entry)
Digest node_hash(Digest const& left, Digest const& right);  // SHA-256(0x01 ‖ left ‖ right)

// The roots of the complete subtrees of the first `size` leaves, largest first: what appending
// needs.
class Frontier {
 public:
  Frontier() = default;
  Frontier(std::uint64_t size, std::vector<Digest> roots);
  void append(Digest const& leaf);
  std::uint64_t size() const { return size_; }
  std::vector<Digest> const& roots() const { return roots_; }
  Digest root() const;  // of the whole tree; SHA-256 of nothing when empty
  bool operator==(Frontier const&) const = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> roots_;
};

using Leaves = std::span<Digest const>;
std::vector<Digest> inclusion_proof(Leaves leaves, std::uint64_t index);
std::vector<Digest> consistency_proof(Leaves leaves, std::uint64_t old_size);
// RFC 9162 sections 2.1.3.2 and 2.1.4.2.
bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<Digest const> proof, Digest const& root);
bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, Digest const& old_root,
                        Digest const& new_root, std::span<Digest const> proof);

}  // namespace kaiku::ledger::merkle
