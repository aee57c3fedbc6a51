// Who has read what, from plain values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/pages/frame/fields.hpp"
#include "server/pages/frame/page.hpp"

namespace kaiku::pages {

struct ReadRow {
  std::string time;
  std::string office;
  std::string account;
  std::string kind;
  std::string card;  // its mark, or how many
};
struct WorkerReadsRow {
  std::string account;
  std::string office;
  std::string reads;
  std::string median;
};
// What narrows the page, as it stands in the address; empty members do not.
struct ReadsFilter {
  std::string area, office, account, kind, from, to;
};
std::string reads_address(ReadsFilter const& filter,
                          std::vector<std::pair<std::string, std::string>> more = {});
struct ReadsPage {
  ReadsFilter filter;
  std::vector<Option> areas;  // empty for whoever has one
  std::vector<Option> offices;
  std::vector<Option> accounts;
  std::vector<Option> kinds;
  std::vector<WorkerReadsRow> workers;
  std::vector<ReadRow> rows;
  std::string count;
  std::string more;
  PageFaults faults;
};
Page reads_page(Frame const& frame, ReadsPage const& model);

}  // namespace kaiku::pages
