// A request as the rest of the server sees it, and a response on its way out. No Beast here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/values/bytes.hpp"

namespace kaiku::http {

enum class Method : std::uint8_t { get, head, post, patch, put, del, options, other };
std::string_view word_of(Method method);

// Bytes of a path with its query that we take, unless somebody sets another limit.
inline constexpr std::size_t longest_target = 4 * 1024;

// Which door a request came through: 8443 for everybody, 8444 with a client certificate.
enum class Listener : std::uint8_t { everybody, device };

// Where the handler of a route runs. `io`: at once on the connection's thread, for constants only.
enum class Lane : std::uint8_t { io, read, slow_read, build, write, work, password };

// The client certificate of a device connection; the chain is checked, its end date is not.
struct ClientCertificate {
  Bytes spki_der;
  std::int64_t not_after_s = 0;  // seconds since 1970
};

struct Request {
  Method method = Method::get;
  Listener listener = Listener::everybody;
  std::string path;   // percent-decoded per segment is the router's work; this is as sent
  std::string query;  // after '?', as sent
  std::vector<std::pair<std::string, std::string>> headers;  // names lower-cased
  std::string body;
  std::string peer;        // "127.0.0.1" or "::1": the network address, never a header's word
  std::string request_id;  // ours, 16 hex characters; also in X-Request-Id
  std::optional<ClientCertificate> certificate;

  // The value of a header, empty when absent; `name` in lower case.
  std::string_view header(std::string_view name) const;
  bool has_header(std::string_view name) const;
  // The values of all fields of that name, a list in the order sent (RFC 9110 section 5.3).
  std::string list_header(std::string_view name) const;
  // The value of a cookie, empty when absent.
  std::string_view cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type;  // empty: no body, no Content-Type
  std::string body;
  std::string_view constant_body;  // instead of `body`, static storage: sent without a copy
  std::vector<std::pair<std::string, std::string>> headers;  // beyond those the server sets
  std::string actor;  // for the log line: "account:12", "device:7", never a name
  // Of a write: a refusal though its status is none (a page leads back to its form). What was
  // written is taken back.
  bool keeps_nothing = false;
  // Of a page: something on it is wrong. In place of a redirect that makes its status 422.
  bool tells_faults = false;
  // A body that costs more than a few microseconds: made by `draw`, where nobody waits behind it.
  std::function<std::string()> body_to_draw;

  // Puts the body that was left for later in place.
  void draw() {
    if (auto const made = std::exchange(body_to_draw, nullptr)) body = made();
  }
  // The Location, empty when there is none.
  std::string_view location() const;
  Response& with(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

// Hands the one response back to the connection; callable from any thread, once.
using Reply = std::function<void(Response&&)>;

}  // namespace kaiku::http
