// The sign-in page; in a demo with its logins and their current one-time codes.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct DemoLogin {
  std::string role;  // in words
  std::string scope;
  std::string username;
  std::string password;
  std::string totp_code;  // empty: none needed
};

struct LoginPage {
  std::string next;      // where to go after signing in
  std::string username;  // kept after a fault; a password never is
  PageFaults faults;
  std::vector<DemoLogin> logins;
  int codes_change_in_s = 0;  // those of the logins
};
Page login_page(Frame const& frame, LoginPage const& model);

}  // namespace kaiku::pages
