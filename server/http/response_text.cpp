#include "server/http/response_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <stdexcept>

#include "schema/values/ascii.hpp"

namespace kaiku::http {
namespace {

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    case 507: return "Insufficient Storage";
    default: return "";  // RFC 9112 section 4: the phrase may be empty
  }
}

void require_sound(std::string_view name, std::string_view value) {
  auto const breaks = [](char c) { return ascii::is_control(c) && c != '\t'; };
  bool const bad_name = name.empty() || std::any_of(name.begin(), name.end(), [&](char c) {
                          return breaks(c) || c == ' ' || c == ':' || c == '\t';
                        });
  if (bad_name || std::any_of(value.begin(), value.end(), breaks)) {
    throw std::logic_error("a response header would break the framing");
  }
  for (std::string_view const own :
       {"connection", "content-length", "date", "transfer-encoding", "x-request-id"}) {
    if (ascii::same_letters(name, own))
      throw std::logic_error("a response sets a header of the server's");
  }
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 24> text;
  out.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr);
}

// RFC 9110 section 5.6.7; made once a second and thread. English words, whatever the locale.
void append_date(std::string& out) {
  static constexpr std::array<char const*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<char const*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t kept_second = -1;
  thread_local std::string kept;
  auto const now = std::time(nullptr);
  if (now != kept_second) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> rest{};
    std::strftime(rest.data(), rest.size(), " %Y %H:%M:%S GMT", &parts);
    kept.assign("Date: ").append(days[static_cast<std::size_t>(parts.tm_wday)]).append(", ");
    if (parts.tm_mday < 10) kept.push_back('0');
    append_number(kept, parts.tm_mday);
    kept.append(" ").append(months[static_cast<std::size_t>(parts.tm_mon)]).append(rest.data());
    kept.append("\r\n");
    kept_second = now;
  }
  out.append(kept);
}

}  // namespace

void append_response(std::string& out, Response const& response, ResponseFrame const& frame) {
  if (response.status < 200 || response.status > 599) {
    throw std::logic_error("a response has an impossible status");
  }
  bool own_cache_control = false;
  for (auto const& [name, value] : response.headers) {
    require_sound(name, value);
    own_cache_control = own_cache_control || ascii::same_letters(name, "cache-control");
  }
  if (!response.content_type.empty()) require_sound("Content-Type", response.content_type);
  // RFC 9110 section 8.6: these two never have content, and a 204 never a length.
  bool const may_have_body = response.status != 204 && response.status != 304;
  bool const has_body = may_have_body && !response.content_type.empty();
  auto const& constant = response.constant_body;
  auto const length = constant.empty() ? response.body.size() : constant.size();
  out.reserve(out.size() + 512 + (has_body && constant.empty() ? length : 0));
  out.append("HTTP/1.1 ");
  append_number(out, response.status);
  out.append(" ").append(reason_of(response.status)).append("\r\n");
  append_date(out);
  append_header(out, "X-Request-Id", frame.request_id);
  out.append("Strict-Transport-Security: max-age=31536000\r\nX-Content-Type-Options: nosniff\r\n");
  if (!own_cache_control) out.append("Cache-Control: no-store\r\n");
  if (has_body) append_header(out, "Content-Type", response.content_type);
  for (auto const& [name, value] : response.headers) append_header(out, name, value);
  if (may_have_body) {
    out.append("Content-Length: ");
    append_number(out, has_body ? length : 0);
    out.append("\r\n");
  }
  if (frame.closing) out.append("Connection: close\r\n");
  out.append("\r\n");
  if (has_body && constant.empty() && !frame.head_only) out.append(response.body);
}

}  // namespace kaiku::http
