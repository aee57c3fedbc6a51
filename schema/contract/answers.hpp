// The answers of a check at the door: the same words in the API, on the kiosk and on the pages.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kaiku::contract {

enum class Answer {
  ok,
  ok_offline,
  already_used_here,
  quota_full,
  limit_reached,
  not_registered,
  not_yet_valid,
  expired,
  blocked,
  replaced,
  wrong_area,
  children_over_limit,
  children_not_on_courses,
  community_over_ceiling,
  unknown_card,
  unreadable,
  device_revoked,
  stale_snapshot,
  event_over,
  event_cancelled,
  adult_first,
};
inline constexpr std::size_t answer_count = 21;

enum class Language { fi, sv, en };
inline constexpr std::array<Language, 3> languages{Language::fi, Language::sv, Language::en};

// `staff`: short, for the screen. `aloud`: one sentence that may be said beside a queue; it never
// says why somebody has a card. `closing`: what may follow it. `heading`: what stands large above
// the staff text.
struct AnswerTexts {
  std::string_view staff;  // at most 76 characters: one line of an 80-column kiosk
  std::string_view aloud;
  std::string_view closing;  // said after a moment's look: where to turn; often none
  std::string_view heading;  // at most 40 characters, "Ei lippua tällä koodilla"
};

// What is known beside the answer to one request: places left, children's tickets possible.
struct AnswerCounts {
  std::optional<int> quota_left = std::nullopt;
  std::optional<int> children_max = std::nullopt;
};

// The same for one request: with `quota_full` they say how many places are left, with
// `children_over_limit` how many children's tickets can be given, where that is known.
struct AnswerWords {
  std::string staff;
  std::string aloud;
  std::string closing;
  std::string heading;
};

// Whether a ticket is given with this answer.
constexpr bool gives(Answer answer) { return answer == Answer::ok || answer == Answer::ok_offline; }

// Those that a door may overrule with a reason, each by naming exactly that answer.
constexpr bool is_overridable(Answer answer) {
  return answer == Answer::already_used_here || answer == Answer::stale_snapshot ||
         answer == Answer::event_over;
}

std::string_view word_of(Answer answer);
std::optional<Answer> answer_from(std::string_view word);
AnswerTexts texts_of(Answer answer, Language language);
AnswerWords words_of(Answer answer, AnswerCounts counts, Language language);
std::string_view code_of(Language language);
std::optional<Language> language_from(std::string_view code);

}  // namespace kaiku::contract
