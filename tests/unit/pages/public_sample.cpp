#include "tests/unit/pages/public_sample.hpp"

#include "server/pages/coordinator/settings_view.hpp"
#include "server/pages/public/help_view.hpp"
#include "server/pages/public/home_view.hpp"
#include "server/pages/public/offers_view.hpp"
#include "server/pages/public/own_card_view.hpp"

namespace kaiku::pages::sample {
namespace {

// As many municipalities as the whole country has with the card.
std::vector<Option> towns() {
  std::vector<Option> options{{"", "Kaikki kunnat"}};
  for (int n = 100; n < 220; ++n) options.push_back({std::to_string(n), "Hämeenkoski"});
  return options;
}
std::vector<Option> const sectors{{"", "Kaikki toimialat"}, {"sport", "Liikunta"}};

PublicPlaces places(std::size_t count) {
  PublicPlaces page;
  page.municipalities = towns();
  page.sectors = sectors;
  for (std::size_t n = 0; n < count; ++n) {
    page.rows.push_back({"/places/" + std::to_string(n), "Kaukametsän uimahalli", "Kajaani",
                         "Liikunta", "Koskikatu 4 B, 87200 Kajaani"});
  }
  page.count = static_cast<std::int64_t>(count) + 12;
  page.pages.later = "/places?page=2&lang=sv";
  return page;
}

OfferRow offer(std::size_t n) {
  return {"/offers/" + std::to_string(n), "Kesäillan konsertti puistossa", "22.11.2026 17.42–19.00",
          "Kaukametsän kongressi- ja kulttuurikeskus, Kajaani",
          "Lapset voivat tulla mukaan. Paikkoja on jäljellä"};
}

PublicOffers offers(std::size_t count) {
  PublicOffers page;
  page.municipalities = towns();
  page.sectors = sectors;
  page.filter.for_children = true;
  for (std::size_t n = 0; n < count; ++n) page.rows.push_back(offer(n));
  page.count = static_cast<std::int64_t>(count);
  page.calendar = "/offers.ics?children=1";
  return page;
}

PublicPlace place(std::size_t count) {
  PublicPlace page;
  page.place = places(1).rows.front();
  for (std::size_t n = 0; n < count; ++n) page.offers.push_back(offer(n));
  if (count > 0) page.all = "/offers?venue=3";
  page.calendar = "/places/3.ics";
  return page;
}

PublicOffer one(bool cancelled) {
  PublicOffer page;
  page.offer = offer(3);
  page.place_href = "/places/3";
  page.address = "Koskikatu 4 B";
  if (cancelled)
    page.told = "Tapahtuma on peruutettu.";
  else
    page.calendar = "/offers/3.ics";
  return page;
}

AskForCard asked(bool faulty) {
  AskForCard page;
  page.card = "ABCD-1234-56YZ";
  page.birth_year = "1985";
  if (faulty) page.faults = {{"card", "Tunnus ja syntymävuosi eivät sovi yhteen."}};
  return page;
}

OwnCardPage own(contract::ShownState state) {
  OwnCardPage page;
  page.state = state;
  page.first_valid = day_from_iso("2026-11-22").value();
  page.last_valid = day_from_iso("2027-11-21").value();
  page.children = 2;
  page.municipality = "Kajaani";
  page.municipality_code = "205";
  if (state == contract::ShownState::valid) page.offers = {offer(1), offer(2)};
  page.qr = "/me/qr?k=x";
  page.calendar = "/me/card.ics?k=x";
  return page;
}

OwnQrPage own_qr() {
  return {"KK1QWERTYUIOPASDFGHJKLZXCVBNM234567", "ABCD-1234-56YZ", "/me/qr/kortti.png?k=x",
          "/me/card?k=x"};
}

OwnLostPage lost(OwnLostStep step, bool faulty) {
  OwnLostPage page{.step = step, .action = "/me/lost", .faults = {}};
  if (faulty) page.faults = {{"code", "Tällä varakoodilla ei löydy korttia."}};
  return page;
}

}  // namespace

std::vector<Drawn> public_pages(Language language) {
  auto frame = frame_for(domain::Role::anonymous, language);
  frame.language_by_address = true;
  frame.lang = contract::code_of(language);
  auto const draw = [&](char const* name, Page const& page) {
    return Drawn{name, render(frame, page)};
  };
  auto faulty = offers(0);
  faulty.filter.from = "32.13.";
  faulty.faults = {{"from", "Kirjoita päivä näin: 22.11.2026."}};
  return {draw("home", home_page(frame)),
          draw("public_places", public_places_page(frame, places(50))),
          draw("public_places_none", public_places_page(frame, places(0))),
          draw("public_place", public_place_page(frame, place(20))),
          draw("public_place_quiet", public_place_page(frame, place(0))),
          draw("offers", public_offers_page(frame, offers(50))),
          draw("offers_none", public_offers_page(frame, offers(0))),
          draw("help_holder", *help_page(frame, "holder")),
          draw("help_worker", *help_page(frame, "worker")),
          draw("help_venue", *help_page(frame, "venue")),
          draw("help_coordinator", *help_page(frame, "coordinator")),
          draw("help_administrator", *help_page(frame, "administrator")),
          draw("offers_faulty", public_offers_page(frame, faulty)),
          draw("offer", public_offer_page(frame, one(false))),
          draw("offer_cancelled", public_offer_page(frame, one(true))),
          draw("own_ask", ask_for_card_page(frame, asked(false))),
          draw("own_ask_faulty", ask_for_card_page(frame, asked(true))),
          draw("own_card", own_card_page(frame, own(contract::ShownState::valid))),
          draw("own_card_expired", own_card_page(frame, own(contract::ShownState::expired))),
          draw("own_card_off", own_card_page(frame, own(contract::ShownState::blocked))),
          draw("own_qr", own_qr_page(frame, own_qr())),
          draw("own_year", ask_for_year_page(frame, {.action = "/me/qr/year?k=x"})),
          draw("own_lost", own_lost_page(frame, lost(OwnLostStep::ask, false))),
          draw("own_lost_faulty", own_lost_page(frame, lost(OwnLostStep::ask, true))),
          draw("own_lost_question", own_lost_page(frame, lost(OwnLostStep::confirm, false))),
          draw("own_lost_done", own_lost_page(frame, lost(OwnLostStep::done, false))),
          draw("own_lost_off", own_lost_page(frame, lost(OwnLostStep::off, false)))};
}

std::vector<Drawn> settings_pages(Language language) {
  auto const frame = frame_for(domain::Role::admin, language);
  SettingsPage bare;
  bare.parts = {{"/settings/common", "Samat kaikilla kielillä"}, {"/settings/fi", "Suomeksi"}};
  auto lacking = bare;
  lacking.missing = {{"/settings/fi#provider", "Palvelun tarjoaja"}};
  PlaceForm form;
  form.title = "Samat kaikilla kielillä";
  form.action = "/settings/common";
  form.form_id = "f9";
  form.seen = "12";
  Filled const filled{
      FormValues({{"assessment", "self"}, {"assessed_on", "22.11.2026"}}), FormValues({}), {}};
  form.fields = settings_fields(language, true, filled, true);
  form.submit = "Tallenna tiedot";
  return {{"settings", render(frame, settings_page(frame, bare))},
          {"settings_lacking", render(frame, settings_page(frame, lacking))},
          {"settings_common", render(frame, place_form_page(frame, form))}};
}

}  // namespace kaiku::pages::sample
