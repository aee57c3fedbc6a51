// What questions about figures have in common in the API, and answers that are files.
#pragma once

#include <optional>
#include <string>

#include "schema/values/faults.hpp"
#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/exports/report_file.hpp"
#include "server/http/message.hpp"

namespace kaiku::api {

// A report, and whose language it is told in.
template <class Report>
struct Drawn {
  Report report;
  contract::Language language;
};

// ?area=: an area, or the network in the place of an area coordinator's own.
void read_area(std::optional<std::string> const& text, std::optional<AreaId>& area,
               bool& is_network_wanted, Faults& faults);
// ?year=: whether it is one that has figures is for the report to say. nullopt without one.
std::optional<int> read_year(std::optional<std::string> const& text, Faults& faults);
// ?lang=: in which labels and definitions are told: the account's, unless another is asked for.
domain::Caller reader_of(access::Call const& call, std::optional<std::string> const& text,
                         Faults& faults);
// ?profile=: the spreadsheet form of Finland unless that of programs is asked for.
Result<exports::Format> csv_profile(access::Call const& call);
http::Response file_answer(reports::ReportDocument const& document, exports::Format format);

}  // namespace kaiku::api
