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

// A parameter of a media type, empty ones too (RFC 9110 section 5.6.6): of those the charset alone
// means something, and another one than UTF-8 is refused (RFC 8259 section 8.1).
bool is_fine_parameter(std::string_view parameter) {
  if (!parameter.starts_with("charset=")) return true;
  auto const charset = parameter.substr(8);
  return charset == "utf-8" || charset == "utf8";
}

bool content_type_is(http::Request const& request, std::string_view wanted) {
  auto const value = ascii::lowered(request.header("content-type"));
  std::string_view rest = value;
  for (bool first = true; first || !rest.empty(); first = false) {
    auto const end = rest.find(';');
    std::string piece(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    std::erase_if(piece, [](char c) { return c == ' ' || c == '\t' || c == '"'; });
    if (first ? piece != wanted : !is_fine_parameter(piece)) return false;
  }
  return true;
}

Error no_form() {
  return {Problem::unsupported_media_type, "Send application/x-www-form-urlencoded"};
}

Result<http::PostedForm> posted_in(http::Request const& request) {
  auto const type = request.header("content-type");
  if (http::is_multipart(type)) return http::parse_multipart(type, request.body);
  if (!content_type_is(request, "application/x-www-form-urlencoded")) return no_form();
  auto fields = http::parse_form(request.body);
  if (!fields) return fields.error();
  return http::PostedForm{*std::move(fields), std::nullopt};
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

Result<nlohmann::json> const& Call::json() const {
  if (!json_) {
    auto const text = json_text();
    json_ = std::make_shared<Result<nlohmann::json> const>(
        text ? codec::parse_json(*text) : Result<nlohmann::json>(text.error()));
  }
  return *json_;
}

Result<http::PostedForm> const& Call::posted() const {
  if (!posted_) posted_.emplace(posted_in(request_));
  return *posted_;
}

Result<std::vector<std::pair<std::string, std::string>>> Call::form() const {
  if (http::is_multipart(request_.header("content-type"))) return no_form();
  auto const& read = posted();
  if (!read) return read.error();
  return read->fields;
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
