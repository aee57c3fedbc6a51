#include "server/domain/handover.hpp"

#include <algorithm>
#include <array>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, 2> way_words{"letter", "paper"};
constexpr std::array<std::string_view, 2> correction_words{"typing_error", "holder_asks"};

template <class E>
std::optional<E> word_from(std::array<std::string_view, 2> const& words, std::string_view word) {
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<E>(found - words.begin());
}

}  // namespace

std::string_view word_of(HandoverWay way) { return way_words.at(static_cast<std::size_t>(way)); }
std::string_view word_of(CorrectionReason reason) {
  return correction_words.at(static_cast<std::size_t>(reason));
}
std::optional<HandoverWay> handover_way_from(std::string_view word) {
  return word_from<HandoverWay>(way_words, word);
}
std::optional<CorrectionReason> correction_reason_from(std::string_view word) {
  return word_from<CorrectionReason>(correction_words, word);
}

}  // namespace kaiku::domain
