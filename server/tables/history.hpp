// Loads of earlier years, and what is there of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/values/bytes.hpp"
#include "server/domain/history_file.hpp"
#include "server/ledger/ref.hpp"
#include "server/ledger/transactions.hpp"

namespace kaiku::tables {

struct HistoryLoad {
  std::int64_t id = 0;  // sequence of the entry that began it
  bool is_whole = false;
};
// The newest load of these two files into the area.
std::optional<HistoryLoad> find_history_load(ledger::ReadTx& tx, AreaId const& area,
                                             Digest const& cards_sha256, Digest const& uses_sha256);
// Areas with a load that was begun and is not whole: until it is, no figure may be published.
std::vector<AreaId> areas_with_open_history(ledger::ReadTx& tx);

// Venues of the area, closed ones too, with their sectors since when.
std::vector<domain::HistoryVenue> venues_for_history(ledger::ReadTx& tx, AreaId const& area);

struct HistoryHolder {
  LineageId lineage;
  ledger::Ref ref;
};
// Holders that a load has brought so far, in the order of its file.
std::vector<HistoryHolder> holders_of_history(ledger::ReadTx& tx, std::int64_t load);
// The last of them.
std::optional<LineageId> last_holder_of_history(ledger::ReadTx& tx, std::int64_t load);
// The key of the n-th use of a load, and how many of them are there: the first ones of the file.
std::string history_key(std::int64_t load, std::size_t number);
std::size_t count_uses_of_history(ledger::ReadTx& tx, std::int64_t load);

}  // namespace kaiku::tables
