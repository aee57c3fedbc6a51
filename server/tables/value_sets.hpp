// What was saved of values of uses, and where a new sheet starts from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/caller.hpp"
#include "server/domain/value_sheet.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct ValueSet {
  std::int64_t id = 0;
  std::optional<AreaId> area;  // none: the network
  int year = 0;
  int version = 1;  // of this area and year
  std::string run;
  Instant saved_at;
  domain::Actor author;
  std::vector<domain::ValueRow> rows;  // in the order of their lines
};
std::optional<ValueSet> find_value_set(ledger::ReadTx& tx, std::int64_t id);
// Of one area, or of the network, and a year; the newest first.
std::vector<ValueSet> value_sets_of(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                    int year);

// What tickets to a year's events cost, in cents: the least, the mean (half up) and the most.
struct FaceValues {
  std::int64_t events = 0;  // that have a face value and were not cancelled
  domain::ValueRange range;
};
// By sector of the venue; area: of the venue, none: all.
std::array<FaceValues, 4> face_values(ledger::ReadTx& tx, std::optional<AreaId> const& area,
                                      int year);

}  // namespace kaiku::tables
