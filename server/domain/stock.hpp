// What is done with card stock before an office gives it out.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kaiku::domain {

// Why stock becomes void, and as what it was printed. The numbers of both stand in the ledger.
enum class VoidReason { lost_shipment, misprint, withdrawn };
enum class PrintedAs { cards, stickers };
std::string_view word_of(VoidReason reason);
std::string_view word_of(PrintedAs form);
std::optional<VoidReason> void_reason_from(std::string_view word);
std::optional<PrintedAs> printed_as_from(std::string_view word);

// An office with fewer cards than this left is pointed out to whoever sends it the next.
inline constexpr std::int64_t little_stock = 10;

// What is left, as whoever gives out none of it is told: an exact number, looked at twice, tells
// how many cards were given on a day.
constexpr std::int64_t down_to_tens(std::int64_t left) { return left - left % 10; }

}  // namespace kaiku::domain
