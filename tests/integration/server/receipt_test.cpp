// `receipt verify` says in words what a file is, whatever stands in it.
#include <fstream>

#include "server/commands/command.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

class ReceiptCommand : public ServerTest {
 protected:
  int verify_text(std::string const& text) {
    auto const file = folder().file("receipt.json");
    std::ofstream(file) << text;
    return verify_file(file);
  }
  int verify_file(std::string const& file) {
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    auto const code = commands::receipt_verify({}, file);
    said_ = testing::internal::GetCapturedStdout() + testing::internal::GetCapturedStderr();
    return code;
  }
  std::string said_;
};

TEST_F(ReceiptCommand, tells_a_whole_receipt_from_a_changed_one) {
  auto const answer = redeem(registered(1), net.pool).body;
  EXPECT_EQ(verify_text(answer.dump()), commands::good) << said_;
  auto receipt = answer.at("receipt");
  EXPECT_EQ(verify_text(receipt.dump()), commands::good) << said_;
  receipt["sequence"] = receipt.at("sequence").get<int>() + 1;
  EXPECT_EQ(verify_text(receipt.dump()), commands::found_something);
}

TEST_F(ReceiptCommand, says_what_is_wrong_with_what_is_no_receipt) {
  auto const receipt = redeem(registered(1), net.pool).body.at("receipt");
  auto const with = [&](char const* member, Json const& value) {
    auto changed = receipt;
    changed[member] = value;
    return changed.dump();
  };
  for (auto const& text : {with("entry", 1), with("entry", nullptr), with("sequence", "5"),
                           with("sequence", nullptr), with("sequence", 1.5),
                           with("leaf_hash", Json::array()), std::string("[]"), std::string("null"),
                           std::string("{\"receipt\":7}"), std::string("no JSON"), std::string()}) {
    EXPECT_EQ(verify_text(text), commands::wrong_usage) << text;
    EXPECT_NE(said_.find("not the JSON of a receipt"), std::string::npos) << said_;
  }
  for (auto const& text : {with("entry", "!"), with("entry", ""), with("entry", "AAAA"),
                           with("leaf_hash", "zz"), with("leaf_hash", "00")}) {
    EXPECT_EQ(verify_text(text), commands::found_something) << text;
    EXPECT_NE(said_.find("does NOT fit"), std::string::npos) << said_;
  }
  EXPECT_EQ(verify_file(folder().file("nowhere")), commands::wrong_usage);
  EXPECT_NE(said_.find("cannot be read"), std::string::npos) << said_;
}

// A reader that takes the last of two, or passes over what it does not know, vouches for a text
// that somebody else reads otherwise.
TEST_F(ReceiptCommand, refuses_a_member_that_is_foreign_or_stands_twice) {
  auto const answer = redeem(registered(1), net.pool).body;
  auto foreign = answer;
  foreign["receipt"]["colour"] = "red";
  EXPECT_EQ(verify_text(foreign.dump()), commands::wrong_usage);
  EXPECT_NE(said_.find("/receipt/colour is no member of a receipt."), std::string::npos) << said_;
  EXPECT_EQ(verify_text(foreign.at("receipt").dump()), commands::wrong_usage);
  EXPECT_NE(said_.find("  /colour is no member of a receipt."), std::string::npos) << said_;
  auto twice = answer.at("receipt").dump();
  twice.insert(1, "\"sequence\":1,");
  EXPECT_EQ(verify_text(twice), commands::wrong_usage);
  EXPECT_NE(said_.find("A member name stands twice in one object."), std::string::npos) << said_;
  auto newer = answer;
  newer["colour"] = "red";
  EXPECT_EQ(verify_text(newer.dump()), commands::good) << "beside the receipt: " << said_;
}

}  // namespace
}  // namespace kaiku::test
