// What a lane remembers of rows between its jobs.
#pragma once

#include <any>

namespace kaiku::ledger {

// Rows that seldom change and that every redemption would read anew. One slot; what lies in it is
// the business of the room that reads the rows (server/tables/kept_rows.hpp). Forgotten whole: by
// `append` at each entry of a kind that may change such a row, and by the lane when a job or a
// batch is taken back and when others have written. Belongs to its lane's thread.
class Kept {
 public:
  template <class Rows>
  Rows& of() {
    if (!rows_.has_value()) rows_.emplace<Rows>();
    return *std::any_cast<Rows>(&rows_);
  }
  void forget() { rows_.reset(); }

 private:
  std::any rows_;
};

}  // namespace kaiku::ledger
