#include <gtest/gtest.h>

#include <ctime>

#include "tests/integration/http/test_server.hpp"

namespace kaiku::test {
namespace {

class Tls : public testing::Test {
 protected:
  // True when neither the handshake nor a request gets through.
  bool refused(std::uint16_t port, ClientOptions const& options) {
    try {
      TlsClient client(port, options);
      client.get("/mine");  // under TLS 1.3 the refusal comes after the client's handshake
      return false;
    } catch (ClientTimeout const&) {
      ADD_FAILURE() << "silence instead of a refusal";
      return false;
    } catch (std::runtime_error const&) {
      return true;
    }
  }
  TestServer server_;
};

TEST_F(Tls, speaks_1_3_and_1_2_with_forward_secrecy_and_aead) {
  for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    auto options = server_.client();
    options.least_version = version;
    options.most_version = version;
    TlsClient client(server_.port(), options);
    EXPECT_EQ(client.get("/hello").status, 200);
  }
  for (std::string const suite : {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                                  "ECDHE-ECDSA-CHACHA20-POLY1305"}) {
    auto options = server_.client();
    options.most_version = TLS1_2_VERSION;
    options.cipher_list = suite;
    EXPECT_NO_THROW(TlsClient(server_.port(), options)) << suite;
  }
}

TEST_F(Tls, refuses_1_1_and_older) {
  for (int const version : {TLS1_VERSION, TLS1_1_VERSION}) {
    auto options = server_.client();
    options.weak_allowed = true;
    options.cipher_list = "ALL:@SECLEVEL=0";
    options.least_version = version;
    options.most_version = version;
    EXPECT_TRUE(refused(server_.port(), options)) << version;
  }
}

TEST_F(Tls, refuses_cbc_and_key_transport) {
  for (std::string const suite :
       {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-SHA",
        "ECDHE-ECDSA-AES128-CCM", "ECDHE-RSA-AES128-SHA", "AES128-GCM-SHA256", "AES256-SHA256"}) {
    auto options = server_.client();
    options.weak_allowed = true;
    options.most_version = TLS1_2_VERSION;
    options.cipher_list = suite;
    EXPECT_TRUE(refused(server_.port(), options)) << suite;
  }
}

TEST_F(Tls, agrees_on_http_1_1_and_refuses_a_client_that_knows_only_other_protocols) {
  auto options = server_.client();
  options.protocol = "http/1.1";
  TlsClient client(server_.port(), options);
  unsigned char const* chosen = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(client.native(), &chosen, &length);
  EXPECT_EQ(std::string(chosen, chosen + length), "http/1.1");
  options.protocol = "h2";
  EXPECT_TRUE(refused(server_.port(), options));
}

TEST_F(Tls, asks_no_certificate_of_everybody) {
  TlsClient client(server_.port(), server_.client());
  EXPECT_EQ(client.get("/hello").status, 200);
}

TEST_F(Tls, shows_the_application_a_devices_key_and_its_end_date) {
  CertificateMaker::Wish const wish{"door-7", true, -3600, 86'400};
  auto const files = server_.door_authority().issue(wish);
  TlsClient client(server_.device_port(), server_.device_client(files));
  auto const answer = client.get("/mine");
  EXPECT_EQ(answer.status, 200);
  auto const size = answer.body.substr(0, answer.body.find(' '));
  EXPECT_EQ(size, "91") << "a P-256 SubjectPublicKeyInfo";
  auto const end = std::stoll(answer.body.substr(size.size()));
  EXPECT_NEAR(static_cast<double>(end), static_cast<double>(std::time(nullptr) + 86'400), 60);
  EXPECT_EQ(client.get("/mine").body, answer.body);
}

TEST_F(Tls, refuses_a_device_without_a_certificate) {
  EXPECT_TRUE(refused(server_.device_port(), server_.client()));
}

TEST_F(Tls, refuses_a_device_of_another_authority) {
  CertificateMaker const stranger(server_.folder(), "stranger-ca");
  auto const files = stranger.issue({"stranger", true});
  EXPECT_TRUE(refused(server_.device_port(), server_.device_client(files)));
}

TEST_F(Tls, refuses_another_authority_of_the_same_name) {
  TemporaryFolder const elsewhere;
  CertificateMaker const impostor(elsewhere, "door-ca");
  auto const files = impostor.issue({"impostor", true});
  EXPECT_TRUE(refused(server_.device_port(), server_.device_client(files)));
}

TEST_F(Tls, lets_an_expired_device_through_and_says_so) {
  auto const files = server_.door_authority().issue({"old-door", true, -86'400, -3600});
  TlsClient client(server_.device_port(), server_.device_client(files));
  auto const body = client.get("/mine").body;
  EXPECT_LT(std::stoll(body.substr(body.find(' '))), std::time(nullptr));
}

TEST_F(Tls, refuses_an_expired_device_of_another_authority) {
  CertificateMaker const stranger(server_.folder(), "stranger-ca");
  auto const files = stranger.issue({"old-stranger", true, -86'400, -3600});
  EXPECT_TRUE(refused(server_.device_port(), server_.device_client(files)));
}

TEST_F(Tls, refuses_a_device_whose_time_has_not_come_and_a_server_certificate) {
  auto const early = server_.door_authority().issue({"early", true, 3600, 86'400});
  EXPECT_TRUE(refused(server_.device_port(), server_.device_client(early)));
  auto const server = server_.door_authority().issue({"not-a-device", false});
  EXPECT_TRUE(refused(server_.device_port(), server_.device_client(server)));
}

TEST_F(Tls, a_bad_key_or_certificate_at_the_start_names_the_file) {
  telemetry::Metrics metrics;
  telemetry::Log log(-1);
  http::ServerSettings settings;
  settings.port = 0;
  settings.tls = {"/nowhere/server.pem", "/nowhere/server.key", ""};
  try {
    http::Server const server(settings, http::Application{}, metrics, log);
    FAIL() << "started without a certificate";
  } catch (std::runtime_error const& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/server.pem"), std::string::npos);
  }
}

}  // namespace
}  // namespace kaiku::test
