// K6: the screen of a kiosk that belongs to no venue yet. Pure.
#pragma once

#include <optional>
#include <string>

#include "kiosk/link/enrolment.hpp"
#include "kiosk/screen/frame.hpp"
#include "kiosk/till/door_model.hpp"

namespace kaiku::kiosk {

struct EnrolModel {
  enum class Step { address, code, asking, compare, done };
  enum class Fault { none, bad_address, bad_code, stored_nothing, from_server };

  contract::Language language = contract::Language::fi;
  Step step = Step::address;
  std::string address = "https://";
  std::string code;
  Fault fault = Fault::none;
  EnrolmentFault server_fault = EnrolmentFault::refused;
  std::string door_ca_fingerprint;
  std::string server_fingerprint;
  std::string venue_name;
};

enum class EnrolWish { nothing, ask, accept, quit };

EnrolWish press(EnrolModel& model, Key key);
void type(EnrolModel& model, char32_t character);
// A scanner reads the code from the enrolment paper.
EnrolWish scan(EnrolModel& model, std::string const& text);

Frame layout(EnrolModel const& model, Size size);

}  // namespace kaiku::kiosk
