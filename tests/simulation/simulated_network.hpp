// A network that loses, delays, doubles, reorders and cuts, and machines that die in the middle:
// everything is drawn from the simulation's one seed.
#pragma once

#include <deque>
#include <functional>
#include <random>
#include <string>

#include "kiosk/link/door_link.hpp"
#include "server/http/message.hpp"
#include "tests/simulation/simulated_time.hpp"

namespace kaiku::simulation {

// The one source of chance.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(bound));
  }
  bool chance(int percent) { return below(100) < percent; }
  template <class List>
  auto& any_of(List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
  }

 private:
  std::mt19937_64 random_;
};

// Thrown through a kiosk's call: its power is gone.
struct KioskDied {};

// How bad things are at the moment, in per cent of exchanges.
struct Weather {
  bool cut = false;  // nothing passes
  int lose_request = 0;
  int lose_answer = 0;
  int delay = 0;   // the request arrives later, its answer never
  int repeat = 0;  // it arrives once more, later
  int kiosk_dies = 0;
  int server_dies = 0;
};

class SimulatedServer;

// What is still on its way to the server.
struct InFlight {
  std::string device;
  http::Request request;
};

// One kiosk's link. All links share the flight list, so that requests of several kiosks overtake
// one another.
class SimulatedLink final : public kiosk::DoorLink {
 public:
  struct Parts {
    TrueTime& time;
    Dice& dice;
    Weather& weather;
    SimulatedServer& server;
    std::deque<InFlight>& in_flight;
    std::function<void(std::string const&)> note;  // a line of the trace
  };
  SimulatedLink(Parts parts, std::string device, Bytes spki)
      : parts_(std::move(parts)), device_(std::move(device)), spki_(std::move(spki)) {}

  void use_certificate(std::int64_t not_after_s) { not_after_s_ = not_after_s; }
  // Where it asks: "https://doors-0.example:8444".
  void use_address(std::string const& url) { address_ = url; }
  bool is_connected() const;
  // Whether the server answers there; then it is asked there from now on.
  bool move_to(std::string const& url);
  kiosk::Linked<kiosk::HttpAnswer> request(kiosk::HttpQuestion const& question,
                                           std::chrono::milliseconds time) override;

 private:
  kiosk::LinkFailure times_out(std::chrono::milliseconds time, bool maybe_sent);

  Parts parts_;
  std::string device_;
  Bytes spki_;
  std::int64_t not_after_s_ = 0;
  std::string address_;
  int requests_ = 0;
};

}  // namespace kaiku::simulation
