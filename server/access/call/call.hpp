// One request on its way through access and handler: who calls, with what, at which time.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <any>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/values/result.hpp"
#include "schema/values/time.hpp"
#include "server/access/identity/services.hpp"
#include "server/domain/caller.hpp"
#include "server/domain/network_address.hpp"
#include "server/http/message.hpp"
#include "server/http/multipart.hpp"

namespace kaiku::access {

struct SessionState {
  Digest lookup{};         // SHA-256 of the id: the row's key
  std::string csrf_token;  // for pages' forms
};

class Call {
 public:
  Call(http::Request const& request, std::vector<std::string> const& parameters, Services& services)
      : request_(request), parameters_(parameters), services_(services) {}

  http::Request const& request() const { return request_; }
  Services& services() const { return services_; }
  // The n-th {…} of the route's pattern, decoded.
  std::string const& parameter(std::size_t n) const { return parameters_.at(n); }
  // The n-th parameter as a number; Problem::not_found when it is not one of 1–18 digits.
  template <class I>
  Result<I> id(std::size_t n) const {
    auto const number = number_from(parameters_.at(n));
    if (!number) return Error(Problem::not_found);
    return I{*number};
  }
  // The body, said to be JSON in UTF-8; Problem::unsupported_media_type.
  Result<std::string_view> json_text() const;
  // The body as strict JSON, read once; Problem::invalid_json or unsupported_media_type.
  Result<nlohmann::json> const& json() const;
  // The body as a form that may have brought a file, for routes that take one; read once.
  // Problem::malformed_request or unsupported_media_type.
  Result<http::PostedForm> const& posted() const;
  // The fields of one that cannot have, in their order, repeated names too; otherwise the same.
  Result<std::vector<std::pair<std::string, std::string>>> form() const;
  Result<std::vector<std::pair<std::string, std::string>>> query() const;

  domain::Caller const& caller() const { return caller_; }
  std::optional<SessionState> const& session() const { return session_; }
  Instant now() const { return now_; }
  Day today() const { return helsinki_day(now_); }

  // Where it comes from, for limits and logs: client_address.hpp.
  domain::Address address() const;

  // Set by access before the handler runs.
  void know(domain::Caller caller, std::optional<SessionState> session, Instant now);
  std::any prepared;

 private:
  static std::optional<std::int64_t> number_from(std::string_view text);
  http::Request const& request_;
  std::vector<std::string> const& parameters_;
  Services& services_;
  domain::Caller caller_;
  std::optional<SessionState> session_;
  Instant now_;
  // What was read of the body; one lane at a time has a call.
  mutable std::shared_ptr<Result<nlohmann::json> const> json_;
  mutable std::optional<Result<http::PostedForm> const> posted_;
};

}  // namespace kaiku::access
