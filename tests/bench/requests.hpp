// What the load generator asks for: a static path, or redemptions with fresh idempotency keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku::bench {

// A venue and the API key that may record there; `venue_json` as it stands in JSON.
struct Door {
  std::string venue_json;
  std::string api_key;
};

class Requests {
 public:
  static Requests get(std::string const& authority, std::string const& path);
  // POST /api/v1/redemptions: cards in turn, doors in turn, one adult ticket each. Keys begin with
  // `run`, which must differ between runs. `cards` are codes or QR texts ([A-Z0-9-] only, so that
  // they need no escaping); both lists have at least one item.
  static Requests redemptions(std::string const& authority, std::string run,
                              std::vector<std::string> cards, std::vector<Door> const& doors);

  // The next whole request; valid until the next call.
  std::string_view next();
  int good_status() const { return cards_.empty() ? 200 : 201; }

 private:
  std::vector<std::string> heads_;  // one a door: all up to the value of Content-Length
  std::vector<std::string> venues_;
  std::vector<std::string> cards_;
  std::string run_;
  std::uint64_t count_ = 0;
  std::string body_;
  std::string request_;
};

// What of a network's credentials.json (DESIGN.md, section 6) a run needs.
struct Network {
  std::vector<std::string> cards;  // codes of valid cards
  std::vector<Door> doors;         // all with an API key; of one sector when that is given
};
// Throws std::runtime_error when the file cannot be read or holds none of them.
Network read_network(std::string const& credentials_file, std::string const& sector);
// One code or QR text a line; empty lines are skipped.
std::vector<std::string> read_cards(std::string const& file);

}  // namespace kaiku::bench
