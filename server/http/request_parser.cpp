#include "server/http/request_parser.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

#include "schema/values/ascii.hpp"

namespace kaiku::http {

bool RequestParser::read_head(std::string_view head) {
  header_limit(static_cast<std::uint32_t>(head.size() + 1));
  body_limit(boost::none);
  skip(true);
  Code ec;
  auto const used = put(boost::asio::const_buffer(head.data(), head.size()), ec);
  return !ec && used == head.size() && is_done();
}

void RequestParser::on_request_impl(boost::beast::http::verb, Text, Text target, int, Code&) {
  std::string_view const text{target.data(), target.size()};
  auto const mark = text.find('?');
  request_->path.assign(text.substr(0, mark));
  if (mark != std::string_view::npos) request_->query.assign(text.substr(mark + 1));
  request_->headers.reserve(12);
}

void RequestParser::on_field_impl(boost::beast::http::field, Text name, Text value, Code&) {
  auto& [known, text] = request_->headers.emplace_back(std::string(name), std::string(value));
  std::ranges::transform(known, known.begin(), ascii::lower);
}

}  // namespace kaiku::http
