#include "tests/support/cuttable_proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace kaiku::test {

namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void close_with_reset(int socket) {
  if (socket < 0) return;
  linger const at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
}

}  // namespace

CuttableProxy::CuttableProxy()
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  auto address = loopback(0);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no port for the proxy");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

CuttableProxy::~CuttableProxy() {
  stopping_ = true;
  std::uint64_t const one = 1;
  [[maybe_unused]] auto const wrote = ::write(wake_, &one, sizeof one);
  thread_.join();
  for (auto const& pair : pairs_) {
    close_with_reset(pair.client);
    close_with_reset(pair.server);
  }
  ::close(listener_);
  ::close(wake_);
}

void CuttableProxy::set(Line line) {
  line_ = line;
  std::uint64_t const one = 1;
  [[maybe_unused]] auto const wrote = ::write(wake_, &one, sizeof one);
}

void CuttableProxy::accept_one() {
  int const client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  auto const line = line_.load();
  if (line == Line::reset) return close_with_reset(client);
  if (line == Line::silent) {
    pairs_.push_back({client, -1, true});
    return;
  }
  int const server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto const address = loopback(upstream_);
  if (::connect(server, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) {
    ::close(server);
    return close_with_reset(client);
  }
  pairs_.push_back({client, server, false});
}

bool CuttableProxy::pass(int from, int to) {
  std::array<char, 16 * 1024> piece;
  auto const got = ::recv(from, piece.data(), piece.size(), MSG_DONTWAIT);
  if (got <= 0) return false;
  return ::send(to, piece.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

void CuttableProxy::run() {
  while (!stopping_) {
    std::vector<pollfd> entries{{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (auto const& pair : pairs_) {
      if (pair.dead) continue;
      entries.push_back({pair.client, POLLIN, 0});
      entries.push_back({pair.server, POLLIN, 0});
    }
    if (::poll(entries.data(), entries.size(), -1) < 0) continue;
    std::uint64_t count = 0;
    [[maybe_unused]] auto const got = ::read(wake_, &count, sizeof count);
    if (line_ != Line::passes) {
      for (auto& pair : pairs_) pair.dead = true;
    }
    std::size_t at = 2;
    for (auto& pair : pairs_) {
      if (pair.dead) continue;
      bool good = at + 1 < entries.size();
      if (good && entries[at].revents != 0) good = pass(pair.client, pair.server);
      if (good && entries[at + 1].revents != 0) good = pass(pair.server, pair.client);
      at += 2;
      if (good) continue;
      close_with_reset(pair.client);
      close_with_reset(pair.server);
      pair.client = -1;
    }
    std::erase_if(pairs_, [](Pair const& pair) { return pair.client < 0; });
    if (line_ == Line::reset) {
      for (auto const& pair : pairs_) {
        close_with_reset(pair.client);
        close_with_reset(pair.server);
      }
      pairs_.clear();
    }
    if ((entries[1].revents & POLLIN) != 0) accept_one();
  }
}

}  // namespace kaiku::test
