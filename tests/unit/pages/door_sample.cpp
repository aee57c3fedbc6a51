#include "tests/unit/pages/door_sample.hpp"

#include "server/pages/coordinator/events_view.hpp"
#include "server/pages/venue/door_view.hpp"
#include "server/pages/venue/venue_view.hpp"

namespace kaiku::pages::sample {
namespace {

std::vector<GivenRow> given() {
  return {{"17.42", "…7QX", "1 aikuinen, 2 lasta", 901, false, "17.57"},
          {"17.31", "…M02", "1 aikuinen", 0, true, ""},
          {"17.05", "…K3C", "1 aikuinen", 0, false, ""}};
}

DoorPage scan() {
  DoorPage page;
  page.form_id = "f1";
  page.event = "18.00 Pieni merenneito";
  page.event_id = "12";
  page.places = "paikkoja jäljellä 6";
  page.groups = {{"Nyt", {{"12", "18.00 Pieni merenneito"}}},
                 {"Tulevat 14 päivää", {{"13", "24.11.2026 18.00 Pieni merenneito"}}},
                 {"", {{"0", "Ei tapahtumaa"}}}};
  page.mode_href = "/door/basic?event=12&fast=1";
  page.given = given();
  return page;
}

DoorPage asking() {
  auto page = scan();
  page.may_scan = false;
  page.note = "Pieni merenneito on päättynyt. Valitse, mihin lippuja annetaan.";
  return page;
}

DoorPage fast() {
  auto page = scan();
  page.fast = true;
  page.event = "Ei tapahtumaa";
  page.event_id = "0";
  page.places = "";
  page.note = "Seuraava: Pieni merenneito, 22.11.2026 18.00.";
  page.faults = {{"card", "Lue ensin kortti."}};
  page.given.clear();
  page.owes_commitment = true;
  return page;
}

DoorCardPage card(PanelStyle style, std::string title) {
  DoorCardPage page;
  page.form_id = "f1";
  page.scan_id = "f2";
  page.action = "/door/basic/card?k=x";
  page.desk = "/door/basic?event=12&fast=0";
  page.panel = {style, std::move(title), {"Katsottu, lippua ei vielä annettu."}, "", ""};
  page.beside = "18.00 Pieni merenneito · …7QX";
  return page;
}

DoorCardPage offer() {
  auto page = card(PanelStyle::ok, "Kortti kelpaa");
  page.before = "Edellinen kortti …M02: katsottu, lippua ei annettu.";
  page.offer = DoorOffer{.asks_adult = true,
                         .children_max = 2,
                         .assistants = true,
                         .companion = true,
                         .submit = "Anna lippu"};
  page.panel.message = "Ranneke tiskiltä 2";
  return page;
}

DoorCardPage faulty() {
  auto page = offer();
  page.faults = {{"next", "Lapsilippuja voi antaa enintään 2."}};
  return page;
}

DoorCardPage refusal() {
  auto page = card(PanelStyle::no, "Lippuja on jäljellä 1");
  page.panel.aloud = "Odota hetki, tarkistan.";
  page.panel.closing = "Lippuja on jäljellä 1. Sopiiko niin?";
  page.offer = DoorOffer{.submit = "Anna 1 lippu"};
  return page;
}

DoorCardPage partial() {
  auto page = card(PanelStyle::no, "Lippuja on jäljellä 2");
  page.offer =
      DoorOffer{.chosen = {.adult = 1, .child = 1}, .is_whole = true, .submit = "Anna 2 lippua"};
  return page;
}

DoorCardPage warning() {
  auto page = card(PanelStyle::warn, "Tällä kortilla on jo annettu lippu");
  page.overrule = "already_used_here";
  page.offer =
      DoorOffer{.adult = 0, .children_max = 3, .chosen = {.child = 1}, .submit = "Anna lapsiliput"};
  return page;
}

DoorGivenPage result(bool fast) {
  DoorGivenPage page;
  page.form_id = "f1";
  page.action = "/door/basic/given?k=x";
  page.desk = "/door/basic?event=12&fast=1";
  page.event_id = "12";
  page.fast = fast;
  page.panel = {PanelStyle::ok, "Lippu annettu", {"Vapaalippu 0 €"}, "", ""};
  page.tickets = {given().front()};
  if (fast) page.tickets.push_back({"17.42", "…7QX", "1 lapsi, avustaja", 902, false, "17.57"});
  if (fast) page.faults = {{"card", "Lapsilippuja voi antaa enintään 1."}};
  return page;
}

VenuePage day() {
  VenuePage page;
  page.tickets_today = 14;
  page.children_today = 4;
  page.events = {{"18.00–20.00 Pieni merenneito", "/door/basic?event=12", "", 14, 20, 3},
                 {"12.00–13.00 Satutunti", "", "peruutettu", 0, std::nullopt}};
  page.given = given();
  page.earlier = "/venue?before=851";
  return page;
}

EventsPage events() {
  EventsPage page;
  page.count = "2 tapahtumaa";
  page.events = {
      {"/events/12", "22.11.2026 18.00", "Pieni merenneito", "Kaupunginteatteri", "14/20", ""},
      {"/events/13", "24.11.2026 18.00", "Satutunti", "Kaupunginteatteri", "0", "Peruutettu"}};
  page.has_venues = true;
  page.areas = {{"KAINUU", "Kainuu"}, {"SAVO", "Savo"}};
  page.area = "KAINUU";
  page.venues = {{"", "Kaikki kohteet"}, {"31", "Kaupunginteatteri"}};
  page.make_href = "/events/new?area=KAINUU";
  page.other_href = "/events?area=KAINUU&over=1";
  page.more = "/events?area=KAINUU&after=13";
  page.done = "Tapahtumat on lisätty";
  return page;
}

}  // namespace

std::vector<Drawn> door_pages(Language language) {
  auto const staff = frame_for(domain::Role::venue_staff, language);
  auto const coordinator = frame_for(domain::Role::national_coordinator, language);
  return {{"door", render(staff, door_page(staff, scan()))},
          {"door_asking", render(staff, door_page(staff, asking()))},
          {"door_fast", render(staff, door_page(staff, fast()))},
          {"door_offer", render(staff, door_card_page(staff, offer()))},
          {"door_offer_faulty", render(staff, door_card_page(staff, faulty()))},
          {"door_refusal", render(staff, door_card_page(staff, refusal()))},
          {"door_partial", render(staff, door_card_page(staff, partial()))},
          {"door_warning", render(staff, door_card_page(staff, warning()))},
          {"door_given", render(staff, door_given_page(staff, result(false)))},
          {"door_given_fast", render(staff, door_given_page(staff, result(true)))},
          {"venue", render(staff, venue_page(staff, day()))},
          {"venue_empty", render(staff, venue_page(staff, {}))},
          {"events", render(coordinator, events_page(coordinator, events()))},
          {"events_empty", render(staff, events_page(staff, {}))}};
}

}  // namespace kaiku::pages::sample
