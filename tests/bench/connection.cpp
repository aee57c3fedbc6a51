#include "tests/bench/connection.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <stdexcept>

namespace kaiku::bench {
namespace {

[[noreturn]] void fail(std::string const& what) {
  std::array<char, 256> text{};
  unsigned long code = ERR_get_error();
  if (code != 0) ERR_error_string_n(code, text.data(), text.size());
  throw std::runtime_error(code == 0 ? what : what + ": " + text.data());
}

// The value of a header line in a head whose names may be in any case; nullopt when absent.
std::optional<std::string_view> header(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    auto end = std::min(head.find("\r\n"), head.size());
    std::string_view line = head.substr(0, end);
    bool same = line.size() > name.size() && line[name.size()] == ':' &&
                std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
                  return a == std::tolower(static_cast<unsigned char>(b));
                });
    if (same) {
      line.remove_prefix(name.size() + 1);
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
      return line;
    }
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return std::nullopt;
}

int connect_to(std::string const& host, std::uint16_t port) {
  int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) fail("no socket");
  timeval limit{.tv_sec = 10, .tv_usec = 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  if (connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(descriptor);
    fail("nothing answers at " + host + ":" + std::to_string(port));
  }
  return descriptor;
}

}  // namespace

TlsContext make_context(std::string const& ca_file) {
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  if (!context) fail("no TLS context");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  // One suite for every server measured, so that none is slower for its taste in ciphers.
  SSL_CTX_set_ciphersuites(context.get(), "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384");
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context.get(), 1);  // one read a record instead of two
  if (SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr) != 1) {
    fail("cannot read certificates from " + ca_file);
  }
  return context;
}

Connection::Connection(SSL_CTX* context, std::string const& host, std::uint16_t port)
    : descriptor_(connect_to(host, port)), tls_(SSL_new(context)), in_(16 * 1024, '\0') {
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_), host.c_str());
  SSL_set_fd(tls_, descriptor_);
  if (SSL_connect(tls_) != 1) {
    SSL_free(tls_);
    close(descriptor_);
    fail("no TLS 1.3 with " + host + ":" + std::to_string(port));
  }
  fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
}

Connection::~Connection() {
  SSL_free(tls_);
  close(descriptor_);
}

bool Connection::send(std::string_view request) {
  used_ = 0;
  while (!request.empty()) {
    int sent = SSL_write(tls_, request.data(), static_cast<int>(request.size()));
    if (sent <= 0) {
      int why = SSL_get_error(tls_, sent);
      if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return false;
      unsent_ = request;  // goes out with the next receive
      return true;
    }
    request.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

Connection::Progress Connection::receive() {
  if (!unsent_.empty()) {
    std::string rest;
    rest.swap(unsent_);
    std::size_t filled = used_;
    if (!send(rest)) return Progress::broken;
    used_ = filled;
  }
  while (true) {
    if (used_ == in_.size()) in_.resize(in_.size() * 2);
    int got = SSL_read(tls_, in_.data() + used_, static_cast<int>(in_.size() - used_));
    if (got <= 0) {
      bool wait = SSL_get_error(tls_, got) == SSL_ERROR_WANT_READ;
      return wait ? Progress::waiting : Progress::broken;
    }
    used_ += static_cast<std::size_t>(got);
    Progress progress = parse();
    if (progress != Progress::waiting) return progress;
  }
}

// RFC 9112, as far as servers that we measure go: a Content-Length, no chunks, nothing pipelined.
Connection::Progress Connection::parse() {
  std::string_view seen(in_.data(), used_);
  auto head_end = seen.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return Progress::waiting;
  std::string_view head = seen.substr(0, head_end);
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) return Progress::broken;
  std::from_chars(head.data() + 9, head.data() + 12, reply_.status);
  auto length_text = header(head, "content-length");
  std::size_t length = 0;
  if (!length_text && reply_.status != 204) return Progress::broken;
  if (length_text) {
    std::from_chars(length_text->data(), length_text->data() + length_text->size(), length);
  }
  std::size_t whole = head_end + 4 + length;
  if (used_ < whole) return Progress::waiting;
  if (used_ > whole) return Progress::broken;
  reply_.body = seen.substr(head_end + 4);
  will_close_ = header(head, "connection").value_or("") == "close";
  return Progress::complete;
}

}  // namespace kaiku::bench
