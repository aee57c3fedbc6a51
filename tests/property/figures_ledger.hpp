// A random ledger of more than a year, made by `append` alone: what figures are counted from.
#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "server/ledger/ledger.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::property {

class FiguresLedger {
 public:
  explicit FiguresLedger(std::uint64_t seed);

  void act();  // one or two entries, after some time has passed
  std::int64_t last_sequence() const { return end_.last_sequence(); }
  ledger::ReadTx read() { return {connection_, keys(), nullptr}; }
  std::vector<ledger::Recorded> entries();
  int drawn(int from, int to);

 private:
  enum class Last { registration, renewal, replacement, other };
  struct Card {
    ledger::Ref ref{};
    int holder = -1;  // the last one whose it was
    bool has_lineage = false;
    Last last = Last::other;
    std::int64_t last_entry = 0;
    std::size_t replaced = 0;  // the card before it, where `last` says so
    bool is_in_use = false;    // neither replaced nor taken back
  };
  struct Holder {
    ledger::Ref lineage{};
    std::int64_t registration = 0;
    std::size_t office = 0;
    bool has_acts = false;
  };

  static keys::KeyRing const& keys();
  bool chance(int percent) { return drawn(1, 100) <= percent; }
  std::int64_t record(ledger::Entry const& entry);
  ledger::Ref draw_ref();
  void found_network();
  void set_area(AreaId const& area);
  void make_batch();
  void pass_time();
  Instant some_time_ago();
  std::size_t add_card();
  Card* some_card(bool (*is_fit)(Card const&));

  void change_area();
  void change_venue();
  void register_card();
  void renew();
  void replace();
  void undo_last();
  void correct_holder();
  void use();
  void undo_use();
  void rule();

  std::mt19937_64 draw_;
  sql::Connection connection_{":memory:", sql::OpenMode::memory};
  SeededRandom random_;
  ledger::LedgerEnd end_;
  Instant now_;
  std::map<std::string, std::set<std::string>> areas_;  // their municipalities
  std::vector<ledger::OfficeSet> offices_;
  std::vector<ledger::VenueSet> venues_;
  std::vector<ledger::Ref> stock_;
  std::vector<Card> cards_;
  std::vector<Holder> holders_;
  std::vector<std::int64_t> uses_;
};

}  // namespace kaiku::property
