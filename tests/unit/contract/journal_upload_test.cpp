#include "schema/contract/journal_upload.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "schema/crypto/crypto.hpp"

namespace kaiku::contract {
namespace {

using nlohmann::json;

std::vector<std::string> faults_of(json const& value) {
  auto const read = read_journal_upload(value);
  if (read) return {};
  EXPECT_EQ(read.error().problem, Problem::validation_failed);
  std::vector<std::string> faults;
  for (auto const& fault : read.error().fields)
    faults.push_back(fault.pointer + " " + std::string(word_of(fault.code)));
  std::ranges::sort(faults);
  return faults;
}

std::vector<UploadedEntry> an_upload() {
  return {{Bytes{1, 2, 3}, Bytes(120, 7)}, {Bytes{4}, {}}, {Bytes(3000, 0xff), Bytes{9}}};
}

JournalReply a_reply() {
  JournalReply reply;
  for (auto const standing : {EntryStanding::stored, EntryStanding::repeated, EntryStanding::fork,
                              EntryStanding::quarantined, EntryStanding::refused}) {
    EntryReceipt receipt;
    receipt.sequence = static_cast<std::int64_t>(reply.entries.size());
    receipt.hash = crypto::sha256(bytes_of(word_of(standing)));
    receipt.standing = standing;
    reply.entries.push_back(receipt);
  }
  reply.entries[0].redemption = RedemptionId{41};
  reply.entries[0].verdict = "late_blocked";
  reply.entries[1].redemption = RedemptionId{42};
  reply.contiguous_to = 2;
  reply.gap_since = Instant{1'795'000'000'000'000};
  reply.server_time = Instant{1'795'000'000'123'456};
  return reply;
}

TEST(JournalUpload, comes_back_from_its_json) {
  EXPECT_EQ(read_journal_upload(to_json(an_upload())).value(), an_upload());
  auto const text = to_json(an_upload()).dump();
  EXPECT_EQ(read_journal_upload(json::parse(text)).value(), an_upload());
}

TEST(JournalUpload, leaves_out_the_card_that_is_not_sent) {
  auto const written = to_json(an_upload());
  EXPECT_TRUE(written.at("entries").at(0).contains("card"));
  EXPECT_FALSE(written.at("entries").at(1).contains("card"));
  auto with_null = written;
  with_null["entries"][1]["card"] = nullptr;
  EXPECT_EQ(read_journal_upload(with_null).value(), an_upload());
}

TEST(JournalUpload, has_one_to_two_hundred_entries) {
  json const one{{"entry", "AAAA"}};
  json list = json::array();
  EXPECT_EQ(faults_of({{"entries", list}}), std::vector<std::string>{"/entries out_of_range"});
  list = json::array_t(200, one);
  EXPECT_TRUE(faults_of({{"entries", list}}).empty());
  list.push_back(one);
  EXPECT_EQ(faults_of({{"entries", list}}), std::vector<std::string>{"/entries out_of_range"});
}

TEST(JournalUpload, gathers_the_faults_of_its_entries) {
  json value = json::parse(R"({"entries": [
    {"entry": "AAAA"}, {}, {"entry": "A"}, {"entry": 7}, {"entry": "AAAA", "card": "***"},
    {"entry": "AAAA", "code": "C0C3-FV5H-XX7N"}, "AAAA"], "device": 3})");
  std::vector<std::string> const expected{
      "/device unknown_field",       "/entries/1/entry required",  "/entries/2/entry not_base64",
      "/entries/3/entry wrong_type", "/entries/4/card not_base64", "/entries/5/code unknown_field",
      "/entries/6 wrong_type"};
  EXPECT_EQ(faults_of(value), expected);
  EXPECT_EQ(faults_of(json::object()), std::vector<std::string>{"/entries required"});
  EXPECT_EQ(faults_of({{"entries", "AAAA"}}), std::vector<std::string>{"/entries wrong_type"});
  EXPECT_FALSE(faults_of(json::array()).empty());
}

TEST(JournalReply, comes_back_from_its_json) {
  EXPECT_EQ(read_journal_reply(to_json(a_reply())).value(), a_reply());
  auto closed = a_reply();
  closed.gap_since.reset();
  EXPECT_EQ(read_journal_reply(to_json(closed)).value(), closed);
}

TEST(JournalReply, is_understood_with_members_of_a_newer_server) {
  auto value = to_json(a_reply());
  value["advice"] = "later";
  value["entries"][0]["colour"] = "blue";
  EXPECT_EQ(read_journal_reply(value).value(), a_reply());
}

TEST(JournalReply, is_refused_without_what_a_kiosk_needs) {
  for (auto const* member : {"entries", "contiguous_to", "server_time"}) {
    auto value = to_json(a_reply());
    value.erase(member);
    EXPECT_FALSE(read_journal_reply(value)) << member;
  }
  for (auto const& [member, wrong] :
       {std::pair<char const*, json>{"standing", "lost"}, {"hash", "abcd"}, {"sequence", -1}}) {
    auto value = to_json(a_reply());
    value["entries"][0][member] = wrong;
    EXPECT_FALSE(read_journal_reply(value)) << member;
  }
}

TEST(EntryStanding, has_a_word_each_that_comes_back) {
  for (int at = 0; at < 5; ++at) {
    auto const standing = static_cast<EntryStanding>(at);
    EXPECT_EQ(entry_standing_from(word_of(standing)), standing);
  }
  EXPECT_EQ(entry_standing_from("kept"), std::nullopt);
}

}  // namespace
}  // namespace kaiku::contract
