#include "schema/contract/cards_snapshot.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "schema/codec/cose.hpp"

namespace kaiku::contract {
namespace {

constexpr Instant made_at{1'795'334'400'000'000};  // 22.11.2026

class CardsSnapshot : public ::testing::Test {
 protected:
  CardsSnapshot() {
    keys_.version = 1;
    auto const raw = key_.public_key().raw();
    keys_.keys = {{KeyUse::snapshot, Bytes(raw.begin(), raw.end()), Instant{0}, std::nullopt}};
    keys_.stretches = {ListedStretch::of(stretch_)};
  }

  RowHash any_hash() {
    auto const bytes = random_.bytes<8>();
    RowHash hash = 0;
    for (auto const byte : bytes) hash = (hash << 8) | byte;
    return hash;
  }
  int below(int bound) { return static_cast<int>(any_hash() % static_cast<unsigned>(bound)); }

  CardRow any_row() {
    CardRow row;
    row.hash = any_hash();
    row.state = static_cast<StoredState>(1 + below(4));
    row.kind = below(20) == 0 ? CardKind::community : CardKind::personal;
    row.last_valid = helsinki_day(made_at) + below(700) + -200;
    if (below(30) == 0) row.first_valid = helsinki_day(made_at) + 1 + below(30);
    row.child_limit = below(40) == 0 ? 15 + below(5) : below(6);
    if (row.kind == CardKind::community) row.child_limit = 0;
    if (row.kind == CardKind::community) row.community_ceiling = 2 + below(20);
    row.home = static_cast<std::uint8_t>(below(3));
    return row;
  }
  CardsPart part_with(std::map<RowHash, CardRow> const& rows) {
    CardsPart part;
    part.row_key = {3, random_.bytes<32>(), {}, stretch_};
    part.sequence = 1000;
    part.issued_at = made_at;
    part.local_only_areas = {AreaId{"ETELA"}, AreaId{"POHJOLA"}};
    for (auto const& [hash, row] : rows) part.rows.push_back(row);
    return part;
  }
  std::map<RowHash, CardRow> any_rows(int count) {
    std::map<RowHash, CardRow> rows;
    while (static_cast<int>(rows.size()) < count) {
      auto const row = any_row();
      rows[row.hash] = row;
    }
    return rows;
  }
  Result<CardsPart> reopened(CardsPart const& part) {
    return open_cards_part(sign_cards_part(part, key_), keys_, made_at);
  }
  static void expect_same_card(CardTable const& table, CardRow const& row) {
    auto const facts = table.find(row.hash);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->state, row.state);
    EXPECT_EQ(facts->kind, row.kind);
    EXPECT_EQ(facts->first_valid, row.first_valid);
    EXPECT_EQ(facts->last_valid, row.last_valid);
    EXPECT_EQ(facts->child_limit, row.child_limit);
    EXPECT_EQ(facts->community_ceiling, row.community_ceiling);
    constexpr std::array homes{"", "ETELA", "POHJOLA"};
    EXPECT_EQ(facts->home_area, AreaId{homes.at(row.home)});
    EXPECT_EQ(facts->home_area_is_local_only, row.home > 0);
  }

  Stretch stretch_{4, {1024, 8, 1}};
  SeededRandom random_{11};
  crypto::Ed25519PrivateKey key_ = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 7));
  KeyList keys_;
};

TEST_F(CardsSnapshot, comes_back_as_it_was_signed) {
  auto part = part_with(any_rows(500));
  part.voids = {{42, 1, 60}, {43, 7, 7}};
  part.dead = DeadSet::for_count(2);
  part.dead.add(1);
  part.dead.add(2);
  auto const opened = reopened(part);
  ASSERT_TRUE(opened);
  EXPECT_EQ(*opened, part);
}

TEST_F(CardsSnapshot, is_read_with_the_stretch_of_its_number_among_those_of_the_key_list) {
  Stretch const dearer{5, {2048, 8, 2}};
  keys_.stretches.push_back(ListedStretch::of(dearer));
  auto part = part_with({});
  EXPECT_EQ(reopened(part).value().row_key.stretch, stretch_);
  part.row_key.stretch = dearer;
  EXPECT_EQ(reopened(part).value().row_key.stretch, dearer);
}

TEST_F(CardsSnapshot, is_unreadable_when_its_stretch_is_not_listed_or_not_known) {
  auto part = part_with({});
  part.row_key.stretch.number = 7;
  auto const refused_with = [&](std::vector<ListedStretch> const& listed) {
    keys_.stretches = listed;
    auto const read = reopened(part);
    return read ? "" : read.error().detail;
  };
  EXPECT_EQ(refused_with({}), "the key list does not say how codes are hashed");
  EXPECT_EQ(refused_with({{7, "argon2id", {1, 65536, 1}}}),
            "codes are hashed by an algorithm that this program does not know");
  for (auto const& parameters :
       std::vector<std::vector<std::int64_t>>{{},
                                              {8192, 8},
                                              {8192, 8, 1, 1},
                                              {8191, 8, 1},
                                              {131072, 8, 1},
                                              {8192, 0, 1},
                                              {std::int64_t{1} << 32, 1, 1}}) {
    EXPECT_EQ(refused_with({{7, "scrypt", parameters}}),
              "codes are hashed at a cost that this program does not pay");
  }
  EXPECT_EQ(refused_with({{7, "scrypt", {8192, 8, 1}}}), "");
}

TEST_F(CardsSnapshot, a_table_finds_every_card_with_its_facts_and_no_other) {
  auto const rows = any_rows(2'000);
  CardTable const table(*reopened(part_with(rows)));
  EXPECT_EQ(table.size(), rows.size());
  for (auto const& [hash, row] : rows) expect_same_card(table, row);
  for (int i = 0; i < 2'000; ++i) {
    auto const hash = any_hash();
    EXPECT_EQ(table.find(hash).has_value(), rows.contains(hash));
  }
}

TEST_F(CardsSnapshot, a_delta_on_a_table_is_the_later_full_part) {
  for (int round = 0; round < 20; ++round) {
    auto rows = any_rows(1 + below(200));
    auto const full = part_with(rows);
    CardTable table(*reopened(full));
    CardsPart delta;
    delta.row_key = full.row_key;
    delta.base = full.sequence;
    delta.sequence = full.sequence + 10;
    delta.issued_at = made_at + minute_us;
    delta.local_only_areas = full.local_only_areas;
    std::map<RowHash, CardRow> changed;
    for (auto const& [hash, row] : std::map(rows)) {
      if (below(4) == 0) {
        auto again = any_row();
        again.hash = hash;
        changed[hash] = rows[hash] = again;
      } else if (below(6) == 0) {
        delta.removed.push_back(hash);
        delta.newly_dead.push_back(hash);
        rows.erase(hash);
      }
    }
    for (auto const& [hash, row] : any_rows(below(30))) changed[hash] = rows[hash] = row;
    for (auto const& [hash, row] : changed) delta.rows.push_back(row);
    delta.voids = {{9, 1, 5}};
    ASSERT_TRUE(table.apply(*reopened(delta)));
    EXPECT_EQ(table.size(), rows.size());
    EXPECT_EQ(table.sequence(), delta.sequence);
    for (auto const& [hash, row] : rows) expect_same_card(table, row);
    for (auto const hash : delta.removed) {
      EXPECT_FALSE(table.find(hash));
      EXPECT_TRUE(table.is_dead(hash));
    }
    EXPECT_TRUE(table.is_void({9, 5}));
    EXPECT_FALSE(table.is_void({9, 6}));
  }
}

TEST_F(CardsSnapshot, a_delta_of_elsewhere_changes_nothing) {
  auto const rows = any_rows(10);
  auto const full = part_with(rows);
  CardTable table(full);
  CardsPart delta = part_with({});
  delta.row_key = full.row_key;
  delta.base = full.sequence - 1;
  delta.removed = {rows.begin()->first};
  EXPECT_FALSE(table.apply(delta)) << "another base";
  delta.base = full.sequence;
  delta.row_key.epoch = 4;
  EXPECT_FALSE(table.apply(delta)) << "another epoch";
  for (auto const& [hash, row] : rows) expect_same_card(table, row);
}

TEST_F(CardsSnapshot, refuses_a_changed_byte_a_cut_and_a_foreign_signature) {
  auto const good = sign_cards_part(part_with(any_rows(3)), key_);
  ASSERT_TRUE(open_cards_part(good, keys_, made_at));
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] ^= 0x10;
    EXPECT_FALSE(open_cards_part(bad, keys_, made_at)) << "byte " << i;
    EXPECT_FALSE(open_cards_part(ByteView(good).first(i), keys_, made_at)) << "cut at " << i;
  }
  auto const other = crypto::Ed25519PrivateKey::from_seed(Bytes(32, 8));
  EXPECT_FALSE(open_cards_part(sign_cards_part(part_with({}), other), keys_, made_at));
  keys_.keys.front().use = KeyUse::card;
  EXPECT_FALSE(open_cards_part(good, keys_, made_at)) << "a key of another use";
}

TEST_F(CardsSnapshot, refuses_a_key_whose_end_has_come) {
  auto const good = sign_cards_part(part_with({}), key_);
  keys_.keys.front().until = made_at + 1;
  EXPECT_TRUE(open_cards_part(good, keys_, made_at));
  keys_.keys.front().until = made_at;
  EXPECT_FALSE(open_cards_part(good, keys_, made_at));
}

TEST_F(CardsSnapshot, refuses_another_version_and_rows_out_of_order) {
  auto const resigned = [&](auto change) {
    auto const good = sign_cards_part(part_with(any_rows(2)), key_);
    auto const message = cose::parse_sign1(good, cards_file_limit);
    Bytes payload(message->payload.begin(), message->payload.end());
    change(payload);
    return cose::sign1_ed25519(key_, payload, bytes_of("kaiku cards snapshot"));
  };
  EXPECT_TRUE(open_cards_part(resigned([](Bytes&) {}), keys_, made_at));
  for (std::uint8_t const version : {std::uint8_t{2}, std::uint8_t{4}}) {
    EXPECT_FALSE(open_cards_part(resigned([=](Bytes& p) { p[1] = version; }), keys_, made_at));
  }
  EXPECT_FALSE(open_cards_part(resigned([](Bytes& p) { p.pop_back(); }), keys_, made_at));
  EXPECT_FALSE(open_cards_part(resigned([](Bytes& p) {
                                 // The rows are the only byte string of 24 bytes: 0x58 24.
                                 Bytes const head{0x58, 24};
                                 auto const rows =
                                     std::search(p.begin(), p.end(), head.begin(), head.end());
                                 ASSERT_NE(rows, p.end());
                                 std::swap_ranges(rows + 2, rows + 14, rows + 14);
                               }),
                               keys_, made_at));
}

TEST_F(CardsSnapshot, keeps_to_its_sizes) {
  // Three in a hundred with something beside: more than the country has.
  auto part = part_with(any_rows(20'000));
  for (auto& row : part.rows) {
    row.child_limit = std::min(row.child_limit, 9);
    if (below(2) == 0) row.kind = CardKind::personal;
    if (row.kind == CardKind::community) row.first_valid = Day{0};
    if (below(4) != 0) row.first_valid = Day{0};
  }
  auto const rows = sign_cards_part(part, key_).size();
  EXPECT_LE(rows, 250'000u) << "20,000 cards";
  part.dead = DeadSet::for_count(80'000);
  for (int i = 0; i < 80'000; ++i) part.dead.add(any_hash());
  auto const with_dead = sign_cards_part(part, key_).size();
  EXPECT_LE(with_dead, 450'000u) << "with 80,000 dead ones";
  auto changes = part_with(any_rows(100));
  changes.base = 999;
  auto const delta = sign_cards_part(changes, key_).size();
  EXPECT_LE(delta, 4'000u) << "100 changes";
  std::printf("20,000 cards %zu bytes, with 80,000 dead ones %zu, 100 changes %zu\n", rows,
              with_dead, delta);
}

TEST(DeadSet, has_all_that_was_added_and_one_in_ten_thousand_others) {
  SeededRandom random(5);
  auto const next = [&] {
    RowHash hash = 0;
    for (auto const byte : random.bytes<8>()) hash = (hash << 8) | byte;
    return hash;
  };
  auto set = DeadSet::for_count(80'000);
  std::vector<RowHash> added;
  for (int i = 0; i < 80'000; ++i) set.add(added.emplace_back(next()));
  for (auto const hash : added) ASSERT_TRUE(set.has(hash));
  int wrong = 0;
  constexpr int tries = 400'000;
  for (int i = 0; i < tries; ++i) wrong += set.has(next()) ? 1 : 0;
  EXPECT_LE(wrong, tries / 10'000 * 2);
}

TEST(DeadSet, is_empty_at_first) { EXPECT_FALSE(DeadSet{}.has(7)); }

TEST(RowHash, follows_from_code_salt_cost_and_key) {
  auto const code = CardCode::from_bits(123'456'789);
  RowKey const key{1, Digest{1}, {2}, {1, {4, 1, 1}}};
  auto const hash = row_hash(key, code);
  EXPECT_EQ(hash, row_hash(key.key, stretch(code, key)));
  std::set<RowHash> all{hash};
  all.insert(row_hash(key, CardCode::from_bits(123'456'788)));
  all.insert(row_hash({1, Digest{9}, {2}, {1, {4, 1, 1}}}, code));
  all.insert(row_hash({1, Digest{1}, {3}, {1, {4, 1, 1}}}, code));
  all.insert(row_hash({1, Digest{1}, {2}, {1, {8, 1, 1}}}, code));
  all.insert(row_hash({1, Digest{1}, {2}, {1, {4, 2, 1}}}, code));
  all.insert(row_hash({1, Digest{1}, {2}, {1, {4, 1, 2}}}, code));
  EXPECT_EQ(all.size(), 7u);
}

// Worked out apart from this program, with Python's hashlib and hmac.
TEST(RowHash, is_scrypt_and_hmac_as_the_description_of_the_snapshot_says) {
  auto const code = CardCode::parse("8T5C-Y4TQ-KFFN").value();
  RowKey key;
  for (std::uint8_t i = 0; i < 16; ++i) key.salt[i] = i;
  for (std::uint8_t i = 0; i < 32; ++i) key.key[i] = i;
  key.stretch.cost = row_cost;
  EXPECT_EQ(to_hex(stretch(code, key)),
            "1fd1593630058fef86518629570cc5bbcef84d1e4651347f8d2f62ee05b1d9c1");
  EXPECT_EQ(row_hash(key, code), 0x61f3b43bc96af2c5ULL);
}

TEST(RowHash, costs_scrypt_of_8_mebibytes_which_a_door_can_pay_and_more_up_to_64) {
  EXPECT_EQ(row_cost, (crypto::ScryptCost{8192, 8, 1}));
  EXPECT_TRUE(is_payable(row_cost));
  EXPECT_TRUE(is_payable({65536, 8, 1}));
  EXPECT_TRUE(is_payable({2, 1, 16}));
  for (crypto::ScryptCost const& cost :
       std::vector<crypto::ScryptCost>{{131072, 8, 1},
                                       {65536, 9, 1},
                                       {8192, 8, 17},
                                       {8191, 8, 1},
                                       {1, 8, 1},
                                       {0, 8, 1},
                                       {8192, 0, 1},
                                       {8192, 8, 0},
                                       {std::uint64_t{1} << 63, 1, 1}}) {
    EXPECT_FALSE(is_payable(cost)) << cost.n << " " << cost.r << " " << cost.p;
  }
}

}  // namespace
}  // namespace kaiku::contract
