#include "kiosk/link/http_client.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "schema/contract/door_headers.hpp"
#include "schema/values/ascii.hpp"

namespace kaiku::kiosk {

namespace {

template <class T>
std::optional<T> number(std::string_view text, int base = 10) {
  T value{};
  auto const* end = text.data() + text.size();
  auto const read = std::from_chars(text.data(), end, value, base);
  if (text.empty() || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Instant> instant_from_http_date(std::string_view text) {
  // "Sun, 06 Nov 1994 08:49:37 GMT"
  constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") {
    return std::nullopt;
  }
  auto const month = months.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  auto const month_number = std::to_string(month / 3 + 1);
  auto const iso = std::string(text.substr(12, 4)) + "-" + (month_number.size() == 1 ? "0" : "") +
                   month_number + "-" + std::string(text.substr(5, 2)) + "T" +
                   std::string(text.substr(17, 8)) + "Z";
  return instant_from_rfc3339(iso);
}

AnswerReader::Need AnswerReader::look(std::string_view bytes) {
  if (!body_starts_) {
    auto const end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
      return bytes.size() > answer_head_limit ? Need::broken : Need::more;
    }
    if (end > answer_head_limit || !read_head(bytes.substr(0, end))) return Need::broken;
    body_starts_ = end + 4;
  }
  auto const body = bytes.substr(*body_starts_);
  if (answer_.status == 204 || answer_.status == 304) length_ = 0;
  if (chunked_) return read_chunks(body);
  if (!length_) return Need::broken;
  if (body.size() < *length_) return Need::more;
  if (body.size() > *length_) return Need::broken;
  answer_.body = body;
  return Need::nothing;
}

bool AnswerReader::read_head(std::string_view head) {
  auto const line_end = std::min(head.find("\r\n"), head.size());
  auto const status_line = head.substr(0, line_end);
  if (!status_line.starts_with("HTTP/1.1 ") || status_line.size() < 12) return false;
  auto const status = number<int>(status_line.substr(9, 3));
  if (!status || *status < 200 || *status > 599) return false;
  answer_.status = *status;
  head.remove_prefix(std::min(line_end + 2, head.size()));
  while (!head.empty()) {
    auto const end = std::min(head.find("\r\n"), head.size());
    auto const line = head.substr(0, end);
    auto const colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ') return false;
    if (!read_header(line.substr(0, colon), ascii::without_blanks(line.substr(colon + 1))))
      return false;
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return !(chunked_ && length_);
}

bool AnswerReader::read_header(std::string_view name, std::string_view value) {
  auto const is = [&](std::string_view known) { return ascii::same_letters(name, known); };
  if (is("content-length")) {
    auto const length = number<std::size_t>(value);
    if (!length || length_ || *length > answer_body_limit) return false;
    length_ = length;
  } else if (is("transfer-encoding")) {
    if (!ascii::same_letters(value, "chunked") || chunked_) return false;
    chunked_ = true;
  } else if (is("connection")) {
    if (ascii::same_letters(value, "close")) answer_.keep_alive = false;
  } else if (is("date")) {
    answer_.date = instant_from_http_date(value);
  } else if (is("retry-after")) {
    answer_.retry_after_s = number<int>(value);
  } else if (is(contract::journal_known_header)) {
    answer_.journal = value;
  } else if (is(contract::cards_leaf_header)) {
    answer_.leaf = value;
  } else if (is(contract::door_address_header)) {
    answer_.address = value;
  }
  return true;
}

AnswerReader::Need AnswerReader::read_chunks(std::string_view bytes) {
  answer_.body.clear();
  for (;;) {
    auto const end = bytes.find("\r\n");
    if (end == std::string_view::npos) return bytes.size() > 64 ? Need::broken : Need::more;
    auto const size = number<std::size_t>(bytes.substr(0, end), 16);
    if (!size || *size > answer_body_limit - answer_.body.size()) return Need::broken;
    bytes.remove_prefix(end + 2);
    if (bytes.size() < *size + 2) return Need::more;
    if (bytes.substr(*size, 2) != "\r\n") return Need::broken;
    if (*size == 0) return bytes.size() == 2 ? Need::nothing : Need::broken;
    answer_.body += bytes.substr(0, *size);
    bytes.remove_prefix(*size + 2);
  }
}

Credentials::Credentials(TlsContext context, ServerAddress server)
    : server_(std::move(server)), context_(std::move(context)) {
  if (!server_.is_ip()) return;
  if (auto found = resolve(server_)) addresses_ = *found;
}

ServerAddress Credentials::server() const {
  std::lock_guard const hold(mutex_);
  return server_;
}

void Credentials::move_to(ServerAddress server) {
  Addresses addresses{};
  if (server.is_ip()) {
    if (auto found = resolve(server)) addresses = *std::move(found);
  }
  std::lock_guard const hold(mutex_);
  server_ = std::move(server);
  addresses_ = std::move(addresses);
  ++version_;
}

TlsContext Credentials::context() const {
  std::lock_guard const hold(mutex_);
  return context_;
}

void Credentials::replace(TlsContext context) {
  std::lock_guard const hold(mutex_);
  context_ = std::move(context);
  ++version_;
}

void Credentials::distrust_kept() {
  std::lock_guard const hold(mutex_);
  ++version_;
}

std::uint64_t Credentials::version() const {
  std::lock_guard const hold(mutex_);
  return version_;
}

Addresses Credentials::addresses() const {
  std::lock_guard const hold(mutex_);
  return addresses_;
}

void Credentials::resolved(Addresses addresses) {
  std::lock_guard const hold(mutex_);
  addresses_ = std::move(addresses);
}

HttpClient::HttpClient(std::shared_ptr<Credentials> credentials, Names names)
    : credentials_(std::move(credentials)), names_(names) {}

HttpClient::HttpClient(TlsContext context, ServerAddress server)
    : HttpClient(std::make_shared<Credentials>(std::move(context), std::move(server)),
                 Names::resolves) {}

void HttpClient::look_up() {
  auto const now = std::chrono::steady_clock::now();
  bool const again = failed_ && (!looked_up_at_ || now - *looked_up_at_ >= look_up_again);
  bool const known = credentials_->addresses() != nullptr;
  if (names_ != Names::resolves || server().is_ip() || (known && !again)) return;
  if (auto found = resolve(server())) credentials_->resolved(*found);
  looked_up_at_ = std::chrono::steady_clock::now();
}

Linked<HttpAnswer> HttpClient::request(HttpQuestion const& question,
                                       std::chrono::milliseconds time) {
  look_up();
  auto const deadline = within(time);
  auto const& body = question.body;
  std::string message;
  message.reserve(256 + body.size());
  message.append(question.method).append(" ").append(question.path);
  message.append(" HTTP/1.1\r\nHost: ").append(server().authority());
  message.append("\r\nAccept: application/json, application/cose\r\n");
  if (!question.said.empty()) {
    message.append(contract::door_said_header).append(": ").append(question.said).append("\r\n");
  }
  if (question.method == "POST") {
    message.append("Content-Type: application/json\r\nContent-Length: ");
    message.append(std::to_string(body.size())).append("\r\n");
  }
  message.append("\r\n").append(body);
  bool const kept =
      connection_ && connected_with_ == credentials_->version() && connection_->is_fresh();
  if (!kept) connection_.reset();
  auto answer = exchange(message, deadline);
  bool const stale = !answer && kept && answer.error().fault == LinkFault::broken;
  if (stale) answer = exchange(message, deadline);
  failed_ = !answer;
  if (failed_) credentials_->distrust_kept();
  return answer;
}

Linked<void> HttpClient::connect(Deadline deadline) {
  connected_with_ = credentials_->version();
  auto connected =
      TlsConnection::connect(credentials_->context(), server(), credentials_->addresses(), deadline,
                             credentials_->interrupt().descriptor());
  if (!connected) return connected.error();
  connection_ = std::move(*connected);
  server_fingerprint_ = connection_->server_fingerprint();
  return {};
}

Linked<HttpAnswer> HttpClient::exchange(std::string const& message, Deadline deadline) {
  if (!connection_) {
    auto const connected = connect(std::min(deadline, within(longest_silence)));
    if (!connected) return connected.error();
  }
  Linked<HttpAnswer> answer = LinkFailure{};
  if (auto const wrote = connection_->write(message, deadline); wrote) {
    answer = read_answer(deadline);
  } else {
    answer = wrote.error();
  }
  if (!answer || !answer->keep_alive) connection_.reset();
  return answer;
}

Linked<HttpAnswer> HttpClient::read_answer(Deadline deadline) {
  std::string bytes;
  AnswerReader reader;
  for (;;) {
    auto const got = connection_->read_some(bytes, std::min(deadline, within(longest_silence)));
    if (!got) return got.error();
    if (*got == 0) return LinkFailure{LinkFault::broken, "the server closed the connection", true};
    auto const need = reader.look(bytes);
    if (need == AnswerReader::Need::nothing) return reader.take();
    if (need == AnswerReader::Need::broken) {
      return LinkFailure{LinkFault::garbled, "the answer is not HTTP as we speak it", true};
    }
  }
}

}  // namespace kaiku::kiosk
