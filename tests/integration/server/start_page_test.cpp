// The page on which a coordinator begins.
#include <gmock/gmock.h>

#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class StartPage : public NetworkPages {
 protected:
  std::string read(std::string const& who, std::string const& path = "/area") {
    auto const page = get(as(who), path);
    EXPECT_EQ(page.status, 200) << page;
    return page.text;
  }
};

TEST_F(StartPage, leads_an_empty_area_from_step_to_step) {
  make_area("UUSI", "050");
  auto const page = read("national", "/area?area=UUSI");
  auto const text = text_in(page);
  EXPECT_THAT(text, HasSubstr("Kunnat ✓ Tehty"));
  EXPECT_THAT(text, HasSubstr("Postinumerot Tekemättä Tuo postinumerot"));
  EXPECT_THAT(text, HasSubstr("Toimipiste Tekemättä"));
  EXPECT_THAT(text, HasSubstr("Laite ovelle Vapaaehtoinen"));
  // One button stands out, and every link leads to a page.
  EXPECT_EQ(times(page, "class=\"button\""), 1);
  for (auto const* name : {"Tuo postinumerot", "Tarkista säännöt", "Lisää toimipiste",
                           "Lisää kohde", "Liitä laite", "Alueen tiedot"}) {
    auto const link = link_named(page, name);
    EXPECT_LT(get(as("national"), link).status, 400) << link;
  }
  // An office changes its line, and the first card waits for it by name.
  Json const office{{"area_id", "UUSI"},
                    {"municipality", "050"},
                    {"postcode", "27510"},
                    {"name", "Uusikylän asema"}};
  ASSERT_EQ(post(as("national"), "/api/v1/offices", office).status, 201);
  auto const later = text_in(read("national", "/area?area=UUSI"));
  EXPECT_THAT(later, HasSubstr("Toimipiste ✓ Tehty"));
  EXPECT_THAT(later, HasSubstr("Ensimmäinen kortti Odottaa: Uusikylän asema"));
}

TEST_F(StartPage, of_a_coordinator_shows_the_own_area_alone) {
  make_area("UUSI", "050");
  EXPECT_THAT(text_in(read("coordinator")), HasSubstr("Etelä"));
  EXPECT_THAT(read("coordinator", "/area?area=UUSI"), Not(HasSubstr("Uusi alue")));
  EXPECT_THAT(read("national"), HasSubstr("/area?area=UUSI"));
  EXPECT_THAT(read("national"), HasSubstr("<a href=\"/areas\">Alueet</a>"));
  EXPECT_THAT(read("coordinator"), Not(HasSubstr("href=\"/areas\"")));
}

TEST_F(StartPage, counts_what_waits_and_says_when_nothing_does) {
  auto const card = registered(1);
  EXPECT_THAT(text_in(read("coordinator")), HasSubstr("Mikään ei odota sinua."));
  auto body = ticket(card, net.pool, {{"tickets", {{"adult", 2}}}});
  body["occurred_at"] = ago(hour_us);
  ASSERT_EQ(post(agent(), "/api/v1/redemptions", body).body.value("verdict", ""), "implausible");
  auto const page = read("coordinator");
  EXPECT_THAT(text_in(page), HasSubstr("1 käyttökerta odottaa ratkaisua."));
  EXPECT_EQ(get(as("coordinator"), link_named(page, "Avaa käyttökerrat")).status, 200);
  EXPECT_THAT(text_in(read("far_coordinator")), Not(HasSubstr("odottaa ratkaisua")));
  Json const account{
      {"role", "issuer_worker"}, {"username", "uusi.hakija"}, {"office_id", net.office.value}};
  ASSERT_EQ(post(as("coordinator"), "/api/v1/accounts", account).status, 201);
  auto const later = read("coordinator");
  EXPECT_THAT(text_in(later), HasSubstr("1 käyttäjä ei ole vielä avannut linkkiään."));
  EXPECT_THAT(get(as("coordinator"), link_named(later, "Näytä käyttäjät")).text,
              HasSubstr("uusi.hakija"));
}

TEST_F(StartPage, is_where_coordinators_begin) {
  EXPECT_EQ(get(as("coordinator"), "/").header("location"), "/area");
  EXPECT_EQ(get(as("admin"), "/start").header("location"), "/area");
}

}  // namespace
}  // namespace kaiku::test
