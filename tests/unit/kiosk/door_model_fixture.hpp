// A door's model with a clock in its hand, and short words for what happens to it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "kiosk/till/door_model.hpp"
#include "schema/contract/card_code.hpp"

namespace kaiku::kiosk {

inline std::string some_code(std::uint64_t seed = 1) {
  SeededRandom random(seed);
  return contract::CardCode::random(random).text();
}

// A genuine token; nobody here looks at its signature.
inline std::string some_token(std::uint64_t seed = 1) {
  SeededRandom random(seed);
  auto const key = crypto::Ed25519PrivateKey::from_seed(random.bytes<32>());
  contract::CardClaims const claims{
      *AreaId::parse("PIR"), 1'790'000'000, contract::CardCode::random(random), {}};
  return contract::make_card_token(claims, key);
}

class DoorModelTest : public ::testing::Test {
 protected:
  // Sounds are left out; `clicks` counts them.
  std::vector<Wish> happen(Happening const& happening) {
    auto wishes = step(model, happening, {now_us, Instant{now_us}});
    auto const is_click = [](Wish const& wish) { return std::holds_alternative<Click>(wish); };
    clicks += std::count_if(wishes.begin(), wishes.end(), is_click);
    std::erase_if(wishes, is_click);
    return wishes;
  }
  std::vector<Wish> press(Key key) { return happen(KeyPress{key}); }
  std::vector<Wish> type(char32_t character) { return happen(TypedCharacter{character}); }
  void type_all(std::string const& text) {
    for (char const c : text) type(static_cast<unsigned char>(c));
  }
  template <class T>
  T const* face() {
    return std::get_if<T>(&model.face);
  }
  template <class T>
  static T const* find(std::vector<Wish> const& wishes) {
    for (auto const& wish : wishes) {
      if (auto const* found = std::get_if<T>(&wish)) return found;
    }
    return nullptr;
  }
  static std::string remembered(std::vector<Wish> const& wishes, std::string const& name) {
    for (auto const& wish : wishes) {
      auto const* remember = std::get_if<Remember>(&wish);
      if (remember && remember->name == name) return remember->value;
    }
    return "nothing";
  }
  static contract::CheckReply reply(contract::Answer answer, int children = 2) {
    contract::CheckReply told;
    told.answer = answer;
    told.children_max = children;
    told.tickets_allowed = {1, children, 1, 1, 1};
    told.may_override = contract::is_overridable(answer);
    return told;
  }
  std::uint64_t scan_and_look(std::string const& code) {
    auto const wishes = happen(Scanned{code});
    auto const* look = find<LookUp>(wishes);
    EXPECT_TRUE(look) << "the scan was not looked up";
    return look ? look->ticket : 0;
  }
  std::vector<Wish> answer(std::uint64_t ticket, contract::CheckReply const& told,
                           bool offline = false) {
    return happen(LookReply{ticket, Looked{told, offline}});
  }
  // A scan up to K2.
  void offer(int children = 2) {
    answer(scan_and_look(some_code()), reply(contract::Answer::ok, children));
    ASSERT_TRUE(face<OfferFace>());
  }
  static Given given(Give const& give, std::optional<int> children_max = 2) {
    Given told;
    told.attempt = 1;
    told.tickets = give.ask.tickets;
    told.children_max = children_max;
    told.allowed = contract::Tickets{1, 2, 1, 1, 1};
    return told;
  }
  std::vector<Wish> gave(Give const& give, std::optional<int> children_max = 2) {
    return happen(GiveReply{give.ticket, give.ask.card, given(give, children_max)});
  }
  // Fast mode: a scan up to the given ticket.
  void give_now(std::string const& code = some_code()) {
    auto const wishes = happen(Scanned{code});
    ASSERT_EQ(wishes.size(), 1U);
    gave(std::get<Give>(wishes[0]));
    ASSERT_TRUE(face<GivenFace>());
  }
  void pass(std::int64_t us) {
    now_us += us;
    happen(Tick{});
  }

  DoorModel model;
  std::int64_t now_us = 1'000'000'000;
  std::ptrdiff_t clicks = 0;
};

}  // namespace kaiku::kiosk
