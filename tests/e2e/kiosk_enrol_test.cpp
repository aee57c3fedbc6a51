// Enrolment and status of the real kaiku-kiosk; whom it trusts and whom it does not.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/kiosk_program.hpp"
#include "tests/support/kiosk_peer.hpp"

namespace kaiku::kiosk_tests {
namespace {

using nlohmann::json;

class KioskEnrol : public ::testing::Test {
 protected:
  Finished enrol(std::string const& code, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"enrol", peer.url(), code};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return kiosk.run(arguments);
  }
  std::string code() const { return KioskPeer::enrolment_code; }
  std::string key_file() const {
    std::ifstream file(kiosk.directory() + "/device.key", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  KioskPeer peer;
  KioskProgram kiosk;
};

TEST_F(KioskEnrol, with_the_ca_stores_a_key_that_only_its_owner_reads) {
  auto const ca = kiosk.write_file("ca", peer.ca_pem());
  auto const done = enrol("kaiku-aaaa-bbbb-cccc-dddd", {"--ca", ca});
  ASSERT_EQ(done.exit_code, 0) << done.errors;
  EXPECT_NE(done.output.find("Uimahalli Näsi"), std::string::npos);
  struct stat status {};
  ASSERT_EQ(::stat((kiosk.directory() + "/device.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(KioskEnrol, with_the_fingerprint_needs_no_ca) {
  auto const done = enrol(code() + "." + peer.ca_fingerprint());
  EXPECT_EQ(done.exit_code, 0) << done.errors;
}

TEST_F(KioskEnrol, with_another_fingerprint_stores_nothing) {
  auto const done = enrol(code() + "." + std::string(64, '0'));
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_NE(done.errors.find("not the server"), std::string::npos) << done.errors;
  EXPECT_EQ(kiosk.run({"status"}).exit_code, 3);
}

TEST_F(KioskEnrol, without_ca_fingerprint_or_terminal_is_a_usage_fault_and_sends_nothing) {
  auto const done = enrol(code());
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_NE(done.errors.find("--ca FILE"), std::string::npos);
  EXPECT_TRUE(peer.seen().empty());
}

TEST_F(KioskEnrol, refuses_a_server_of_another_ca) {
  KioskPeer const other;
  auto const done = enrol(code(), {"--ca", kiosk.write_file("ca", other.ca_pem())});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_NE(done.errors.find("not trusted"), std::string::npos) << done.errors;
  EXPECT_TRUE(peer.seen().empty()) << "the code was sent to a server that is not trusted";
}

TEST_F(KioskEnrol, refuses_a_certificate_of_another_name) {
  auto const url = "https://localhost:" + peer.url().substr(peer.url().rfind(':') + 1);
  auto const done =
      kiosk.run({"enrol", url, code(), "--ca", kiosk.write_file("ca", peer.ca_pem())});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_NE(done.errors.find("not trusted"), std::string::npos) << done.errors;
}

TEST_F(KioskEnrol, says_what_to_do_about_a_wrong_code) {
  auto const ca = kiosk.write_file("ca", peer.ca_pem());
  auto const done = enrol("ZZZZ-ZZZZ-ZZZZ-ZZZZ", {"--ca", ca});
  EXPECT_EQ(done.exit_code, 3);
  EXPECT_NE(done.errors.find("Ask the coordinator for a new one"), std::string::npos);
  EXPECT_EQ(enrol("ZZZZ", {"--ca", ca}).exit_code, 2);
  EXPECT_EQ(kiosk.run({"enrol", "http://127.0.0.1", code(), "--ca", ca}).exit_code, 2);
}

TEST_F(KioskEnrol, joins_again_as_the_same_device_and_keeps_its_journal) {
  auto const ca = kiosk.write_file("ca", peer.ca_pem());
  ASSERT_EQ(enrol(code(), {"--ca", ca}).exit_code, 0);
  auto const card = peer.add_card(0);
  auto const key = key_file();
  peer.go_dark(true);
  ASSERT_EQ(kiosk.run({"lines"}, card + "\n").exit_code, 0);
  peer.go_dark(false);
  auto const again = enrol(code(), {"--ca", ca});
  EXPECT_EQ(again.exit_code, 0) << again.errors;
  EXPECT_EQ(key_file(), key);
  auto const told = json::parse(kiosk.run({"status", "--json"}).output);
  EXPECT_EQ(told.at("journal").at("sequence"), 2);
}

TEST_F(KioskEnrol, refuses_to_join_another_installation_in_the_same_folder) {
  ASSERT_EQ(enrol(code() + "." + peer.ca_fingerprint()).exit_code, 0);
  auto const before = kiosk.run({"status", "--json"});
  KioskPeer other;
  auto const again =
      kiosk.run({"enrol", other.url(), code(), "--ca", kiosk.write_file("o", other.ca_pem())});
  EXPECT_EQ(again.exit_code, 3);
  EXPECT_NE(again.errors.find("another folder"), std::string::npos) << again.errors;
  EXPECT_EQ(json::parse(kiosk.run({"status", "--json"}).output).at("server"), peer.url());
}

TEST_F(KioskEnrol, status_tells_how_the_kiosk_stands) {
  ASSERT_EQ(enrol(code() + "." + peer.ca_fingerprint()).exit_code, 0);
  auto const good = kiosk.run({"status", "--json"});
  EXPECT_EQ(good.exit_code, 0) << good.errors;
  auto const told = json::parse(good.output);
  EXPECT_EQ(told.at("needs"), json::array());
  EXPECT_EQ(told.at("quarantined"), 0);
  EXPECT_EQ(told.at("disk").at("is_full"), false);
  EXPECT_EQ(told.at("server"), peer.url());
  EXPECT_EQ(told.at("reachable"), true);
  EXPECT_EQ(told.at("device_id"), 7000);
  EXPECT_EQ(told.at("venue").at("name"), "Uimahalli Näsi");
  EXPECT_EQ(told.at("queue"), 0);
  EXPECT_EQ(told.at("journal").at("sequence"), 0);
  EXPECT_LT(std::abs(told.at("clock_difference_us").get<long>()), 5'000'000);
  peer.go_dark(true);
  auto const dark = kiosk.run({"status", "--json"});
  EXPECT_EQ(dark.exit_code, 1);
  EXPECT_EQ(json::parse(dark.output).at("reachable"), false);
  EXPECT_EQ(json::parse(dark.output).at("needs"), json::array({"unreachable"}));
}

TEST_F(KioskEnrol, a_wrong_command_is_a_usage_fault) {
  EXPECT_EQ(kiosk.run({"dance"}).exit_code, 2);
  EXPECT_EQ(kiosk.run({"version"}).exit_code, 0);
  EXPECT_EQ(kiosk.run({"--help"}).exit_code, 0);
}

}  // namespace
}  // namespace kaiku::kiosk_tests
