// A scanner that reads one card twice in a moment means it once.
#pragma once

#include <cstdint>
#include <optional>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

inline constexpr std::int64_t same_scan_us = 5 * second_us;

// Remembers the last use that gave tickets. Pure; times are of the monotonic clock.
class SameScan {
 public:
  void gave(contract::CardCode code, std::optional<EventId> event, contract::Tickets const& tickets,
            std::int64_t now_us) {
    last_ = Last{code, event, tickets, now_us};
  }
  void forget() { last_.reset(); }
  bool is_repeat(contract::CardCode code, std::optional<EventId> event,
                 contract::Tickets const& tickets, std::int64_t now_us) const {
    return last_ && last_->code == code && last_->event == event && last_->tickets == tickets &&
           now_us - last_->at_us < same_scan_us;
  }

 private:
  struct Last {
    contract::CardCode code;
    std::optional<EventId> event;
    contract::Tickets tickets;
    std::int64_t at_us;
  };
  std::optional<Last> last_;
};

}  // namespace kaiku::kiosk
