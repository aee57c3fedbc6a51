// Who has looked at a holder's cards, from plain values.
#pragma once

#include <string>
#include <vector>

#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct CardReadRow {
  std::string time;
  std::string office;
  std::string account;
  std::string kind;
};
struct CardReadsPage {
  std::string short_code;
  std::vector<CardReadRow> rows;
  std::string more;
  std::string back;
};
Page card_reads_page(Frame const& frame, CardReadsPage const& model);

}  // namespace kaiku::pages
