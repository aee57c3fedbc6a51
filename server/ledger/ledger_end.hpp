// Where the next entry goes, and the Merkle tree of all before it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "server/ledger/merkle.hpp"

namespace kaiku::ledger {

// The end of the ledger as a batch sees it. The leaves of entries that are not committed yet are
// gathered, and joined to the frontier once a batch: a job that fails is cut off without a copy.
class LedgerEnd {
 public:
  LedgerEnd() = default;
  explicit LedgerEnd(merkle::Frontier frontier) : frontier_(std::move(frontier)) {}

  std::int64_t last_sequence() const {
    return static_cast<std::int64_t>(frontier_.size() + leaves_.size());
  }
  void add(Digest const& leaf) { leaves_.push_back(leaf); }
  // Forgets the gathered leaves after this sequence, which is not before the frontier's.
  void cut_to(std::int64_t sequence) {
    leaves_.resize(static_cast<std::size_t>(sequence) - frontier_.size());
  }
  // Joins the gathered leaves; what was joined is not cut off any more.
  void fold() {
    for (Digest const& leaf : leaves_) frontier_.append(leaf);
    leaves_.clear();
  }
  bool has_leaves() const { return !leaves_.empty(); }
  // Of what has been joined.
  merkle::Frontier const& frontier() const { return frontier_; }

 private:
  merkle::Frontier frontier_;
  std::vector<Digest> leaves_;
};

}  // namespace kaiku::ledger
