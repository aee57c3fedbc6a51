#include "server/access/call/call.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "schema/contract/messages.hpp"
#include "schema/values/ascii.hpp"
#include "server/access/call/client_address.hpp"
#include "server/http/form.hpp"

namespace kaiku::access {
namespace {

// The media type without its parameters; a charset other than UTF-8 is refused (RFC 8259 section
// 8.1).
bool content_type_is(http::Request const& request, std::string_view wanted) {
  auto value = ascii::lowered(request.header("content-type"));
  std::erase_if(value, [](char c) { return c == ' ' || c == '\t' || c == '"'; });
  if (value == wanted) return true;
  return value.size() > wanted.size() && value.starts_with(wanted) &&
         std::string_view(value).substr(wanted.size()) == ";charset=utf-8";
}

}  // namespace

std::optional<std::int64_t> Call::number_from(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [at, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || at != end || number < 1) return std::nullopt;
  return number;
}

Result<std::string_view> Call::json_text() const {
  if (!content_type_is(request_, "application/json")) {
    return Error(Problem::unsupported_media_type, "Send application/json in UTF-8");
  }
  return std::string_view(request_.body);
}

Result<nlohmann::json> Call::json() const {
  auto const text = json_text();
  if (!text) return text.error();
  return codec::parse_json(*text);
}

Result<std::vector<std::pair<std::string, std::string>>> Call::form() const {
  if (!content_type_is(request_, "application/x-www-form-urlencoded")) {
    return Error(Problem::unsupported_media_type, "Send application/x-www-form-urlencoded");
  }
  return http::parse_form(request_.body);
}

Result<std::vector<std::pair<std::string, std::string>>> Call::query() const {
  return http::parse_query(request_.query);
}

domain::Address Call::address() const { return client_address(request_, services_.site.proxies); }

void Call::know(domain::Caller caller, std::optional<SessionState> session, Instant now) {
  caller_ = std::move(caller);
  session_ = std::move(session);
  now_ = now;
}

}  // namespace kaiku::access
