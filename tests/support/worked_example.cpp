#include "tests/support/worked_example.hpp"

#include <algorithm>

#include "schema/values/time.hpp"
#include "server/domain/municipalities.hpp"

namespace kaiku::test {
namespace {

constexpr std::int64_t areas = 9;
constexpr std::size_t municipalities = 24;
constexpr std::array<std::string_view, 4> venue_names{"Kulttuuritalo", "Kansalaisopisto",
                                                      "Tiedekeskus", "Urheilutalo"};

// What the n-th area has of a whole: the first ones have one more.
std::int64_t share_of(std::int64_t whole, std::int64_t n) {
  return whole / areas + (n < whole % areas ? 1 : 0);
}

Day first_day() { return day_from(worked_year, 1, 1).value(); }
Day last_day() { return day_from(worked_year, 12, 31).value(); }

// Half of the cards that are used are made in the first fortnight, so that each month has uses.
Day registered_on(std::int64_t card, bool is_used) {
  if (!is_used) return first_day() + static_cast<std::int32_t>(card * 37 % 365);
  return first_day() + static_cast<std::int32_t>(card % 2 == 0 ? card % 14 : card * 37 % 330);
}

std::string id_of(std::int64_t area, std::int64_t card) {
  return "K" + std::to_string(area + 1) + "-" + std::to_string(card + 1);
}

std::string cards_of(WorkedArea const& area, std::int64_t n) {
  std::string text = "card_id,registered_on,municipality,office,birth_year,postcode,children\n";
  auto const used = share_of(worked_used_cards, n);
  for (std::int64_t card = 0; card < share_of(worked_cards, n); ++card) {
    auto const at = static_cast<std::size_t>(card);
    text += id_of(n, card) + "," + to_iso(registered_on(card, card < used)) + ",";
    text += area.municipalities[at % area.municipalities.size()] + ",";
    // The homes of an area are three at most: offices take turns by another count.
    text += area.offices[at / 3 % area.offices.size()].name + ",";
    if (card % 10 != 0) text += std::to_string(1940 + card % 60);
    text += ",," + std::to_string(card % 4) + "\n";
  }
  return text;
}

// A spreadsheet's file: semicolons, Finnish days. Each row is an adult's ticket; the first ones of
// a sector have a child's beside it.
std::string uses_of(WorkedArea const& area, std::int64_t n) {
  std::string text =
      "\xef\xbb\xbf"
      "card_id;used_on;recorded_on;venue;sector;adults;children\r\n";
  auto const used = share_of(worked_used_cards, n);
  std::int64_t row = 0;
  for (std::size_t sector = 0; sector < worked_adults.size(); ++sector) {
    auto const children = share_of(worked_children[sector], n);
    for (std::int64_t ticket = 0; ticket < share_of(worked_adults[sector], n); ++ticket, ++row) {
      auto const card = row % used;
      auto const registered = registered_on(card, true);
      auto const days_left = last_day() - registered + 1;
      auto const used_on = registered + static_cast<std::int32_t>(
                                            (row / used * 53 + card * 17 + row % 7) % days_left);
      auto const recorded_on = used_on + (row % 8 == 0 ? 3 : 0);
      text += id_of(n, card) + ";" + to_finnish(used_on) + ";" + to_finnish(recorded_on) + ";";
      text += area.venues[sector].name + ";";
      text += contract::word_of(static_cast<contract::Sector>(sector));
      text += std::string(";1;") + (ticket < children ? "1" : "0") + "\r\n";
    }
  }
  return text;
}

WorkedArea area_with(std::vector<std::string> members, std::int64_t n) {
  WorkedArea area;
  auto const number = std::to_string(n + 1);
  area.id = AreaId{"ALUE-" + number};
  area.name = "Alue " + number;
  area.municipalities = std::move(members);
  auto const& homes = area.municipalities;
  for (std::size_t at = 0; at < 2; ++at) {
    area.offices.push_back({"Toimisto " + number + (at == 0 ? "A" : "B"), homes[at]});
  }
  for (std::size_t at = 0; at < venue_names.size(); ++at) {
    area.venues[at] = {std::string(venue_names[at]) + " " + number, homes[at % homes.size()]};
  }
  area.cards = cards_of(area, n);
  area.uses = uses_of(area, n);
  return area;
}

}  // namespace

std::vector<WorkedArea> worked_example() {
  std::vector<std::string> codes;
  for (auto const& listed : domain::listed_municipalities()) {
    if (codes.size() < municipalities && !listed.last_year) codes.emplace_back(listed.code);
  }
  std::vector<WorkedArea> all;
  auto next = codes.begin();
  for (std::int64_t n = 0; n < areas; ++n) {
    auto const end = next + share_of(municipalities, n);
    all.push_back(area_with({next, end}, n));
    next = end;
  }
  return all;
}

}  // namespace kaiku::test
