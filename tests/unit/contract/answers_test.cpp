#include "schema/contract/answers.hpp"
#include "schema/contract/beneath_heading.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace kaiku::contract {
namespace {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

template <class Check>
void for_each_text(Check check) {
  for (std::size_t index = 0; index < answer_count; ++index) {
    for (auto const language : languages) {
      auto const answer = static_cast<Answer>(index);
      SCOPED_TRACE(std::string(word_of(answer)) + " " + std::string(code_of(language)));
      check(answer, texts_of(answer, language));
    }
  }
}

TEST(Answers, have_the_words_of_the_contract) {
  std::array<std::string_view, answer_count> const words{"ok",
                                                         "ok_offline",
                                                         "already_used_here",
                                                         "quota_full",
                                                         "limit_reached",
                                                         "not_registered",
                                                         "not_yet_valid",
                                                         "expired",
                                                         "blocked",
                                                         "replaced",
                                                         "wrong_area",
                                                         "children_over_limit",
                                                         "children_not_on_courses",
                                                         "community_over_ceiling",
                                                         "unknown_card",
                                                         "unreadable",
                                                         "device_revoked",
                                                         "stale_snapshot",
                                                         "event_over",
                                                         "event_cancelled",
                                                         "adult_first"};
  for (std::size_t index = 0; index < answer_count; ++index) {
    EXPECT_EQ(word_of(static_cast<Answer>(index)), words[index]);
    EXPECT_EQ(answer_from(words[index]), static_cast<Answer>(index));
  }
}

TEST(Answers, know_no_other_words) {
  for (auto const word : {"", "OK", "ok ", "late_expired", "fine", "okay"}) {
    EXPECT_EQ(answer_from(word), std::nullopt) << word;
  }
}

TEST(Answers, may_be_overridden_in_three_cases_only) {
  std::set<std::string_view> overridable;
  for (std::size_t index = 0; index < answer_count; ++index) {
    auto const answer = static_cast<Answer>(index);
    if (is_overridable(answer)) overridable.insert(word_of(answer));
  }
  EXPECT_EQ(overridable,
            (std::set<std::string_view>{"already_used_here", "event_over", "stale_snapshot"}));
}

TEST(AnswerTexts, of_the_staff_fit_one_line_of_the_kiosk) {
  for_each_text([](Answer, AnswerTexts texts) {
    EXPECT_LE(characters_in(texts.staff), 76U) << texts.staff;
    EXPECT_LE(characters_in(texts.heading), 40U) << texts.heading;
    EXPECT_GE(characters_in(texts.heading), 5U);
  });
}

TEST(AnswerTexts, of_the_staff_give_a_reason_and_one_next_step) {
  for_each_text([](Answer, AnswerTexts texts) {
    EXPECT_EQ(std::count(texts.staff.begin(), texts.staff.end(), '.'), 2) << texts.staff;
    EXPECT_TRUE(texts.staff.ends_with('.')) << texts.staff;
  });
}

TEST(AnswerTexts, said_aloud_are_one_sentence) {
  for_each_text([](Answer, AnswerTexts texts) {
    auto const ends = std::count_if(texts.aloud.begin(), texts.aloud.end(),
                                    [](char c) { return c == '.' || c == '!' || c == '?'; });
    EXPECT_EQ(ends, 1) << texts.aloud;
    EXPECT_LE(characters_in(texts.aloud), 100U) << texts.aloud;
  });
}

TEST(AnswerTexts, never_judge_and_never_say_why_somebody_has_a_card) {
  // Word stems of refusal, money, client relations and card states, in the three languages.
  auto const never = {"hylä",   "hylk",    "kielle", "väär",   "avvis",   "nekad",
                      "förbju", "ogiltig", "reject", "denied", "invalid", "forbid",
                      "köyh",   "varat",   "tulot",  "fattig", "poor",    "sosiaali",
                      "social", "income",  "fraud",  "misuse"};
  auto const never_aloud = {"kortinjakaj", "kortutdelar", "office", "expire", "päättyn",  "gått ut",
                            "block",       "estet",       "spärr",  "valid",  "voimassa", "giltig"};
  for_each_text([&](Answer, AnswerTexts texts) {
    for (auto const stem : never) {
      EXPECT_EQ(lower(texts.staff).find(stem), std::string::npos) << stem;
      EXPECT_EQ(lower(texts.aloud).find(stem), std::string::npos) << stem;
      EXPECT_EQ(lower(texts.closing).find(stem), std::string::npos) << stem;
      EXPECT_EQ(lower(texts.heading).find(stem), std::string::npos) << stem;
    }
    for (auto const stem : never_aloud) {
      EXPECT_EQ(lower(texts.aloud).find(stem), std::string::npos) << stem;
    }
  });
}

TEST(AnswerTexts, refuse_with_no_ticket_on_this_code) {
  EXPECT_EQ(texts_of(Answer::expired, Language::fi).heading, "Ei lippua tällä koodilla");
  EXPECT_EQ(texts_of(Answer::blocked, Language::fi).heading, "Ei lippua tällä koodilla");
  EXPECT_EQ(texts_of(Answer::blocked, Language::fi).aloud, "Odota hetki, tarkistan.");
}

TEST(AnswerTexts, sound_the_same_for_every_state_of_a_card) {
  for (auto const language : languages) {
    auto const aloud = texts_of(Answer::expired, language).aloud;
    for (auto const answer : {Answer::blocked, Answer::not_registered, Answer::not_yet_valid,
                              Answer::wrong_area, Answer::unknown_card}) {
      EXPECT_EQ(texts_of(answer, language).aloud, aloud) << word_of(answer);
    }
  }
}

TEST(AnswerTexts, say_where_to_turn_after_a_moment) {
  for_each_text([](Answer answer, AnswerTexts texts) {
    bool const waits = texts.aloud == texts_of(Answer::blocked, Language::fi).aloud ||
                       texts.aloud == texts_of(Answer::blocked, Language::sv).aloud ||
                       texts.aloud == texts_of(Answer::blocked, Language::en).aloud;
    bool const warns = is_overridable(answer);
    EXPECT_EQ(texts.closing.empty(), !waits || warns) << word_of(answer) << texts.closing;
    EXPECT_LE(characters_in(texts.closing), 100U) << texts.closing;
  });
}

TEST(AnswerWords, beneath_their_heading_repeat_nothing_of_it) {
  EXPECT_EQ(beneath_heading("A thing is so. Do this.", "A thing is so"), "Do this.");
  EXPECT_EQ(beneath_heading("A thing is so. Do this.", "Another"), "A thing is so. Do this.");
  EXPECT_EQ(beneath_heading("A thing is so", "A thing is so"), "A thing is so");
  EXPECT_EQ(beneath_heading("A thing is so old. Do this.", "A thing is so"),
            "A thing is so old. Do this.");
}

TEST(AnswerWords, tell_how_many_places_are_left) {
  auto const words = [](std::optional<int> left, Language language = Language::fi) {
    return words_of(Answer::quota_full, {.quota_left = left}, language);
  };
  EXPECT_EQ(words(std::nullopt).heading, "Liput eivät riitä");
  EXPECT_EQ(words(0).heading, "Liput ovat loppu");
  EXPECT_EQ(words(0).staff, "Liput ovat loppu. Ehdota toista aikaa.");
  EXPECT_EQ(words(3).heading, "Lippuja on jäljellä 3");
  EXPECT_EQ(words(3).closing, "Lippuja on jäljellä 3. Sopiiko niin?");
  EXPECT_EQ(words(1, Language::sv).heading, "Det finns 1 biljett kvar");
  EXPECT_EQ(words(2, Language::en).closing, "There are 2 tickets left. Will that do?");
  EXPECT_EQ(words_of(Answer::expired, {.quota_left = 3}, Language::fi).heading,
            "Ei lippua tällä koodilla");
}

TEST(AnswerWords, tell_how_many_children_can_come) {
  auto const staff = [](std::optional<int> most, Language language = Language::fi) {
    return words_of(Answer::children_over_limit, {.children_max = most}, language).staff;
  };
  EXPECT_EQ(staff(std::nullopt), "Lapsilippuja ei voi antaa näin monta. Muuta lippujen määrää.");
  EXPECT_EQ(staff(2), "Lapsilippuja voi antaa enintään 2. Muuta lippujen määrää.");
  EXPECT_EQ(staff(0), "Ei lapsilippuja. Poista lapsiliput.");
  EXPECT_EQ(staff(1, Language::sv), "Barnbiljetter kan ges: högst 1. Ändra antalet biljetter.");
  EXPECT_EQ(staff(0, Language::en), "No children's tickets. Remove the children.");
  for (auto const language : languages) {
    EXPECT_LE(characters_in(staff(20, language)), 76U);
    EXPECT_EQ(words_of(Answer::adult_first, {.children_max = 2}, language).staff,
              texts_of(Answer::adult_first, language).staff);
  }
}

TEST(AnswerTexts, differ_between_languages) {
  for (std::size_t index = 0; index < answer_count; ++index) {
    auto const answer = static_cast<Answer>(index);
    std::set<std::string_view> seen;
    for (auto const language : languages) seen.insert(texts_of(answer, language).staff);
    EXPECT_EQ(seen.size(), languages.size()) << word_of(answer);
  }
}

TEST(Language, is_read_from_its_code) {
  for (auto const language : languages) EXPECT_EQ(language_from(code_of(language)), language);
  EXPECT_EQ(language_from("se"), std::nullopt);
  EXPECT_EQ(language_from("FI"), std::nullopt);
  EXPECT_EQ(language_from(""), std::nullopt);
}

}  // namespace
}  // namespace kaiku::contract
