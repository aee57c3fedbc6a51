// One account, its one-time link, and the page that asks before a reset or the end of its use, from
// plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

// What every page of an account tells of it.
struct AccountFacts {
  std::string path;  // "/accounts/12"
  std::string name;
  std::string role;
  std::string place;
};

enum class ResetLabel { none, reset, new_link };  // none: nobody resets it here
struct AccountPage {
  AccountFacts facts;
  std::string language;
  std::string state;
  std::string last_sign_in;
  std::string reset;       // when, and by whom; empty: never
  std::string done;        // what has just happened, in the title too
  std::string why_not;     // said instead of what may not be done
  std::string by_command;  // the same of what is done at the server alone
  ResetLabel may_reset = ResetLabel::none;
  bool may_disable = false;
  bool may_enable = false;
  std::string seen;
  std::string form_id;
};
Page account_page(Frame const& frame, AccountPage const& model);

struct AccountConfirm {
  AccountFacts facts;
  std::vector<Text> lines;  // what will happen, and what will not
  std::string action;
  std::string act;
  Text submit = Text::account_reset;
  std::string seen;
  std::string form_id;
};
Page account_confirm_page(Frame const& frame, AccountConfirm const& model);

struct AccountLink {
  AccountFacts facts;
  Text title = Text::account_made;
  std::string link;
  std::string until;    // "23.11.2026 klo 17.42"
  std::string next;     // address of the form for the next one at the same place; empty: no way on
  Link next_step = {};  // of the first run; empty: none
};
Page account_link_page(Frame const& frame, AccountLink const& model);

}  // namespace kaiku::pages
