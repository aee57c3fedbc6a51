// The municipalities of an area, held against the official list.
#include <gmock/gmock.h>

#include "tests/unit/use_cases/office_at_work.hpp"

namespace kaiku::use_cases {
namespace {

using ::testing::ElementsAre;

struct KeepArea : test::OfficeAtWork {
  KeepArea() { owner.role = domain::Role::admin; }

  // Keeps the area with these beside what it has; "/municipalities/2/code not_a_…" of each fault.
  std::vector<std::string> faults_with(std::vector<domain::Municipality> const& more) {
    auto const kept = write([&](ledger::WriteTx& tx) {
      auto entry = tables::entry_of(tx, tables::find_area(tx, area).value());
      entry.municipalities.insert(entry.municipalities.end(), more.begin(), more.end());
      return keep_area(tx, entry, owner);
    });
    std::vector<std::string> faults;
    if (kept) return faults;
    for (auto const& fault : kept.error().fields) {
      faults.push_back(fault.pointer + " " + std::string(word_of(fault.code)));
    }
    return faults;
  }
  // "205 Kajaani Kajana" of each.
  std::vector<std::string> municipalities() {
    return write([&](ledger::WriteTx& tx) {
      std::vector<std::string> told;
      for (auto const& [code, name] : tables::municipalities_of(tx, area)) {
        told.push_back(code + " " + name.fi + " " + name.sv);
      }
      return told;
    });
  }

  AreaId const area{"KEHA"};
  domain::Caller owner;
};

TEST_F(KeepArea, keeps_a_municipality_under_its_official_names) {
  EXPECT_THAT(faults_with({{"205", {"Kajaanin kaupunki", "", ""}}}), ElementsAre());
  EXPECT_THAT(municipalities(),
              ElementsAre("205 Kajaani Kajana", "990 Lampila Lampila", "991 Suola Salt"));
}

TEST_F(KeepArea, takes_no_code_that_is_no_municipalitys_today) {
  EXPECT_THAT(faults_with({{"205", {"Kajaani", "", ""}},
                           {"251", {"Kajaani", "", ""}},
                           {"588", {"Pertunmaa", "", ""}}}),
              ElementsAre("/municipalities/3/code not_a_municipality_code",
                          "/municipalities/4/code not_a_municipality_code"))
      << "the second has no municipality, the third has joined Mäntyharju";
  EXPECT_EQ(municipalities().size(), 2u);
}

TEST_F(KeepArea, leaves_what_an_area_has_when_a_municipality_joins_another) {
  auto entry = test::an_area();
  entry.municipalities = {{"588", {"Pertunmaan kunta", "", ""}}};
  record(entry);
  EXPECT_THAT(faults_with({{"507", {"Mäntyharju", "", ""}}}), ElementsAre());
  EXPECT_THAT(municipalities(),
              ElementsAre("507 Mäntyharju Mäntyharju", "588 Pertunmaa Pertunmaa"));
}

}  // namespace
}  // namespace kaiku::use_cases
