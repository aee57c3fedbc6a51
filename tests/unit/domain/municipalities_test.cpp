#include "server/domain/municipalities.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace kaiku::domain {
namespace {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::Le;

Day const today = day_from(2026, 6, 15).value();

std::ptrdiff_t count_on(Day day) {
  return std::ranges::count_if(listed_municipalities(),
                               [&](auto const& listed) { return listed.is_one_on(day); });
}

TEST(Municipalities, are_as_many_as_each_year_had) {
  EXPECT_EQ(count_on(today), 308);
  struct Count {
    int year;
    int municipalities;
  };
  for (auto const [year, municipalities] : {Count{2013, 320},
                                            {2014, 320},
                                            {2015, 317},
                                            {2016, 313},
                                            {2017, 311},
                                            {2019, 311},
                                            {2020, 310},
                                            {2021, 309},
                                            {2024, 309},
                                            {2025, 308}}) {
    EXPECT_EQ(count_on(day_from(year, 1, 1).value()), municipalities) << year;
    EXPECT_EQ(count_on(day_from(year, 12, 31).value()), municipalities) << year;
  }
}

TEST(Municipalities, have_a_code_of_three_digits_each_of_its_own) {
  std::set<std::string_view> codes;
  for (auto const& listed : listed_municipalities()) {
    EXPECT_EQ(listed.code.size(), 3u) << listed.code;
    EXPECT_TRUE(std::ranges::all_of(listed.code, [](char c) { return c >= '0' && c <= '9'; }));
    EXPECT_TRUE(codes.insert(listed.code).second) << listed.code;
    for (auto const language : contract::languages) {
      EXPECT_FALSE(listed.name.in(language).empty()) << listed.code;
    }
  }
}

TEST(Municipalities, that_everybody_knows_have_their_codes_and_names) {
  struct Known {
    char const* code;
    char const* fi;
    char const* sv;
    char const* region;
  };
  for (auto const& [code, fi, sv, region] : {Known{"091", "Helsinki", "Helsingfors", "Uusimaa"},
                                             {"049", "Espoo", "Esbo", "Uusimaa"},
                                             {"205", "Kajaani", "Kajana", "Kainuu"},
                                             {"765", "Sotkamo", "Sotkamo", "Kainuu"},
                                             {"491", "Mikkeli", "S:t Michel", "Etelä-Savo"},
                                             {"097", "Hirvensalmi", "Hirvensalmi", "Etelä-Savo"},
                                             {"837", "Tampere", "Tammerfors", "Pirkanmaa"},
                                             {"853", "Turku", "Åbo", "Varsinais-Suomi"},
                                             {"564", "Oulu", "Uleåborg", "Pohjois-Pohjanmaa"},
                                             {"698", "Rovaniemi", "Rovaniemi", "Lappi"},
                                             {"905", "Vaasa", "Vasa", "Pohjanmaa"},
                                             {"598", "Pietarsaari", "Jakobstad", "Pohjanmaa"},
                                             {"272", "Kokkola", "Karleby", "Keski-Pohjanmaa"},
                                             {"050", "Eura", "Eura", "Satakunta"},
                                             {"478", "Maarianhamina", "Mariehamn", "Ahvenanmaa"}}) {
    auto const found = municipality_on(code, today);
    ASSERT_TRUE(found) << code;
    EXPECT_EQ(found->code, code);
    EXPECT_EQ(found->name.fi, fi);
    EXPECT_EQ(found->name.sv, sv);
    auto const of_it = std::ranges::find(regions(), find_listed(code)->region, &Region::code);
    ASSERT_NE(of_it, regions().end()) << code;
    EXPECT_EQ(of_it->name.fi, region) << code;
  }
}

TEST(Municipalities, stand_in_nineteen_regions_without_an_empty_one) {
  EXPECT_EQ(regions().size(), 19u);
  std::ptrdiff_t listed = 0;
  for (auto const& region : regions()) {
    auto const here =
        std::ranges::count(listed_municipalities(), region.code, &ListedMunicipality::region);
    EXPECT_THAT(here, AllOf(Ge(6), Le(40))) << region.name.fi;
    listed += here;
  }
  EXPECT_EQ(listed, std::ssize(listed_municipalities())) << "each is in a region of the list";
  EXPECT_EQ(std::ranges::count(listed_municipalities(), "21", &ListedMunicipality::region), 16)
      << "Åland";
}

TEST(Municipalities, that_joined_another_end_with_their_last_year) {
  auto const* const pertunmaa = find_listed("588");
  ASSERT_NE(pertunmaa, nullptr);
  EXPECT_EQ(pertunmaa->last_year, 2024);
  EXPECT_TRUE(municipality_on("588", day_from(2024, 12, 31).value()));
  EXPECT_FALSE(municipality_on("588", day_from(2025, 1, 1).value()));
}

TEST(Municipalities, are_none_by_another_code) {
  for (auto const* code : {"251", "990", "000", "", "91", "0910", "abc"}) {
    EXPECT_EQ(find_listed(code), nullptr) << code;
    EXPECT_FALSE(municipality_on(code, today)) << code;
  }
}

}  // namespace
}  // namespace kaiku::domain
