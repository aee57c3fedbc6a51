#include "tests/unit/pages/sample.hpp"

#include "server/pages/coordinator/annex_view.hpp"
#include "server/pages/coordinator/area_reports_view.hpp"
#include "server/pages/coordinator/figures_view.hpp"
#include "server/pages/frame/commitment_view.hpp"
#include "server/pages/frame/problem_page.hpp"
#include "server/pages/public/login_view.hpp"
#include "server/pages/public/statements.hpp"
#include "server/pages/worker/correct_view.hpp"
#include "server/pages/worker/handover_view.hpp"
#include "server/pages/worker/issue_view.hpp"
#include "server/reports/area_documents.hpp"

namespace kaiku::pages::sample {
namespace {

using domain::Role;

LoginPage login() {
  LoginPage page;
  page.logins = {{"Työntekijä", "Aikuissosiaalityö", "tyontekija.1", "metsä-lampi-77", "492 039"},
                 {"Kohteen henkilökunta", "Kaupunginteatteri", "kohde.1", "kallio-järvi-12", ""}};
  return page;
}

constexpr auto handed_address = "/cards/handovers/00112233445566778899aabbccddeeff";

IssuePage issue() {
  IssuePage page;
  page.form_id = "f0";
  page.form.postcode = "87100";
  return page;
}

IssuePage faulty_issue() {
  auto page = issue();
  page.form.card = "ABCD-1234-56YZ";
  page.form.birth_year = "2015";
  page.form.children = "6";
  page.faults = {{"card", "Koodissa on virhe."},
                 {"birth_year", "Kortin voi saada sinä vuonna, jona täyttää 16."}};
  page.municipalities = {{"205", "Kajaani"}, {"765", "Sotkamo"}};
  page.form.municipality = "205";
  return page;
}

IssuePage paper_form() {
  auto page = issue();
  page.form.paper = true;
  page.action = "/cards/forms";
  return page;
}

IssuePage paper_form_after_another() {
  auto page = paper_form();
  page.form.issued_on = "22.11.";
  page.action = "/cards/forms?k=a";
  page.sitting = {14, "Viimeksi kirjattu: …6YZ, annettu 22.11.2026.", handed_address,
                  "Avaa kortti …6YZ"};
  return page;
}

IssuePage faulty_paper_form() {
  auto page = paper_form();
  page.form.issued_on = "23.11.2027";
  page.sitting.registered = 14;
  page.faults = {{"issued_on", "Päivä on tulevaisuudessa. Tarkista päivä. Tarkista päivä."}};
  return page;
}

reports::Measures measures(std::int64_t adults) {
  using reports::shown;
  reports::Measures of;
  of.registered = shown(412);
  of.taken = shown(148);
  of.not_taken = shown(264);
  of.earlier_years = shown(62);
  of.adults_by_sector = {shown(adults), shown(38), {reports::Figure::Is::small}, shown(61)};
  of.children_by_sector = {shown(96), shown(0), {reports::Figure::Is::complementary}, shown(45)};
  of.adults = shown(adults + 101);
  of.children = shown(147);
  of.assistants = shown(9);
  of.interpreters = shown(0);
  of.companions = {reports::Figure::Is::small};
  of.community_uses = shown(77);
  return of;
}

AreaReportPage flows(Language language) {
  using reports::shown;
  reports::FlowReport report;
  report.year = 2025;
  report.area = AreaId{"KAINUU"};
  report.as_of = {domain::RunName{2025}, 48'211, start_of(*day_from(2026, 3, 2)), Digest{}};
  report.venues = {{report.area, "Kainuu"}, {AreaId{"KEHA"}, "Keha"}};
  report.homes = report.venues;
  report.homes.emplace_back();
  report.adults = {{shown(270), {reports::Figure::Is::small}},
                   {{reports::Figure::Is::complementary}, {}},
                   {shown(0), {}}};
  report.totals = {shown(310), shown(90)};
  AreaReportPage page;
  page.title = "Käyttökerrat kotialueittain";
  page.path = "/figures/flows";
  page.years = {{"2026", "2026"}, {"2025", "2025"}};
  page.year = "2025";
  page.document = reports::flow_document(language, report, "Kainuu");
  page.bars = bars_of(language, report);
  page.file_address = "/figures/flows/file?year=2025&as=";
  return page;
}

FiguresPage figures(bool grouped) {
  FiguresPage page;
  page.years = {{"2026", "2026"}, {"2025", "2025"}};
  page.year = "2025";
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.groups = {{"none", "Ei ryhmittelyä"}, {"municipality", "Kohteen kunta"}};
  page.group = grouped ? "municipality" : "none";
  page.runs = {{"2025", "2025 (2.3.2026)"}};
  page.run = "2025";
  page.silent_venues = 3;
  page.file_address = "/figures/file?year=2025&as=";
  page.annual.emplace();
  page.annual->year = 2025;
  page.annual->as_of = {domain::RunName{2025}, 48'211, start_of(*day_from(2026, 3, 2)), Digest{}};
  page.annual->measures = measures(310);
  page.annual->municipalities = 4;
  page.annual->late_percent = 3;
  if (grouped) {
    page.usage.emplace();
    page.usage->from = *day_from(2025, 1, 1);
    page.usage->to = *day_from(2025, 12, 31);
    page.usage->group_by = reports::GroupBy::municipality;
    page.usage->has_cards = false;
    page.usage->as_of = page.annual->as_of;
    page.usage->totals = measures(310);
    page.usage->rows = {{"205", "Kajaani", measures(270)}, {"105", "Hyrynsalmi", measures(40)}};
  }
  return page;
}

AnnexPage annex() {
  reports::DocumentTable cards{"cards", "Kunnassa asuvien kortit", {}, {}};
  cards.columns = {{"measure", "Tieto", false}, {"2024", "2024", true}, {"2025", "2025", true}};
  cards.rows = {{{"Rekisteröidyt kortit", reports::shown(125),
                  reports::Figure{reports::Figure::Is::complementary}}},
                {{"Käyttöaste", reports::Share{0.4}, reports::Figure{}}},
                {{"Tuhatta asukasta kohti", reports::PerThousand{3.4}, reports::Figure{}}}};
  reports::DocumentTable runs{"runs", "Mistä luvut ovat", {}, {}};
  runs.columns = {
      {"year", "Vuosi", false}, {"run", "Ajo", false}, {"published", "Julkaistu", false}};
  runs.rows = {{{"2025", "2025", *day_from(2026, 3, 2)}}};
  AnnexPage page;
  page.municipalities = {{"105", "Hyrynsalmi"}, {"205", "Kajaani"}};
  page.municipality = "205";
  page.has_population = false;
  page.file_address = "/figures/annex/file?municipality=205&as=";
  page.document.emplace();
  page.document->scope = "Kajaani";
  page.document->period = "2024–2025";
  page.document->as_of_line = "Ajo 2025, tilanne 2.3.2026 klo 0.10, kirjaus 48 211";
  page.document->tables = {cards, runs};
  page.document->notes = {"–: lukua ei ole julkaistu."};
  page.document->definitions = {{"Käyttöaste", "Käyttöönotetut kortit jaettuna kaikilla."}};
  return page;
}

AnnexPage annex_without_figures() {
  AnnexPage page;
  page.municipalities = annex().municipalities;
  page.published_on = *day_from(2027, 3, 2);
  return page;
}

HandoverPage handed(bool made) {
  HandoverPage page;
  page.address = handed_address;
  page.form_id = "f3";
  page.code = "ABCD-1234-56YZ";
  page.last_valid = "21.11.2027";
  page.children = 2;
  page.municipality = "Kajaani";
  page.postcode = "87100";
  page.recovery_code = "K7M29QXD";
  page.undo_until = "Korjata ja perua voi klo 17.42 asti.";
  page.correct = "/card/correct?k=abc";
  page.is_made = made;
  page.letters = {{page.address + "/letter?lang=sv", "Kirje ruotsiksi"},
                  {page.address + "/letter?lang=fi", "Kirje suomeksi"},
                  {page.address + "/letter?lang=en", "Kirje englanniksi"}};
  page.card_place = 7;
  return page;
}

HandoverPage of_community() {
  auto page = handed(true);
  page.children.reset();
  page.people = 10;
  page.recovery_code.clear();
  page.correct.clear();
  page.letters.clear();
  page.sheets = {{"/card/sheet?lang=sv&k=a", "Ohje ruotsiksi"},
                 {"/card/sheet?lang=fi&k=a", "Ohje suomeksi"},
                 {"/card/sheet?lang=en&k=a", "Ohje englanniksi"}};
  return page;
}

HandoverPage confirmed() {
  auto page = handed(false);
  page.recovery_code.clear();
  page.confirmed = "Varakoodi on luovutettu 22.11.2026 klo 17.45.";
  page.undo_until.clear();
  page.letters.clear();
  page.new_letter = "/card/letter?k=abc";
  return page;
}

HandoverPage undone() {
  HandoverPage page;
  page.address = handed(false).address;
  page.code = "…6YZ";
  page.undone = "Peruttu 22.11.2026 klo 17.40. Kortti on taas varastossa.";
  return page;
}

HandoverPage replaced() {
  auto page = handed(true);
  page.cause = domain::HandoverCause::replaced;
  page.undoes_replacement = true;
  page.undo_until = "Perua voi klo 17.42 asti.";
  return page;
}

HandoverPage undone_replacement() {
  auto page = undone();
  page.replacement_is_undone = true;
  page.old_card = "/card/view?k=a";
  return page;
}

HandoverPage letter_after_undone_replacement() {
  auto page = handed(false);
  page.cause = domain::HandoverCause::letter;
  page.undo_until.clear();
  page.replacement_is_undone = true;
  return page;
}

HandoverList handovers() {
  auto const address = handed(false).address;
  return {51,
          {{address, "22.11.2026 17.32", "…6YZ"}, {address, "22.11.2026 9.05", "…7RJ"}},
          "/cards/handovers?before=812"};
}

CorrectPage correction() {
  CorrectPage page;
  page.form = {"1985", "2", "87100", "205", "", "typing_error"};
  page.form_id = "f4";
  page.card = "12";
  page.from = page.back = handed(false).address;
  page.seen = "812";
  page.short_code = "…6YZ";
  page.municipality_stays = "Kajaani";
  return page;
}

CorrectPage clash() {
  auto page = correction();
  page.municipality_stays.clear();
  page.yours.children = "3";
  page.municipalities = {{"205", "Kajaani"}, {"765", "Sotkamo"}};
  page.faults = {{"birth_year", "Kirjoita syntymävuosi neljällä numerolla, esimerkiksi 1985."},
                 {"reason", "Valitse syy."}};
  return page;
}

}  // namespace

ServiceFacts service_facts() {
  return {{"name", "Kaiku"},
          {"provider", "Kainuun hyvinvointialue"},
          {"email", "kaiku@kainuu.example"},
          {"phone", "08 123 4567"},
          {"post", "Kauppakatu 1, 87100 Kajaani"},
          {"controller", "Kainuun hyvinvointialue"},
          {"officer", "Tietosuojavastaava, tietosuoja@kainuu.example"},
          {"legal_basis", "yleinen etu, tietosuojalaki 4 §"},
          {"processor", "Kuntien Tieto Oy, Suomi"},
          {"retention", "haltijan tiedot 24 kuukautta kortin viimeisestä päivästä"},
          {"accessibility_checked", "29.11.2026"},
          {"privacy_checked", "29.11.2026"},
          {"assessment", "outside"},
          {"assessed_by", "Saavutettavuus Oy"},
          {"assessed_on", "15.11.2026"}};
}

Frame frame_for(Role role, Language language) {
  Frame frame;
  frame.language = language;
  frame.role = role;
  frame.csrf = role == Role::anonymous ? "" : "token";
  frame.here = std::string(home_of(role));
  frame.place = role == Role::issuer_worker ? "Aikuissosiaalityö" : "";
  frame.demo = true;
  return frame;
}

std::vector<Drawn> every_page(Language language) {
  auto const nobody = frame_for(Role::anonymous, language);
  auto const worker = frame_for(Role::issuer_worker, language);
  auto const coordinator = frame_for(Role::national_coordinator, language);
  auto made = issue();
  made.form.make = true;
  auto read = issue();
  read.card_was_read = true;
  auto failed_login = login();
  failed_login.faults = {{"password", "Käyttäjätunnus, salasana tai kertakoodi on väärin."}};
  auto own = issue();
  own.faults = {{"card", "Tämä kortti on jo annettu täällä ja voimassa 21.11.2027 asti."}};
  own.given_here = CardGivenHere{"ABCD-1234-56YZ", Text::nav_card};
  auto asked = issue();
  asked.asks_municipality = true;
  asked.municipalities = {{"205", "Kajaani"}, {"765", "Sotkamo"}};
  HandoverQr const qr{handed(true).address, "ABCD-1234-56YZ",
                      "KK1QWERTYUIOPASDFGHJKLZXCVBNM234567"};
  return {
      {"login", render(nobody, login_page(nobody, login()))},
      {"login_failed", render(nobody, login_page(nobody, failed_login))},
      {"issue", render(worker, issue_page(worker, issue()))},
      {"issue_read", render(worker, issue_page(worker, read))},
      {"issue_faulty", render(worker, issue_page(worker, faulty_issue()))},
      {"issue_make", render(worker, issue_page(worker, made))},
      {"issue_own", render(worker, issue_page(worker, own))},
      {"issue_asked", render(worker, issue_page(worker, asked))},
      {"forms", render(worker, issue_page(worker, paper_form()))},
      {"forms_counted", render(worker, issue_page(worker, paper_form_after_another()))},
      {"forms_faulty", render(worker, issue_page(worker, faulty_paper_form()))},
      {"handover_of_community", render(worker, handover_page(worker, of_community()))},
      {"handover", render(worker, handover_page(worker, handed(false)))},
      {"handover_made", render(worker, handover_page(worker, handed(true)))},
      {"handover_confirmed", render(worker, handover_page(worker, confirmed()))},
      {"handover_undone", render(worker, handover_page(worker, undone()))},
      {"handover_replaced", render(worker, handover_page(worker, replaced()))},
      {"replacement_undone", render(worker, handover_page(worker, undone_replacement()))},
      {"replacement_undone_letter",
       render(worker, handover_page(worker, letter_after_undone_replacement()))},
      {"handover_qr", render(worker, handover_qr_page(worker, qr))},
      {"handovers", render(worker, handover_list_page(worker, handovers()))},
      {"handovers_none", render(worker, handover_list_page(worker, {}))},
      {"correct", render(worker, correct_page(worker, correction()))},
      {"correct_clash", render(worker, correct_page(worker, clash()))},
      {"figures", render(coordinator, figures_page(coordinator, figures(false)))},
      {"figures_grouped", render(coordinator, figures_page(coordinator, figures(true)))},
      {"flows", render(coordinator, area_report_page(coordinator, flows(coordinator.language)))},
      {"flows_none", render(coordinator, area_report_page(coordinator, {}))},
      {"annex", render(coordinator, annex_page(coordinator, annex()))},
      {"annex_none", render(coordinator, annex_page(coordinator, annex_without_figures()))},
      {"commitment", render(worker, commitment_page(worker, {false, false, "f9", "/cards/new"}))},
      {"commitment_venue",
       render(worker, commitment_page(worker, {true, false, "f9", "/door/basic"}))},
      {"commitment_accepted",
       render(worker, commitment_page(worker, {false, true, "f9", "/cards/new"}))},
      {"accessibility", render(nobody, accessibility_page(nobody, service_facts()))},
      {"privacy", render(nobody, privacy_page(nobody, service_facts()))},
      {"accessibility_bare", render(nobody, accessibility_page(nobody, {}))},
      {"privacy_bare", render(nobody, privacy_page(nobody, {}))},
      {"problem",
       render(worker, problem_page_of(worker, Problem::csrf_failed, "0123456789abcdef"))}};
}

}  // namespace kaiku::pages::sample
