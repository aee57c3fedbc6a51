#include "tests/unit/pages/box_office_sample.hpp"

#include "server/pages/venue/paper_uses_view.hpp"
#include "server/pages/venue/reservations_view.hpp"

namespace kaiku::pages::sample {
namespace {

ReservationsPage reservations() {
  ReservationsPage page;
  page.count = "3 varausta";
  page.events = {{"18.00 Pieni merenneito",
                  {{"/reservations?remove=271", "…7QX", "1 aikuinen, 2 lasta", "klo 17.30"},
                   {"/reservations?remove=272", "…M02", "1 aikuinen", "klo 17.30"}}},
                 {"24.11.2026 18.00 Pieni merenneito",
                  {{"/reservations?remove=273", "…K3C", "1 aikuinen, kulttuurikaveri",
                    "24.11.2026 klo 17.30"}}}};
  page.more = "/reservations?after=273";
  page.news = {"Varattu 3 paikkaa klo 17.30 asti.", "18.00 Pieni merenneito · …7QX."};
  return page;
}

ReservationsPage gone() {
  auto page = reservations();
  page.more = "";
  page.news = {"Varaus on jo päättynyt", "Lippu on annettu.", false};
  return page;
}

ReservationRemoval removal() {
  return {"271", "f1", "18.00 Pieni merenneito", "…7QX", "1 aikuinen, 2 lasta", 3};
}

NewReservationPage reserving() {
  NewReservationPage page;
  page.action = "/reservations/new";
  page.form_id = "f1";
  page.events = {{"12", "18.00 Pieni merenneito"}, {"13", "24.11.2026 18.00 Pieni merenneito"}};
  page.event = "12";
  return page;
}

NewReservationPage reserved_already() {
  auto page = reserving();
  page.action = "/reservations/new?k=x";
  page.card = "ABCD-1234-56YZ";
  page.children = "2";
  page.companion = true;
  page.until = "17.15";
  page.replaces = "271";
  page.faults = {{"card", "Kortilla on jo varaus tähän: 3 paikkaa."}};
  return page;
}

PaperPage paper() {
  PaperPage page;
  page.action = "/paper-uses";
  page.form_id = "f1";
  page.day = "22.11.2026";
  page.day_value = "2026-11-22";
  page.events = {{"0", "Ei tapahtumaa"}, {"12", "18.00 Pieni merenneito"}};
  page.event = "12";
  page.news = "Kirjattu: …7QX, 1 aikuinen, 2 lasta";
  page.rows = {{"901", "…7QX", "1 aikuinen, 2 lasta", "Kunnossa", true, false},
               {"900", "…M02", "1 aikuinen", "Kortin voimassaolo oli päättynyt", false, true}};
  page.count = 1;
  return page;
}

PaperPage asking() {
  auto page = paper();
  page.action = "/paper-uses?k=x";
  page.news = "";
  page.ask = PaperAsk::twice;
  page.typed = {"ABCD-1234-56YZ", "2", "0", true, false, false};
  page.faults = {{"card", "Tämä kortti on jo kirjattu tältä lomakkeelta."}};
  return page;
}

PaperPage of_no_day() {
  PaperPage page;
  page.day = "23.11.2026";
  page.faults = {{"day", "Päivä on tulevaisuudessa. Tarkista päivä. Tarkista päivä."}};
  return page;
}

}  // namespace

std::vector<Drawn> box_office_pages(Language language) {
  auto const staff = frame_for(domain::Role::venue_staff, language);
  return {{"reservations", render(staff, reservations_page(staff, reservations()))},
          {"reservations_gone", render(staff, reservations_page(staff, gone()))},
          {"reservations_empty", render(staff, reservations_page(staff, {}))},
          {"reservation_removal", render(staff, reservation_removal_page(staff, removal()))},
          {"reservation_new", render(staff, new_reservation_page(staff, reserving()))},
          {"reservation_already", render(staff, new_reservation_page(staff, reserved_already()))},
          {"reservation_no_events", render(staff, new_reservation_page(staff, {}))},
          {"paper", render(staff, paper_page(staff, paper()))},
          {"paper_asking", render(staff, paper_page(staff, asking()))},
          {"paper_no_day", render(staff, paper_page(staff, of_no_day()))}};
}

}  // namespace kaiku::pages::sample
