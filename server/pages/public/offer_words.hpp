// Places and events as pages and calendars for everybody tell of them.
#pragma once

#include <string>
#include <vector>

#include "server/pages/public/calendar.hpp"
#include "server/pages/public/offers_view.hpp"
#include "server/tables/offers.hpp"

namespace kaiku::pages {

// A choice of lists; what is none of ours is no choice.
PublicFilter filter_of(FormValues const& values);
tables::PlaceQuestion place_question(PublicFilter const& filter);
std::vector<Option> municipality_choice(ledger::ReadTx& tx, Language language);
std::vector<Option> sector_choice(Language language);

// "22.11.2026 17.42–19.00".
std::string when_text(Language language, tables::Event const& event);
PublicPlaceRow row_of(ledger::ReadTx& tx, Frame const& frame, tables::Venue const& venue);
OfferRow row_of(ledger::ReadTx& tx, Frame const& frame, tables::Event const& event);
// The place of an event that everybody may see; nullopt when it takes no part any more.
std::optional<tables::Venue> open_venue(ledger::ReadTx& tx, VenueId id);

CalendarEntry calendar_entry(access::Call const& call, ledger::ReadTx& tx, Language language,
                             tables::Event const& event);
// Of all events that fit, from a month ago on, with the cancelled ones: a calendar is to hear of
// both. Where they are too many, what is to come stays.
http::Response calendar_of(access::Call const& call, ledger::ReadTx& tx, std::string_view name,
                           tables::OfferQuestion question, std::string_view file_name);

// The page of a list that is asked for, from 1, and the addresses beside it.
inline constexpr std::int64_t rows_a_list = 50;
std::int64_t list_page(FormValues const& values, std::int64_t count);
ListPages pages_beside(Frame const& frame, std::string_view path, PublicFilter const& filter,
                       std::int64_t number, std::int64_t count);

}  // namespace kaiku::pages
