#include "server/domain/card_reads.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

constexpr std::array<std::string_view, read_kinds.size()> words{"look",   "search", "found", "list",
                                                                "letter", "sheet",  "export"};
constexpr std::array<std::string_view, 7> purpose_words{"view",    "search", "issue", "reads",
                                                        "correct", "letter", "sheet"};

}  // namespace

std::string_view word_of(ReadPurpose purpose) {
  return purpose_words.at(static_cast<std::size_t>(purpose));
}

std::string_view word_of(ReadKind kind) { return words.at(static_cast<std::size_t>(kind)); }

std::optional<ReadKind> read_kind_from(std::string_view word) {
  auto const found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<ReadKind>(found - words.begin());
}

ReadKind read_kind_of_purpose(std::string_view word) {
  if (word == word_of(ReadPurpose::search)) return ReadKind::search;
  return word == word_of(ReadPurpose::letter) ? ReadKind::letter : ReadKind::look;
}

}  // namespace kaiku::domain
