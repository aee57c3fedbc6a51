// The question before a new letter, from plain values.
#pragma once

#include <string>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct LetterPage {
  std::string form_id;
  std::string card;  // by its number
  std::string short_code;
  std::string back;  // where to go without a letter
};
Page letter_page(Frame const& frame, LetterPage const& model);

}  // namespace kaiku::pages
