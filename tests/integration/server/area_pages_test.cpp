// Areas as coordinators keep them on pages: names, municipalities, postcodes, rules.
#include <gmock/gmock.h>

#include "server/ledger/ledger.hpp"
#include "tests/integration/server/network_pages_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class AreaPages : public NetworkPages {
 protected:
  static constexpr char area[] = "/areas/ETELA";
  static constexpr char municipalities[] = "/areas/ETELA/municipalities";
  static constexpr char policy[] = "/areas/ETELA/policy";
  static constexpr char postcodes[] = "/areas/ETELA/postcodes";

  Json of_area(std::string const& member) {
    return get(as("national"), "/api/v1/areas/ETELA").body.at(member);
  }
  // Sends a form and then the question that it asks.
  Reply change_and_confirm(std::string const& path, FormFields const& changes) {
    auto const question = change("coordinator", path, changes);
    EXPECT_THAT(text_in(question.text), HasSubstr("Tarkista ennen kuin jatkat"));
    return follow("coordinator",
                  send_form("coordinator", path, fields_of_form(question.text, path)));
  }
  tables::PostcodeRows rows_of(std::string const& id) {
    tables::PostcodeRows rows;
    write([&](ledger::WriteTx& tx) { rows = tables::postcodes_of(tx, AreaId{id}); });
    return rows;
  }
  Reply new_area(FormFields const& fields) {
    return send_form("national", "/areas/new", filled("national", "/areas/new", fields));
  }
};

TEST_F(AreaPages, a_new_area_leads_on_to_what_it_still_needs) {
  auto const sent =
      new_area({{"id", "saimaa"}, {"name_fi", "Saimaan seutu"}, {"m", "507\r\n178\r\n"}});
  EXPECT_THAT(sent.header("location"), ::testing::StartsWith("/areas/SAIMAA?k="));
  auto const page = follow("national", sent);
  EXPECT_THAT(text_in(page.text), AllOf(HasSubstr("✓ Alue on lisätty"), HasSubstr("Postinumerot"),
                                        HasSubstr("Säännöt"), HasSubstr("Kunnat: 2")));
  auto const made = get(as("national"), "/api/v1/areas/SAIMAA").body;
  EXPECT_EQ(made.at("name").at("fi"), "Saimaan seutu");
  EXPECT_EQ(made.at("municipalities").at(0).at("name").at("sv"), "Juva");
  EXPECT_EQ(made.at("municipalities").at(1).at("name").at("fi"), "Mäntyharju");
}

TEST_F(AreaPages, a_new_area_is_told_all_its_faults_by_field) {
  auto const before = sequence();
  auto const told = [&](FormFields const& fields) {
    return follow("national", new_area(fields)).text;
  };
  auto const page = told({{"id", "Ä"}, {"m", "178\n251"}});
  EXPECT_THAT(page, AllOf(HasSubstr("#id\">Tunnuksessa on 2–8 merkkiä"),
                          HasSubstr("#name_fi\">Kirjoita nimi.")));
  EXPECT_EQ(fields_of_form(page, "/areas/new").at("m"), "178")
      << "what was ticked stays, and what is no box goes";
  EXPECT_THAT(told({{"id", "UUSI"}, {"name_fi", "Toinen"}, {"m", "178\n588"}}),
              HasSubstr("#municipalities\">Valittu kunta ei ole enää kunta. Se jäi pois."));
  EXPECT_THAT(told({{"id", " "}, {"name_fi", "Toinen"}}),
              HasSubstr("#id\">Tunnuksessa on 2–8 merkkiä"))
      << "what it is made of is told where nothing was typed, too";
  EXPECT_THAT(told({{"id", "ETELA"}, {"name_fi", "Toinen"}, {"m", "178"}}),
              HasSubstr("#id\">Tunnus on jo toisella alueella."));
  EXPECT_THAT(told({{"id", "UUSI"}, {"name_fi", "Toinen"}, {"m", "178\n491"}}),
              HasSubstr("#municipalities\">Kunta kuuluu jo toiseen alueeseen. Se jäi pois."));
  EXPECT_THAT(told({{"id", "UUSI"}, {"name_fi", "Toinen"}}),
              HasSubstr("#municipalities\">Valitse vähintään yksi kunta."));
  EXPECT_EQ(sequence(), before);
}

TEST_F(AreaPages, municipalities_are_ticked_by_region_and_anothers_are_named) {
  auto const page = get(as("coordinator"), municipalities).text;
  EXPECT_LT(page.size(), 26'000u) << "308 boxes, and the stylesheet beside it";
  EXPECT_EQ(times(page, "type=checkbox"), 308);
  EXPECT_THAT(page, AllOf(HasSubstr("<details open>\n<summary>Etelä-Savo (2)</summary>"),
                          HasSubstr("value=491 checked>Mikkeli</label>"),
                          HasSubstr("disabled>Rovaniemi (alue: Pohjola)</label>"),
                          Not(HasSubstr("Pertunmaa"))));
  EXPECT_EQ(times(page, "<details open>"), 1);
  EXPECT_EQ(times(page, "disabled>"), 1);
  auto const fresh = get(as("national"), "/areas/new").text;
  EXPECT_LT(fresh.size(), 26'000u);
  EXPECT_EQ(times(fresh, "disabled>"), 3);
  EXPECT_EQ(times(fresh, "<details open>"), 0);
}

TEST_F(AreaPages, what_an_area_has_stays_ticked_when_the_list_has_it_no_more) {
  write([&](ledger::WriteTx& tx) {
    auto entry = tables::entry_of(tx, tables::find_area(tx, AreaId{"ETELA"}).value());
    entry.municipalities.push_back({"588", {"Pertunmaa", "", ""}});
    entry.municipalities.push_back({"251", {"Vanha", "", ""}});
    ledger::append(tx, {}, entry);
  });
  auto const page = get(as("coordinator"), municipalities).text;
  EXPECT_THAT(page, AllOf(HasSubstr("value=588 checked>Pertunmaa (–2024)</label>"),
                          HasSubstr("<summary>Ei Tilasto\u00ADkeskuksen luettelossa (1)</summary>"),
                          HasSubstr("value=251 checked>Vanha (251)</label>")));
  EXPECT_THAT(text_in(change("coordinator", municipalities, {}).text),
              HasSubstr("✓ Mitään ei muutettu"));
  change("coordinator", municipalities, {{"m", "097\n491"}});
  EXPECT_EQ(of_area("municipalities").size(), 2u) << "and can be let go, where nothing stands";
}

TEST_F(AreaPages, a_coordinator_is_led_to_the_own_area_and_makes_none) {
  EXPECT_EQ(get(as("coordinator"), "/areas").header("location"), area);
  EXPECT_EQ(get(as("coordinator"), "/areas/POHJOLA").status, 404);
  EXPECT_EQ(get(as("coordinator"), "/areas/new").status, 403);
  EXPECT_THAT(
      text_in(get(as("national"), "/areas").text),
      AllOf(HasSubstr("2 aluetta"), HasSubstr("Hirvensalmi, Mikkeli"), HasSubstr("Lisää alue")));
}

TEST_F(AreaPages, names_are_changed_beside_another_persons_change_of_the_rules) {
  auto const mine = filled("coordinator", area, {{"name_fi", "Etelä-Savo"}});
  ASSERT_EQ(patch(as("national"), "/api/v1/policies/ETELA", {{"child_age_limit", 16}},
                  get(as("national"), "/api/v1/areas/ETELA").header("etag"))
                .status,
            200);
  auto const page = follow("coordinator", send_form("coordinator", area, mine));
  EXPECT_THAT(text_in(page.text), HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_EQ(of_area("name").at("fi"), "Etelä-Savo");
  EXPECT_EQ(of_area("name").at("sv"), "Södra");
  EXPECT_EQ(of_area("policy").at("child_age_limit"), 16);
  EXPECT_THAT(change("coordinator", area, {{"name_fi", ""}, {"name_sv", ""}, {"name_en", ""}}).text,
              HasSubstr("#name_fi\">Kirjoita nimi."));
}

TEST_F(AreaPages, a_municipality_where_nothing_stands_goes_without_a_question) {
  EXPECT_THAT(text_in(change("coordinator", municipalities, {{"m", "097\n491\n178"}}).text),
              HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_EQ(of_area("municipalities").size(), 3u);
  EXPECT_EQ(of_area("municipalities").at(1).at("name").at("sv"), "Juva");
  EXPECT_THAT(text_in(change("coordinator", municipalities, {{"m", "097\n491"}}).text),
              HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_EQ(of_area("municipalities").size(), 2u);
}

TEST_F(AreaPages, taking_out_a_municipality_asks_in_numbers_and_cards_stay_valid) {
  auto const code = registered(1);
  auto const question = change("coordinator", municipalities, {{"m", "097"}});
  EXPECT_THAT(text_in(question.text),
              HasSubstr("Mikkeli: toimipisteitä 1, kohteita 3, voimassa olevia kortteja <5."));
  EXPECT_EQ(of_area("municipalities").size(), 2u) << "nothing is stored before it is confirmed";
  follow("coordinator",
         send_form("coordinator", municipalities, fields_of_form(question.text, municipalities)));
  EXPECT_EQ(of_area("municipalities").size(), 1u);
  EXPECT_EQ(redeem(code, net.museum).status, 201);
  EXPECT_EQ(register_stock(2).status, 422) << "new entries stop";
}

TEST_F(AreaPages, rules_are_changed_after_a_look_at_old_and_new) {
  auto const before = sequence();
  auto const question =
      change("coordinator", policy, {{"validity_months", "6"}, {"companion_allowed", "no"}});
  auto const told = text_in(question.text);
  EXPECT_THAT(told, AllOf(HasSubstr("Voimassaolo 12 kuukautta 6 kuukautta Koskee tästä lähin "
                                    "annettavia kortteja."),
                          HasSubstr("Kulttuurikaveri maksutta Kyllä Ei ")));
  EXPECT_THAT(told, Not(HasSubstr("Lapsen ikäraja")));
  EXPECT_EQ(sequence(), before);
  auto const form = fields_of_form(question.text, policy);
  auto const saved = follow("coordinator", send_form("coordinator", policy, form));
  EXPECT_THAT(text_in(saved.text), HasSubstr("✓ Muutokset on tallennettu"));
  EXPECT_EQ(of_area("policy").at("validity_months"), 6);
  EXPECT_FALSE(of_area("policy").at("companion_allowed"));
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(AreaPages, a_trial_ends_on_a_day_ahead_and_becomes_permanent_again) {
  auto const yesterday = to_finnish(today() + -1);
  auto const past =
      change("coordinator", policy, {{"validity", "fixed"}, {"fixed_end", yesterday}});
  EXPECT_THAT(past.text, HasSubstr("#fixed_end\">Päivä on jo mennyt."));
  EXPECT_EQ(fields_of_form(past.text, policy).at("validity"), "fixed");
  EXPECT_THAT(change("coordinator", policy, {{"validity", "fixed"}}).text,
              HasSubstr("#fixed_end\">Kirjoita päivä näin"));
  change_and_confirm(policy, {{"validity", "fixed"}, {"fixed_end", to_finnish(today() + 40)}});
  EXPECT_EQ(of_area("policy").at("fixed_end"), to_iso(today() + 40));
  change_and_confirm(policy, {{"validity", "months"}, {"validity_months", "9"}});
  EXPECT_EQ(of_area("policy").at("fixed_end"), nullptr);
  EXPECT_EQ(of_area("policy").at("validity_months"), 9);
}

TEST_F(AreaPages, numbers_of_rules_have_their_bounds_at_the_field) {
  auto const page =
      change("coordinator", policy, {{"stale_stop_days", "91"}, {"child_age_limit", "kuusi"}});
  EXPECT_THAT(page.text, AllOf(HasSubstr("#stale_stop_days\">Kirjoita luku väliltä 1–90."),
                               HasSubstr("#child_age_limit\">Kirjoita luku väliltä 7–18.")));
  EXPECT_EQ(fields_of_form(page.text, policy).at("child_age_limit"), "kuusi");
}

TEST_F(AreaPages, postcodes_are_looked_at_in_numbers_before_they_are_used) {
  auto const before = rows_of("ETELA");
  auto const question =
      change("coordinator", postcodes,
             {{"rows", "postinumero;kunta\r\n50100;491\r\n50170\t491\r\n2550;97"}});
  auto const told = text_in(question.text);
  EXPECT_THAT(told, HasSubstr("Rivejä: 3. Kuntia: 2. Poistuvia rivejä: 4."));
  EXPECT_THAT(told, HasSubstr("Rivejä, joille palautettiin alkunollat: 1."));
  EXPECT_EQ(rows_of("ETELA"), before);
  auto const north = rows_of("POHJOLA");
  auto const taken = follow(
      "coordinator", send_form("coordinator", postcodes, fields_of_form(question.text, postcodes)));
  EXPECT_THAT(text_in(taken.text), HasSubstr("✓ Postinumerot on otettu käyttöön"));
  EXPECT_EQ(rows_of("ETELA"),
            (tables::PostcodeRows{{"02550", "097"}, {"50100", "491"}, {"50170", "491"}}));
  EXPECT_EQ(rows_of("POHJOLA"), north) << "another area's rows stay";
  EXPECT_EQ(fields_of_form(taken.text, postcodes).at("rows"), "02550;097\n50100;491\n50170;491");
}

TEST_F(AreaPages, postcodes_that_leave_a_municipality_bare_say_so) {
  auto const question = change("coordinator", postcodes, {{"rows", "50100;491"}});
  EXPECT_THAT(text_in(question.text), HasSubstr("Ilman postinumeroa jäävät: Hirvensalmi."));
}

TEST_F(AreaPages, bad_rows_are_refused_by_line_and_the_table_stays) {
  auto const before = rows_of("ETELA");
  auto const told = [&](std::string const& rows) {
    return change("coordinator", postcodes, {{"rows", rows}}).text;
  };
  EXPECT_THAT(told("postinumero;kunta\n50100;491\n96100;698\n00100;091"),
              AllOf(HasSubstr("Rivi 3: Kunta ei kuulu tähän alueeseen."),
                    HasSubstr("Rivi 4: Kunta ei kuulu tähän alueeseen.")));
  EXPECT_THAT(told("50100;491\nhuomautus\n5010x;491"),
              AllOf(HasSubstr("Rivi 2: Kirjoita postinumero, puolipiste ja kunnan numero."),
                    HasSubstr("Rivi 3: Kirjoita postinumero viidellä numerolla.")));
  EXPECT_THAT(told("jotain muuta\n50100;491"), HasSubstr("Rivi 1: Rivi ei ole otsikko"));
  EXPECT_THAT(told("50100;491\n131052-308T;491"),
              AllOf(HasSubstr("#rows\">"), Not(HasSubstr("131052"))));
  for (auto const* empty : {"", "  \r\n ", "postinumero;kunta"}) {
    EXPECT_THAT(told(empty), HasSubstr("#rows\">Kirjoita vähintään yksi rivi.")) << empty;
  }
  EXPECT_EQ(rows_of("ETELA"), before);
}

TEST_F(AreaPages, a_table_that_no_address_holds_is_answered_in_place) {
  auto const before = rows_of("ETELA");
  std::string rows;
  for (int n = 0; n < 400; ++n) rows += std::to_string(50'000 + n) + ";491\n";
  auto const sent =
      send_form("coordinator", postcodes, filled("coordinator", postcodes, {{"rows", rows}}));
  EXPECT_EQ(sent.status, 200) << sent;
  EXPECT_THAT(text_in(sent.text), HasSubstr("Rivejä: 400. Kuntia: 1."));
  EXPECT_EQ(rows_of("ETELA"), before) << "nothing was kept";
  auto back = fields_of_form(sent.text, postcodes);
  back["again"] = "1";
  auto const again = send_form("coordinator", postcodes, back);
  EXPECT_THAT(fields_of_form(again.text, postcodes).at("rows"), HasSubstr("50399;491"))
      << "the way back keeps the table";
  EXPECT_EQ(rows_of("ETELA"), before);
  follow("coordinator", send_form("coordinator", postcodes, fields_of_form(sent.text, postcodes)));
  EXPECT_EQ(rows_of("ETELA").size(), 400u);
  rows += "x\n";
  auto const faulty =
      send_form("coordinator", postcodes, filled("coordinator", postcodes, {{"rows", rows}}));
  EXPECT_EQ(faulty.status, 422);
  EXPECT_THAT(faulty.text, HasSubstr("Rivi 401: Kirjoita postinumero"));
}

// The form of the postcodes with a file, as a browser sends it.
class PostcodeFilePages : public AreaPages {
 protected:
  static constexpr char boundary[] = "----KaikuFormBoundary7";
  static std::string part(std::string const& disposition, std::string const& content) {
    return std::string("--") + boundary + "\r\nContent-Disposition: form-data; " + disposition +
           "\r\n\r\n" + content + "\r\n";
  }
  static std::string body_of(FormFields const& fields, std::string const& content) {
    std::string body;
    for (auto const& [name, value] : fields) {
      if (name != "file") body += part("name=\"" + name + "\"", value);
    }
    body += part(R"(name="file"; filename="postinumerot.csv")", content);
    return body + "--" + boundary + "--\r\n";
  }
  Reply post_body(Sender const& who, std::string const& body, std::string const& path = postcodes) {
    return send(who, "POST", path, body,
                {{"Content-Type", std::string("multipart/form-data; boundary=") + boundary},
                 {"Referer", origin() + path}});
  }
  Reply send_file(std::string const& content, FormFields const& changes = {}) {
    return post_body(as("coordinator"),
                     body_of(filled("coordinator", postcodes, changes), content));
  }
};

TEST_F(PostcodeFilePages, the_form_says_that_it_sends_a_file) {
  EXPECT_THAT(get(as("coordinator"), postcodes).text,
              AllOf(HasSubstr("enctype=\"multipart/form-data\""), HasSubstr("type=\"file\"")));
  EXPECT_THAT(get(as("coordinator"), municipalities).text, Not(HasSubstr("multipart")));
}

TEST_F(PostcodeFilePages, a_file_is_looked_at_and_then_used_like_typed_rows) {
  auto const before = rows_of("ETELA");
  auto const question =
      follow("coordinator", send_file("\xef\xbb\xbfpostinumero;kunta\r\n50100;491\r\n2550;97\r\n"));
  auto const told = text_in(question.text);
  EXPECT_THAT(told, HasSubstr("Rivejä: 2. Kuntia: 2."));
  EXPECT_THAT(told, HasSubstr("Rivejä, joille palautettiin alkunollat: 1."));
  EXPECT_EQ(rows_of("ETELA"), before);
  follow("coordinator",
         send_form("coordinator", postcodes, fields_of_form(question.text, postcodes)));
  EXPECT_EQ(rows_of("ETELA"), (tables::PostcodeRows{{"02550", "097"}, {"50100", "491"}}));
}

TEST_F(PostcodeFilePages, a_file_in_iso_8859_1_is_text_and_one_in_utf_16_is_none) {
  auto const before = rows_of("ETELA");
  auto const latin = follow("coordinator", send_file("50100;491;S:t Michel \xe5\xe4\xf6\r\n"));
  EXPECT_THAT(latin.text, HasSubstr("Rivi 1: "));
  EXPECT_EQ(fields_of_form(latin.text, postcodes).at("rows"), "50100;491;S:t Michel åäö");
  auto const wide = follow("coordinator", send_file(std::string("\xff\xfe"
                                                                "5\0"
                                                                "0\0",
                                                                6)));
  EXPECT_THAT(wide.text, HasSubstr("#file\">Tämä ei ole tekstiä. Tallenna tiedosto muodossa CSV"));
  EXPECT_THAT(fields_of_form(wide.text, postcodes).at("rows"), HasSubstr("50100;491"))
      << "what stood in the field stays";
  EXPECT_EQ(rows_of("ETELA"), before);
}

TEST_F(PostcodeFilePages, a_file_that_is_too_large_is_told_at_the_file) {
  auto const reply = follow("coordinator", send_file(std::string(257 * 1024, '5')));
  EXPECT_THAT(reply.text, AllOf(HasSubstr("#file\">Tiedosto on yli 256 kilotavua."),
                                HasSubstr("aria-describedby=\"file-hint file-fault\"")));
}

TEST_F(PostcodeFilePages, bad_lines_and_identity_codes_of_a_file_are_told_as_of_the_field) {
  EXPECT_THAT(follow("coordinator", send_file("50100;491\n5010x;491\n")).text,
              HasSubstr("Rivi 2: Kirjoita postinumero viidellä numerolla."));
  EXPECT_THAT(follow("coordinator", send_file("50100;491\n131052-308T;491")).text,
              AllOf(HasSubstr("#rows\">"), Not(HasSubstr("131052"))));
  EXPECT_THAT(follow("coordinator", send_file("")).text,
              HasSubstr("#rows\">Kirjoita vähintään yksi rivi."));
}

TEST_F(PostcodeFilePages, no_file_leaves_the_field) {
  auto fields = filled("coordinator", postcodes, {{"rows", "50100;491\n52550;097"}});
  std::string body;
  fields.erase("file");
  for (auto const& [name, value] : fields) body += part("name=\"" + name + "\"", value);
  body += part(R"(name="file"; filename="")", "") + "--" + boundary + "--\r\n";
  EXPECT_THAT(text_in(follow("coordinator", post_body(as("coordinator"), body)).text),
              HasSubstr("Rivejä: 2. Kuntia: 2."));
}

TEST_F(PostcodeFilePages, the_token_of_the_session_counts_in_such_a_form_too) {
  auto const before = rows_of("ETELA");
  auto fields = filled("coordinator", postcodes, {{"csrf", "x"}, {"confirmed", "1"}});
  auto const own = post_body(as("coordinator"), body_of(fields, "50100;491"));
  EXPECT_THAT(own.header("location"), ::testing::StartsWith("/areas/ETELA/postcodes?held="))
      << "the form of an older session comes back: " << own;
  fields.erase("owner");
  auto const foreign = post_body(as("coordinator"), body_of(fields, "50100;491"));
  EXPECT_EQ(foreign.status, 403) << foreign;
  EXPECT_EQ(rows_of("ETELA"), before);
  EXPECT_EQ(post_body(as("coordinator"), "--x--").status, 400);
}

TEST_F(PostcodeFilePages, another_page_takes_no_such_form) {
  FormFields const one_more{{"m", "097\n178\n491"}};
  auto fields = filled("coordinator", municipalities, one_more);
  auto const own = post_body(as("coordinator"), body_of(fields, "x"), municipalities);
  EXPECT_THAT(own.header("location"), ::testing::StartsWith("/areas/ETELA/municipalities?held="))
      << "nobody looks for its token: " << own;
  fields.erase("owner");
  auto const foreign = post_body(as("coordinator"), body_of(fields, "x"), municipalities);
  EXPECT_EQ(foreign.status, 403) << foreign;
  EXPECT_EQ(of_area("municipalities").size(), 2u);
  change("coordinator", municipalities, one_more);
  EXPECT_EQ(of_area("municipalities").size(), 3u) << "as a page's own form it is heard";
}

TEST_F(PostcodeFilePages, the_end_of_the_session_keeps_what_was_typed_and_no_file) {
  auto const person = mortal("coordinator");
  auto fields = fields_of_form(get(person, postcodes).text, postcodes);
  fields["rows"] = "50100;491";
  advance(16 * minute_us);
  auto const sent = post_body(person, body_of(fields, "99999;491"));
  EXPECT_EQ(sent.status, 303) << sent;
  auto const to = sent.header("location");
  ASSERT_THAT(to, ::testing::StartsWith("/login?next="));
  auto const next = http::percent_decode(to.substr(to.find('=') + 1)).value_or("");
  auto const page = get(as("coordinator"), next);
  EXPECT_EQ(fields_of_form(page.text, postcodes).at("rows"), "50100;491");
  EXPECT_THAT(page.text, Not(HasSubstr("99999")));
}

}  // namespace
}  // namespace kaiku::test
