// Server, doors, network, clocks and offices in one thread from one seed. The same seed gives the
// same run, line by line of its trace.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/simulated_kiosk.hpp"
#include "tests/simulation/simulated_network.hpp"
#include "tests/simulation/simulated_server.hpp"
#include "tests/simulation/template_network.hpp"

namespace kaiku::simulation {

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed);

  // So many acts in changing weather, then everything heals and every door tells what it has.
  void run(int acts);
  // What must hold afterwards and does not; empty when all holds.
  std::vector<std::string> const& faults() const { return faults_; }
  // One line an act and an answer: what a replay has to repeat.
  std::string const& trace() const { return trace_; }

  struct Tally {
    int confirmed = 0;
    int offline = 0;
    int undone = 0;
    int deaths = 0;
    int judged = 0;
    int quarantined = 0;
    int not_confirmed = 0;
  };
  Tally const& tally() const { return tally_; }

 private:
  struct AtDoor {
    std::unique_ptr<SimulatedKiosk> kiosk;
    std::set<std::int64_t> confirmed;  // attempts whose ticket the door said yes to
    std::set<std::int64_t> undone;
    bool revoked = false;
    // Revoked before these were told: in quarantine or in the books, either is kept.
  };

  void note(std::string const& line);
  void fault(std::string const& what) { faults_.push_back(what); }

  void act();
  void change_weather();
  void deliver_late();
  void scan(AtDoor& at);
  void undo(AtDoor& at);
  void office_act();
  void use_elsewhere();
  void rotate_keys();
  void revoke();
  template <class Act>
  void survive(AtDoor& at, Act act);

  void watch(http::Request const& request, http::Response const& response);
  void watch_quota();
  void watch_verdicts(http::Request const& request, http::Response const& response);

  void heal();
  void sync_doors(bool again);
  void check_uses();
  void check_ghosts();
  void check_doors();
  void check_ledger();

  Dice dice_;
  test::TemporaryFolder folder_;
  TrueTime time_;
  keys::KeyRing keys_;
  Weather weather_;
  std::deque<InFlight> in_flight_;
  std::unique_ptr<SimulatedServer> server_;
  std::vector<AtDoor> doors_;
  std::vector<SimulatedCard> cards_;
  std::vector<SimulatedCard> stock_;
  // (device, sequence) → what the server said of it: never to change.
  std::map<std::pair<std::string, std::int64_t>, std::string> told_;
  Tally tally_;
  std::string trace_;
  std::vector<std::string> faults_;
};

}  // namespace kaiku::simulation
