#include "server/pages/public/places.hpp"

#include "server/pages/frame/name_order.hpp"
#include "server/pages/public/offer_words.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view places = "/places";
constexpr std::int64_t offers_shown = 20;

Result<tables::Venue> asked_venue(access::Call const& call, ledger::ReadTx& tx) {
  auto const id = call.id<VenueId>(0);
  if (!id) return id.error();
  auto const venue = open_venue(tx, *id);
  if (!venue) return Error(Problem::not_found);
  return *venue;
}

}  // namespace

Result<http::Response> get_places(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto const frame = public_frame(call);
  PublicPlaces page;
  page.filter.municipality = values["municipality"];
  page.filter.sector = values["sector"];
  page.municipalities = municipality_choice(tx, frame.language);
  page.sectors = sector_choice(frame.language);
  auto venues = tables::open_venues(tx, place_question(page.filter));
  sort_by_name(venues, [](tables::Venue const& venue) { return venue.name; });
  page.count = static_cast<std::int64_t>(venues.size());
  auto const number = list_page(values, page.count);
  auto const end = std::min(page.count, number * rows_a_list);
  for (auto at = (number - 1) * rows_a_list; at < end; ++at) {
    page.rows.push_back(row_of(tx, frame, venues[static_cast<std::size_t>(at)]));
  }
  page.pages = pages_beside(frame, places, page.filter, number, page.count);
  return respond(frame, public_places_page(frame, page));
}

Result<http::Response> get_place(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = asked_venue(call, tx);
  if (!venue) return venue.error();
  auto const frame = public_frame(call);
  PublicPlace page;
  page.place = row_of(tx, frame, *venue);
  tables::OfferQuestion question;
  question.venue = venue->id;
  question.from = call.now();
  for (auto const& event : tables::list_offers(tx, question, 0, offers_shown)) {
    page.offers.push_back(row_of(tx, frame, event));
  }
  auto const number = std::to_string(venue->id.value);
  if (tables::count_offers(tx, question) > offers_shown) {
    page.all = public_address(frame, "/offers", {{"venue", number}});
  }
  page.calendar = public_address(frame, "/places/" + number + ".ics");
  return respond(frame, public_place_page(frame, page));
}

Result<http::Response> get_place_calendar(access::Call const& call, ledger::ReadTx& tx) {
  auto const venue = asked_venue(call, tx);
  if (!venue) return venue.error();
  tables::OfferQuestion question;
  question.venue = venue->id;
  return calendar_of(call, tx, venue->name, question,
                     "kaiku-" + std::to_string(venue->id.value) + ".ics");
}

}  // namespace kaiku::pages
