// The list of door devices, from plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct DeviceRow {
  std::string id;
  std::string name;
  std::string venue;
  std::string last_contact;
  std::string standing;  // the worst of it
};
struct DevicesPage {
  std::int64_t count = 0;
  std::vector<DeviceRow> devices;
  std::string more;           // address of the next devices, empty for none
  std::vector<Option> areas;  // to choose from; empty where there is nothing to choose
  std::string area;           // the chosen one
  bool judges = false;        // leads to the judged uses
};
Page devices_page(Frame const& frame, DevicesPage const& model);

}  // namespace kaiku::pages
