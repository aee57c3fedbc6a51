#include "tests/property/counted_networks.hpp"

#include <algorithm>
#include <map>

namespace kaiku::property {
namespace {

int drawn(std::mt19937_64& random, int from, int to) {
  return from + static_cast<int>(random() % static_cast<std::uint64_t>(to - from + 1));
}

// Adults of each area by where they come from, and what stands beside.
tables::YearCounts others_of(TrueYear const& adults, std::mt19937_64& random) {
  std::map<AreaId, std::int64_t> uses;
  for (auto const& area : adults.areas) uses[area];
  for (auto const& venue : adults.venues) {
    for (auto const count : venue.uses) uses[venue.area] += count;
    uses[venue.area] += venue.late;
  }
  tables::YearCounts counts;
  for (auto const& [area, count] : uses) {
    counts.beside.push_back({.area = area,
                             .assistants = drawn(random, 0, 30),
                             .interpreters = drawn(random, 0, 6),
                             .companions = drawn(random, 0, 12),
                             .community_cards = drawn(random, 0, 8),
                             .community_uses = drawn(random, 0, 40),
                             .late_tickets = drawn(random, 0, 12),
                             .all_tickets = 12 + count,
                             .undone_tickets = drawn(random, 0, 10)});
    auto const unknown = std::min<std::int64_t>(count, drawn(random, 0, 5));
    if (unknown > 0) counts.flows.push_back({{}, area, unknown});
    if (count > unknown) counts.flows.push_back({area, area, count - unknown});
  }
  return counts;
}

// Late records lie in January; what was undone goes from the closed months, the first ones first.
tables::Months recorded(TrueYear::Months const& months, std::int64_t late, int quarter) {
  tables::Months counts = months;
  if (quarter < settled) {
    std::fill(counts.begin() + 3 * quarter, counts.end(), 0);
    return counts;
  }
  if (late > 0) counts[0] += late;
  for (std::size_t at = 0; late < 0 && at < 9; ++at) {
    auto const undone = std::min(counts[at], -late);
    counts[at] -= undone;
    late += undone;
  }
  return counts;
}

tables::YearCounts counts_at(Network const& network, int quarter) {
  tables::YearCounts counts;
  for (std::size_t at = 0; at < network.adults.venues.size(); ++at) {
    auto const& adults = network.adults.venues[at];
    auto const& children = network.children.venues[at];
    tables::VenueYear venue{.venue = adults.id,
                            .area = adults.area,
                            .municipality = adults.municipality,
                            .sector = adults.sector};
    auto const nothing = venue;
    venue.adults = recorded(adults.uses, adults.late, quarter);
    venue.children = recorded(children.uses, children.late, quarter);
    if (venue != nothing) counts.venues.push_back(venue);
  }
  for (auto const& cards : network.adults.cards) {
    tables::CardsYear row{.office = cards.office,
                          .area = cards.area,
                          .home = cards.home,
                          .home_area = cards.home_area};
    auto const nothing = row;
    row.registered = recorded(cards.registered, cards.late, quarter);
    if (quarter == settled) {
      row.taken = cards.taken;
      row.earlier_years = cards.earlier_years;
    }
    if (row != nothing) counts.cards.push_back(row);
  }
  if (quarter == settled) {
    counts.beside = network.others.beside;
    counts.flows = network.others.flows;
  }
  return counts;
}

}  // namespace

NetworkSize small_size(std::mt19937_64& random) {
  NetworkSize size;
  size.areas = drawn(random, 1, 3);
  size.municipalities = size.areas + drawn(random, 0, 3);
  size.venues = drawn(random, 2, 8);
  size.offices = drawn(random, 2, 6);
  size.uses_a_venue = drawn(random, 3, 60);
  size.cards_an_office = drawn(random, 3, 60);
  return size;
}

Network network_of(NetworkSize const& size, std::mt19937_64& random) {
  Network network;
  network.adults = random_network(size, random);
  network.children = year_after(network.adults, size, random);
  network.others = others_of(network.adults, random);
  return network;
}

Network network_after(Network const& before, NetworkSize const& size, std::mt19937_64& random) {
  Network network;
  network.adults = year_after(before.adults, size, random);
  network.children = year_after(before.children, size, random);
  network.others = others_of(network.adults, random);
  return network;
}

reports::CountedYear counted_at(Network const& network, int quarter) {
  reports::CountedYear year;
  year.network.areas = network.adults.areas;
  year.network.municipalities.assign(network.adults.municipalities.begin(),
                                     network.adults.municipalities.end());
  year.now = counts_at(network, quarter);
  for (int closed = 1; closed < quarter; ++closed) {
    year.closed[static_cast<std::size_t>(closed - 1)] = counts_at(network, closed);
  }
  return year;
}

}  // namespace kaiku::property
