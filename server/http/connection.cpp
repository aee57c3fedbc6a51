// The waiting half of a connection; what it does with the bytes is in exchange.cpp. Only named
// objects stand in a co_await expression: g++ 12.2 destroys some temporaries there twice.
// g++ 12 with a sanitizer mistakes the coroutine frames' own operator new for a foreign one.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

#include "server/http/connection.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace kaiku::http {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Io = TlsStream::Io;

// So many bytes have one deadline to pass: large bodies may take longer, slow ones may not.
constexpr std::size_t deadline_window_bytes = 256 * 1024;
constexpr std::size_t small_read_bytes = 4 * 1024;
constexpr std::size_t large_read_bytes = 16 * 1024;
constexpr int may_continue = 100;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = 16 * 1024 * 1024;
constexpr std::int64_t never_us = std::numeric_limits<std::int64_t>::max();

}  // namespace

std::int64_t monotonic_us() {
  auto const now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

Connection::Connection(Core& core, tcp::socket socket, std::shared_ptr<TlsContext const> tls,
                       Listener listener, Peer peer)
    : core_(core),
      tls_context_(std::move(tls)),
      tls_(std::move(socket), tls_context_->native()),
      listener_(listener),
      peer_(std::move(peer)),
      buffer_(core.settings.header_limit + large_read_bytes),
      scanner_(core.framing) {
  set_deadline(core_.settings.handshake_deadline);
  core_.metrics.connection_opened();
  core_.registry.add(this);
}

Connection::~Connection() {
  core_.metrics.connection_closed();
  core_.registry.remove(this);
}

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  bool open = co_await self->shake_hands();
  while (open) open = co_await self->serve_one();
  co_await self->linger();
}

void Connection::set_deadline(std::chrono::seconds from_now) {
  auto const us = std::chrono::duration_cast<std::chrono::microseconds>(from_now).count();
  deadline_us_.store(monotonic_us() + us, std::memory_order_relaxed);
}

void Connection::cut_if_overdue() {
  if (deadline_us() <= monotonic_us()) cut();
}

void Connection::leave_if_idle() {
  if (phase_ == Phase::handshake) {
    cut();
  } else if (phase_ == Phase::idle) {
    boost::system::error_code ignored;
    tls_.socket().cancel(ignored);  // receive() looks once more, then leaves
  }
}

void Connection::cut() {
  cut_ = true;
  if (slot_) slot_->abandon();
  boost::system::error_code ignored;
  tls_.socket().cancel(ignored);
}

Connection::Wait Connection::ready(Io wanted) {
  if (cut_) co_return false;
  boost::system::error_code error;
  auto token = asio::redirect_error(asio::use_awaitable, error);
  auto const what = wanted == Io::want_write ? tcp::socket::wait_write : tcp::socket::wait_read;
  co_await tls_.socket().async_wait(what, token);
  if (error && error != asio::error::operation_aborted) gone_ = true;
  co_return !cut_ && !gone_;
}

Connection::Wait Connection::shake_hands() {
  for (;;) {
    auto const outcome = tls_.handshake();
    if (outcome == Io::done) break;
    if (outcome == Io::gone) gone_ = true;
    if (gone_) co_return false;
    bool const going_on = co_await ready(outcome);
    if (!going_on) co_return false;
  }
  certificate_ = client_certificate(tls_.native());
  co_return true;
}

TlsStream::Io Connection::read_into_buffer() {
  // As much again as has come: room that a length promises would be held by who sends none of it.
  auto const come = phase_ == Phase::receiving ? request_.body.size() : 0;
  auto const room = buffer_.prepare(std::clamp(come, small_read_bytes, large_read_bytes));
  std::size_t got = 0;
  auto const outcome = tls_.read(static_cast<char*>(room.data()), room.size(), got);
  buffer_.commit(got);
  return outcome;
}

// Waits first unless bytes lie in OpenSSL already: a read that finds nothing is a wasted call.
Connection::Wait Connection::receive() {
  auto wanted = Io::want_read;
  bool look = tls_.holds_bytes() || core_.stopping.load();
  for (;;) {
    if (look) {
      wanted = read_into_buffer();
      if (wanted == Io::done) co_return true;
      if (wanted == Io::gone) gone_ = true;
      if (gone_ || (core_.stopping.load() && phase_ == Phase::idle)) co_return false;
    }
    bool const going_on = co_await ready(wanted);
    if (!going_on) co_return false;
    look = true;
  }
}

Connection::Wait Connection::receive_head() {
  phase_ = Phase::idle;
  scanner_.reset();
  set_deadline(first_ ? core_.settings.first_request_deadline : core_.settings.idle_deadline);
  if (buffer_.size() == 0 && buffer_.capacity() > small_read_bytes) buffer_.shrink_to_fit();
  for (;;) {
    if (buffer_.size() > 0) {
      auto const verdict = scanner_.scan(buffered());
      // An empty line alone begins no request: whoever ended a body with one is still idle.
      bool const begun = buffered() != "\r" && buffered() != "\r\n";
      bool const first_bytes = begun && phase_ == Phase::idle;
      if (begun) phase_ = Phase::receiving;
      if (verdict == HeadScanner::Verdict::whole) co_return true;
      if (verdict == HeadScanner::Verdict::faulty) {
        fault_ = scanner_.fault();
        co_return false;
      }
      if (first_bytes) set_deadline(core_.settings.header_deadline);
    }
    bool const more = co_await receive();
    if (!more) co_return false;
  }
}

Connection::Wait Connection::receive_body() {
  set_deadline(core_.settings.body_deadline);
  std::size_t window_start = 0;
  if (facts_.expects_continue && facts_.minor_version == 1 && buffer_.size() == 0) {
    bool const sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n");
    if (!sent) co_return false;
    phase_ = Phase::receiving;
    set_deadline(core_.settings.body_deadline);
  }
  while (!take_body_bytes()) {
    if (request_.body.size() >= window_start + deadline_window_bytes) {
      window_start = request_.body.size();
      set_deadline(core_.settings.body_deadline);
    }
    bool const more = co_await receive();
    if (!more) co_return false;
  }
  co_return !fault_;
}

Connection::Wait Connection::receive_request() {
  bool const head = co_await receive_head();
  if (head) {
    fault_ = understand_head();
    if (fault_) co_return false;
    first_ = false;
    if (plan_.refuse_status != 0 || !has_body_) co_return true;
    if (has_large_body()) {
      bool const wanted = co_await ask_for_body();
      if (!wanted) co_return false;
    }
    bool const body = co_await receive_body();
    if (body) co_return true;
  }
  bool const told_to_hurry = cut_ && !gone_ && phase_ != Phase::idle && !core_.stopping.load();
  if (told_to_hurry) fault_ = Problem::request_timeout;
  co_return false;
}

Connection::Wait Connection::serve_one() {
  start_request();
  bool const whole = co_await receive_request();
  started_us_ = monotonic_us();
  if (whole && plan_.refuse_status == 0) {
    bool const handled = co_await handle();
    if (!handled) co_return false;
  } else if (whole) {
    bool const there = plan_.refuse_status == 405;
    refuse(plan_.refuse_status, slug_of(there ? Problem::method_not_allowed : Problem::not_found));
    if (there) response_.with("Allow", plan_.allow);
    closing_ = closing_ || has_body_;  // nobody reads that body
  } else if (refusal_) {
    closing_ = true;
    response_ = *std::exchange(refusal_, std::nullopt);
  } else if (fault_) {
    closing_ = true;
    // What a browser would like to read, as far as its head came.
    if (request_.headers.empty()) request_.headers = wishes_in(buffered());
    refuse(status_of(*fault_), slug_of(*fault_));
    if (*fault_ == Problem::unsupported_media_type) response_.with("Accept-Encoding", "identity");
  } else {
    co_return false;
  }
  bool const sent = co_await respond();
  co_return sent && !closing_;
}

asio::awaitable<void> Connection::wait_for_reply() {
  auto initiate = [slot = slot_.get()](auto handler) { slot->wait(std::move(handler)); };
  auto token = asio::use_awaitable;
  co_await asio::async_initiate<decltype(token), void()>(initiate, token);
}

// The answer comes from a lane, like that to a whole request.
Connection::Wait Connection::ask_for_body() {
  phase_ = Phase::handling;
  deadline_us_.store(never_us, std::memory_order_relaxed);
  slot_ = std::make_shared<ReplySlot>();
  ask_application();
  if (!slot_->settled()) co_await wait_for_reply();
  auto answer = slot_->take();
  slot_.reset();
  phase_ = Phase::receiving;
  if (cut_) co_return false;
  if (answer && answer->status == may_continue) co_return true;
  if (answer)
    refusal_ = std::move(answer);
  else
    fault_ = Problem::internal;
  co_return false;
}

// While a lane works there is no deadline: its queue is bounded, and it always answers.
Connection::Wait Connection::handle() {
  phase_ = Phase::handling;
  deadline_us_.store(never_us, std::memory_order_relaxed);
  slot_ = std::make_shared<ReplySlot>();
  dispatch();
  if (!slot_->settled()) co_await wait_for_reply();
  auto answer = slot_->take();
  slot_.reset();
  if (cut_) co_return false;
  if (answer) {
    response_ = std::move(*answer);
  } else {
    core_.log.write(telemetry::Level::error, "reply_dropped",
                    {{"request_id", request_id_}, {"route", plan_.pattern}});
    refuse(500, slug_of(Problem::internal));
  }
  co_return true;
}

Connection::Wait Connection::respond() {
  closing_ = closing_ || core_.stopping.load();
  make_text();
  bool sent = co_await send(out_);
  bool const follows = method_ != Method::head && !response_.content_type.empty();
  if (sent && follows) sent = co_await send(response_.constant_body);
  finish_request();
  co_return sent;
}

Connection::Wait Connection::send(std::string_view text) {
  phase_ = Phase::sending;
  std::size_t window = 0;
  bool timed = false;
  while (!text.empty()) {
    std::size_t put = 0;
    auto const outcome = tls_.write(text, put);
    if (outcome == Io::done) {
      text.remove_prefix(put);
      window += put;
      timed = timed && window < deadline_window_bytes;
      if (!timed) window = 0;
      continue;
    }
    if (outcome == Io::gone) gone_ = true;
    if (gone_) co_return false;
    if (!timed) set_deadline(core_.settings.write_deadline);
    timed = true;
    bool const going_on = co_await ready(outcome);
    if (!going_on) co_return false;
  }
  co_return true;
}

// After a last response the socket is read empty for a moment: closing with unread bytes would send
// a reset, and the reset would take the answer away from the client (RFC 9112 section 9.6).
asio::awaitable<void> Connection::linger() {
  phase_ = Phase::leaving;
  if (gone_) co_return;
  tls_.say_goodbye();
  if (cut_ || !closing_) co_return;
  boost::system::error_code error;
  tls_.socket().shutdown(tcp::socket::shutdown_send, error);
  if (error) co_return;
  set_deadline(linger_time);
  std::array<char, 4096> unread;
  for (std::size_t total = 0; total < linger_bytes;) {
    auto const got = tls_.socket().receive(asio::buffer(unread), 0, error);
    if (got > 0) {
      total += got;
      continue;
    }
    if (error != asio::error::would_block) co_return;
    bool const going_on = co_await ready(Io::want_read);
    if (!going_on) co_return;
  }
}

}  // namespace kaiku::http
