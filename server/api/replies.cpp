#include "server/api/replies.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

#include "schema/codec/json_fields.hpp"
#include "schema/contract/messages.hpp"
#include "schema/contract/problem_document.hpp"
#include "schema/values/faults.hpp"
#include "server/api/cursor.hpp"
#include "server/api/entity_tags.hpp"

namespace kaiku::api {

http::Response ok(nlohmann::json const& body) {
  http::Response response;
  response.content_type = "application/json";
  response.body = body.dump();
  return response;
}

http::Response created(nlohmann::json const& body, std::string location) {
  auto response = ok(body);
  response.status = 201;
  if (!location.empty()) response.with("Location", std::move(location));
  return response;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

http::Response problem(Error const& error, http::Request const& request) {
  http::Response response;
  response.status = status_of(error.problem);
  response.content_type = "application/problem+json";
  auto document = contract::problem_document(error);
  document["request_id"] = request.request_id;
  response.body = document.dump();
  if (error.retry_after_s)
    response.with("Retry-After", std::to_string(*error.retry_after_s));
  else if (response.status == 503)
    response.with("Retry-After", "1");
  if (response.status == 401) response.with("WWW-Authenticate", "Bearer");
  return response;
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t value = 0;
  auto const* end = text.data() + text.size();
  auto const [at, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || at != end || value < 0) return std::nullopt;
  return value;
}

Result<std::vector<std::optional<std::string>>> query_values(
    access::Call const& call, std::vector<std::string_view> const& known) {
  auto const query = call.query();
  if (!query) return query.error();
  std::vector<std::optional<std::string>> values(known.size());
  Faults faults;
  for (auto const& [name, value] : *query) {
    auto const found = std::find(known.begin(), known.end(), name);
    if (found == known.end()) {
      faults.add(codec::pointer_to_echo("", name), FaultCode::unknown_field,
                 "is not a parameter of this route");
    } else if (auto& slot = values[static_cast<std::size_t>(found - known.begin())]; slot) {
      faults.add("/" + std::string(name), FaultCode::repeated);
    } else {
      slot = value;
    }
  }
  if (!faults.empty()) return faults.error();
  return values;
}

Result<tables::Page> page_of(access::Call const& call, std::vector<std::string_view> others) {
  others.insert(others.begin(), {"limit", "cursor"});
  auto const values = query_values(call, others);
  if (!values) return values.error();
  tables::Page page;
  if (auto const& text = (*values)[0]) {
    auto const limit = number_from(*text);
    if (!limit || *limit < 1 || *limit > 200) {
      return field_error("/limit", FaultCode::out_of_range, "has to be from 1 to 200");
    }
    page.limit = static_cast<int>(*limit);
  }
  if (auto const& text = (*values)[1]) {
    auto const after = row_before(call, *text);
    if (!after) return field_error("/cursor", FaultCode::not_a_cursor);
    page.after = *after;
  }
  return page;
}

nlohmann::json list_of(access::Call const& call, std::vector<nlohmann::json> items,
                       std::int64_t last_id, tables::Page page) {
  auto const more = static_cast<int>(items.size()) == page.limit;
  nlohmann::json list{{"items", std::move(items)}, {"next", nullptr}};
  if (more) list["next"] = cursor_after(call, last_id);
  return list;
}

std::string etag_of(std::int64_t seq) { return '"' + std::to_string(seq) + '"'; }

Result<nlohmann::json> json_of_change(access::Call const& call, std::int64_t seq) {
  if (!call.request().has_header("if-match")) return Error(Problem::precondition_required);
  auto const given = EntityTags::in(call.request(), "if-match");
  if (!given) {
    return Error(Problem::malformed_request, "If-Match takes * or ETags in quotation marks");
  }
  if (!given->match_strongly(etag_of(seq))) return Error(Problem::precondition_failed);
  return call.json();
}

}  // namespace kaiku::api
