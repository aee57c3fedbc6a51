// The small network that every simulation starts from, made once a process: an area with a theatre,
// a pool and a museum, five doors, and cards in every state.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/device/store.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/domain/caller.hpp"
#include "server/keys/key_ring.hpp"
#include "tests/simulation/simulated_time.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kaiku::simulation {

struct SimulatedCard {
  std::string code;
  std::string token;
};

struct EnrolledDoor {
  std::string name;
  crypto::P256PrivateKey key;
  kiosk::Enrolment enrolment;
  std::optional<EventId> event;  // what the door is set to
};

struct TemplateNetwork {
  TemplateNetwork();
  // The one of this process.
  static TemplateNetwork& instance();

  test::TemporaryFolder folder;
  std::filesystem::path database;
  keys::KeyRing keys;
  std::optional<access::DoorCa> door_ca;
  TrueTime time;  // as far as the network has come
  domain::Caller worker;
  domain::Caller coordinator;
  domain::Caller theatre_staff;
  VenueId theatre, pool;
  EventId play;  // quota of 8
  std::vector<EnrolledDoor> doors;
  std::vector<SimulatedCard> cards;  // registered; some blocked, some with children
  std::vector<SimulatedCard> stock;  // not registered yet
};

}  // namespace kaiku::simulation
