// A response as one flat text: status line, headers and body, ready for a single write. A constant
// body is counted and not copied: it follows.
#pragma once

#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace kaiku::http {

struct ResponseFrame {
  std::string_view request_id;
  bool head_only = false;  // the answer to HEAD: the length of the body, but no body
  bool closing = false;    // "Connection: close"
};

// Appends to `out`. Throws std::logic_error for what would break the framing or is the server's own
// word: a control character in a header, a header among Connection, Content-Length, Date,
// Transfer-Encoding and X-Request-Id, a status outside 200–599.
void append_response(std::string& out, Response const& response, ResponseFrame const& frame);

}  // namespace kaiku::http
