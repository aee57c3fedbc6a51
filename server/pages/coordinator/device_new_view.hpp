// Joining a device: the form for a code and the page that shows one, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct NewDevicePage {
  std::string form_id;
  std::vector<Option> areas;   // to be chosen first; empty when there is nothing to choose
  std::vector<Option> venues;  // empty for a venue's own staff
  std::string own_venue;       // name of theirs
  bool is_closed = false;      // and it gets no codes
  std::string venue;           // chosen
  std::string uses = "1";
  std::string area;  // a way back to the form with its choice
  PageFaults faults;
};
Page new_device_page(Frame const& frame, NewDevicePage const& model);

struct DeviceCodePage {
  std::string venue;
  std::string code;                    // "XXXX-XXXX-XXXX-XXXX"; empty: over or used up
  std::string until;                   // a time of today
  std::string command;                 // for the kiosk
  std::string fingerprint;             // of the door CA, hex
  std::optional<std::int64_t> joined;  // none when nobody knows any more
  std::int64_t uses = 1;
  std::string again;  // this page's own address
};
Page device_code_page(Frame const& frame, DeviceCodePage const& model);

}  // namespace kaiku::pages
