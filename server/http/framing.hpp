// What a request's bytes must look like before anything is believed of them: pure checks, stricter
// than Beast's parser, so that no proxy in front and no client behind can read a request otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/values/problems.hpp"
#include "server/http/message.hpp"

namespace kaiku::http {

inline constexpr std::size_t max_header_count = 64;

struct FramingLimits {
  std::size_t header_limit = 16 * 1024;  // bytes of the whole head
  std::size_t target_limit = longest_target;
  std::span<std::string const> hosts;  // lower case; empty: any valid host
};

// Watches the bytes of a head arrive; each byte is looked at once. One empty line before it is
// passed over (RFC 9112 section 2.2): old clients end a body with one.
class HeadScanner {
 public:
  enum class Verdict : std::uint8_t { need_more, whole, faulty };

  explicit HeadScanner(FramingLimits const& limits) : limits_(&limits) {}
  // `bytes` starts at the head's first byte each time. A bare CR or LF, another control character
  // and an overlong head are found as soon as they are there, not when the head ends.
  Verdict scan(std::string_view bytes);
  // Of a whole head: what of `bytes` it took, and the head itself, without an empty line before it.
  std::size_t head_size() const { return scanned_; }
  std::string_view head_in(std::string_view bytes) const {
    return bytes.substr(head_start_, scanned_ - head_start_);
  }
  Problem fault() const { return fault_; }
  void reset() { *this = HeadScanner(*limits_); }

 private:
  Verdict refuse(Problem fault);

  FramingLimits const* limits_;
  std::size_t scanned_ = 0;
  std::size_t head_start_ = 0;
  std::size_t line_start_ = 0;
  bool first_line_ = true;
  bool after_cr_ = false;
  Problem fault_ = Problem::malformed_request;
};

// What the framing of a sound head says.
struct HeadFacts {
  Method method = Method::other;
  std::string_view target;     // into the head, as sent
  std::string_view authority;  // of a target in absolute form; else empty
  std::string_view path;       // of the target, never empty
  std::string_view query;      // after its '?'
  int minor_version = 1;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool expects_continue = false;
  bool coded = false;  // the content has a coding (RFC 9110 section 8.4) other than identity
};

// Checks a whole head, "\r\n\r\n" included (RFC 9112 sections 2, 3, 5 and 6): fills `facts`, or
// gives the problem to answer before the connection closes. A target in absolute form names the
// host instead of the Host field (section 3.2.2).
std::optional<Problem> check_head(std::string_view head, FramingLimits const& limits,
                                  HeadFacts& facts);

// What a head that was refused, or only begun, says of the answer that its sender would like to
// read: accept, accept-language and cookie, as far as whole lines of them came. For words alone.
std::vector<std::pair<std::string, std::string>> wishes_in(std::string_view bytes);

// Reads a chunked body (RFC 9112 section 7.1). Extensions are passed over, trailers are malformed.
// Ours, since Beast 1.81 asserts when "0\r\n\r\n" arrives byte by byte.
class ChunkedBody {
 public:
  // Bytes of extensions in one body; more are malformed: nobody is made to read for nothing.
  static constexpr std::size_t most_extension_bytes = 1024;
  enum class Verdict : std::uint8_t { need_more, whole, malformed, too_large };

  explicit ChunkedBody(std::size_t limit) : limit_(limit) {}
  // Appends data to `body` and says in `used` how many bytes of `in` it took.
  Verdict take(std::string_view in, std::size_t& used, std::string& body);

 private:
  enum class State : std::uint8_t {
    size,
    before_extension,
    extension_name,
    extension,
    size_lf,
    data,
    data_cr,
    data_lf,
    last_cr,
    last_lf,
    done
  };
  Verdict step(char c, std::size_t body_size);
  Verdict size_digit(char c, std::size_t body_size);
  Verdict size_ended(std::size_t body_size);
  Verdict extension_character(char c, std::size_t body_size);

  std::size_t limit_;
  std::uint64_t size_ = 0;
  int digits_ = 0;
  std::size_t extension_bytes_ = 0;
  State state_ = State::size;
};

// "name", "name:port", "1.2.3.4:port" or "[::1]:port" (RFC 9110 section 7.2), never empty.
bool is_valid_host(std::string_view host);

}  // namespace kaiku::http
