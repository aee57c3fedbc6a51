// The question before an act on a card, from plain values.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/pages/frame/fields.hpp"

namespace kaiku::pages {

struct ActPage {
  Text act{};  // what it is called, in heading and button
  std::string path;
  std::string form_id;
  std::string card;  // by its number
  std::string seen;
  std::string short_code;
  std::string back;
  std::vector<std::pair<std::string, std::string>> facts;
  std::vector<std::string> lines;  // what will happen
  std::string bar;                 // why it cannot be done: the page then has no form
  // What is asked, as it was typed; nothing where the act does not ask.
  std::optional<std::string> replacement;
  std::vector<Option> reasons;
  std::string reason;
  std::optional<std::string> until;
  std::optional<std::string> children;
  std::string children_yours = {};  // what was typed where another number stands now
  std::string children_hint;
  PageFaults faults;
};
Page act_page(Frame const& frame, ActPage const& model);

}  // namespace kaiku::pages
