#include "server/http/framing.hpp"

#include <algorithm>
#include <array>

#include "schema/values/ascii.hpp"

namespace kaiku::http {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::size_t longest_method_and_version = 64;

using CharSet = std::array<bool, 256>;

constexpr CharSet set_of(std::string_view others) {
  CharSet set{};
  for (auto const group : {digits, letters, others}) {
    for (char const c : group) set[static_cast<unsigned char>(c)] = true;
  }
  return set;
}

constexpr CharSet token_chars = set_of("!#$%&'*+-.^_`|~");  // RFC 9110 section 5.6.2
// RFC 3986 section 3.3, and what browsers leave as it is (WHATWG URL section 1.3).
constexpr CharSet path_chars = set_of("/-._~!$&'()*+,;=:@%|[]{}^`");
constexpr CharSet query_chars = set_of("/?-._~!$&'()*+,;=:@%|[]{}^`\\");
constexpr CharSet host_chars = set_of("-._");

bool all_in(std::string_view text, CharSet const& set) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return set[static_cast<unsigned char>(c)]; });
}

using ascii::is_digit;
using ascii::lower;
using ascii::without_blanks;
bool is_hex(char c) { return ascii::hex_value(c) >= 0; }

bool same_word(std::string_view text, std::string_view lower_word) {
  return text.size() == lower_word.size() &&
         std::equal(text.begin(), text.end(), lower_word.begin(),
                    [](char a, char b) { return lower(a) == b; });
}

Method method_of(std::string_view word) {
  for (auto const method : {Method::get, Method::post, Method::head, Method::patch, Method::put,
                            Method::del, Method::options}) {
    if (word == word_of(method)) return method;
  }
  return Method::other;
}

// Each '%' is followed by two hexadecimal digits.
bool has_sound_escapes(std::string_view text) {
  for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return false;
  }
  return true;
}

// Takes "https://host:port" off the front of a target; true when its scheme is not ours.
bool take_origin(std::string_view& target, std::string_view& authority) {
  auto const end = target.find("://");
  if (target.starts_with('/') || end == std::string_view::npos) return false;
  bool const foreign = !same_word(target.substr(0, end), "https");
  auto const rest = target.substr(end + 3);
  authority = rest.substr(0, rest.find_first_of("/?"));
  target = rest.substr(authority.size());
  return foreign;
}

// Origin-form and absolute-form (RFC 9112 sections 3.2.1 and 3.2.2): no other method of ours has
// another form.
std::optional<Problem> split_target(HeadFacts& facts) {
  auto rest = facts.target;
  bool const foreign = take_origin(rest, facts.authority);
  bool const absolute = rest.size() != facts.target.size();
  if (absolute && !is_valid_host(facts.authority)) return Problem::malformed_request;
  auto const mark = rest.find('?');
  facts.path = rest.substr(0, mark);
  facts.query = mark == std::string_view::npos ? std::string_view() : rest.substr(mark + 1);
  if (absolute && facts.path.empty()) facts.path = "/";
  bool const sound = facts.path.starts_with('/') && all_in(facts.path, path_chars) &&
                     all_in(facts.query, query_chars) && has_sound_escapes(rest);
  if (!sound) return Problem::malformed_request;
  if (foreign) return Problem::unknown_host;
  return std::nullopt;
}

std::optional<Problem> check_request_line(std::string_view line, FramingLimits const& limits,
                                          HeadFacts& facts) {
  auto const first = line.find(' ');
  if (first == std::string_view::npos || first == 0) return Problem::malformed_request;
  auto const second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return Problem::malformed_request;
  auto const method = line.substr(0, first);
  auto const version = line.substr(second + 1);
  facts.target = line.substr(first + 1, second - first - 1);
  if (!all_in(method, token_chars)) return Problem::malformed_request;
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return Problem::malformed_request;
  facts.minor_version = version.back() - '0';
  facts.method = method_of(method);
  if (facts.target.size() > limits.target_limit) return Problem::uri_too_long;
  return split_target(facts);
}

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

// Walks the fields of one head and keeps what framing depends on.
class FieldCheck {
 public:
  FieldCheck(FramingLimits const& limits, HeadFacts& facts) : limits_(limits), facts_(facts) {}

  std::optional<Problem> field(std::string_view line) {
    if (++count_ > max_header_count) return Problem::header_too_large;
    auto const colon = line.find(':');
    // A line that starts with a blank (obs-fold) or has one before the colon has no token for name.
    if (colon == std::string_view::npos || colon == 0) return Problem::malformed_request;
    auto const name = line.substr(0, colon);
    if (!all_in(name, token_chars)) return Problem::malformed_request;
    auto const value = line.substr(colon + 1);
    switch (name.size()) {
      case 4: return same_word(name, "host") ? host(without_blanks(value)) : std::nullopt;
      case 6: return same_word(name, "expect") ? expect(without_blanks(value)) : std::nullopt;
      case 14:
        return same_word(name, "content-length") ? content_length(without_blanks(value))
                                                 : std::nullopt;
      case 16:
        if (same_word(name, "content-encoding") && !same_word(without_blanks(value), "identity")) {
          facts_.coded = true;
        }
        return std::nullopt;
      case 17:
        return same_word(name, "transfer-encoding") ? coding(without_blanks(value)) : std::nullopt;
      default: return std::nullopt;
    }
  }

  std::optional<Problem> finish() const {
    if (facts_.minor_version == 1 && !has_host_) return Problem::malformed_request;
    if (facts_.chunked && facts_.content_length) return Problem::malformed_request;
    if (facts_.chunked && facts_.minor_version == 0) return Problem::malformed_request;
    auto const& meant = facts_.authority.empty() ? host_ : facts_.authority;
    if (!meant.empty() && !is_ours(without_port(meant))) return Problem::unknown_host;
    return std::nullopt;
  }

 private:
  bool is_ours(std::string_view name) const {
    return limits_.hosts.empty() ||
           std::any_of(limits_.hosts.begin(), limits_.hosts.end(),
                       [&](std::string const& known) { return same_word(name, known); });
  }

  std::optional<Problem> host(std::string_view value) {
    if (has_host_ || !is_valid_host(value)) return Problem::malformed_request;
    has_host_ = true;
    host_ = value;
    return std::nullopt;
  }

  std::optional<Problem> expect(std::string_view value) {
    if (facts_.expects_continue || !same_word(value, "100-continue")) {
      return Problem::malformed_request;
    }
    facts_.expects_continue = true;
    return std::nullopt;
  }

  std::optional<Problem> content_length(std::string_view value) {
    bool const sound =
        !value.empty() && value.size() <= 18 && std::all_of(value.begin(), value.end(), is_digit);
    if (!sound || facts_.content_length) return Problem::malformed_request;
    std::uint64_t length = 0;
    for (char const c : value) length = length * 10 + static_cast<std::uint64_t>(c - '0');
    facts_.content_length = length;
    return std::nullopt;
  }

  std::optional<Problem> coding(std::string_view value) {
    if (facts_.chunked || !same_word(value, "chunked")) return Problem::malformed_request;
    facts_.chunked = true;
    return std::nullopt;
  }

  FramingLimits const& limits_;
  HeadFacts& facts_;
  std::size_t count_ = 0;
  bool has_host_ = false;
  std::string_view host_;
};

}  // namespace

bool is_valid_host(std::string_view host) {
  if (host.empty() || host.size() > 255) return false;
  auto const name = without_port(host);
  auto const port = host.substr(name.size());
  if (!port.empty()) {
    if (port.front() != ':' || port.size() < 2 || port.size() > 6) return false;
    unsigned number = 0;
    for (char const c : port.substr(1)) {
      if (!is_digit(c)) return false;
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
    if (number > 65'535) return false;
  }
  if (!name.starts_with('[')) return !name.empty() && all_in(name, host_chars);
  auto const inner = name.substr(1, name.size() - 2);
  return name.size() >= 4 && name.ends_with(']') && inner.find(':') != std::string_view::npos &&
         std::all_of(inner.begin(), inner.end(),
                     [](char c) { return is_hex(c) || c == ':' || c == '.'; });
}

HeadScanner::Verdict HeadScanner::refuse(Problem fault) {
  fault_ = fault;
  return Verdict::faulty;
}

HeadScanner::Verdict HeadScanner::scan(std::string_view bytes) {
  auto const end = std::min(bytes.size(), limits_->header_limit);
  while (scanned_ < end) {
    auto const c = static_cast<unsigned char>(bytes[scanned_]);
    if (after_cr_) {
      if (c != '\n') return refuse(Problem::malformed_request);
      after_cr_ = false;
      bool const empty_line = scanned_ == line_start_ + 1;
      bool const before_head = empty_line && first_line_;
      if (before_head && head_start_ != 0) return refuse(Problem::malformed_request);
      line_start_ = ++scanned_;
      if (before_head) {
        head_start_ = scanned_;
        continue;
      }
      first_line_ = false;
      if (empty_line) return Verdict::whole;
      continue;
    }
    if (c == '\r') {
      after_cr_ = true;
    } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
      return refuse(Problem::malformed_request);
    }
    ++scanned_;
  }
  if (first_line_ && scanned_ > limits_->target_limit + longest_method_and_version) {
    return refuse(Problem::uri_too_long);
  }
  return bytes.size() >= limits_->header_limit ? refuse(Problem::header_too_large)
                                               : Verdict::need_more;
}

std::optional<Problem> check_head(std::string_view head, FramingLimits const& limits,
                                  HeadFacts& facts) {
  auto const line_end = head.find("\r\n");
  if (line_end == std::string_view::npos) return Problem::malformed_request;
  if (auto fault = check_request_line(head.substr(0, line_end), limits, facts)) return fault;
  head.remove_prefix(line_end + 2);
  FieldCheck fields(limits, facts);
  while (!head.starts_with("\r\n")) {
    auto const end = head.find('\r');
    if (end == std::string_view::npos || end + 1 >= head.size()) return Problem::malformed_request;
    if (auto fault = fields.field(head.substr(0, end))) return fault;
    head.remove_prefix(end + 2);
  }
  return fields.finish();
}

std::vector<std::pair<std::string, std::string>> wishes_in(std::string_view bytes) {
  std::vector<std::pair<std::string, std::string>> wishes;
  for (auto end = bytes.find("\r\n"); end != std::string_view::npos; end = bytes.find("\r\n")) {
    auto const line = bytes.substr(0, end);
    bytes.remove_prefix(end + 2);
    if (line.empty() && !wishes.empty()) break;
    auto const colon = line.find(':');
    if (colon == std::string_view::npos || ascii::has_control(line)) continue;
    for (std::string_view const wish : {"accept", "accept-language", "cookie"}) {
      if (!same_word(line.substr(0, colon), wish)) continue;
      wishes.emplace_back(wish, without_blanks(line.substr(colon + 1)));
    }
  }
  return wishes;
}

ChunkedBody::Verdict ChunkedBody::size_digit(char c, std::size_t body_size) {
  if (c == '\r' && digits_ > 0) return size_ended(body_size);
  if ((c == ';' || c == ' ' || c == '\t') && digits_ > 0) {
    state_ = State::before_extension;
    return extension_character(c, body_size);
  }
  auto const value = ascii::hex_value(c);
  if (value < 0 || ++digits_ > 15) return Verdict::malformed;
  size_ = size_ * 16 + static_cast<std::uint64_t>(value);
  return Verdict::need_more;
}

ChunkedBody::Verdict ChunkedBody::size_ended(std::size_t body_size) {
  if (size_ > limit_ - body_size) return Verdict::too_large;
  state_ = State::size_lf;
  return Verdict::need_more;
}

// *( BWS ";" BWS name [ BWS "=" BWS value ] ), RFC 9112 section 7.1.1: a name has to be there, what
// follows it is not read. The line ends at the first CR, in quotes too: no quoted text has one.
ChunkedBody::Verdict ChunkedBody::extension_character(char c, std::size_t body_size) {
  bool const blank = c == ' ' || c == '\t';
  if (++extension_bytes_ > most_extension_bytes) return Verdict::malformed;
  if (state_ == State::before_extension) {
    if (c == ';') state_ = State::extension_name;
    return c == ';' || blank ? Verdict::need_more : Verdict::malformed;
  }
  if (state_ == State::extension_name) {
    if (blank) return Verdict::need_more;
    if (!token_chars[static_cast<unsigned char>(c)]) return Verdict::malformed;
    state_ = State::extension;
    return Verdict::need_more;
  }
  if (c == '\r') return size_ended(body_size);
  return ascii::is_control(c) && !blank ? Verdict::malformed : Verdict::need_more;
}

ChunkedBody::Verdict ChunkedBody::step(char c, std::size_t body_size) {
  auto const expect = [&](char wanted, State next) {
    if (c != wanted) return Verdict::malformed;
    state_ = next;
    return next == State::done ? Verdict::whole : Verdict::need_more;
  };
  switch (state_) {
    case State::size: return size_digit(c, body_size);
    case State::before_extension:
    case State::extension_name:
    case State::extension: return extension_character(c, body_size);
    case State::size_lf: return expect('\n', size_ == 0 ? State::last_cr : State::data);
    case State::data_cr: return expect('\r', State::data_lf);
    case State::data_lf:
      size_ = 0;
      digits_ = 0;
      return expect('\n', State::size);
    case State::last_cr: return expect('\r', State::last_lf);
    case State::last_lf: return expect('\n', State::done);
    default: return Verdict::malformed;
  }
}

ChunkedBody::Verdict ChunkedBody::take(std::string_view in, std::size_t& used, std::string& body) {
  used = 0;
  while (used < in.size()) {
    if (state_ == State::data) {
      auto const length = std::min<std::size_t>(in.size() - used, size_);
      body.append(in.substr(used, length));
      used += length;
      size_ -= length;
      if (size_ == 0) state_ = State::data_cr;
      continue;
    }
    auto const verdict = step(in[used++], body.size());
    if (verdict != Verdict::need_more) return verdict;
  }
  return Verdict::need_more;
}

}  // namespace kaiku::http
