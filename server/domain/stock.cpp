#include "server/domain/stock.hpp"

#include <algorithm>
#include <array>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, 3> reason_words{"lost_shipment", "misprint", "withdrawn"};
constexpr std::array<std::string_view, 2> form_words{"cards", "stickers"};

template <class E, std::size_t N>
std::optional<E> word_from(std::array<std::string_view, N> const& words, std::string_view word) {
  auto const found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return std::nullopt;
  return static_cast<E>(found - words.begin());
}

}  // namespace

std::string_view word_of(VoidReason reason) {
  return reason_words.at(static_cast<std::size_t>(reason));
}
std::string_view word_of(PrintedAs form) { return form_words.at(static_cast<std::size_t>(form)); }
std::optional<VoidReason> void_reason_from(std::string_view word) {
  return word_from<VoidReason>(reason_words, word);
}
std::optional<PrintedAs> printed_as_from(std::string_view word) {
  return word_from<PrintedAs>(form_words, word);
}

}  // namespace kaiku::domain
