#include "schema/contract/venue_snapshot.hpp"

#include <gtest/gtest.h>

namespace kaiku::contract {
namespace {

constexpr Instant made_at{1'795'334'400'000'000};

class VenueSnapshot : public ::testing::Test {
 protected:
  KeyList list_of(std::int64_t version) const {
    KeyList list;
    list.version = version;
    auto const snapshot = snapshot_.public_key().raw();
    auto const card = card_.public_key().raw();
    auto const sealing = sealing_.public_key().point();
    list.keys = {
        {KeyUse::card, Bytes(card.begin(), card.end()), Instant{5}, std::nullopt},
        {KeyUse::snapshot, Bytes(snapshot.begin(), snapshot.end()), Instant{0}, made_at + 1},
        {KeyUse::sealing, Bytes(sealing.begin(), sealing.end()), Instant{0}, std::nullopt}};
    list.stretches = {ListedStretch::of({1, row_cost}), {3, "of a later day", {7}}};
    return list;
  }
  VenuePart part() const {
    VenuePart part;
    part.device = DeviceId{12};
    part.venue = VenueId{7};
    part.name = "Kaupunginteatteri";
    part.area = AreaId{"ETELA"};
    part.policy = {16, false, true, false, true, 3, 100, 200};
    part.limit = UseLimit{2, LimitPeriod::month};
    part.sequence = 900;
    part.epoch = 2;
    part.issued_at = made_at;
    part.day = helsinki_day(made_at);
    SnapshotEvent event;
    event.id = EventId{70};
    event.version = 33;
    event.title = {"Pieni merenneito", "Den lilla sjöjungfrun", ""};
    event.starts_at = made_at + hour_us;
    event.ends_at = made_at + 3 * hour_us;
    event.kind = UseKind::course;
    event.capacity = 200;
    event.quota = 20;
    event.used_elsewhere = 6;
    event.limit = UseLimit{1, LimitPeriod::event};
    event.children_allowed = false;
    auto with_message = event;
    with_message.id = EventId{71};
    with_message.message = Title{"Ranneke tiskiltä 2", "", "Wristband from desk 2"};
    part.events = {event, with_message};
    part.uses = {{0xFEDC'BA98'7654'3210ULL, EventId{70}, 1, 2, true, made_at},
                 {5, std::nullopt, 1, 0, true, made_at}};
    part.tickets_elsewhere_today = 9;
    part.children_elsewhere_today = 4;
    part.override_reasons = {"left_and_returned", "known_here"};
    part.undo_reasons = {"mistake"};
    part.key_list = sign_key_list(list_of(3), root_);
    return part;
  }

  crypto::Ed25519PrivateKey root_ = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 1));
  crypto::Ed25519PrivateKey snapshot_ = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 2));
  crypto::Ed25519PrivateKey card_ = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 3));
  crypto::P256PrivateKey sealing_ = crypto::P256PrivateKey::generate();
};

TEST_F(VenueSnapshot, says_only_where_it_is_so_that_old_data_cannot_be_overruled) {
  auto plain = part();
  plain.policy.stale_may_be_overruled = true;
  auto strict = plain;
  strict.policy.stale_may_be_overruled = false;
  auto const signed_plain = sign_venue_part(plain, snapshot_);
  auto const signed_strict = sign_venue_part(strict, snapshot_);
  EXPECT_EQ(signed_strict.size(), signed_plain.size() + 1) << "older doors read what they know";
  EXPECT_EQ(open_venue_part(signed_plain, root_.public_key(), 3)->part, plain);
  EXPECT_EQ(open_venue_part(signed_strict, root_.public_key(), 3)->part, strict);
}

TEST_F(VenueSnapshot, comes_back_with_its_keys) {
  auto const opened = open_venue_part(sign_venue_part(part(), snapshot_), root_.public_key(), 3);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->part, part());
  EXPECT_EQ(opened->keys, list_of(3));
  EXPECT_EQ(opened->keys.keys_for(KeyUse::card, made_at).size(), 1u);
  ASSERT_TRUE(opened->keys.sealing_key(made_at));
  EXPECT_EQ(opened->keys.sealing_key(made_at)->point(), sealing_.public_key().point());
}

TEST_F(VenueSnapshot, refuses_another_root_and_an_older_key_list) {
  auto const good = sign_venue_part(part(), snapshot_);
  EXPECT_FALSE(open_venue_part(good, card_.public_key(), 0));
  EXPECT_FALSE(open_venue_part(good, root_.public_key(), 4));
  EXPECT_TRUE(open_venue_part(good, root_.public_key(), 0));
}

TEST_F(VenueSnapshot, refuses_a_signature_of_a_key_that_is_not_in_its_list) {
  EXPECT_FALSE(open_venue_part(sign_venue_part(part(), card_), root_.public_key(), 0));
  auto late = part();
  late.issued_at = made_at + 1;  // the snapshot key ends then
  EXPECT_FALSE(open_venue_part(sign_venue_part(late, snapshot_), root_.public_key(), 0));
}

TEST_F(VenueSnapshot, refuses_every_changed_byte_and_every_cut) {
  auto const good = sign_venue_part(part(), snapshot_);
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] ^= 1;
    EXPECT_FALSE(open_venue_part(bad, root_.public_key(), 0)) << "byte " << i;
    EXPECT_FALSE(open_venue_part(ByteView(good).first(i), root_.public_key(), 0)) << "cut " << i;
  }
}

TEST_F(VenueSnapshot, a_title_falls_back_to_the_next_language) {
  Title const title{"", "Pjäs", "Play"};
  EXPECT_EQ(title.in(Language::fi), "Pjäs");
  EXPECT_EQ(title.in(Language::en), "Play");
}

TEST_F(VenueSnapshot, a_key_list_names_how_codes_are_stretched_with_numbers_that_rise) {
  auto list = list_of(1);
  auto const reopened = [&] {
    return open_key_list(sign_key_list(list, root_), root_.public_key());
  };
  EXPECT_EQ(reopened().value().stretches.at(0), (ListedStretch{1, "scrypt", {8192, 8, 1}}));
  EXPECT_EQ(reopened().value().stretch(1).value(), (Stretch{1, row_cost}));
  EXPECT_EQ(reopened().value().stretch(2).error().problem, Problem::unreadable);
  EXPECT_EQ(reopened().value().stretch(3).error().problem, Problem::unreadable);
  for (std::int64_t const number : {1, 0, -1}) {
    list.stretches.at(1).number = number;
    EXPECT_FALSE(reopened()) << number;
  }
}

TEST_F(VenueSnapshot, a_key_list_refuses_a_changed_byte) {
  auto const good = sign_key_list(list_of(1), root_);
  ASSERT_TRUE(open_key_list(good, root_.public_key()));
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] ^= 0x80;
    EXPECT_FALSE(open_key_list(bad, root_.public_key())) << "byte " << i;
  }
}

}  // namespace
}  // namespace kaiku::contract
