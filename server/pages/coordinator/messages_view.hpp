// Messages from people as those who answer them see them, from plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"
#include "server/tables/messages.hpp"

namespace kaiku::pages {

struct MessageList {
  std::vector<tables::Message> rows;
  std::int64_t open = 0;
  std::string earlier;  // addresses, empty for none
  std::string later;
  Day today{};
};
Page message_list_page(Frame const& frame, MessageList const& model);

struct OneMessage {
  tables::Message message;
  std::optional<Text> told;  // of what was done just now
  std::string form_id;
  Day today{};
  bool may_be_unmarked = false;
};
Page one_message_page(Frame const& frame, OneMessage const& model);

}  // namespace kaiku::pages
