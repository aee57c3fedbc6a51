// What holds for every decision, tried on random questions from fixed seeds.
#include <gtest/gtest.h>

#include <random>

#include "schema/contract/admission.hpp"

namespace kaiku::contract {
namespace {

struct Question {
  Recognition recognition = Recognition::known;
  CardFacts card;
  Offer offer;
  EarlierUses earlier;
  Ask ask;
  DataSource source;

  Decision decided() const {
    bool const is_known = recognition == Recognition::known;
    return decide(recognition, is_known ? &card : nullptr, offer, earlier, ask, source);
  }
};

class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}
  int from(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1));
  }
  bool one_in(int n) { return from(1, n) == 1; }

 private:
  std::mt19937 engine_;
};

CardFacts random_card(Chance& chance) {
  CardFacts card;
  bool const is_odd = chance.one_in(5);
  card.state = is_odd ? static_cast<StoredState>(chance.from(0, 4)) : StoredState::registered;
  card.kind = chance.one_in(4) ? CardKind::community : CardKind::personal;
  card.first_valid = {chance.one_in(10) ? 105 : 90};
  card.last_valid = {chance.one_in(10) ? 95 : 110};
  card.child_limit = chance.from(0, 5);
  card.home_area = {chance.one_in(3) ? "NAAPURI" : "KOTI"};
  card.home_area_is_local_only = chance.one_in(8);
  card.community_ceiling = chance.from(0, 8);
  return card;
}

Offer random_offer(Chance& chance) {
  Offer offer;
  offer.area = {"KOTI"};
  offer.area_is_local_only = chance.one_in(8);
  offer.has_event = !chance.one_in(3);
  offer.kind = chance.one_in(6) ? static_cast<UseKind>(chance.from(0, 2)) : UseKind::admission;
  offer.children_allowed = !chance.one_in(6);
  offer.companion_allowed = !chance.one_in(4);
  if (offer.has_event && chance.one_in(2)) offer.quota = chance.from(0, 12);
  if (chance.one_in(3)) {
    auto const period = chance.from(0, static_cast<int>(limit_period_count) - 1);
    offer.limit = UseLimit{chance.from(0, 3), static_cast<LimitPeriod>(period)};
  }
  offer.sold_out = chance.one_in(15);
  return offer;
}

EarlierUses random_earlier(Chance& chance) {
  EarlierUses earlier;
  earlier.quota_used = chance.from(0, 12);
  if (chance.one_in(3)) {
    earlier.adults_here = chance.from(1, 2);
    earlier.children_here = chance.from(0, 3);
    earlier.adult_today_here = !chance.one_in(3);
    earlier.last_here = Instant{123};
  }
  earlier.uses_in_limit_period = chance.from(0, 3);
  return earlier;
}

Ask random_ask(Chance& chance) {
  Ask ask;
  ask.tickets = {chance.from(0, 1), chance.one_in(2) ? chance.from(0, 6) : 0, chance.from(0, 1),
                 chance.from(0, 1), chance.from(0, 1)};
  if (chance.one_in(20)) ask.tickets.adult = chance.from(2, 20);
  ask.kind = chance.one_in(5) ? static_cast<UseKind>(chance.from(0, 2)) : UseKind::admission;
  ask.day = {100};
  if (chance.one_in(4)) {
    ask.override = Override{static_cast<Answer>(chance.from(0, answer_count - 1)), "reason"};
  }
  return ask;
}

Question random_question(Chance& chance) {
  Question question;
  if (chance.one_in(5)) question.recognition = static_cast<Recognition>(chance.from(1, 2));
  question.card = random_card(chance);
  question.offer = random_offer(chance);
  question.earlier = random_earlier(chance);
  question.ask = random_ask(chance);
  question.source.offline = chance.one_in(2);
  bool const is_old = question.source.offline && chance.one_in(4);
  if (is_old) question.source.age_s = chance.from(0, 2'000'000);
  question.source.age_may_be_overruled = !chance.one_in(4);
  question.source.unknown_genuine_today = chance.from(0, 11);
  question.source.unknown_genuine_is_let_in = !chance.one_in(5);
  return question;
}

template <class Check>
void for_many_questions(unsigned seed, Check check) {
  Chance chance(seed);
  for (int round = 0; round < 50'000; ++round) {
    auto const question = random_question(chance);
    check(question, question.decided());
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed << ", round " << round;
  }
}

bool is_within(Tickets const& asked, Tickets const& allowed) {
  return asked.adult <= allowed.adult && asked.child <= allowed.child &&
         asked.assistant <= allowed.assistant && asked.interpreter <= allowed.interpreter &&
         asked.companion <= allowed.companion;
}

TEST(Decide, gives_nothing_below_zero_and_overrides_only_what_may_be) {
  for_many_questions(1, [](Question const&, Decision const& decision) {
    EXPECT_GE(decision.children_max, 0);
    EXPECT_GE(decision.quota_left.value_or(0), 0);
    auto const& t = decision.allowed;
    EXPECT_TRUE(t.adult >= 0 && t.child >= 0 && t.assistant >= 0 && t.interpreter >= 0 &&
                t.companion >= 0);
    EXPECT_NE(decision.answer, Answer::unreadable);
    EXPECT_NE(decision.answer, Answer::device_revoked);
    if (decision.may_override) {
      EXPECT_TRUE(is_overridable(decision.answer));
    }
    if (decision.used_at) {
      EXPECT_EQ(decision.answer, Answer::already_used_here);
    }
  });
}

TEST(Decide, gives_what_it_said_could_be_given) {
  int retried = 0;
  for_many_questions(2, [&](Question const& question, Decision const& decision) {
    if (decision.allowed.total() == 0) return;
    ++retried;
    auto again = question;
    again.ask.tickets = decision.allowed;
    again.ask.override = Override{Answer::stale_snapshot, "reason"};
    EXPECT_TRUE(again.decided().gives()) << word_of(again.decided().answer);
    EXPECT_EQ(again.decided().allowed, decision.allowed);
  });
  EXPECT_GT(retried, 20'000);
}

TEST(Decide, allows_nothing_more_than_it_said) {
  for_many_questions(3, [](Question const& question, Decision const& decision) {
    if (!decision.gives()) return;
    EXPECT_LE(question.ask.tickets.child, decision.children_max);
    bool const has_one_adult = question.ask.tickets.adult <= 1;
    bool const is_plain = !question.ask.override && has_one_adult;
    bool const fits_shape =
        check_shape(
            question.ask.tickets, question.ask.kind,
            question.recognition == Recognition::known ? question.card.kind : CardKind::personal,
            question.offer)
            .has_value();
    // A companion may have taken the place of a child in what is allowed at most.
    auto asked = question.ask.tickets;
    if (decision.quota_left) asked.companion = 0;
    // So may a child have taken an adult's place who was not asked.
    if (is_plain && fits_shape && asked.adult >= decision.allowed.adult) {
      EXPECT_TRUE(is_within(asked, decision.allowed));
    }
  });
}

TEST(Decide, gives_as_many_children_as_it_names_and_not_one_more) {
  for_many_questions(4, [](Question const& question, Decision const& decision) {
    if (!decision.gives()) return;
    auto more = question;
    // Where nobody is here yet, they are named beside the holder's own ticket.
    bool const nobody_here = more.ask.tickets.adult == 0 && !more.earlier.adult_today_here;
    if (decision.children_max > 0 && nobody_here) more.ask.tickets.adult = 1;
    more.ask.tickets.child = decision.children_max;
    EXPECT_TRUE(more.decided().gives());
    more.ask.tickets.child = decision.children_max + 1;
    EXPECT_FALSE(more.decided().gives());
  });
}

TEST(Decide, never_takes_back_a_yes_when_the_quota_grows) {
  for_many_questions(5, [](Question const& question, Decision const& decision) {
    if (!question.offer.quota) return;
    auto wider = question;
    ++*wider.offer.quota;
    auto const then = wider.decided();
    if (decision.gives()) {
      EXPECT_TRUE(then.gives());
    }
    EXPECT_GE(then.children_max, decision.children_max);
    EXPECT_GE(then.allowed.counted_in_quota(), decision.allowed.counted_in_quota());
    if (decision.answer != Answer::quota_full && then.answer != decision.answer) {
      ADD_FAILURE() << word_of(decision.answer) << " became " << word_of(then.answer);
    }
  });
}

TEST(Decide, never_says_yes_when_a_use_is_added) {
  for_many_questions(6, [](Question const& question, Decision const& decision) {
    if (decision.gives()) return;
    auto later = question;
    ++later.earlier.quota_used;
    ++later.earlier.uses_in_limit_period;
    EXPECT_FALSE(later.decided().gives());
  });
}

// Somebody has looked: the age of the data is asked about no second time.
TEST(Decide, judges_by_old_data_as_by_fresh_ones_once_anything_was_overruled) {
  for_many_questions(9, [](Question const& question, Decision const& decision) {
    bool const stops = !question.source.age_may_be_overruled &&
                       question.source.age_s > question.source.stop_after_s;
    if (!question.ask.override || stops) return;
    auto fresh = question;
    fresh.source.age_s = 0;
    EXPECT_EQ(decision, fresh.decided());
  });
}

TEST(Decide, lets_an_override_change_exactly_its_own_answer) {
  for_many_questions(7, [](Question const& question, Decision const&) {
    auto plain = question;
    plain.ask.override.reset();
    plain.source.age_s = 0;
    auto const without = plain.decided();
    for (std::size_t index = 0; index < answer_count; ++index) {
      auto overruled = plain;
      overruled.ask.override = Override{static_cast<Answer>(index), "reason"};
      auto const with = overruled.decided();
      bool const fits = without.may_override && without.answer == static_cast<Answer>(index);
      if (fits) {
        EXPECT_TRUE(with.gives()) << word_of(with.answer);
      } else {
        EXPECT_EQ(with, without) << word_of(with.answer);
      }
    }
  });
}

TEST(Decide, never_lets_a_quota_be_overdrawn) {
  for_many_questions(8, [](Question const& question, Decision const& decision) {
    if (!decision.gives() || !question.offer.quota) return;
    EXPECT_LE(question.ask.tickets.counted_in_quota(),
              std::max(0, *question.offer.quota - question.earlier.quota_used));
  });
}

TEST(Decide, says_ok_offline_of_unknown_cards_alone) {
  for_many_questions(9, [](Question const& question, Decision const& decision) {
    if (!decision.gives()) return;
    bool const is_known = question.recognition == Recognition::known;
    EXPECT_EQ(decision.answer, is_known ? Answer::ok : Answer::ok_offline);
    if (!is_known) {
      EXPECT_TRUE(question.source.offline);
    }
  });
}

TEST(Decide, stands_numbers_at_the_ends_of_their_range) {
  Question question;
  question.card.first_valid = {90};
  question.card.last_valid = {110};
  question.card.child_limit = INT32_MAX;
  question.ask.day = {100};
  question.ask.tickets = {20, 20, 20, 20, 20};
  question.offer.quota = INT32_MAX;
  question.offer.limit = UseLimit{INT32_MAX, LimitPeriod::validity};
  question.earlier.quota_used = INT32_MAX;
  question.earlier.children_here = INT32_MAX;
  question.earlier.uses_in_limit_period = INT32_MAX;
  EXPECT_EQ(question.decided().answer, Answer::children_over_limit);
  question.card.kind = CardKind::community;
  question.card.community_ceiling = INT32_MAX;
  EXPECT_EQ(question.decided().answer, Answer::community_over_ceiling);
  question.earlier = {};
  EXPECT_EQ(question.decided().answer, Answer::ok);
}

}  // namespace
}  // namespace kaiku::contract
