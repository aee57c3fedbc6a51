// Believable months of a demo network: registrations, renewals, losses, events and uses, each done
// by the same use cases as in real life, at its own time.
#pragma once

#include <functional>
#include <vector>

#include "server/app/app.hpp"
#include "server/demo/demo_clock.hpp"
#include "server/demo/demo_world.hpp"

namespace kaiku::demo {

class DemoHistory {
 public:
  DemoHistory(Installation& installation, DemoClock& clock, DemoWorld& world, Random& choices,
              Instant until);
  // The first creation: `cards` registered between `from` and the end.
  void live(Instant from, std::int64_t cards);
  // Reopened: the days since `from`, with the cards that are there.
  void go_on(Instant from);

 private:
  struct Step {
    Instant at;
    std::function<bool(ledger::WriteTx&)> act;
  };
  void plan(Instant at, std::function<bool(ledger::WriteTx&)> act);
  void plan_events(Instant from);
  void plan_event(std::size_t venue, Instant starts_at, Instant entered_at, std::size_t title);
  void plan_life(std::size_t card, Instant from);
  std::optional<DemoCard> take_from_stock(std::size_t office);
  void plan_uses(std::size_t card, Instant from, Instant to, std::size_t count);
  void plan_use(std::size_t card, Instant at);
  void plan_every_state();
  void plan_runs(Instant from);
  void run();

  std::size_t planned_venues() const;
  std::size_t pick_venue(std::size_t card);
  std::optional<std::size_t> pick_event(std::size_t venue, Instant at) const;
  Instant working_hour(Day day);
  Instant opening_hour(Day day);

  Installation& installation_;
  DemoClock& clock_;
  DemoWorld& world_;
  Random& choices_;
  Instant until_;
  std::int64_t keys_ = 0;
  std::string key_prefix_;
  std::vector<Step> steps_;
  std::vector<std::vector<DemoCard>> stock_;  // by office, while lives are planned
};

}  // namespace kaiku::demo
