// kaiku-bench-history: makes a stopped demo as large as a country, 50 areas with 300
// municipalities, and writes for each area the two files of ten earlier years that `report
// import-history --create` takes. The same arguments give the same files.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/app/app.hpp"
#include "server/domain/municipalities.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::bench {
namespace {

constexpr std::size_t areas_in_all = 50;
constexpr std::size_t municipalities_an_area = 6;
constexpr std::size_t venues_an_area = 9;
constexpr std::size_t offices_an_area = 8;
constexpr int years = 10;

struct Size {
  std::size_t cards = 0;
  std::size_t uses = 0;
  int last_year = 0;
};

// Today's municipalities that no area has yet, one after the other.
class FreeMunicipalities {
 public:
  domain::Municipality take(ledger::WriteTx& tx) {
    auto const today = helsinki_day(tx.now());
    while (at_ < all_.size()) {
      auto const& listed = all_[at_++];
      bool const is_free = !tables::area_of_municipality(tx, std::string(listed.code));
      if (listed.is_one_on(today) && is_free) return listed.as_municipality();
    }
    throw std::runtime_error("there are too few municipalities in Finland");
  }

 private:
  std::span<domain::ListedMunicipality const> all_ = domain::listed_municipalities();
  std::size_t at_ = 0;
};

// The demo's areas grow, the others are new.
std::vector<ledger::AreaSet> make_areas(ledger::WriteTx& tx) {
  std::vector<ledger::AreaSet> areas;
  for (auto const& known : tables::list_areas(tx)) {
    areas.push_back({known.id, known.name, tables::municipalities_of(tx, known.id), known.policy});
  }
  for (int number = 1; areas.size() < areas_in_all; ++number) {
    auto const name = "ALUE" + std::to_string(number);
    areas.push_back({AreaId{name}, {name, name, name}, {}, {}});
  }
  domain::Caller owner;
  owner.role = domain::Role::admin;
  FreeMunicipalities free;
  for (auto& area : areas) {
    while (area.municipalities.size() < municipalities_an_area) {
      area.municipalities.push_back(free.take(tx));
    }
    if (!use_cases::keep_area(tx, area, owner)) {
      throw std::runtime_error("the area " + area.area.value + " could not be made");
    }
  }
  return areas;
}

// How many of `whole` the areas before this one have: the first have many, the last few.
std::size_t share_before(std::size_t area, std::size_t whole) {
  double before = 0;
  double all = 0;
  for (std::size_t at = 0; at < areas_in_all; ++at) {
    auto const weight = 1.0 / static_cast<double>(at + 4);
    if (at < area) before += weight;
    all += weight;
  }
  return static_cast<std::size_t>(static_cast<double>(whole) * before / all);
}

class Writer {
 public:
  Writer(Size const& size, std::filesystem::path folder)
      : size_(size), folder_(std::move(folder)), random_(size.uses) {
    first_ = day_from(size.last_year - years + 1, 1, 1).value();
    auto const last = day_from(size.last_year, 12, 31).value();
    for (Day day = first_; day <= last + most_days_late; day = day + 1) {
      texts_.push_back(to_iso(day));
    }
    days_ = static_cast<std::size_t>(last - first_) + 1;
  }

  void write(std::vector<ledger::AreaSet> const& areas) {
    for (std::size_t at = 0; at < areas.size(); ++at) {
      registered_.clear();
      write_cards(areas, at);
      if (!registered_.empty()) write_uses(areas[at], at);
    }
  }

 private:
  static constexpr int most_days_late = 7;

  std::size_t below(std::size_t limit) { return random_.next64() % limit; }
  bool in_hundred(std::size_t chance) { return below(100) < chance; }
  // The first ones often, the last ones seldom: half of all is below an eighth of the limit.
  std::size_t leaning_below(std::size_t limit) {
    constexpr std::size_t steps = 1 << 20;
    auto const part = static_cast<double>(below(steps)) / steps;
    return static_cast<std::size_t>(part * part * part * static_cast<double>(limit));
  }

  std::ofstream open(std::string const& name) const {
    std::ofstream out(folder_ / name);
    out.exceptions(std::ios::badbit | std::ios::failbit);
    return out;
  }

  void write_cards(std::vector<ledger::AreaSet> const& areas, std::size_t at) {
    auto const& area = areas[at];
    auto out = open(area.area.value + ".cards.csv");
    out << "card_id,registered_on,municipality,office,birth_year,postcode,children\n";
    auto const cards = share_before(at + 1, size_.cards) - share_before(at, size_.cards);
    for (std::size_t card = 0; card < cards; ++card) {
      registered_.push_back(below(days_));
      // One in twenty has a home elsewhere in the country.
      auto const& home = in_hundred(5) ? areas[below(areas.size())] : area;
      out << card << ',' << texts_[registered_.back()] << ','
          << home.municipalities[leaning_below(municipalities_an_area)].code << ','
          << area.area.value << " toimisto " << leaning_below(offices_an_area) << ','
          << 1930 + below(70) << ",," << below(4) << '\n';
    }
  }

  void write_uses(ledger::AreaSet const& area, std::size_t at) {
    static constexpr std::array sectors{"culture", "sport", "education", "science"};
    auto out = open(area.area.value + ".uses.csv");
    out << "card_id,used_on,recorded_on,venue,sector,adults,children,municipality\n";
    auto const uses = share_before(at + 1, size_.uses) - share_before(at, size_.uses);
    for (std::size_t use = 0; use < uses; ++use) {
      auto const card = leaning_below(registered_.size());
      auto const used = registered_[card] + below(days_ - registered_[card]);
      auto const recorded = used + (in_hundred(5) ? below(most_days_late + 1) : 0);
      auto const venue = leaning_below(venues_an_area);
      out << card << ',' << texts_[used] << ',' << texts_[recorded] << ',' << area.area.value
          << " kohde " << venue << ',' << sectors[venue % sectors.size()] << ",1,"
          << (in_hundred(20) ? 1 + below(3) : 0) << ','
          << area.municipalities[venue % municipalities_an_area].code << '\n';
    }
  }

  Size size_;
  std::filesystem::path folder_;
  SeededRandom random_;
  Day first_;
  std::size_t days_ = 0;
  std::vector<std::string> texts_;       // of the days from the first on
  std::vector<std::size_t> registered_;  // of the area's cards, in days after the first
};

int make(std::string const& dir, Size const& size, std::filesystem::path const& folder) {
  std::vector<ledger::AreaSet> areas;
  {
    SystemClock const clock;
    SystemRandom random;
    Installation installation(dir, AppSettings{}.instance, clock, random);
    installation.write([&](ledger::WriteTx& tx) {
      areas = make_areas(tx);
      return true;
    });
  }
  std::filesystem::create_directories(folder);
  Writer(size, folder).write(areas);
  return 0;
}

}  // namespace
}  // namespace kaiku::bench

int main(int argc, char** argv) {
  try {
    if (argc == 6) {
      kaiku::bench::Size const size{std::stoul(argv[2]), std::stoul(argv[3]), std::stoi(argv[4])};
      return kaiku::bench::make(argv[1], size, argv[5]);
    }
    std::fputs("kaiku-bench-history DEMO_FOLDER CARDS USES LAST_YEAR FILES_FOLDER\n", stderr);
    return 2;
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "kaiku-bench-history: %s\n", fault.what());
    return 3;
  }
}
