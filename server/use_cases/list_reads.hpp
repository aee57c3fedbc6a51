// Who has read cards in the areas that somebody coordinates, and how often beside colleagues.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/caller.hpp"
#include "server/tables/card_reads.hpp"

namespace kaiku::use_cases {

struct ReadsQuestion {
  std::optional<AreaId> area;  // of the office, or of the batch whose sheet was printed
  Day from;                    // inclusive, both
  Day to;
  std::optional<OfficeId> office = {};
  std::optional<AccountId> account = {};
  std::optional<domain::ReadKind> kind = {};
  std::optional<std::int64_t> before = {};  // a sequence: where the page before ended
  int limit = 50;
};
struct ReadSeen {
  tables::CardReading reading;
  std::string account;
  std::string office;  // empty of a coordinator
};
// The office's median counts each of its workers who may sign in or has read, those who have not
// read too. In halves, so that it is a whole number.
struct WorkerReads {
  std::string account;
  std::string office;
  std::int64_t reads = 0;
  std::int64_t office_median_twice = 0;
};
struct ReadsList {
  std::int64_t count = 0;
  std::vector<ReadSeen> reads;       // the newest first; one more than the limit where more follow
  std::vector<WorkerReads> workers;  // who has read most first
};
// Reads of areas that the caller does not coordinate are left out, whatever is asked for.
ReadsList list_reads(ledger::ReadTx& tx, ReadsQuestion const& question,
                     domain::Caller const& caller);

}  // namespace kaiku::use_cases
