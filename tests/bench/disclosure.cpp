// Suppression of a country's year: three quarters and the settlement of all linked tables. Run by
// hand: kaiku-bench-disclosure [networks]
#include <ctime>
#include <iostream>
#include <string>

#include "tests/property/disclosure_networks.hpp"

namespace kaiku::property {
namespace {

struct Published {
  Counts adults;
  Counts children;
  Counts cards;
  Counts earlier_years;
};

double cpu_ms_of(domain::Linking linking, Counts const& counts,
                 std::vector<domain::Share> const& shares, Counts& published) {
  YearOfRuns runs(linking, counts, shares, published);
  auto const before = std::clock();
  runs.draw_all();
  auto const ticks = static_cast<double>(std::clock() - before);
  published = runs.published();
  return 1000.0 * ticks / CLOCKS_PER_SEC;
}

void print_year(TrueYear const& grown_ups, TrueYear const& young, Published& published) {
  auto const adults = use_counts(grown_ups);
  auto const children = use_counts(young);
  auto const cards = card_counts(grown_ups);
  double const of_adults =
      cpu_ms_of(domain::Linking::uses, adults, use_shares(grown_ups, adults), published.adults);
  double const of_children =
      cpu_ms_of(domain::Linking::uses, children, use_shares(young, children), published.children);
  double const of_cards =
      cpu_ms_of(domain::Linking::cards, cards, card_shares(grown_ups, cards), published.cards);
  double const of_earlier = cpu_ms_of(domain::Linking::earlier_years,
                                      earlier_year_counts(grown_ups), {}, published.earlier_years);
  std::cout << "adults " << of_adults << " children " << of_children << " cards " << of_cards
            << " earlier years " << of_earlier << " all "
            << of_adults + of_children + of_cards + of_earlier << " ms\n";
}

}  // namespace
}  // namespace kaiku::property

int main(int count, char** words) {
  using namespace kaiku::property;
  int const networks = count > 1 ? std::stoi(words[1]) : 5;
  auto for_children = country();
  for_children.uses_a_venue /= 5;
  for (int seed = 0; seed < networks; ++seed) {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    auto adults = random_network(country(), random);
    auto children = year_after(random_network(for_children, random), for_children, random);
    Published published;
    for (int year = 0; year < 3; ++year) {
      print_year(adults, children, published);
      adults = year_after(adults, country(), random);
      children = year_after(children, for_children, random);
    }
  }
}
