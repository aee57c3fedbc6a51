#include "schema/contract/journal_entry.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "schema/codec/cbor.hpp"
#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

JournalEntry entry_with(decltype(JournalEntry::what) what) {
  JournalEntry entry;
  entry.device = DeviceId{7};
  entry.sequence = 12;
  entry.previous = crypto::sha256(bytes_of("before"));
  entry.kiosk_time = Instant{1'795'000'000'123'456};
  entry.clock_difference_us = -2'500'000;
  entry.snapshot_sequence = 99;
  entry.what = std::move(what);
  return entry;
}

Attempt full_attempt() {
  return Attempt{
      .card_commitment = crypto::sha256(bytes_of("sealed card")),
      .sealed_card = {},
      .event = EventId{41},
      .kind = UseKind::admission,
      .tickets = {.adult = 1, .child = 2, .assistant = 1, .interpreter = 1, .companion = 1},
      .override = Override{Answer::already_used_here, "came_back"}};
}

// As kiosks wrote it before 2026-11-22: the sealed card in the entry itself.
Attempt old_attempt() {
  Attempt attempt = full_attempt();
  attempt.card_commitment.reset();
  attempt.sealed_card = Bytes(110, 0xab);
  return attempt;
}

AttemptHash an_attempt_hash() { return attempt_hash(crypto::sha256(bytes_of("an attempt"))); }

std::vector<JournalEntry> examples() {
  std::vector<JournalEntry> entries{
      entry_with(full_attempt()),
      entry_with(old_attempt()),
      entry_with(Attempt{}),
      entry_with(
          Outcome{.of = 11, .answer = Answer::ok_offline, .offline = true, .redemption = {}}),
      entry_with(Outcome{.of = 1, .answer = {}, .offline = false, .redemption = RedemptionId{5}}),
      entry_with(Undo{.void_of = 3, .reason = "väärä määrä"}),
      entry_with(Undo{.void_of = 3, .reason = "mistake", .void_hash = an_attempt_hash()}),
      entry_with(Resumed{.after = 10, .hash = crypto::sha256(bytes_of("ours")), .why = {}}),
      entry_with(Resumed{.after = 0, .hash = {}, .why = Resumed::Why::doubled}),
  };
  for (UseKind const kind : {UseKind::course, UseKind::season_pass}) {
    Attempt attempt = full_attempt();
    attempt.kind = kind;
    attempt.override.reset();
    entries.push_back(entry_with(attempt));
  }
  return entries;
}

TEST(JournalEntry, resumes_behind_an_entry_that_its_folder_does_not_have) {
  auto entry = entry_with(Resumed{.after = 10, .hash = {}, .why = Resumed::Why::restored});
  EXPECT_TRUE(decode_journal_entry(encode(entry)));
  entry.what = Resumed{.after = 11, .hash = {}, .why = Resumed::Why::restored};
  EXPECT_TRUE(decode_journal_entry(encode(entry))) << "both had eleven, and another eleventh";
  entry.what = Resumed{.after = 12, .hash = {}, .why = Resumed::Why::restored};
  EXPECT_FALSE(decode_journal_entry(encode(entry)));
  entry.sequence = 1;
  entry.what = Resumed{};
  EXPECT_FALSE(decode_journal_entry(encode(entry)));
}

// The items of an entry, each encoded, so that a test can replace one.
std::vector<Bytes> items_of(JournalEntry const& entry) {
  Bytes const payload = encode(entry);
  cbor::Reader reader(payload, payload.size());
  std::vector<Bytes> items;
  for (std::size_t left = reader.array().value(); left > 0; --left) {
    auto const item = reader.any().value();
    items.emplace_back(item.begin(), item.end());
  }
  return items;
}

Bytes from_items(std::vector<Bytes> const& items) {
  cbor::Writer writer;
  writer.array(items.size());
  for (Bytes const& item : items) writer.raw(item);
  return std::move(writer).finish();
}

TEST(JournalEntry, comes_back_from_its_encoding) {
  for (JournalEntry const& entry : examples()) {
    Bytes const payload = encode(entry);
    EXPECT_TRUE(cbor::validate(payload, cbor::ledger_entry_limit));
    auto const read = decode_journal_entry(payload);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, entry);
    EXPECT_EQ(encode(*read), payload);
  }
}

TEST(JournalEntry, has_one_encoding_that_does_not_change) {
  JournalEntry entry = entry_with(Undo{.void_of = 3, .reason = "typo"});
  entry.previous = {};
  EXPECT_EQ(to_hex(encode(entry)), "8901070c5820" + std::string(64, '0') +
                                       "1b0006608b01611240"
                                       "3a0026259f"
                                       "1863"
                                       "03"
                                       "8203647479706f");
}

TEST(JournalEntry, of_an_undo_names_the_attempt_by_its_hash_too) {
  JournalEntry entry = entry_with(Undo{.void_of = 3, .reason = "typo"});
  auto& undo = std::get<Undo>(entry.what);
  AttemptHash counted{};
  std::iota(counted.begin(), counted.end(), std::uint8_t{0});
  undo.void_hash = counted;
  auto const payload = to_hex(encode(entry));
  std::string const body = "8303647479706f50000102030405060708090a0b0c0d0e0f";
  EXPECT_EQ(payload.substr(payload.size() - body.size()), body);
}

TEST(JournalEntry, carries_the_hash_of_the_sealed_card_and_never_takes_it_for_a_card) {
  auto const commitment = full_attempt().card_commitment.value();
  auto const read = decode_journal_entry(encode(entry_with(full_attempt()))).value();
  EXPECT_EQ(std::get<Attempt>(read.what).card_commitment, commitment);
  EXPECT_TRUE(std::get<Attempt>(read.what).sealed_card.empty());
  // A sealed card is 94 bytes longer than the card: 32 bytes are never one.
  Attempt ambiguous = old_attempt();
  ambiguous.sealed_card.assign(commitment.begin(), commitment.end());
  EXPECT_EQ(encode(entry_with(ambiguous)), encode(entry_with(full_attempt())));
}

TEST(JournalEntry, is_read_with_every_answer_as_outcome_and_override) {
  for (std::size_t i = 0; i < answer_count; ++i) {
    auto const answer = static_cast<Answer>(i);
    auto const outcome =
        entry_with(Outcome{.of = 1, .answer = answer, .offline = true, .redemption = {}});
    EXPECT_EQ(decode_journal_entry(encode(outcome)).value(), outcome);
    Attempt attempt = full_attempt();
    attempt.override = Override{answer, "reason"};
    EXPECT_EQ(decode_journal_entry(encode(entry_with(attempt))).value(), entry_with(attempt));
  }
}

TEST(JournalEntry, verifies_with_the_key_of_its_device_alone) {
  auto const device = crypto::P256PrivateKey::generate();
  auto const other = crypto::P256PrivateKey::generate();
  for (JournalEntry const& entry : examples()) {
    Bytes const signed_entry = sign_journal_entry(entry, device);
    EXPECT_EQ(verify_journal_entry(signed_entry, device.public_key()).value(), entry);
    EXPECT_FALSE(verify_journal_entry(signed_entry, other.public_key()));
  }
}

TEST(JournalEntry, is_refused_with_any_byte_changed_or_cut) {
  auto const device = crypto::P256PrivateKey::generate();
  auto const key = device.public_key();
  Bytes const signed_entry = sign_journal_entry(entry_with(full_attempt()), device);
  for (std::size_t at = 0; at < signed_entry.size(); ++at) {
    Bytes changed = signed_entry;
    changed[at] ^= 0x01;
    EXPECT_FALSE(verify_journal_entry(changed, key)) << at;
    EXPECT_FALSE(verify_journal_entry(ByteView(signed_entry).first(at), key)) << at;
  }
}

TEST(JournalEntry, is_refused_under_a_foreign_key_id_even_with_a_good_signature) {
  auto const device = crypto::P256PrivateKey::generate();
  Bytes const payload = encode(entry_with(full_attempt()));
  EXPECT_FALSE(
      verify_journal_entry(cose::sign1_es256(device, Bytes(8, 1), payload), device.public_key()));
  EXPECT_TRUE(verify_journal_entry(cose::sign1_es256(device, device.public_key().key_id(), payload),
                                   device.public_key()));
}

struct BrokenRow {
  std::string_view name;
  std::size_t item;
  std::string_view replacement;
};
constexpr BrokenRow broken[] = {
    {"version 2", 0, "02"},
    {"version as text", 0, "6131"},
    {"device 0", 1, "00"},
    {"negative device", 1, "20"},
    {"sequence 0", 2, "00"},
    {"lowest sequence", 2, "3b7fffffffffffffff"},
    {"short previous hash", 3, "41aa"},
    {"no previous hash", 3, "f6"},
    {"time before 1970", 4, "20"},
    {"time after 2200", 4, "1b7fffffffffffffff"},
    {"clock difference that would overflow", 5, "3b7fffffffffffffff"},
    {"negative snapshot", 6, "20"},
    {"kind 0", 7, "00"},
    {"kind 4", 7, "04"},
    {"body of another kind", 7, "01"},
    {"body of four items", 8, "84036161f4f4"},
    {"undo of itself", 8, "820c6161"},
    {"undo of a later entry", 8, "820d6161"},
    {"undo of nothing", 8, "82006161"},
    {"undo without reason", 8, "8103"},
    {"undo with a reason that is null", 8, "8203f6"},
    {"undo of a short hash", 8, "8303616144aabbccdd"},
    {"undo of a hash that is null", 8, "83036161f6"},
};

TEST(JournalEntry, is_refused_with_a_field_of_a_wrong_form) {
  auto const good = items_of(entry_with(Undo{.void_of = 3, .reason = "a"}));
  ASSERT_TRUE(decode_journal_entry(from_items(good)));
  for (BrokenRow const& row : broken) {
    auto items = good;
    items[row.item] = from_hex(row.replacement).value();
    auto const read = decode_journal_entry(from_items(items));
    ASSERT_FALSE(read) << row.name;
    EXPECT_EQ(read.error().problem, Problem::unreadable) << row.name;
  }
}

TEST(JournalEntry, is_refused_with_wrong_contents_of_an_attempt_or_outcome) {
  auto attempt = items_of(entry_with(full_attempt()));
  auto outcome =
      items_of(entry_with(Outcome{.of = 3, .answer = {}, .offline = true, .redemption = {}}));
  auto const attempt_with = [&](std::string_view body) {
    attempt[8] = from_hex(body).value();
    return decode_journal_entry(from_items(attempt)).has_value();
  };
  auto const outcome_with = [&](std::string_view body) {
    outcome[8] = from_hex(body).value();
    return decode_journal_entry(from_items(outcome)).has_value();
  };
  EXPECT_TRUE(attempt_with("8540f666636f75727365850100000000f6"));
  EXPECT_FALSE(attempt_with("8540f666636f75727366850100000000f6")) << "not a kind of use";
  EXPECT_FALSE(
      attempt_with("8540006663"
                   "6f75727365850100000000f6"))
      << "event 0";
  EXPECT_FALSE(attempt_with("8540f666636f75727365852000000000f6")) << "minus one adult";
  EXPECT_FALSE(attempt_with("8540f666636f75727365851903e900000000f6")) << "1001 adults";
  EXPECT_FALSE(attempt_with("8540f666636f757273658401000000f6")) << "four ticket counts";
  EXPECT_FALSE(attempt_with("8540f666636f7572736585010000000082626f7a6161")) << "not an answer";
  EXPECT_TRUE(attempt_with("8540f666636f7572736585010000000082626f6b6161"));
  EXPECT_TRUE(outcome_with("8403f6f5f6"));
  EXPECT_FALSE(outcome_with("840cf6f5f6")) << "outcome of itself";
  EXPECT_FALSE(outcome_with("8403626f7af5f6")) << "not an answer";
  EXPECT_FALSE(outcome_with("8403f601f6")) << "offline as a number";
  EXPECT_FALSE(outcome_with("8403f6f500")) << "redemption 0";
}

TEST(JournalEntry, is_refused_when_cut_longer_or_too_large) {
  Bytes const payload = encode(entry_with(full_attempt()));
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(decode_journal_entry(ByteView(payload).first(size)));
  }
  Bytes longer = payload;
  longer.push_back(0xf6);
  EXPECT_FALSE(decode_journal_entry(longer));
  Attempt attempt = old_attempt();
  attempt.sealed_card.resize(2049);
  EXPECT_FALSE(decode_journal_entry(encode(entry_with(attempt))));
  attempt.sealed_card.resize(cbor::ledger_entry_limit);
  EXPECT_FALSE(decode_journal_entry(encode(entry_with(attempt))));
}

}  // namespace
}  // namespace kaiku::contract
