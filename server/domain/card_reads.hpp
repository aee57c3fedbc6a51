// How people come to see cards, as whoever looks after that is told of it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kaiku::domain {

// What somebody looks at one card for, as its entry says; `reads`: who has read it.
enum class ReadPurpose { view, search, issue, reads, correct, letter, sheet };
std::string_view word_of(ReadPurpose purpose);

// `found`: replaced by whoever had searched for it just before, without its code.
enum class ReadKind { look, search, found, list, letter, sheet, exported };
inline constexpr std::array read_kinds{ReadKind::look,    ReadKind::search, ReadKind::found,
                                       ReadKind::list,    ReadKind::letter, ReadKind::sheet,
                                       ReadKind::exported};
std::string_view word_of(ReadKind kind);
std::optional<ReadKind> read_kind_from(std::string_view word);
// Of a look at one card, by the word of its purpose.
ReadKind read_kind_of_purpose(std::string_view word);

}  // namespace kaiku::domain
