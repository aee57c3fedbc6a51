// What lies in a device's quarantine, and the rulings on its uses, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// Of a use that waits for the caller's ruling.
struct RulingForm {
  std::string use;
  std::string form_id;
};
struct QuarantineRow {
  std::string number;
  std::string arrived;
  std::string why;
  std::string time = {};  // of the use; empty, as the next two, for an entry without one
  std::string tickets = {};
  std::string standing = {};  // whether it counts, in words
  std::optional<RulingForm> form = {};
};
struct QuarantinePage {
  std::string id;
  std::string name;
  std::vector<QuarantineRow> rows;
  std::string after;         // where these rows begin
  std::string more;          // address of the next rows, empty for none
  std::int64_t waiting = 0;  // uses that nobody has ruled on
  std::string judged;        // address of all that wait, empty for who rules on none
  std::string message;       // what has just been done
  PageFaults faults;
  http::FormPairs held = {};  // as the form was filled when the session ended
};
Page quarantine_page(Frame const& frame, QuarantinePage const& model);

}  // namespace kaiku::pages
