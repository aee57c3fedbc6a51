#include "server/api/report_query.hpp"

#include <limits>

#include "server/api/replies.hpp"

namespace kaiku::api {
namespace {

// No area's id: those are in capitals.
constexpr std::string_view whole_network = "network";

}  // namespace

void read_area(std::optional<std::string> const& text, std::optional<AreaId>& area,
               bool& is_network_wanted, Faults& faults) {
  if (!text) return;
  is_network_wanted = *text == whole_network;
  if (is_network_wanted) return;
  area = AreaId::parse(*text);
  if (!area) faults.add("/area", FaultCode::not_an_area_id);
}

std::optional<int> read_year(std::optional<std::string> const& text, Faults& faults) {
  if (!text) return std::nullopt;
  auto const year = number_from(*text);
  if (year && *year <= std::numeric_limits<std::int16_t>::max()) return static_cast<int>(*year);
  faults.add("/year", FaultCode::out_of_range, "has to be a year from 2010 to 2100");
  return std::nullopt;
}

domain::Caller reader_of(access::Call const& call, std::optional<std::string> const& text,
                         Faults& faults) {
  auto reader = call.caller();
  if (!text) return reader;
  auto const language = contract::language_from(*text);
  if (language)
    reader.language = *language;
  else
    faults.add("/lang", FaultCode::not_an_option);
  return reader;
}

Result<exports::Format> csv_profile(access::Call const& call) {
  auto const query = call.query();
  if (!query) return query.error();
  for (auto const& [name, value] : *query) {
    if (name != "profile") continue;
    if (value == "fi") return exports::Format::csv;
    if (value == "rfc4180") return exports::Format::rfc4180;
    return field_error("/profile", FaultCode::not_an_option, "has to be fi or rfc4180");
  }
  return exports::Format::csv;
}

http::Response file_answer(reports::ReportDocument const& document, exports::Format format) {
  http::Response response;
  response.content_type = exports::media_type_of(format);
  response
      .with("Content-Disposition",
            "attachment; filename=\"" + exports::file_name(document, format) + "\"")
      .with("Cache-Control", "no-store");
  response.body_to_draw = [document, format] { return exports::file_bytes(document, format); };
  return response;
}

}  // namespace kaiku::api
