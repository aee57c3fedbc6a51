// HTTP/1.1 over one kept connection: a small strict reader of the answers our own server gives.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "kiosk/link/door_link.hpp"
#include "kiosk/link/tls.hpp"

namespace kaiku::kiosk {

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
  HttpAnswer take() { return std::move(answer_); }

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

// What several clients of one device share: whom to trust, our certificate, and the addresses that
// the server's name last had. Thread-safe.
class Credentials {
 public:
  Credentials(TlsContext context, ServerAddress server);
  TlsContext context() const;
  void replace(TlsContext context);  // a renewed certificate; kept connections go on
  ServerAddress server() const;
  // The server has moved: no kept connection is used again.
  void move_to(ServerAddress server);
  // An exchange failed: connections kept from before it may lead nowhere, so that no client uses
  // one again.
  void distrust_kept();
  std::uint64_t version() const;  // counts `replace` and `distrust_kept`
  Addresses addresses() const;    // empty until somebody resolved the name
  void resolved(Addresses addresses);
  // The program stops: exchanges under way fail at once, and so do later ones.
  Interrupt& interrupt() { return interrupt_; }

 private:
  Interrupt interrupt_;
  mutable std::mutex mutex_;
  ServerAddress server_;
  TlsContext context_;
  Addresses addresses_;
  std::uint64_t version_ = 0;
};

// However long an exchange may take: a server that says nothing for so long is not waited for.
inline constexpr std::chrono::milliseconds longest_silence{5'000};
// A name that the server's clients could not reach is looked up again, this often at most.
inline constexpr std::chrono::minutes look_up_again{5};

// Keeps a connection open between requests. One thread.
class HttpClient final : public DoorLink {
 public:
  // `resolves`: may look the server's name up, which has no deadline of ours. The door's client
  // may not: it uses what the sync's client has resolved, and has no_address until then.
  enum class Names { resolves, known_only };
  HttpClient(std::shared_ptr<Credentials> credentials, Names names);
  // Alone, at enrolment.
  HttpClient(TlsContext context, ServerAddress server);

  // A kept connection that turns out to be closed is replaced once: every request we make may
  // safely come twice (keys, reads).
  Linked<HttpAnswer> request(HttpQuestion const& question, std::chrono::milliseconds time) override;
  // Of the server's certificate at the last connect, SHA-256, hexadecimal.
  std::string const& server_fingerprint() const { return server_fingerprint_; }
  ServerAddress server() const { return credentials_->server(); }

 private:
  Linked<HttpAnswer> exchange(std::string const& message, Deadline deadline);
  Linked<void> connect(Deadline deadline);
  Linked<HttpAnswer> read_answer(Deadline deadline);
  void look_up();

  std::shared_ptr<Credentials> credentials_;
  Names names_;
  bool failed_ = false;
  std::optional<Deadline> looked_up_at_;
  std::unique_ptr<TlsConnection> connection_;
  std::uint64_t connected_with_ = 0;
  std::string server_fingerprint_;
};

}  // namespace kaiku::kiosk
