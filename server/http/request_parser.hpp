// Beast's parser, filling our Request directly: the second reading of a head that framing passed.
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include <string_view>

#include "server/http/message.hpp"

namespace kaiku::http {

class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  // Fills `request.headers`; path and query are framing's, the body is not this parser's work.
  explicit RequestParser(Request& request) : request_(&request) {}
  // False when Beast does not agree that this is exactly one whole head with this target.
  bool read_head(std::string_view head, std::string_view target);

 private:
  using Text = boost::beast::string_view;
  using Code = boost::beast::error_code;

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                       Code& ec) override;
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(boost::beast::http::field, Text name, Text value, Code& ec) override;
  void on_header_impl(Code&) override {}
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Code&) override {}
  std::size_t on_body_impl(Text body, Code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, Code&) override { return body.size(); }
  void on_finish_impl(Code&) override {}

  Request* request_;
  std::string_view expected_target_;
  bool same_target_ = false;
};

}  // namespace kaiku::http
