#include "server/domain/history_file.hpp"

#include <gtest/gtest.h>

namespace kaiku::domain {
namespace {

constexpr std::string_view card_header =
    "card_id,registered_on,municipality,office,birth_year,postcode,children\n";
constexpr std::string_view use_header =
    "card_id,used_on,recorded_on,venue,sector,adults,children\n";
constexpr std::string_view good_card = "K-1,2019-01-07,097,Sosiaalitoimisto,1980,19700,2\n";

Day day(int year, unsigned month, unsigned number) { return day_from(year, month, number).value(); }

// One office, a pool, a museum that was a school until 2019; Hartola's area with one municipality.
HistoryPlaces places() {
  using contract::Sector;
  HistoryPlaces made;
  made.offices = {{OfficeId{2}, "Sosiaalitoimisto"}};
  made.venues = {{VenueId{3}, "Uimahalli", {{day(2026, 1, 1), Sector::sport}}},
                 {VenueId{4},
                  "Museo",
                  {{day(2010, 1, 1), Sector::education}, {day(2019, 6, 1), Sector::culture}}}};
  made.own_municipalities = {"097"};
  made.municipalities = {"097", "491"};
  made.settled_years = {2018};
  made.today = day(2026, 11, 29);
  return made;
}

HistoryPlaces creating() {
  auto made = places();
  made.may_create = true;
  return made;
}

std::string words_of(HistoryFaults const& faults) {
  std::string out;
  for (auto const& fault : faults.kept()) {
    out += fault.table == HistoryTable::cards ? "C:" : "U:";
    out += std::to_string(fault.line) + ": " + std::string(fault.column) + ": ";
    out += std::string(fault.reason) + "\n";
  }
  return out;
}

History read(std::string const& cards, std::string const& uses, HistoryPlaces given = places()) {
  return read_history({cards, uses}, std::move(given));
}

// What is wrong with one row of cards, and with one row of uses of a good card.
std::string card_faults(std::string_view row, HistoryPlaces given = places()) {
  return words_of(read(std::string(card_header) + std::string(row) + "\n", std::string(use_header),
                       std::move(given))
                      .faults);
}
std::string use_faults(std::string_view row, HistoryPlaces given = places()) {
  return words_of(read(std::string(card_header) + std::string(good_card),
                       std::string(use_header) + std::string(row) + "\n", std::move(given))
                      .faults);
}

TEST(HistoryFile, reads_rows_in_the_order_of_the_files) {
  auto const history = read(
      std::string(card_header) + std::string(good_card) + "K-2,5.3.2019,491,Sosiaalitoimisto,,,\n",
      std::string(use_header) +
          "K-2,2019-03-06,7.3.2019,Uimahalli,sport,1,0\n"
          "K-1,1.2.2019,1.2.2019,Museo,education,0,20\n");
  EXPECT_EQ(words_of(history.faults), "");
  EXPECT_EQ(history.warnings.in_all(), 0);
  ASSERT_EQ(history.cards.size(), 2U);
  EXPECT_EQ(history.cards[0].birth_year, 1980);
  EXPECT_EQ(history.cards[0].postcode, "19700");
  EXPECT_EQ(history.cards[0].children, 2);
  EXPECT_EQ(history.cards[1].registered_on, day(2019, 3, 5));
  EXPECT_EQ(history.cards[1].municipality, "491");
  EXPECT_EQ(history.cards[1].birth_year, 0);
  EXPECT_EQ(history.cards[1].children, children_unknown);
  ASSERT_EQ(history.uses.size(), 2U);
  EXPECT_EQ(history.uses[0].card, 1U);
  EXPECT_EQ(history.uses[0].venue, 0U);
  EXPECT_EQ(history.uses[0].recorded_on, day(2019, 3, 7));
  EXPECT_EQ(history.uses[1].children, 20);
}

TEST(HistoryFile, takes_columns_in_any_order_beside_others_and_either_separator) {
  auto const history = read(
      "\xef\xbb\xbfnote;children;postcode;birth_year;office;municipality;registered_on;"
      "card_id\r\n;2;19700;1980;\"Sosiaalitoimisto\";097;7.1.2019;K-1\r\n",
      "children,adults,sector,venue,recorded_on,used_on,card_id\n"
      "0,1,sport,Uimahalli,2019-02-01,2019-02-01,K-1\n");
  EXPECT_EQ(words_of(history.faults), "");
  EXPECT_EQ(history.cards.size(), 1U);
  EXPECT_EQ(history.uses.size(), 1U);
}

TEST(HistoryFile, names_missing_and_doubled_columns) {
  EXPECT_EQ(words_of(read("card_id,office,office\n", "").faults),
            "C:1: office: is there twice\n"
            "C:1: registered_on: is missing\nC:1: municipality: is missing\n"
            "C:1: birth_year: is missing\nC:1: postcode: is missing\nC:1: children: is missing\n"
            "U:1: card_id: is missing\nU:1: used_on: is missing\nU:1: recorded_on: is missing\n"
            "U:1: venue: is missing\nU:1: sector: is missing\nU:1: adults: is missing\n"
            "U:1: children: is missing\n");
}

TEST(HistoryFile, names_what_is_wrong_with_a_row_as_such) {
  EXPECT_EQ(card_faults(""), "C:1: row: is missing\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07"),
            "C:2: row: has another number of cells than the header\n");
  EXPECT_EQ(card_faults("\"K-1\"x,2019-01-07,097,Sosiaalitoimisto,,,"),
            "C:2: row: has text after closing quotes\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,\"Sosiaalitoimisto,,,"),
            "C:2: row: has quotes that nothing closes\n");
}

TEST(HistoryFile, names_every_fault_of_a_card) {
  EXPECT_EQ(card_faults(",2019-01-07,097,Sosiaalitoimisto,,,"), "C:2: card_id: is empty\n");
  EXPECT_EQ(card_faults(std::string(65, 'K') + ",2019-01-07,097,Sosiaalitoimisto,,,"),
            "C:2: card_id: is longer than 64 characters\n");
  EXPECT_EQ(card_faults("K\xff,2019-01-07,097,Sosiaalitoimisto,,,"),
            "C:2: card_id: is not text in UTF-8: save the file as CSV in UTF-8\n");
  EXPECT_EQ(card_faults("131052-308T,2019-01-07,097,Sosiaalitoimisto,,,"),
            "C:2: card_id: holds what looks like a personal identity code\n");
  EXPECT_EQ(card_faults("K-1,2019-13-07,097,Sosiaalitoimisto,,,"),
            "C:2: registered_on: is not a day such as 2019-03-05 or 5.3.2019\n");
  EXPECT_EQ(card_faults("K-1,7.1.,097,Sosiaalitoimisto,,,"),
            "C:2: registered_on: is not a day such as 2019-03-05 or 5.3.2019\n");
  EXPECT_EQ(card_faults("K-1,2026-11-30,097,Sosiaalitoimisto,,,"),
            "C:2: registered_on: is a day to come\n");
  EXPECT_EQ(card_faults("K-1,31.12.2009,097,Sosiaalitoimisto,,,"),
            "C:2: registered_on: is a day before the year 2010\n");
  EXPECT_EQ(card_faults("K-1,31.12.2018,097,Sosiaalitoimisto,,,"),
            "C:2: registered_on: is of a year whose figures are published\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,97,Sosiaalitoimisto,,,"),
            "C:2: municipality: is not three digits (a spreadsheet may have dropped its zeros)\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,091,Sosiaalitoimisto,,,"),
            "C:2: municipality: was no municipality of the network on that day\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Toinen toimisto,,,"),
            "C:2: office: is not an office of the area\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,85,,"),
            "C:2: birth_year: is not a year such as 1985\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,2004,,"),
            "C:2: birth_year: is of a holder under 16\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,2003,,"), "");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,,1970,"),
            "C:2: postcode: is not five digits\n");
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,,,21"),
            "C:2: children: is not 0 to 20\n");
  EXPECT_EQ(card_faults(std::string(good_card) + std::string(good_card)),
            "C:3: card_id: is there twice\n");
}

TEST(HistoryFile, names_every_fault_of_a_use) {
  EXPECT_EQ(use_faults("K-9,2019-02-01,2019-02-01,Uimahalli,sport,1,0"),
            "U:2: card_id: is not in the file of cards\n");
  EXPECT_EQ(use_faults("K-1,gestern,2019-02-01,Uimahalli,sport,1,0"),
            "U:2: used_on: is not a day such as 2019-03-05 or 5.3.2019\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,1.1.2027,Uimahalli,sport,1,0"),
            "U:2: recorded_on: is a day to come\n");
  EXPECT_EQ(use_faults("K-1,2019-02-02,2019-02-01,Uimahalli,sport,1,0"),
            "U:2: recorded_on: is before the day of the use\n");
  EXPECT_EQ(use_faults("K-1,2018-02-02,2018-02-02,Uimahalli,sport,1,0"),
            "U:2: used_on: is of a year whose figures are published\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimala,sport,1,0"),
            "U:2: venue: is not a venue of the area\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimahalli,swimming,1,0"),
            "U:2: sector: is not culture, education, science or sport\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimahalli,culture,1,0"),
            "U:2: sector: is another sector than the venue's\n");
  EXPECT_EQ(use_faults("K-1,2019-06-01,2019-06-01,Museo,education,1,0"),
            "U:2: sector: is another sector than the venue's\n");
  EXPECT_EQ(use_faults("K-1,2019-05-31,2019-06-01,Museo,education,1,0"), "");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimahalli,sport,2,0"),
            "U:2: adults: is not 0 or 1\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimahalli,sport,1,"),
            "U:2: children: is not 0 to 20\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,Uimahalli,sport,0,0"),
            "U:2: adults: is 0, as the children are: no ticket\n");
  EXPECT_EQ(use_faults("K-1,2019-02-01,2019-02-01,131052-308T,sport,1,0"),
            "U:2: venue: holds what looks like a personal identity code\n");
}

TEST(HistoryFile, tells_the_first_thousand_faults_and_counts_the_rest) {
  std::string cards(card_header);
  for (int at = 0; at < 1'200; ++at) {
    cards += "K-" + std::to_string(at) + ",2019-01-07,097,Sosiaalitoimisto,x,,\n";
  }
  auto const history = read(cards, std::string(use_header));
  EXPECT_EQ(history.faults.kept().size(), 1'000U);
  EXPECT_EQ(history.faults.in_all(), 1'200);
  EXPECT_EQ(history.faults.kept().back().line, 1'001);
}

TEST(HistoryFile, warns_of_a_use_before_the_registration) {
  auto const history =
      read(std::string(card_header) + std::string(good_card),
           std::string(use_header) + "K-1,2019-01-06,2019-01-09,Uimahalli,sport,1,0\n");
  EXPECT_EQ(words_of(history.faults), "");
  EXPECT_EQ(words_of(history.warnings), "U:2: used_on: is before the card was registered\n");
  EXPECT_EQ(history.uses.size(), 1U);
}

TEST(HistoryFile, makes_each_unknown_place_once_where_it_may) {
  auto const history = read(std::string(card_header) + "K-1,2019-01-07,097,Uusi toimisto,,,\n" +
                                "K-2,2019-01-07,097,Uusi toimisto,,,\n",
                            std::string(use_header) +
                                "K-1,2019-02-01,2019-02-01,Uusi sali,culture,1,0\n"
                                "K-2,2019-02-01,2019-02-01,Uusi sali,culture,1,0\n"
                                "K-2,2019-02-01,2019-02-01,Uusi sali,sport,1,0\n",
                            creating());
  EXPECT_EQ(words_of(history.faults), "U:4: sector: is another sector than the venue's\n");
  ASSERT_EQ(history.offices.size(), 2U);
  EXPECT_EQ(history.offices[1].name, "Uusi toimisto");
  EXPECT_EQ(history.offices[1].municipality, "097");
  EXPECT_EQ(history.cards[1].office, 1U);
  ASSERT_EQ(history.venues.size(), 3U);
  EXPECT_EQ(history.venues[2].municipality, "097");
  EXPECT_EQ(history.uses[1].venue, 2U);
}

TEST(HistoryFile, asks_where_a_new_venue_is) {
  auto wide = creating();
  wide.own_municipalities.emplace_back("491");
  constexpr std::string_view row = "K-1,2019-02-01,2019-02-01,Uusi sali,culture,1,0";
  EXPECT_EQ(use_faults(row, wide),
            "U:2: municipality: has to name the area's municipality that the new venue is in\n");
  auto const history =
      read(std::string(card_header) + std::string(good_card),
           "municipality," + std::string(use_header) + "491," + std::string(row) + "\n", wide);
  EXPECT_EQ(words_of(history.faults), "");
  EXPECT_EQ(history.venues.at(2).municipality, "491");
}

TEST(HistoryFile, does_not_choose_among_places_of_one_name) {
  auto twice = places();
  twice.offices.push_back({OfficeId{9}, "Sosiaalitoimisto"});
  EXPECT_EQ(card_faults("K-1,2019-01-07,097,Sosiaalitoimisto,,,", twice),
            "C:2: office: is the name of several offices of the area\n");
}

}  // namespace
}  // namespace kaiku::domain
