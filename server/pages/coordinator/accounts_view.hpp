// The list of accounts, from plain values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct AccountRow {
  std::string id;
  std::string name;
  std::string role;
  std::string place;
  std::string state;
  std::string last_sign_in;
};
struct AccountsPage {
  std::vector<Option> areas;  // to choose from; none: no such choice
  std::string area;
  std::string role;  // of the filter, as a word; empty: all
  std::string state;
  std::int64_t count = 0;
  std::vector<AccountRow> rows;
  std::string next;  // address of the rows after these, empty for none
};
Page accounts_page(Frame const& frame, AccountsPage const& model);

// The words by which the address names a state, in the order of tables::AccountState.
inline constexpr std::array<std::string_view, 3> state_words{"not_set_up", "in_use", "disabled"};

}  // namespace kaiku::pages
