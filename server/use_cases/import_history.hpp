// Earlier years of an area come into the ledger as ordinary entries: holders, then their uses.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "schema/values/result.hpp"
#include "server/domain/history_file.hpp"
#include "server/ledger/transactions.hpp"
#include "server/tables/history.hpp"

namespace kaiku::use_cases {

// What an area's files are held against, with nothing to be created; nullopt: there is no such
// area.
std::optional<domain::HistoryPlaces> places_for_history(ledger::ReadTx& tx, AreaId const& area,
                                                        Day today);

// Which files a load is of: by their hashes it is found again after it was broken off.
struct HistoryFiles {
  AreaId area;
  Digest cards_sha256{};
  Digest uses_sha256{};
};

// Rows of one transaction: so long does a door wait for the writer.
inline constexpr std::size_t history_rows_a_transaction = 10'000;

// One load, over many transactions. A new one of the same files takes up what an earlier one has
// left. After a transaction that failed, this one is not to be used any more.
class HistoryImport {
 public:
  // `history` has no faults and outlives this.
  HistoryImport(domain::History const& history, HistoryFiles files);

  // In the first transaction: writes the entry before all others and the places that have to be
  // made, or finds how far an earlier load came. A conflict: another load of the area is open, or
  // the figures of a year were published meanwhile.
  Result<void> begin(ledger::WriteTx& tx);
  // In one transaction each, until it is whole: the next rows, and with the last of them the entry
  // that says so. Throws when the same files are being loaded by somebody else too.
  void go_on(ledger::WriteTx& tx, std::size_t rows = history_rows_a_transaction);

  bool is_whole() const { return is_whole_; }
  std::size_t rows_done() const { return holders_.size() + uses_done_; }
  std::size_t rows_in_all() const { return history_.cards.size() + history_.uses.size(); }

 private:
  Result<void> require_open_years(ledger::ReadTx& tx) const;
  Result<void> begin_anew(ledger::WriteTx& tx);
  void take_up(ledger::ReadTx& tx, tables::HistoryLoad const& load);
  void make_places(ledger::WriteTx& tx);
  void write_holder(ledger::WriteTx& tx, domain::HistoryCard const& card);
  void write_use(ledger::WriteTx& tx, domain::HistoryUse const& use);
  Instant noon_of(Day day);

  domain::History const& history_;
  HistoryFiles files_;
  std::set<int> years_;  // of registrations and uses
  std::int64_t load_ = 0;
  std::vector<OfficeId> offices_;  // of history_.offices, those that were made too
  std::vector<VenueId> venues_;
  std::vector<tables::HistoryHolder> holders_;  // of the cards that are done
  std::size_t uses_done_ = 0;
  bool is_whole_ = false;
  std::unordered_map<std::int32_t, Instant> noons_;
};

}  // namespace kaiku::use_cases
