#include "server/ledger/merkle.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <stdexcept>

#include "schema/crypto/crypto.hpp"

namespace kaiku::ledger::merkle {
namespace {

// The largest power of two below `size`, which is at least 2: where RFC 6962 splits a tree.
std::uint64_t split_of(std::uint64_t size) { return std::bit_floor(size - 1); }

Digest root_of(Leaves leaves) {
  Frontier frontier;
  for (Digest const& leaf : leaves) frontier.append(leaf);
  return frontier.root();
}

void add_inclusion(Leaves leaves, std::uint64_t index, std::vector<Digest>& proof) {
  if (leaves.size() == 1) return;
  std::uint64_t const split = split_of(leaves.size());
  if (index < split) {
    add_inclusion(leaves.first(split), index, proof);
    proof.push_back(root_of(leaves.subspan(split)));
  } else {
    add_inclusion(leaves.subspan(split), index - split, proof);
    proof.push_back(root_of(leaves.first(split)));
  }
}

// SUBPROOF of RFC 6962 section 2.1.2; `whole` says that the old tree's root is known to the asker.
void add_consistency(Leaves leaves, std::uint64_t old_size, bool whole,
                     std::vector<Digest>& proof) {
  if (old_size == leaves.size()) {
    if (!whole) proof.push_back(root_of(leaves));
    return;
  }
  std::uint64_t const split = split_of(leaves.size());
  if (old_size <= split) {
    add_consistency(leaves.first(split), old_size, whole, proof);
    proof.push_back(root_of(leaves.subspan(split)));
  } else {
    add_consistency(leaves.subspan(split), old_size - split, false, proof);
    proof.push_back(root_of(leaves.first(split)));
  }
}

}  // namespace

Digest leaf_hash(ByteView entry) {
  static constexpr ByteArray<1> prefix{0};
  return crypto::sha256(prefix, entry);
}

Digest node_hash(Digest const& left, Digest const& right) {
  ByteArray<65> node;
  node[0] = 1;
  std::copy(left.begin(), left.end(), node.begin() + 1);
  std::copy(right.begin(), right.end(), node.begin() + 33);
  return crypto::sha256(node);
}

Frontier::Frontier(std::uint64_t size, std::vector<Digest> roots)
    : size_(size), roots_(std::move(roots)) {
  if (roots_.size() != static_cast<std::size_t>(std::popcount(size_))) {
    throw std::runtime_error("a Merkle frontier whose size and roots do not fit together");
  }
}

void Frontier::append(Digest const& leaf) {
  roots_.push_back(leaf);
  // Every trailing one of the old size is a complete subtree as large as the one just made.
  for (std::uint64_t rest = size_; (rest & 1U) != 0; rest >>= 1) {
    Digest const joined = node_hash(roots_[roots_.size() - 2], roots_.back());
    roots_.pop_back();
    roots_.back() = joined;
  }
  ++size_;
}

Digest Frontier::root() const {
  if (roots_.empty()) return crypto::sha256(ByteView());
  Digest root = roots_.back();
  for (std::size_t i = roots_.size() - 1; i-- > 0;) root = node_hash(roots_[i], root);
  return root;
}

std::vector<Digest> inclusion_proof(Leaves leaves, std::uint64_t index) {
  assert(index < leaves.size());
  std::vector<Digest> proof;
  add_inclusion(leaves, index, proof);
  return proof;
}

std::vector<Digest> consistency_proof(Leaves leaves, std::uint64_t old_size) {
  assert(old_size <= leaves.size());
  std::vector<Digest> proof;
  if (old_size > 0) add_consistency(leaves, old_size, true, proof);
  return proof;
}

bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<Digest const> proof, Digest const& root) {
  if (index >= size) return false;
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  Digest hash = leaf;
  for (Digest const& sibling : proof) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      hash = node_hash(sibling, hash);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t new_size, Digest const& old_root,
                        Digest const& new_root, std::span<Digest const> proof) {
  // An empty tree proves nothing: every tree extends it.
  if (old_size == 0 || old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (proof.empty()) return false;
  std::uint64_t fn = old_size - 1;
  std::uint64_t sn = new_size - 1;
  while ((fn & 1U) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  // Where the old tree is complete, its root is the start and is left out of the proof.
  bool const complete = std::has_single_bit(old_size);
  Digest old_hash = complete ? old_root : proof.front();
  Digest new_hash = old_hash;
  for (Digest const& sibling : proof.subspan(complete ? 0 : 1)) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace kaiku::ledger::merkle
