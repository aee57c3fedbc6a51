#include <gtest/gtest.h>

#include "kiosk/link/http_client.hpp"
#include "kiosk/link/url.hpp"

namespace kaiku::kiosk {
namespace {

using Need = AnswerReader::Need;

Need look(std::string const& bytes) { return AnswerReader().look(bytes); }

TEST(AnswerReader, reads_an_answer_byte_by_byte) {
  std::string const bytes =
      "HTTP/1.1 201 Created\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\ncontent-length: 2\r\n\r\n{}";
  AnswerReader reader;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ASSERT_EQ(reader.look(bytes.substr(0, size)), Need::more);
  }
  ASSERT_EQ(reader.look(bytes), Need::nothing);
  EXPECT_EQ(reader.answer().status, 201);
  EXPECT_EQ(reader.answer().body, "{}");
  EXPECT_EQ(to_rfc3339(*reader.answer().date), "1994-11-06T08:49:37Z");
  EXPECT_TRUE(reader.answer().keep_alive);
}

TEST(AnswerReader, reads_chunks) {
  AnswerReader reader;
  ASSERT_EQ(reader.look("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
            Need::nothing);
  EXPECT_EQ(reader.answer().body, "abcde");
  EXPECT_FALSE(reader.answer().keep_alive);
}

TEST(AnswerReader, refuses_what_our_server_never_says) {
  EXPECT_EQ(look("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 100 Continue\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"),
            Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
            Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\n folded: x\r\nContent-Length: 0\r\n\r\n"), Need::broken);
  EXPECT_EQ(look("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Need::broken);
  EXPECT_EQ(look(std::string(answer_head_limit + 1, 'A')), Need::broken);
}

TEST(ServerAddress, takes_https_with_a_host_and_maybe_a_port) {
  EXPECT_EQ(parse_server_address("https://127.0.0.1:8444"), (ServerAddress{"127.0.0.1", "8444"}));
  EXPECT_EQ(parse_server_address("https://kaiku.example.fi/"),
            (ServerAddress{"kaiku.example.fi", "443"}));
  auto const six = parse_server_address("https://[::1]:8444");
  ASSERT_TRUE(six.has_value());
  EXPECT_TRUE(six->is_ip());
  EXPECT_EQ(six->authority(), "[::1]:8444");
}

TEST(ServerAddress, refuses_everything_else) {
  for (char const* url : {"http://a", "https://", "https://a/b", "https://a:0", "https://a:70000",
                          "https://u@a", "https://a b", "https://[::1", "https://a:1:2", "a"}) {
    EXPECT_FALSE(parse_server_address(url)) << url;
  }
}

}  // namespace
}  // namespace kaiku::kiosk
