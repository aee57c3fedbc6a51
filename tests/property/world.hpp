// A real database with a writer lane and a clock of our own, a model beside it, and random acts
// that both are asked for. Every act runs as a job of the lane, as a request does.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "server/lanes/writer_lane.hpp"
#include "tests/property/model.hpp"
#include "tests/support/storage_fixture.hpp"

namespace kaiku::property {

class World {
 public:
  explicit World(std::uint64_t seed);

  // Does so many random acts; ends early, with the act's number, when an answer differs.
  void act(int count);
  // Compares every card, use and counter with the model.
  void compare_everything();
  void close() { lane_->stop(); }

  test::TestDatabase& database() { return database_; }
  Model const& model() const { return model_; }
  // How often each act ended well and was refused: a test that only ever refuses proves little.
  struct Tally {
    int done = 0;
    int refused = 0;
  };
  std::map<std::string, Tally> const& tallies() const { return tallies_; }

 private:
  bool one_act(ledger::WriteTx& tx);

  // Offices.
  bool register_card(ledger::WriteTx& tx);
  bool renew_card(ledger::WriteTx& tx);
  bool replace_card(ledger::WriteTx& tx);
  bool block_or_unblock(ledger::WriteTx& tx);
  bool change_children(ledger::WriteTx& tx);
  bool undo_registration(ledger::WriteTx& tx);
  bool undo_replacement(ledger::WriteTx& tx);
  // Coordinators.
  bool make_batch(ledger::WriteTx& tx);
  bool void_stock(ledger::WriteTx& tx);
  bool change_event(ledger::WriteTx& tx);
  bool change_policy(ledger::WriteTx& tx);
  // Doors.
  bool check(ledger::WriteTx& tx);
  bool redeem(ledger::WriteTx& tx);
  bool send_again(ledger::WriteTx& tx);
  bool undo(ledger::WriteTx& tx);
  bool pass_time(ledger::WriteTx& tx);

  void make_network();
  EventId make_event(ledger::WriteTx& tx, VenueId venue, EventFacts const& facts);
  void stock(ledger::WriteTx& tx, AreaId const& area, std::optional<OfficeId> office, int count);
  bool redeem_as(ledger::WriteTx& tx, contract::RedemptionRequest const& request, Shown const& card,
                 domain::Caller const& caller);
  void compare_counters(ledger::WriteTx& tx, contract::RedemptionRequest const& request, Day day);
  void compare_card(ledger::ReadTx& tx, ModelCard const& card);
  void compare_use(ledger::ReadTx& tx, ModelUse const& use);

  int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  bool chance(int percent) { return below(100) < percent; }
  template <class List>
  auto const& any_of(List const& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  Shown any_card(bool mostly_stock = false);
  Shown show(ModelCard const& card);
  ModelLineage& lineage_of(std::size_t card) {
    return model_.lineages.at(static_cast<std::size_t>(model_.cards.at(card).lineage));
  }
  contract::RedemptionRequest any_request(Instant now);
  domain::Caller const& any_door(VenueId venue);
  // Mostly a worker of the office that issued the card.
  domain::Caller const& any_worker(Shown const& card);

  // Whether both agree on refusing; notes the act. False also after a difference was told.
  template <class A, class B>
  bool both_agree(std::string const& act, Result<A> const& real, Result<B> const& expected) {
    auto& tally = tallies_[act];
    ++(real ? tally.done : tally.refused);
    if (real.has_value() != expected.has_value()) {
      differ(act + ": the server says " + (real ? "yes" : said(real.error())) +
             ", the model says " + (expected ? "yes" : said(expected.error())));
      return false;
    }
    if (!real && said(real.error()) != said(expected.error())) {
      differ(act + ": the server says " + said(real.error()) + ", the model " +
             said(expected.error()));
    }
    return real.has_value();
  }
  static std::string said(Error const& error);
  void differ(std::string const& what);

  std::uint64_t seed_;
  std::mt19937_64 random_;
  test::TestDatabase database_;
  Model model_;
  std::vector<domain::Caller> workers_;
  std::vector<domain::Caller> coordinators_;
  std::vector<domain::Caller> doors_;
  std::vector<VenueId> venues_;
  std::vector<EventId> events_;
  std::map<std::string, Tally> tallies_;
  int acts_ = 0;
  bool differs_ = false;
  std::unique_ptr<lanes::WriterLane> lane_;
};

}  // namespace kaiku::property
