// The pages of a set-up link: the password, the one-time code, and what is said of a link that does
// not open.
#pragma once

#include <string>

#include "schema/values/bytes.hpp"
#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct SetUpPassword {
  std::string username;
  std::string link;  // which link's form it is, should another be opened in the meantime
  std::string form_id;
  PageFaults faults;
};
Page set_up_password_page(Frame const& frame, SetUpPassword const& model);

struct SetUpCode {
  std::string username;
  std::string link;
  std::string form_id;
  std::string skip_form_id;  // empty: the role needs the second factor
  Bytes secret;
  std::string otpauth_uri;  // what the QR says
  PageFaults faults;
};
Page set_up_code_page(Frame const& frame, SetUpCode const& model);

Page set_up_over_page(Frame const& frame);

}  // namespace kaiku::pages
