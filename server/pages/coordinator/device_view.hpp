// One door device: how it does, its name, and its revocation, from plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// What is known of it, in words.
struct DeviceFacts {
  std::string last_contact;
  std::string data_age;
  std::string unsent;
  std::string clock;
  std::string certificate;
  std::string gap;
};
// The form by which whoever may gives it another name.
struct RenameForm {
  std::string form_id;
  std::string seen;   // the entry that it goes by
  std::string typed;  // the name as it stands in the field
  std::string yours;  // what was typed where somebody else's name stands now
};
struct DevicePage {
  std::string id;
  std::string name;
  std::string venue;
  std::string enrolled;
  DeviceFacts facts;
  std::vector<std::string> standing;
  std::int64_t arrived = 0;  // entries without a gap
  std::int64_t quarantined = 0;
  std::string message;  // what has just been done
  std::string warning;  // why it was not
  std::optional<RenameForm> rename;
  PageFaults faults;
  bool may_be_revoked = false;  // by this caller
  bool is_revoked = false;
  bool tells_whom_to_call = false;  // a venue's staff revokes nothing itself
};
Page device_page(Frame const& frame, DevicePage const& model);

struct RevocationPage {
  std::string id;
  std::string name;
  std::string venue;
  bool is_revoked = false;  // and may still be told stolen
  bool stolen = false;      // chosen
  std::string typed;        // the name as typed again
  PageFaults faults;
  std::string back = {};  // to the form, from the question
};
// Asks how, and what the device is called when it is lost.
Page revocation_page(Frame const& frame, RevocationPage const& model);
// What will happen, and a button.
Page confirm_revocation_page(Frame const& frame, RevocationPage const& model);

}  // namespace kaiku::pages
