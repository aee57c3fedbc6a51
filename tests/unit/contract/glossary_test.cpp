// One word an idea, in every answer of a check.
#include "tests/support/glossary.hpp"

#include <gtest/gtest.h>

namespace kaiku::contract {
namespace {

TEST(AnswersGlossary, holds_for_every_text) {
  for (std::size_t n = 0; n < answer_count; ++n) {
    auto const answer = static_cast<Answer>(n);
    for (auto const language : languages) {
      auto const texts = texts_of(answer, language);
      for (auto const text : {texts.staff, texts.aloud, texts.closing, texts.heading}) {
        for (auto const& fault : test::glossary_faults(language, word_of(answer), text)) {
          ADD_FAILURE() << fault;
        }
      }
    }
  }
}

TEST(AnswersGlossary, holds_where_it_is_known_how_many) {
  for (auto const language : languages) {
    for (int n = 0; n <= 2; ++n) {
      for (auto const answer : {Answer::quota_full, Answer::children_over_limit}) {
        auto const words = words_of(answer, {n, n}, language);
        for (auto const& text : {words.staff, words.closing, words.heading}) {
          for (auto const& fault : test::glossary_faults(language, word_of(answer), text)) {
            ADD_FAILURE() << fault;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace kaiku::contract
