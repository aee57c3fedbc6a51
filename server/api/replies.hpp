// The forms that every JSON answer has: bodies, problems, lists with an opaque cursor, ETags.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/values/result.hpp"
#include "server/access/call/call.hpp"
#include "server/http/message.hpp"
#include "server/tables/network.hpp"

namespace kaiku::api {

http::Response ok(nlohmann::json const& body);
http::Response created(nlohmann::json const& body, std::string location = "");
http::Response no_content();
// RFC 9457 with the request's id; Retry-After where the error has one, and with a 401 how to sign
// in (RFC 9110 section 11.6.1).
http::Response problem(Error const& error, http::Request const& request);

// Paging by ?limit= (1–200, default 50) and ?cursor=; faults at /limit and /cursor. `others` are
// parameters that the route reads itself; any further one is a fault.
Result<tables::Page> page_of(access::Call const& call, std::vector<std::string_view> others = {});
// {items, next}: `next` is null when fewer rows than the limit came.
nlohmann::json list_of(access::Call const& call, std::vector<nlohmann::json> items,
                       std::int64_t last_id, tables::Page page);
// The list of rows that come in the order of their ids.
template <class Row, class ToJson>
nlohmann::json list_of(access::Call const& call, std::vector<Row> const& rows, tables::Page page,
                       ToJson to_json) {
  std::vector<nlohmann::json> items;
  items.reserve(rows.size());
  for (auto const& row : rows) items.push_back(to_json(row));
  return list_of(call, std::move(items), rows.empty() ? 0 : rows.back().id.value, page);
}

// The ETag of a thing is the sequence of the entry that last changed it.
std::string etag_of(std::int64_t seq);
// The body of a PATCH, which names the ETag that it read, alone, in a list or as "*" (RFC 9110
// section 13.1.1): Problem::precondition_required, precondition_failed, or malformed_request for
// what is no list. `seq`: of the thing as it is.
Result<nlohmann::json> json_of_change(access::Call const& call, std::int64_t seq);

// The value of one query parameter, if given; `known` names all that the route takes, others are a
// fault at their name.
Result<std::vector<std::optional<std::string>>> query_values(
    access::Call const& call, std::vector<std::string_view> const& known);
std::optional<std::int64_t> number_from(std::string_view text);

}  // namespace kaiku::api
