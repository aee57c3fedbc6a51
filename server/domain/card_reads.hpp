// How people come to see cards, as whoever looks after that is told of it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace kaiku::domain {

// `found`: replaced by a new one after a search, without its code.
enum class ReadKind { look, search, found, list, letter, sheet, exported };
inline constexpr std::array read_kinds{ReadKind::look,    ReadKind::search, ReadKind::found,
                                       ReadKind::list,    ReadKind::letter, ReadKind::sheet,
                                       ReadKind::exported};
std::string_view word_of(ReadKind kind);
std::optional<ReadKind> read_kind_from(std::string_view word);
// Of a look at one card, by the purpose that its entry names.
ReadKind read_kind_of_purpose(std::string_view purpose);

}  // namespace kaiku::domain
