#include "server/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::http {

bool RequestParser::read_head(std::string_view head, std::string_view target) {
  expected_target_ = target;
  header_limit(static_cast<std::uint32_t>(head.size() + 1));
  body_limit(boost::none);
  skip(true);
  Code ec;
  auto const used = put(boost::asio::const_buffer(head.data(), head.size()), ec);
  return !ec && used == head.size() && is_done() && same_target_;
}

void RequestParser::on_request_impl(boost::beast::http::verb, Text, Text target, int, Code&) {
  same_target_ = std::string_view{target.data(), target.size()} == expected_target_;
  request_->headers.reserve(12);
}

void RequestParser::on_field_impl(boost::beast::http::field, Text name, Text value, Code&) {
  auto& [known, text] = request_->headers.emplace_back(std::string(name), std::string(value));
  std::ranges::transform(known, known.begin(), ascii::lower);
}

}  // namespace kaiku::http
