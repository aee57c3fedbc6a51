#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "kiosk/link/contact.hpp"
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

TEST(AnswerReader, keeps_what_the_server_says_to_doors_whatever_the_case_of_its_name) {
  AnswerReader reader;
  ASSERT_EQ(reader.look("HTTP/1.1 200 OK\r\nKAIKU-JOURNAL: highest=1\r\nkaiku-leaf: 0a\r\n"
                        "Kaiku-Door-Address: https://a\r\nContent-Length: 0\r\n\r\n"),
            Need::nothing);
  EXPECT_EQ(reader.answer().journal, "highest=1");
  EXPECT_EQ(reader.answer().leaf, "0a");
  EXPECT_EQ(reader.answer().address, "https://a");
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

TEST(Contact, is_online_from_the_first_answer_until_the_first_loss) {
  Contact contact;
  EXPECT_FALSE(contact.online());
  contact.heard(Instant{5});
  EXPECT_TRUE(contact.online());
  contact.lost("no answer in time");
  contact.lost("no answer in time");
  auto const standing = contact.standing();
  EXPECT_FALSE(standing.online);
  EXPECT_EQ(standing.failed_tries, 2);
  EXPECT_EQ(standing.last_failure, "no answer in time");
  EXPECT_EQ(standing.last_contact, Instant{5});
  contact.heard(Instant{9});
  EXPECT_EQ(contact.standing().failed_tries, 0);
}

TEST(Contact, rests_until_it_is_woken_and_not_a_moment_longer_when_stopped) {
  Contact contact;
  contact.wake();
  EXPECT_FALSE(contact.rest(hour_us)) << "woken before it lay down";
  EXPECT_FALSE(contact.rest(0));
  std::thread waker([&] { contact.lost("cut"); });
  EXPECT_FALSE(contact.rest(hour_us));
  waker.join();
  contact.stop();
  EXPECT_TRUE(contact.rest(hour_us));
}

TEST(Contact, waits_for_the_first_exchange_whichever_way_it_ends) {
  Contact contact;
  contact.recall(Instant{1}, Instant{2}, Trouble::revoked);
  contact.wait_for_first(1'000);
  EXPECT_FALSE(contact.online());
  contact.lost("refused");
  contact.wait_for_first(hour_us);
  EXPECT_EQ(contact.standing().trouble, Trouble::revoked);
}

TEST(Trouble, has_a_word_that_finds_it_again) {
  for (auto const trouble : {Trouble::none, Trouble::revoked, Trouble::certificate_expired,
                             Trouble::not_enrolled, Trouble::has_to_join_again}) {
    EXPECT_EQ(trouble_from(stored_word(trouble)), trouble);
  }
  EXPECT_EQ(trouble_from("something else"), Trouble::none);
}

// A server that takes a connection and never says anything: the kernel alone.
class DeafServer {
 public:
  DeafServer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    [[maybe_unused]] auto const bound =
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket_, 4);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~DeafServer() { ::close(socket_); }
  ServerAddress address() const { return {"127.0.0.1", std::to_string(port_)}; }

 private:
  int socket_;
  int port_ = 0;
};

std::shared_ptr<Credentials> careless_credentials(ServerAddress const& server) {
  TlsTrust trust;
  trust.unverified = true;
  return std::make_shared<Credentials>(TlsContext(trust), server);
}

TEST(HttpClient, gives_a_silent_server_the_time_of_the_call_and_no_more) {
  DeafServer const server;
  HttpClient client(careless_credentials(server.address()), HttpClient::Names::known_only);
  auto const began = std::chrono::steady_clock::now();
  auto const answer = client.request({"GET", "/"}, std::chrono::milliseconds(300));
  auto const took = std::chrono::steady_clock::now() - began;
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().fault, LinkFault::timed_out);
  EXPECT_GE(took, std::chrono::milliseconds(300));
  EXPECT_LT(took, std::chrono::milliseconds(1'000));
}

TEST(HttpClient, stops_at_once_when_the_program_does) {
  DeafServer const server;
  auto const credentials = careless_credentials(server.address());
  HttpClient client(credentials, HttpClient::Names::known_only);
  credentials->interrupt().ring();
  auto const began = std::chrono::steady_clock::now();
  EXPECT_FALSE(client.request({"GET", "/"}, std::chrono::milliseconds(60'000)));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(5'000));
}

TEST(HttpClient, of_the_door_never_looks_a_name_up) {
  auto const credentials = careless_credentials({"localhost", "1"});
  HttpClient door(credentials, HttpClient::Names::known_only);
  auto const unknown = door.request({"GET", "/"}, std::chrono::milliseconds(300));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fault, LinkFault::no_address);
  HttpClient sync(credentials, HttpClient::Names::resolves);
  EXPECT_EQ(sync.request({"GET", "/"}, std::chrono::milliseconds(300)).error().fault,
            LinkFault::no_route);
  EXPECT_EQ(door.request({"GET", "/"}, std::chrono::milliseconds(300)).error().fault,
            LinkFault::no_route)
      << "what the sync has resolved serves the door";
}

TEST(TlsContext, judges_certificates_by_the_later_of_clock_and_what_the_server_signed) {
  TlsTrust trust;
  trust.unverified = true;
  auto const now_s = SystemClock().now().us / second_us;
  EXPECT_NEAR(static_cast<double>(TlsContext(trust).judged_at_s()), static_cast<double>(now_s), 5);
  trust.not_before = Instant{(now_s + 400 * 86'400) * second_us};
  EXPECT_GE(TlsContext(trust).judged_at_s(), now_s + 400 * 86'400);
  trust.not_before = Instant{(now_s - 400 * 86'400) * second_us};
  EXPECT_GE(TlsContext(trust).judged_at_s(), now_s);
}

}  // namespace
}  // namespace kaiku::kiosk
