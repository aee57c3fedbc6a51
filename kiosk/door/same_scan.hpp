// A scanner that reads one card again and again means it once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/contract/admission.hpp"
#include "schema/contract/card_token.hpp"

namespace kaiku::kiosk {

inline constexpr std::int64_t same_scan_us = 5 * second_us;
// Cards that lie under one reader together; a card that comes again after more others means it.
inline constexpr std::size_t cards_together = 4;

// Remembers uses that gave tickets for as long as their cards keep coming: a phone left under a
// reader is one scan, also when others are read meanwhile. Pure; times are of the monotonic clock.
class SameScan {
 public:
  void gave(contract::CardCode code, std::optional<EventId> event, contract::Tickets const& tickets,
            std::int64_t now_us, std::string answer = {}) {
    std::erase_if(uses_, [&](Use const& use) {
      return now_us - use.at_us >= same_scan_us || (use.code == code && use.event == event);
    });
    if (uses_.size() == cards_together) uses_.erase(uses_.begin());
    uses_.push_back({code, event, tickets, now_us, std::move(answer)});
  }
  void forget() { uses_.clear(); }
  // Cards whose time is over.
  void forget_ended(std::int64_t now_us) {
    std::erase_if(uses_, [&](Use const& use) { return now_us - use.at_us >= same_scan_us; });
    if (uses_.empty()) std::vector<Use>().swap(uses_);  // its block too: what is freed is wiped
  }
  // What was answered to the use that this read repeats; null when it is another one. The time in
  // which a read is a repetition begins anew with each.
  std::string const* repeated(contract::CardCode code, std::optional<EventId> event,
                              contract::Tickets const& tickets, std::int64_t now_us) {
    auto const use = std::ranges::find_if(uses_, [&](Use const& past) {
      return past.code == code && past.event == event && past.tickets == tickets &&
             now_us - past.at_us < same_scan_us;
    });
    if (use == uses_.end()) return nullptr;
    use->at_us = now_us;
    std::rotate(use, use + 1, uses_.end());  // the one that came last is forgotten last
    return &uses_.back().answer;
  }

 private:
  struct Use {
    contract::CardCode code;
    std::optional<EventId> event;
    contract::Tickets tickets;
    std::int64_t at_us;
    std::string answer;
  };
  std::vector<Use> uses_;  // by when they came last
};

}  // namespace kaiku::kiosk
