// How a reservation is told of.
#pragma once

#include <string>
#include <string_view>

#include "server/access/call/call.hpp"
#include "server/pages/frame/page.hpp"
#include "server/tables/network.hpp"
#include "server/tables/reservations.hpp"

namespace kaiku::pages {

inline constexpr std::string_view reservations_path = "/reservations";

// "18.00 Pieni merenneito", with its day unless that is today.
std::string reserved_event_text(access::Call const& call, Language language,
                                tables::Event const& event);
// "Varattu 3 paikkaa klo 17.30 asti."
std::string reserved_text(access::Call const& call, Language language,
                          tables::Reservation const& reservation);

}  // namespace kaiku::pages
