// Strong identifiers. What a ledger entry creates is known by that entry's sequence number.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kaiku {

template <class Tag>
struct Id {
  std::int64_t value = 0;
  auto operator<=>(Id const&) const = default;
  explicit operator bool() const { return value != 0; }
};

using OfficeId = Id<struct OfficeTag>;
using VenueId = Id<struct VenueTag>;
using EventId = Id<struct EventTag>;
using AccountId = Id<struct AccountTag>;
using DeviceId = Id<struct DeviceTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
// A batch's number is small, for people: the 42 of 0042-0317.
using BatchId = Id<struct BatchTag>;
// (ledger sequence of the making entry << 16) | position in it.
using CardId = Id<struct CardTag>;
using LineageId = Id<struct LineageTag>;
// The ledger sequence of the redemption's entry.
using RedemptionId = Id<struct RedemptionTag>;
using ApprovalId = Id<struct ApprovalTag>;
using ReservationId = Id<struct ReservationTag>;
using UndoRequestId = Id<struct UndoRequestTag>;

// 2–8 of [A-Z0-9-], the issuer in card tokens.
struct AreaId {
  std::string value;
  auto operator<=>(AreaId const&) const = default;
  static std::optional<AreaId> parse(std::string_view text);
};

}  // namespace kaiku

template <class Tag>
struct std::hash<kaiku::Id<Tag>> {
  std::size_t operator()(kaiku::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
