// A small blocking HTTPS client on OpenSSL: it can send what a well-behaved client never would.
// Every wait is bounded by ClientOptions::timeout_ms.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaiku::test {

struct ClientTimeout : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct HttpAnswer {
  int status = 0;
  std::string status_line;
  std::vector<std::pair<std::string, std::string>> headers;  // names lower-cased
  std::string body;

  // All values of a name joined by ", "; empty when absent.
  std::string header(std::string_view name) const {
    std::string found;
    for (auto const& [known, value] : headers) {
      if (known == name) found += (found.empty() ? "" : ", ") + value;
    }
    return found;
  }
};

struct ClientOptions {
  std::string ca_file;  // empty: the server is not verified
  std::string certificate_file;
  std::string key_file;
  int least_version = TLS1_2_VERSION;
  int most_version = 0;       // 0: the newest
  std::string cipher_list;    // TLS 1.2 and older
  bool weak_allowed = false;  // security level 0, to offer what no server should take
  std::string protocol;       // one ALPN name
  int timeout_ms = 5000;
  int receive_buffer_bytes = 0;  // SO_RCVBUF, to be a slow reader
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// A plain TCP connection to 127.0.0.1 with time-outs.
class TcpClient {
 public:
  explicit TcpClient(std::uint16_t port, int timeout_ms = 5000, int receive_buffer_bytes = 0)
      : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (descriptor_ < 0) throw std::runtime_error("no socket");
    timeval const limit{timeout_ms / 1000, (timeout_ms % 1000) * 1000};
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (receive_buffer_bytes > 0) {
      setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes,
                 sizeof receive_buffer_bytes);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      ::close(descriptor_);
      throw std::runtime_error("cannot connect");
    }
  }
  ~TcpClient() { ::close(descriptor_); }
  TcpClient(TcpClient const&) = delete;
  TcpClient& operator=(TcpClient const&) = delete;

  int descriptor() const { return descriptor_; }
  void send(std::string_view text) const {
    (void)::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
  }
  // True when the server closed; ClientTimeout when it neither closes nor ends in time.
  bool wait_for_close() const {
    std::array<char, 4096> unread;
    for (;;) {
      auto const got = ::recv(descriptor_, unread.data(), unread.size(), 0);
      if (got == 0) return true;
      if (got < 0 && errno != EAGAIN) return true;
      if (got < 0) throw ClientTimeout("the server does not close");
    }
  }

 private:
  int descriptor_;
};

class TlsClient {
 public:
  // Connects and shakes hands; std::runtime_error when either fails.
  explicit TlsClient(std::uint16_t port, ClientOptions const& options = {})
      : tcp_(port, options.timeout_ms, options.receive_buffer_bytes),
        context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
        ssl_(nullptr, &SSL_free) {
    block_broken_pipe();
    configure(options);
    ssl_.reset(SSL_new(context_.get()));
    if (!options.protocol.empty()) {
      std::string const wire = static_cast<char>(options.protocol.size()) + options.protocol;
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<unsigned char const*>(wire.data()),
                          static_cast<unsigned>(wire.size()));
    }
    SSL_set_fd(ssl_.get(), tcp_.descriptor());
    ERR_clear_error();
    if (SSL_connect(ssl_.get()) != 1) throw std::runtime_error("handshake refused: " + reason());
  }

  SSL* native() { return ssl_.get(); }

  // Sends the bytes as they are; false when the connection is gone.
  bool send(std::string_view text) {
    while (!text.empty()) {
      std::size_t put = 0;
      ERR_clear_error();
      if (SSL_write_ex(ssl_.get(), text.data(), text.size(), &put) != 1) return false;
      text.remove_prefix(put);
    }
    return true;
  }

  // The next answer; nullopt when the server closed before a whole one. `to_head`: no body follows.
  // Interim answers (1xx) are given like others.
  std::optional<HttpAnswer> read_answer(bool to_head = false) {
    auto end = unread_.find("\r\n\r\n");
    while (end == std::string::npos) {
      if (!receive()) return std::nullopt;
      end = unread_.find("\r\n\r\n");
    }
    auto answer = parse_head(unread_.substr(0, end + 2));
    unread_.erase(0, end + 4);
    auto const length_text = answer.header("content-length");
    auto const length = length_text.empty() || to_head ? std::size_t{0} : std::stoul(length_text);
    while (unread_.size() < length) {
      if (!receive()) return std::nullopt;
    }
    answer.body = unread_.substr(0, length);
    unread_.erase(0, length);
    return answer;
  }

  // Reads on until the server closes; what it still sent is returned.
  std::string read_to_end() {
    while (receive()) {
    }
    return std::exchange(unread_, {});
  }

  // One request with Host and, where there is a body or a POST, Content-Length. Throws when closed.
  HttpAnswer request(std::string_view method, std::string_view target, std::string_view body = {},
                     HttpHeaders const& headers = {}) {
    std::string text;
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (auto const& [name, value] : headers) text += name + ": " + value + "\r\n";
    bool const sized = !body.empty() || method == "POST" || method == "PATCH" || method == "PUT";
    if (sized) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    text.append("\r\n").append(body);
    if (!send(text)) throw std::runtime_error("the connection is gone");
    auto answer = read_answer(method == "HEAD");
    if (!answer) throw std::runtime_error("the server closed without an answer");
    return std::move(*answer);
  }
  HttpAnswer get(std::string_view target, HttpHeaders const& headers = {}) {
    return request("GET", target, {}, headers);
  }
  HttpAnswer post(std::string_view target, std::string_view body, HttpHeaders const& headers = {}) {
    return request("POST", target, body, headers);
  }

 private:
  // A write to a closed connection must not end the test, nor hide from one that the server does.
  static void block_broken_pipe() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  }

  static std::string reason() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_peek_last_error(), text.data(), text.size());
    return text.data();
  }

  void configure(ClientOptions const& options) {
    auto* const context = context_.get();
    if (options.weak_allowed) SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, options.least_version);
    SSL_CTX_set_max_proto_version(context, options.most_version);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    if (!options.cipher_list.empty() &&
        SSL_CTX_set_cipher_list(context, options.cipher_list.c_str()) != 1) {
      throw std::logic_error("unknown cipher list");
    }
    if (!options.ca_file.empty()) {
      SSL_CTX_load_verify_file(context, options.ca_file.c_str());
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    }
    if (!options.certificate_file.empty()) {
      SSL_CTX_use_certificate_chain_file(context, options.certificate_file.c_str());
      SSL_CTX_use_PrivateKey_file(context, options.key_file.c_str(), SSL_FILETYPE_PEM);
    }
  }

  // False when the server closed; ClientTimeout when nothing came in time.
  bool receive() {
    std::array<char, 16 * 1024> piece;
    std::size_t got = 0;
    ERR_clear_error();
    errno = 0;
    if (SSL_read_ex(ssl_.get(), piece.data(), piece.size(), &got) == 1) {
      unread_.append(piece.data(), got);
      return true;
    }
    if (SSL_get_error(ssl_.get(), 0) == SSL_ERROR_WANT_READ) {
      throw ClientTimeout("the server did not answer in time");
    }
    return false;
  }

  static HttpAnswer parse_head(std::string_view head) {
    HttpAnswer answer;
    auto end = head.find("\r\n");
    answer.status_line = std::string(head.substr(0, end));
    if (answer.status_line.size() < 12) throw std::runtime_error("malformed status line");
    answer.status = std::stoi(answer.status_line.substr(9, 3));
    for (head.remove_prefix(end + 2); !head.empty(); head.remove_prefix(end + 2)) {
      end = head.find("\r\n");
      auto const colon = head.find(": ");
      if (colon == std::string_view::npos || colon > end) throw std::runtime_error("bad header");
      std::string name(head.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      });
      answer.headers.emplace_back(std::move(name),
                                  std::string(head.substr(colon + 2, end - colon - 2)));
    }
    return answer;
  }

  TcpClient tcp_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
  std::string unread_;
};

}  // namespace kaiku::test
