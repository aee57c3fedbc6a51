// A code typed by hand into whatever is open: nothing of it ever acts as a command.
#include "kiosk/till/key_burst.hpp"
#include "schema/values/ascii.hpp"
#include "tests/unit/kiosk/door_model_fixture.hpp"

namespace kaiku::kiosk {
namespace {

using contract::Answer;

constexpr std::uint64_t other_card = 2;

class Typing : public DoorModelTest {
 protected:
  // Every face that a code can be typed into, by the keys that lead there.
  struct Place {
    std::string name;
    std::function<void()> open;
  };
  std::vector<Place> places() {
    return {
        {"K1", [] {}},
        {"K2", [this] { offer(3); }},
        {"K2 with children chosen", [this] { offer(3), type(U'2'); }},
        {"K3", [this] { answer(scan_and_look(some_code()), reply(Answer::expired)); }},
        {"K4", [this] { warn(); }},
        {"K4 with tickets for children", [this] { warn(), type(U'2'); }},
        {"K4 with a reason", [this] { warn(), type(U'P'), type(U'2'); }},
        {"K4's reasons", [this] { warn(), type(U'P'); }},
        {"an answer that is not known", [this] { answer_nothing(); }},
        {"fast mode after a ticket", [this] { model.fast = true, give_now(); }},
        {"fast mode's reasons", [this] { model.fast = true, warn_now(), type(U'P'); }},
        {"the events", [this] { press(Key::f2); }},
        {"the question of undoing", [this] { model.fast = true, give_now(), press(Key::f4); }},
        {"what can be undone",
         [this] {
           happen(UsesReply{{{9, {}, {}}, {7, {}, {}}}});
         }},
        {"K5", [this] { press(Key::f5); }},
        {"the question of leaving", [this] { press(Key::f5), type(U'Q'), press(Key::enter); }},
        {"a new PIN",
         [this] { model.has_pin = true, press(Key::f5), type(U'P'), press(Key::enter); }},
        {"the lock", [this] { model.has_pin = true, press(Key::f10); }},
    };
  }
  void warn() { answer(scan_and_look(some_code()), reply(Answer::already_used_here)); }
  void warn_now() {
    auto const wishes = happen(Scanned{some_code()});
    auto const& give = std::get<Give>(wishes.at(0));
    happen(GiveReply{give.ticket, give.ask.card, NotGiven{1, reply(Answer::already_used_here)}});
  }
  void answer_nothing() { happen(LookReply{scan_and_look(some_code()), NoAnswer{}}); }
  void start() {
    model = DoorModel{};
    model.without_event_on = helsinki_day(Instant{now_us});
    DoorEvent event;
    for (int id = 1; id <= 9; ++id) {
      event.id = EventId{id};
      model.news.events.push_back(event);
    }
  }
  // What asks for a card, gives, takes back, changes a setting or leaves.
  static bool acts(Wish const& wish) { return !std::holds_alternative<FetchNews>(wish); }
  static std::string card_asked(std::vector<Wish> const& wishes) {
    if (auto const* look = find<LookUp>(wishes)) return look->card;
    auto const* give = find<Give>(wishes);
    return give && give->ask.tickets == contract::Tickets{.adult = 1} ? give->ask.card : "nothing";
  }
  // As the keyboard does, and the answers to nothing.
  std::vector<Wish> pass_on(BurstOutcome const& outcome) {
    std::vector<Wish> all;
    auto const take = [&](Happening const& happening) {
      for (auto& wish : happen(happening)) {
        if (acts(wish)) all.push_back(std::move(wish));
      }
    };
    auto const narrow = [](std::u32string const& text) {
      return std::string(text.begin(), text.end());
    };
    for (char32_t const c : outcome.typed) take(TypedCharacter{c});
    if (outcome.scan) take(Scanned{narrow(*outcome.scan), outcome.pace});
    if (!outcome.unfinished.empty()) take(UnfinishedScan{narrow(outcome.unfinished)});
    for (auto const key : outcome.keys) take(KeyPress{key});
    return all;
  }
  // Types at about one speed, from a scanner's to that of somebody who reads each letter.
  std::vector<Wish> type_at(std::string const& code, std::int64_t pace_us, Random& random) {
    KeyBurst burst;
    std::vector<Wish> all;
    auto const keep = [&](std::vector<Wish> wishes) {
      std::move(wishes.begin(), wishes.end(), std::back_inserter(all));
    };
    auto const wait = [&] {
      auto const until_us =
          now_us + pace_us / 2 +
          static_cast<std::int64_t>(random.next64() % static_cast<std::uint64_t>(pace_us));
      while (burst.is_waiting() && now_us + burst.patience_us() < until_us) {
        now_us += burst.patience_us();
        keep(pass_on(burst.settle(now_us)));
      }
      now_us = until_us;
    };
    auto const reads = [](std::u32string_view text) {
      std::string const narrow(text.begin(), text.end());
      return !contract::parse_card_input(narrow).has_error();
    };
    for (char const c : code) {
      wait();
      keep(pass_on(burst.add(static_cast<unsigned char>(c), now_us)));
    }
    for (int enters = 0; enters < 2 && all.empty(); ++enters) {  // nobody types Enter that fast
      wait();
      keep(pass_on(burst.press(Key::enter, now_us, reads)));
      now_us += 2 * no_end_us;
      keep(pass_on(burst.settle(now_us)));
    }
    return all;
  }
  bool takes_no_code() { return face<LockedFace>() || face<PinFace>(); }
};

TEST_F(Typing, a_code_is_a_code_in_every_face) {
  for (auto const& place : places()) {
    for (std::uint64_t seed = other_card; seed < 200; ++seed) {
      SCOPED_TRACE(place.name + " " + some_code(seed));
      start();
      place.open();
      for (char const c : some_code(seed)) {
        auto const wishes = type(static_cast<unsigned char>(c));
        ASSERT_EQ(std::count_if(wishes.begin(), wishes.end(), acts), 0) << "at " << c;
      }
      bool const is_locked = takes_no_code();
      auto const wishes = press(Key::enter);
      if (is_locked) {
        EXPECT_TRUE(wishes.empty());
      } else {
        EXPECT_EQ(card_asked(wishes), some_code(seed));
      }
      if (HasFailure()) return;
    }
  }
}

// Hyphens or none, capitals or none, and QR texts, which a slow scanner sends like a hand.
std::string as_typed(std::uint64_t seed) {
  auto text = seed % 4 == 0 ? some_token(seed) : some_code(seed);
  if (seed % 4 == 1) std::erase(text, '-');
  if (seed % 4 == 2) text = ascii::lowered(text);
  return text;
}

TEST_F(Typing, nothing_of_a_code_acts_at_any_speed_in_any_face) {
  SeededRandom random(17);
  for (auto const& place : places()) {
    for (std::uint64_t seed = other_card; seed < 150; ++seed) {
      start();
      place.open();
      auto const pace_us = std::int64_t{1'000} << (random.next64() % 11);  // 1 ms … 1 s
      SCOPED_TRACE(place.name + " " + as_typed(seed) + " at " + std::to_string(pace_us));
      auto const wishes = type_at(as_typed(seed), pace_us, random);
      if (takes_no_code()) {
        EXPECT_TRUE(wishes.empty());
      } else {
        ASSERT_EQ(wishes.size(), 1U);
        auto const asked = contract::parse_card_input(card_asked(wishes));
        auto const meant = contract::parse_card_input(as_typed(seed));
        ASSERT_TRUE(asked && meant) << card_asked(wishes);
        EXPECT_EQ(code_of(*asked), code_of(*meant));
      }
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace kaiku::kiosk
