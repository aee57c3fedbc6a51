// HTTP/1.1 over one kept connection: a small strict reader of the answers our own server gives.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/link/tls.hpp"
#include "schema/contract/time.hpp"

namespace kaiku::kiosk {

struct HttpAnswer {
  int status = 0;
  std::string body;
  std::optional<Instant> date;  // the server's clock, whole seconds
  std::optional<int> retry_after_s;
  bool keep_alive = true;
};

inline constexpr std::size_t answer_head_limit = 16 * 1024;
inline constexpr std::size_t answer_body_limit = 4 * 1024 * 1024;

// Reads one answer from `read_more`-fed bytes (RFC 9112): Content-Length or chunked, nothing else.
// Pure, so that hostile bytes can be tried without a network.
class AnswerReader {
 public:
  enum class Need { more, nothing, broken };
  // Looks at all bytes so far. `nothing`: `answer()` is whole.
  Need look(std::string_view bytes);
  HttpAnswer const& answer() const { return answer_; }

 private:
  bool read_head(std::string_view head);
  bool read_header(std::string_view name, std::string_view value);
  Need read_chunks(std::string_view bytes);

  HttpAnswer answer_;
  std::optional<std::size_t> body_starts_;
  std::optional<std::size_t> length_;
  bool chunked_ = false;
};

// IMF-fixdate (RFC 9110 section 5.6.7); nullopt for anything else.
std::optional<Instant> instant_from_http_date(std::string_view text);

// Keeps a connection open between requests. One thread.
class HttpClient {
 public:
  HttpClient(TlsContext context, ServerAddress server);

  // Sends and reads one answer within the time. A kept connection that turns out to be closed is
  // replaced once: every request we make may safely come twice (keys, reads).
  Linked<HttpAnswer> request(std::string_view method, std::string_view path, std::string_view body,
                             std::chrono::milliseconds time);
  // Of the server's certificate at the last connect, SHA-256, hexadecimal.
  std::string const& server_fingerprint() const { return server_fingerprint_; }
  ServerAddress const& server() const { return server_; }

 private:
  Linked<HttpAnswer> exchange(std::string const& message, Deadline deadline);

  TlsContext context_;
  ServerAddress server_;
  std::unique_ptr<TlsConnection> connection_;
  std::string server_fingerprint_;
};

}  // namespace kaiku::kiosk
