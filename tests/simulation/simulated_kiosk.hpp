// A real kiosk without screen and threads: its journal on its disk, its door and its sync, stepped
// by the simulation. It dies at any call and comes back from its disk.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "kiosk/door/door.hpp"
#include "kiosk/sync/sync.hpp"
#include "tests/simulation/simulated_network.hpp"
#include "tests/simulation/template_network.hpp"

namespace kaiku::simulation {

class SimulatedKiosk {
 public:
  SimulatedKiosk(EnrolledDoor const& door, std::filesystem::path const& database,
                 SimulatedLink::Parts const& parts, TrueTime const& time);
  // Of a folder that is there already: a copy of another kiosk's.
  SimulatedKiosk(SimulatedKiosk& original, std::filesystem::path const& copy,
                 SimulatedLink::Parts const& parts, TrueTime const& time);
  ~SimulatedKiosk();

  EnrolledDoor const& enrolled() const { return enrolled_; }
  SimulatedClock& clock() { return clock_; }
  kiosk::Door& door();
  kiosk::Journal& journal();
  kiosk::Contact& contact();
  void sync_step();
  // Everything told and everything known: false when something is left.
  bool sync_to_end();
  // Power gone and back: what is in memory is lost.
  void die_and_come_back();
  // What its owner does with its folder: a copy aside, and the copy in place of it.
  void back_up(std::filesystem::path const& copy);
  void restore(std::filesystem::path const& copy);
  // `kaiku-kiosk address`.
  void take_address(std::string const& url);
  // Whether a server answers where it asks.
  bool is_connected() const { return link_.is_connected(); }

 private:
  struct Running;
  void use_certificate(std::string const& pem);
  void start();

  EnrolledDoor const& enrolled_;
  std::filesystem::path database_;
  SimulatedClock clock_;
  SimulatedLink link_;
  std::unique_ptr<Running> running_;
};

}  // namespace kaiku::simulation
