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

#include "schema/contract/attempt_key.hpp"
#include "tests/simulation/simulated_kiosk.hpp"
#include "tests/simulation/simulated_network.hpp"
#include "tests/simulation/simulated_server.hpp"
#include "tests/simulation/template_network.hpp"

namespace kaiku::simulation {

class Simulation {
 public:
  // `disasters`: servers and folders are restored from copies, and folders run twice.
  explicit Simulation(std::uint64_t seed, bool disasters = false);

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
    int restored_servers = 0;
    int restored_folders = 0;
    int doubles = 0;
    int moves = 0;
    int waiting = 0;  // uses beside a journal, for a coordinator
  };
  Tally const& tally() const { return tally_; }

 private:
  struct AtDoor {
    std::unique_ptr<SimulatedKiosk> kiosk;
    std::set<std::int64_t> confirmed;  // attempts whose ticket the door said yes to
    std::set<std::int64_t> undone;
    bool revoked = false;
    // A folder that was restored or doubled counts with the same numbers twice.
    bool muddled = false;
    std::int64_t backed_up_to = -1;
  };
  // What a door said yes to, by the attempt's own hash.
  struct GivenUse {
    std::int64_t attempt = 0;
    bool undone = false;
    SimulatedKiosk const* undone_by = nullptr;
    std::int64_t undo = 0;  // its entry's number there
    // Only a disk knew of it that is gone; the server may have heard.
    bool may_be_gone = false;
    bool undo_may_be_gone = false;
  };
  struct OfDevice {
    std::map<contract::AttemptHash, GivenUse> given;
    std::set<contract::AttemptHash> gone;  // attempts that went with a disk, given or not
  };

  void note(std::string const& line);
  void fault(std::string const& what) { faults_.push_back(what); }

  void act();
  void change_weather();
  void deliver_late();
  void scan(AtDoor& at);
  void undo(AtDoor& at);
  OfDevice& of_device(AtDoor& at);
  void office_act();
  void use_elsewhere();
  void rotate_keys();
  void revoke();
  void disaster();
  void restore_server();
  void restore_folder(AtDoor& at);
  void double_folder(AtDoor& at);
  void move_server();
  template <class Act>
  void survive(AtDoor& at, Act act);

  void watch(http::Request const& request, http::Response const& response);
  void watch_quota();
  void watch_verdicts(http::Request const& request, http::Response const& response);

  void heal();
  void sync_doors(bool again);
  void check_uses();
  void check_ghosts();
  void check_muddled();
  void check_device(ledger::ReadTx& tx, std::int64_t device, OfDevice const& known);
  void check_doors();
  void check_ledger();

  Dice dice_;
  bool disasters_;
  bool server_is_backed_up_ = false;
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
  std::map<std::int64_t, OfDevice> of_devices_;
  Tally tally_;
  std::string trace_;
  std::vector<std::string> faults_;
};

}  // namespace kaiku::simulation
