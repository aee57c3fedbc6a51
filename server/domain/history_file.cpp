#include "server/domain/history_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>
#include <unordered_map>

#include "schema/codec/csv_reader.hpp"
#include "schema/codec/personal_identity_code.hpp"
#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"
#include "server/domain/municipalities.hpp"
#include "server/domain/policy.hpp"

namespace kaiku::domain {
namespace {

constexpr std::size_t longest_card_id = 64;
constexpr std::size_t longest_name = 200;
constexpr int earliest_year = 2010;  // of which figures can be asked for
constexpr int earliest_birth_year = 1900;
constexpr std::size_t municipality_digits = 3;
constexpr std::size_t postcode_digits = 5;

constexpr std::string_view not_utf8 = "is not text in UTF-8: save the file as CSV in UTF-8";
constexpr std::string_view holds_identity_code = "holds what looks like a personal identity code";
constexpr std::string_view whole_row = "row";

namespace card {
enum : std::size_t { id, registered_on, municipality, office, birth_year, postcode, children };
constexpr std::array<std::string_view, 7> names{
    "card_id", "registered_on", "municipality", "office", "birth_year", "postcode", "children"};
}  // namespace card

namespace use {
enum : std::size_t { id, used_on, recorded_on, venue, sector, adults, children, municipality };
constexpr std::array<std::string_view, 8> names{
    "card_id", "used_on", "recorded_on", "venue", "sector", "adults", "children", "municipality"};
constexpr std::size_t required = 7;
}  // namespace use

std::optional<int> number_from(std::string_view text, std::size_t most_digits) {
  if (!ascii::is_digits(text) || text.size() > most_digits) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// 5.3.2019
std::optional<Day> finnish_day(std::string_view text) {
  auto const first = text.find('.');
  auto const second = text.find('.', first == text.npos ? first : first + 1);
  if (second == text.npos) return std::nullopt;
  auto const day = number_from(text.substr(0, first), 2);
  auto const month = number_from(text.substr(first + 1, second - first - 1), 2);
  auto const year = text.substr(second + 1);
  if (!day || !month || year.size() != 4 || !ascii::is_digits(year)) return std::nullopt;
  return day_from(*number_from(year, 4), static_cast<unsigned>(*month),
                  static_cast<unsigned>(*day));
}

// One file: its columns by their numbers, whatever their order.
class Sheet {
 public:
  Sheet(HistoryTable table, std::string_view text, std::span<std::string_view const> names,
        std::size_t required, HistoryFaults& faults)
      : table_(table), names_(names), reader_(text), faults_(faults) {
    places_.resize(names.size(), missing);
    if (reader_.next()) find_columns();
    for (std::size_t column = 0; column < required; ++column) {
      if (places_[column] != missing) continue;
      is_good_ = false;
      faults_.add({table_, 1, names_[column], "is missing"});
    }
  }
  bool is_good() const { return is_good_; }

  // The next row that has all cells.
  bool next() {
    while (reader_.next()) {
      ++rows_;
      if (reader_.flaw() == codec::CsvFlaw::open_quotes) {
        fault(whole_row, "has quotes that nothing closes");
      } else if (reader_.flaw() == codec::CsvFlaw::stray_quotes) {
        fault(whole_row, "has text after closing quotes");
      } else if (reader_.cells().size() != width_) {
        fault(whole_row, "has another number of cells than the header");
      } else {
        return true;
      }
    }
    return false;
  }
  std::string_view cell(std::size_t column) const {
    return places_[column] == missing ? std::string_view() : reader_.cells()[places_[column]];
  }
  void fault(std::size_t column, std::string_view reason) { fault(names_[column], reason); }
  HistoryFault at(std::size_t column, std::string_view reason) const {
    return {table_, reader_.line(), names_[column], reason};
  }
  std::int64_t rows() const { return rows_; }

 private:
  static constexpr std::size_t missing = std::numeric_limits<std::size_t>::max();

  void find_columns() {
    width_ = reader_.cells().size();
    for (std::size_t at = 0; at < width_; ++at) {
      auto const name = std::ranges::find(names_, reader_.cells()[at]);
      if (name == names_.end()) continue;
      auto& place = places_[static_cast<std::size_t>(name - names_.begin())];
      if (place != missing) {
        is_good_ = false;
        faults_.add({table_, reader_.line(), *name, "is there twice"});
      }
      place = at;
    }
  }
  void fault(std::string_view column, std::string_view reason) {
    faults_.add({table_, reader_.line(), column, reason});
  }

  HistoryTable table_;
  std::span<std::string_view const> names_;
  codec::CsvReader reader_;
  HistoryFaults& faults_;
  std::vector<std::size_t> places_;
  std::size_t width_ = 0;
  std::int64_t rows_ = 0;
  bool is_good_ = true;
};

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};
using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;
constexpr std::uint32_t several = std::numeric_limits<std::uint32_t>::max();

template <class Places>
Numbers numbers_of(Places const& places) {
  Numbers numbers;
  for (std::size_t at = 0; at < places.size(); ++at) {
    auto const [known, is_new] =
        numbers.try_emplace(places[at].name, static_cast<std::uint32_t>(at));
    if (!is_new) known->second = several;
  }
  return numbers;
}

class Reading {
 public:
  explicit Reading(HistoryPlaces&& places) : places_(std::move(places)) {
    history_.offices = std::move(places_.offices);
    history_.venues = std::move(places_.venues);
    offices_ = numbers_of(history_.offices);
    venues_ = numbers_of(history_.venues);
  }

  History read(HistoryTexts const& texts) && {
    Sheet cards(HistoryTable::cards, texts.cards, card::names, card::names.size(), history_.faults);
    if (cards.is_good()) {
      while (cards.next()) read_card(cards);
      if (cards.rows() == 0) history_.faults.add({HistoryTable::cards, 1, whole_row, "is missing"});
    }
    knows_cards_ = cards.is_good();
    Sheet uses(HistoryTable::uses, texts.uses, use::names, use::required, history_.faults);
    if (uses.is_good()) {
      while (uses.next()) read_use(uses);
    }
    return std::move(history_);
  }

 private:
  void read_card(Sheet& row) {
    HistoryCard made;
    take_card_id(row);
    made.municipality = row.cell(card::municipality);
    made.postcode = row.cell(card::postcode);
    if (auto const day = day_in(row, card::registered_on)) {
      made.registered_on = *day;
      check_settled(row, card::registered_on, *day);
      check_municipality(row, *day);
      made.birth_year = birth_year_in(row, *day);
    }
    if (!made.postcode.empty() &&
        (made.postcode.size() != postcode_digits || !ascii::is_digits(made.postcode))) {
      row.fault(card::postcode, "is not five digits");
    }
    made.children = children_of_holder(row);
    made.office = office_in(row, made);
    history_.cards.push_back(std::move(made));
  }

  void take_card_id(Sheet& row) {
    auto const text = row.cell(card::id);
    if (text.empty()) return row.fault(card::id, "is empty");
    if (!is_utf8(text)) return row.fault(card::id, not_utf8);
    if (code_points_in(text) > longest_card_id) {
      return row.fault(card::id, "is longer than 64 characters");
    }
    if (codec::contains_personal_identity_code(text)) row.fault(card::id, holds_identity_code);
    auto const number = static_cast<std::uint32_t>(history_.cards.size());
    if (!cards_.try_emplace(std::string(text), number).second) {
      row.fault(card::id, "is there twice");
    }
  }

  std::optional<Day> day_in(Sheet& row, std::size_t column) {
    auto const text = row.cell(column);
    auto const day = text.find('-') == text.npos ? finnish_day(text) : day_from_iso(text);
    if (!day) {
      row.fault(column, "is not a day such as 2019-03-05 or 5.3.2019");
    } else if (*day > places_.today) {
      row.fault(column, "is a day to come");
    } else if (*day < earliest_day_) {
      row.fault(column, "is a day before the year 2010");
    } else {
      return day;
    }
    return std::nullopt;
  }

  void check_settled(Sheet& row, std::size_t column, Day day) {
    if (places_.settled_years.empty()) return;
    if (places_.settled_years.contains(civil_of(day).year)) {
      row.fault(column, "is of a year whose figures are published");
    }
  }

  void check_municipality(Sheet& row, Day day) {
    auto const code = row.cell(card::municipality);
    if (code.size() != municipality_digits || !ascii::is_digits(code)) {
      return row.fault(card::municipality,
                       "is not three digits (a spreadsheet may have dropped its zeros)");
    }
    auto const* const listed = find_listed(code);
    bool const was_one = listed == nullptr || listed->is_one_on(day);
    if (!was_one || !places_.municipalities.contains(code)) {
      row.fault(card::municipality, "was no municipality of the network on that day");
    }
  }

  static int birth_year_in(Sheet& row, Day registered_on) {
    auto const text = row.cell(card::birth_year);
    if (text.empty()) return 0;
    auto const year = number_from(text, 4);
    if (!year || *year < earliest_birth_year) {
      row.fault(card::birth_year, "is not a year such as 1985");
    } else if (!old_enough(*year, registered_on)) {
      row.fault(card::birth_year, "is of a holder under 16");
    } else {
      return *year;
    }
    return 0;
  }

  static int children_of_holder(Sheet& row) {
    auto const text = row.cell(card::children);
    if (text.empty()) return children_unknown;
    auto const children = number_from(text, 2);
    if (children && *children <= contract::most_children) return *children;
    row.fault(card::children, "is not 0 to 20");
    return children_unknown;
  }

  // What a place that is not known may be called; tells why not.
  static bool is_name(Sheet& row, std::size_t column) {
    auto const name = row.cell(column);
    if (name.empty()) {
      row.fault(column, "is empty");
    } else if (!is_utf8(name)) {
      row.fault(column, not_utf8);
    } else if (codec::contains_personal_identity_code(name)) {
      row.fault(column, holds_identity_code);
    } else if (code_points_in(name) > longest_name || ascii::has_control(name)) {
      row.fault(column, "is not the name of a place");
    } else {
      return true;
    }
    return false;
  }

  bool is_own(std::string_view municipality) const {
    return std::ranges::find(places_.own_municipalities, municipality) !=
           places_.own_municipalities.end();
  }

  std::uint32_t office_in(Sheet& row, HistoryCard const& of) {
    auto const name = row.cell(card::office);
    if (auto const known = offices_.find(name); known != offices_.end()) {
      if (known->second != several) return known->second;
      row.fault(card::office, "is the name of several offices of the area");
      return 0;
    }
    if (!is_name(row, card::office)) return 0;
    if (!places_.may_create || places_.own_municipalities.empty()) {
      row.fault(card::office, "is not an office of the area");
      return 0;
    }
    auto const at = static_cast<std::uint32_t>(history_.offices.size());
    auto const& home =
        is_own(of.municipality) ? of.municipality : places_.own_municipalities.front();
    history_.offices.push_back({OfficeId{}, std::string(name), home});
    offices_.emplace(name, at);
    return at;
  }

  void read_use(Sheet& row) {
    HistoryUse made;
    auto const known = cards_.find(row.cell(use::id));
    bool const has_card = known != cards_.end();
    if (has_card) made.card = known->second;
    if (!has_card && knows_cards_) row.fault(use::id, "is not in the file of cards");
    auto const used_on = day_in(row, use::used_on);
    auto const recorded_on = day_in(row, use::recorded_on);
    if (used_on) {
      made.used_on = *used_on;
      check_settled(row, use::used_on, *used_on);
      if (has_card && *used_on < history_.cards[made.card].registered_on) {
        history_.warnings.add(row.at(use::used_on, "is before the card was registered"));
      }
    }
    if (recorded_on) made.recorded_on = *recorded_on;
    if (used_on && recorded_on && *recorded_on < *used_on) {
      row.fault(use::recorded_on, "is before the day of the use");
    }
    take_tickets(row, made);
    made.venue = venue_in(row, used_on);
    history_.uses.push_back(made);
  }

  static void take_tickets(Sheet& row, HistoryUse& made) {
    auto const adults = number_from(row.cell(use::adults), 2);
    auto const children = number_from(row.cell(use::children), 2);
    bool const adults_fit = adults && *adults <= 1;
    bool const children_fit = children && *children <= contract::most_children;
    if (!adults_fit) row.fault(use::adults, "is not 0 or 1");
    if (!children_fit) row.fault(use::children, "is not 0 to 20");
    if (!adults_fit || !children_fit) return;
    if (*adults + *children == 0) row.fault(use::adults, "is 0, as the children are: no ticket");
    made.adults = static_cast<std::uint8_t>(*adults);
    made.children = static_cast<std::uint8_t>(*children);
  }

  std::uint32_t venue_in(Sheet& row, std::optional<Day> used_on) {
    auto const sector = contract::sector_from(row.cell(use::sector));
    if (!sector) row.fault(use::sector, "is not culture, education, science or sport");
    auto const name = row.cell(use::venue);
    if (auto const known = venues_.find(name); known != venues_.end()) {
      if (known->second == several) {
        row.fault(use::venue, "is the name of several venues of the area");
        return 0;
      }
      auto const& venue = history_.venues[known->second];
      if (sector && used_on && venue.sector_on(*used_on) != *sector) {
        row.fault(use::sector, "is another sector than the venue's");
      }
      return known->second;
    }
    if (!is_name(row, use::venue)) return 0;
    if (!places_.may_create || places_.own_municipalities.empty()) {
      row.fault(use::venue, "is not a venue of the area");
      return 0;
    }
    return sector ? made_venue(row, name, *sector) : 0;
  }

  // Figures of municipalities count a venue where it is, so that is never guessed.
  std::uint32_t made_venue(Sheet& row, std::string_view name, contract::Sector sector) {
    std::string home(row.cell(use::municipality));
    if (home.empty() && places_.own_municipalities.size() == 1) {
      home = places_.own_municipalities.front();
    }
    if (!is_own(home)) {
      row.fault(use::municipality, "has to name the area's municipality that the new venue is in");
      return 0;
    }
    auto const at = static_cast<std::uint32_t>(history_.venues.size());
    history_.venues.push_back({VenueId{}, std::string(name), {{Day{}, sector}}, std::move(home)});
    venues_.emplace(name, at);
    return at;
  }

  HistoryPlaces places_;
  History history_;
  Numbers cards_, offices_, venues_;
  bool knows_cards_ = false;
  Day earliest_day_ = day_from(earliest_year, 1, 1).value();
};

}  // namespace

void HistoryFaults::add(HistoryFault const& fault) {
  ++in_all_;
  if (kept_.size() < most_kept) kept_.push_back(fault);
}

contract::Sector HistoryVenue::sector_on(Day day) const {
  auto sector = sectors.front().sector;
  for (auto const& since : sectors) {
    if (since.day <= day) sector = since.sector;
  }
  return sector;
}

History read_history(HistoryTexts const& texts, HistoryPlaces places) {
  return Reading(std::move(places)).read(texts);
}

}  // namespace kaiku::domain
