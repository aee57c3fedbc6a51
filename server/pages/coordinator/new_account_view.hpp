// Making an account: for which role, in which area, and then the form, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct AccountAnswer {
  std::string href = {};
  std::string label = {};
  std::string hint = {};
};
// A question whose answers are links. Without any: what is missing first.
struct AccountChoice {
  Text question = Text::new_account_which_role;
  std::vector<AccountAnswer> answers = {};
  std::string missing = {};
};
Page account_choice_page(Frame const& frame, AccountChoice const& model);

struct NewAccountForm {
  domain::Role role = domain::Role::anonymous;
  std::string area;  // in which the places lie; empty: the role has no place, or an area for one
  std::vector<Option> places;
  std::string place;
  std::string username;
  std::string language;
  std::string form_id;
  PageFaults faults;
};
Page new_account_page(Frame const& frame, NewAccountForm const& model);

}  // namespace kaiku::pages
