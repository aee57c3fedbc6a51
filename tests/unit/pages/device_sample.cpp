#include "tests/unit/pages/device_sample.hpp"

#include "server/pages/coordinator/device_new_view.hpp"
#include "server/pages/coordinator/device_quarantine_view.hpp"
#include "server/pages/coordinator/device_view.hpp"
#include "server/pages/coordinator/devices_view.hpp"
#include "server/pages/coordinator/judged_view.hpp"

namespace kaiku::pages::sample {
namespace {

DevicesPage devices() {
  DevicesPage page;
  page.count = 51;
  page.devices = {{"31", "Lippukassa", "Kaupunginteatteri", "22.11.2026 17.42",
                   "Merkintöjä puuttuu välistä, huomattu 22.11.2026 17.40"},
                  {"32", "Pääovi", "Uimahalli", "Ei vielä", "Ei vielä merkintöjä"}};
  page.more = "/devices?before=32";
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.judges = true;
  return page;
}

NewDevicePage new_device() {
  NewDevicePage page;
  page.form_id = "f3";
  page.venues = {{"31", "Kaupunginteatteri"}, {"32", "Uimahalli"}};
  page.uses = "60";
  page.faults = {{"uses", "Kirjoita määrä numerona, 1–50."}};
  return page;
}

DeviceCodePage device_code() {
  DeviceCodePage page;
  page.venue = "Kaupunginteatteri";
  page.code = "5RZW-JC7T-4F07-NPNC";
  page.until = "17.57";
  page.fingerprint = std::string(64, 'a');
  page.command =
      "kaiku-kiosk enrol https://kaiku.example.fi 5RZW-JC7T-4F07-NPNC." + page.fingerprint;
  page.joined = 0;
  page.again = "/devices/codes?k=x";
  return page;
}

DevicePage device() {
  DevicePage page;
  page.id = "31";
  page.name = "Lippukassa";
  page.venue = "Kaupunginteatteri";
  page.enrolled = "1.11.2026 10.12";
  page.facts = {"22.11.2026 17.42",
                "3 h",
                "4",
                "12 min edellä",
                "Voimassa 22.12.2026 asti",
                "Kyllä, huomattu 22.11.2026 17.40"};
  page.standing = {"Karanteenissa merkintöjä poiston jälkeen: 2"};
  page.arrived = 11'018;
  page.quarantined = 2;
  page.message = "Lippukassa on poistettu käytöstä.";
  page.may_be_revoked = true;
  page.is_revoked = true;
  page.rename = RenameForm{.form_id = "f4", .seen = "31", .typed = "", .yours = ""};
  page.faults = {{"name", "Kirjoita nimi."}};
  return page;
}

QuarantinePage quarantine() {
  QuarantinePage page;
  page.id = "31";
  page.name = "Lippukassa";
  QuarantineRow ruled{"118", "22.11.2026 17.42", "Sama numero kahdesti: kansiosta on kopio"};
  QuarantineRow outcome = ruled;
  outcome.number = "119";
  ruled.time = "22.11.2026 17.30";
  ruled.tickets = "1 aikuinen, 2 lasta";
  ruled.standing = "Hyväksytty";
  page.rows = {ruled, outcome};
  // As many as a page has at most, each with its form.
  for (int n = 0; n < 8; ++n) {
    auto row = ruled;
    row.number = std::to_string(120 + n);
    row.form = RulingForm{std::to_string(41'900 + n), std::string(32, 'f')};
    page.rows.push_back(std::move(row));
  }
  page.after = "0";
  page.message = "Käyttökerta on hyväksytty. Se lasketaan nyt mukaan.";
  page.more = "/devices/31/quarantine?after=41870";
  page.waiting = 1;
  page.judged = "/judged?venue=31&verdict=quarantined";
  return page;
}

RevocationPage revocation() {
  return {.id = "31",
          .name = "Lippukassa",
          .venue = "Kaupunginteatteri",
          .stolen = true,
          .typed = "Lippukasa",
          .faults = {{"name", "Kirjoita laitteen nimi täsmälleen samoin."}},
          .back = "/devices/31/revoke?k=x"};
}

JudgedPage judged(bool shown) {
  JudgedPage page;
  JudgedRow const row{"41870",
                      "22.11.2026 17.30",
                      "Kaupunginteatteri",
                      "1 aikuinen, 2 lasta",
                      "Kortti oli estetty",
                      "Lasketaan"};
  JudgedRow const waits{"41871",      "22.11.2026 17.31",        "Kaupunginteatteri",
                        "2 aikuista", "Ei voi pitää paikkaansa", "Odottaa"};
  page.venues = {{"", "Kaikki kohteet"}, {"31", "Kaupunginteatteri"}};
  page.filter.venue = "31";
  page.counts = {{"late_blocked", 12}, {"implausible", 1}};
  page.uses = {row, waits};
  page.waiting = {waits};
  page.more = "/judged?before=41870";
  page.repeated = {{"22.11.2026", "Kaupunginteatteri", "6"}};
  page.repeated_period = "24.10.2026–22.11.2026.";
  if (shown) {
    page.shown = JudgedShown{.row = row, .event = "Pieni merenneito", .may_be_undone = true};
    page.faults = {{"reason", "Valitse, miksi lippu perutaan."}};
  }
  return page;
}

JudgedPage ruled() {
  auto page = judged(false);
  page.message = "Käyttökerta lasketaan.";
  return page;
}

}  // namespace

std::vector<Drawn> device_pages(Language language) {
  auto const coordinator = frame_for(domain::Role::national_coordinator, language);
  return {{"devices", render(coordinator, devices_page(coordinator, devices()))},
          {"devices_empty", render(coordinator, devices_page(coordinator, {}))},
          {"device_new", render(coordinator, new_device_page(coordinator, new_device()))},
          {"device_code", render(coordinator, device_code_page(coordinator, device_code()))},
          {"device", render(coordinator, device_page(coordinator, device()))},
          {"device_quarantine", render(coordinator, quarantine_page(coordinator, quarantine()))},
          {"device_revoke", render(coordinator, revocation_page(coordinator, revocation()))},
          {"device_revoke_confirm",
           render(coordinator, confirm_revocation_page(coordinator, revocation()))},
          {"judged", render(coordinator, judged_page(coordinator, judged(false)))},
          {"judged_done", render(coordinator, judged_page(coordinator, ruled()))},
          {"judged_use", render(coordinator, judged_page(coordinator, judged(true)))}};
}

}  // namespace kaiku::pages::sample
