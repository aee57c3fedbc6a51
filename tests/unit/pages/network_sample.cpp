#include "tests/unit/pages/network_sample.hpp"

#include "server/pages/coordinator/place_form_view.hpp"
#include "server/pages/coordinator/place_list_view.hpp"
#include "server/pages/coordinator/report_lists_view.hpp"
#include "server/pages/coordinator/start_view.hpp"

namespace kaiku::pages::sample {
namespace {

PlaceList venues(std::size_t count) {
  PlaceList list;
  list.title = "Kohteet";
  list.count = std::to_string(count) + " kohdetta";
  list.columns = {"Nimi", "Kunta", "Toimiala", "Tila"};
  for (std::size_t n = 0; n < count; ++n) {
    auto const number = std::to_string(n);
    list.rows.push_back(
        {"/venues/" + number, "Sali " + number, {"Kajaani", "Kulttuuri", "toiminnassa"}});
  }
  list.empty = "Alueella ei ole vielä kohteita.";
  list.make_href = "/venues/new";
  list.make_label = "Lisää kohde";
  list.path = "/venues";
  return list;
}

PlaceList chosen_area() {
  auto list = venues(120);
  list.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  list.area = "KAINUU";
  list.page = 2;
  return list;
}

ReportList silent_venues() {
  ReportList list;
  list.title = "Hiljaiset kohteet";
  list.intro = "Toiminnassa olevat kohteet, joissa kortteja ei ole käytetty.";
  list.path = "/figures/silent";
  list.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  list.area = "KAINUU";
  list.steps = {{"/figures/silent?silent_for=4&area=KAINUU", "4 viikkoa (3)"},
                {"", "8 viikkoa (1)"},
                {"/figures/silent?silent_for=ever&area=KAINUU", "Ei koskaan (0)"}};
  list.steps_label = "Kuinka kauan";
  list.step = "8";
  list.columns = {"Kohde", "Toimiala", "Tehtävä", "Yhteystieto työssä", "Ovilaite"};
  list.rows = {{"/venues/31", "Sali <1>", {"Kulttuuri", "hallimestari", "08 123 500", "–"}}};
  list.empty = "Kaikki kohteet ovat kirjanneet käyttöjä.";
  return list;
}

ReportList untaken_offers(std::size_t count) {
  ReportList list;
  list.title = "Tapahtumat ilman käyttöjä";
  list.intro = "Menneet tapahtumat, joihin kukaan ei tullut kortilla.";
  list.path = "/figures/offers";
  list.columns = {"Tapahtuma", "Päivä", "Paikkoja tarjolla"};
  list.rows.assign(count, {"/events/133", "Pieni merenneito", {"21.11.2026", "10"}});
  list.count = std::to_string(count) + " tapahtumaa";
  list.empty = "Tällaisia tapahtumia ei ole.";
  if (count > 0) list.more = "/figures/offers?after=133";
  return list;
}

StartPage first_steps() {
  StartPage page;
  page.title = "Kainuu";
  page.area = "KAINUU";
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.tasks = {{"3 käyttöä odottaa ratkaisua.", {"/judged", "Avaa käytöt"}}};
  page.steps = {
      {"Kunnat ja postinumerot", "Tehty", true},
      {.name = "Säännöt",
       .state = "Voimassaolo 12 kuukautta",
       .next = {"/areas/KAINUU/policy", "Tarkista säännöt"},
       .act = "rules",
       .act_label = "Kelpaa"},
      {.name = "Toimipiste",
       .state = "Tekemättä",
       .next = {"/offices/new?area=KAINUU", "Lisää toimipiste"}},
      {.name = "Ensimmäinen kortti", .state = "Odottaa: Kajaanin sosiaaliasema", .waits = true},
  };
  page.own_requests = {{"hyväksytty", {"/approvals/9", "Korttierä, 800 korttia"}}};
  page.lists = {{"/approvals", "Hyväksynnät"}, {"/reads", "Kuka on katsonut"}};
  page.other_areas = {{"/area?area=LAPPI", "Lappi"}};
  page.more = {{"/areas/KAINUU", "Alueen tiedot"}};
  return page;
}

StartPage hidden_steps() {
  auto page = first_steps();
  page.steps.clear();
  page.steps_are_hidden = true;
  return page;
}

std::vector<Data> fields_with(Filled const& filled) {
  std::vector<Option> const towns{{"", "Valitse"}, {"205", "Kajaani"}, {"765", "Sotkamo"}};
  std::vector<Option> const answers{{"yes", "Kyllä"}, {"no", "Ei"}};
  return FieldList(filled)
      .heading("Nimet")
      .text({.id = "name", .label = "Nimi", .hint = "Yksi kieli riittää."})
      .select({.id = "municipality", .label = "Kunta", .options = towns})
      .radios({.id = "active", .label = "Toiminnassa", .options = answers, .hint = "Suljettu."})
      .lines({.id = "rows", .label = "Rivit"}, 8)
      .ticks({.id = "municipalities",
              .label = "Kunnat",
              .hint = "Maakunnittain.",
              .groups = {{"Kainuu", {{"205", "Kajaani"}, {"765", "Sotkamo"}}},
                         {"Lappi", {{"698", "Rovaniemi (alue: Pohjola)", true}}}}})
      .list();
}

PlaceForm form_with(Filled const& filled) {
  PlaceForm form;
  form.title = "Kajaanin teatteri";
  form.about = "Kainuu";
  form.action = "/venues/31";
  form.form_id = "f9";
  form.seen = "4711";
  form.intro = {"Taulukko korvaa alueen postinumerot kokonaan."};
  form.parts = {{"/areas/KAINUU", "Kainuu"}};
  form.fields = fields_with(filled);
  form.submit = "Tallenna";
  form.faults = filled.faults;
  form.hidden = {{"area", "KAINUU"}};
  return form;
}

Filled filled() {
  return {FormValues({{"name", "Kajaanin teatteri"},
                      {"municipality", "205"},
                      {"active", "yes"},
                      {"rows", "205;Kajaani\n765;Sotkamo"},
                      {"municipalities", "205"}}),
          FormValues({}),
          {}};
}

PlaceConfirm question() {
  PlaceConfirm confirm;
  confirm.about = "Kainuu";
  confirm.lines = {"Tulevia tapahtumia: 3."};
  confirm.rows = {{"Voimassaolo", "12 kuukautta", "6 kuukautta", "Koskee tästä lähin."},
                  {"Lapsen ikäraja", "18", "16", ""}};
  confirm.action = "/areas/KAINUU/policy";
  confirm.form_id = "f9";
  confirm.hidden = {{"name", "\"><b>"}, {"confirmed", "1"}};
  confirm.submit = "Tallenna säännöt";
  confirm.back = "/areas/KAINUU/policy?k=x";
  return confirm;
}

}  // namespace

std::vector<Drawn> network_pages(Language language) {
  auto const frame = frame_for(domain::Role::national_coordinator, language);
  auto const draw = [&](char const* name, Page const& page) {
    return Drawn{name, render(frame, page)};
  };
  auto faulty = filled();
  faulty.faults = {{"name", "Kirjoita nimi."}, {"rows", "Rivi 2: Poista rivi."}};
  auto clashing = filled();
  clashing.yours = FormValues({{"name", "Teatteri"},
                               {"municipality", "765"},
                               {"active", "no"},
                               {"municipalities", "205\n765"}});
  auto clash = form_with(clashing);
  clash.warning = "Joku muu muutti tietoja sillä välin.";
  auto made = form_with(filled());
  made.done = "Kohde on lisätty";
  made.next = {{"/accounts/new", "Tee käyttäjätunnus"}, {"/venues/new", "Lisää seuraava"}};
  auto empty = filled();
  empty.starts_empty = true;
  return {draw("start", start_page(frame, first_steps())),
          draw("start_hidden", start_page(frame, hidden_steps())),
          draw("places", place_list_page(frame, venues(3))),
          draw("places_of_area", place_list_page(frame, chosen_area())),
          draw("places_empty", place_list_page(frame, venues(0))),
          draw("silent_venues", report_list_page(frame, silent_venues())),
          draw("untaken_offers", report_list_page(frame, untaken_offers(2))),
          draw("untaken_offers_none", report_list_page(frame, untaken_offers(0))),
          draw("place", place_form_page(frame, form_with(filled()))),
          draw("place_new", place_form_page(frame, form_with(empty))),
          draw("place_faulty", place_form_page(frame, form_with(faulty))),
          draw("place_clash", place_form_page(frame, clash)),
          draw("place_made", place_form_page(frame, made)),
          draw("place_question", place_confirm_page(frame, question())),
          draw("place_choice",
               place_choice_page(
                   {"Uusi kohde", "Mille alueelle?", {{"/venues/new?area=KAINUU", "Kainuu"}}}))};
}

}  // namespace kaiku::pages::sample
