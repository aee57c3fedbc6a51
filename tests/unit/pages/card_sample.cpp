#include "tests/unit/pages/card_sample.hpp"

#include "server/pages/worker/card_act_view.hpp"
#include "server/pages/worker/card_lists_view.hpp"
#include "server/pages/worker/card_view.hpp"
#include "server/pages/worker/community_view.hpp"
#include "server/pages/worker/letter_view.hpp"
#include "server/pages/worker/lost_view.hpp"

namespace kaiku::pages::sample {
namespace {

using contract::ShownState;

CardPage card(ShownState state) {
  CardPage page{.view = {.id = CardId{1},
                         .code = contract::CardCode::from_bits(77),
                         .state = state,
                         .first_valid = *day_from(2026, 11, 22),
                         .last_valid = *day_from(2027, 11, 21),
                         .children = 2,
                         .municipality = "205",
                         .registered_on = *day_from(2026, 11, 22)}};
  page.acts = {"/card/renew?k=a",    "/card/replace?k=a", "/card/block?k=a",  "",
               "/card/children?k=a", "/card/correct?k=a", "/card/letter?k=a", "/card/reads?k=a"};
  return page;
}

CardPage renewed() {
  auto page = card(ShownState::valid);
  page.message = "Voimassaoloa on jatkettu 21.11.2027 asti.";
  page.undo_until = "Perua voi klo 17.42 asti.";
  page.renews_early = true;
  page.days_left = "Voimassa vielä 11 kk. Jatkaminen on tarpeen 22.9.2027 alkaen.";
  return page;
}

CardPage blocked() {
  auto page = card(ShownState::blocked);
  page.block = "Estetty 22.11.2026. Syy: Kadonnut. Eston viimeinen päivä on 30.11.2026.";
  page.acts.renew.clear();
  page.acts.block.clear();
  page.acts.unblock = "/card/unblock?k=a";
  return page;
}

ActPage act(Text what, std::string path) {
  ActPage page;
  page.act = what;
  page.path = std::move(path);
  page.form_id = "f5";
  page.card = "1";
  page.seen = "valid.2027-11-21.2";
  page.short_code = "…6YZ";
  page.back = "/card/view?k=a";
  page.facts = {{"Tila", "Voimassa"}, {"Viimeinen voimassaolopäivä", "21.11.2027"}};
  return page;
}

ActPage renewal() {
  auto page = act(Text::card_renew, "/card/renew");
  page.facts.emplace_back("Uusi viimeinen päivä", "21.11.2028");
  page.children = "2";
  page.children_hint = "Alle 18-vuotiaat";
  return page;
}

ActPage barred() {
  auto page = act(Text::card_renew, "/card/renew");
  page.bar = "Voimassaoloa on jo jatkettu 21.11.2028 asti.";
  return page;
}

ActPage replacement() {
  auto page = act(Text::card_replace, "/card/replace");
  page.lines = {"Vanha kortti lakkaa toimimasta heti."};
  page.replacement = "ABCD-1234-56YZ";
  page.reasons = {{"lost", "Kadonnut"}, {"worn", "Kulunut"}};
  page.faults = {{"replacement", "Kortti on jo annettu."}, {"reason", "Valitse syy."}};
  return page;
}

ActPage block() {
  auto page = act(Text::card_block, "/card/block");
  page.reasons = {{"lost", "Kadonnut"}, {"misuse", "Väärinkäyttö"}};
  page.reason = "misuse";
  page.until = "31.12.";
  return page;
}

CardListModel expiring() {
  CardListModel list;
  list.heading = "Päättyvät kortit: 51";
  list.about = "Viimeinen päivä 22.11.2026–22.12.2026.";
  list.months = {{"", "30 päivän sisällä"}, {"2026-12", "12/2026"}};
  list.rows = {{"/card/view?k=a", "…6YZ", "24.11.2026"}, {"/card/view?k=b", "…7RJ", "2.12.2026"}};
  list.more = "/cards/expiring?k=a";
  list.action = "/cards/expiring";
  list.asks_code = true;
  return list;
}

CardListModel expiring_without_code() {
  auto list = expiring();
  list.month = "2026-12";
  list.faults = {{"one_time_code", "Kirjoita kertakoodi."}};
  return list;
}

CardListModel unused() {
  CardListModel list;
  list.heading = "Käyttämättömät kortit: 0";
  list.about = "Tilanne 1.11.2026.";
  list.none = "Kaikkia kortteja on käytetty.";
  return list;
}

CardPage of_community() {
  auto page = card(ShownState::valid);
  page.view.kind = contract::CardKind::community;
  page.view.community_ceiling = 10;
  page.acts.children.clear();
  page.acts.correct.clear();
  page.acts.letter.clear();
  page.acts.sheet = "/card/sheet?lang=fi&k=a";
  return page;
}

CommunityList community() {
  return {51,
          {{"/card/view?k=a", "…6YZ", "10", "Voimassa", "21.11.2027"},
           {"/card/view?k=b", "…7RJ", "25", "Estetty", "2.12.2026"}},
          "/cards/community?before=812"};
}

NewCommunityPage new_community() {
  NewCommunityPage page;
  page.form_id = "f6";
  page.people = "10";
  return page;
}

NewCommunityPage asked_community() {
  auto page = new_community();
  page.card = "ABCD-1234-56YZ";
  page.asks_people = true;
  return page;
}

NewCommunityPage faulty_community() {
  auto page = new_community();
  page.card = "ABCD-1234-56YZ";
  page.people = "51";
  page.faults = {{"card", "Tämä kortti on jo annettu täällä ja voimassa 21.11.2027 asti."},
                 {"people", "Kirjoita henkilömäärä numerona, 2–50."}};
  page.given_here = CardGivenHere{"ABCD-1234-56YZ", Text::nav_card};
  return page;
}

LostPage found() {
  LostPage page;
  page.typed = {{"birth_year", "1985"}, {"postcode", "87100"}, {"month", "kesä"}};
  page.faults = {{"month", "Kirjoita kuukausi ja vuosi, esimerkiksi 3.2026."}};
  page.matches = {{"/card/view?k=a", "…6YZ", "3.3.2026", "2", "2.3.2027"}};
  return page;
}

}  // namespace

std::vector<Drawn> card_pages(Language language) {
  auto const worker = frame_for(domain::Role::issuer_worker, language);
  FindPage faulty;
  faulty.typed = "ABCD-1234-56YZ";
  faulty.stock_card = faulty.typed;
  faulty.faults = {{"card", "Korttia ei ole vielä annettu."}};
  return {
      {"card", render(worker, find_page(worker, {}))},
      {"card_stock", render(worker, find_page(worker, faulty))},
      {"card_shown", render(worker, card_page(worker, card(ShownState::valid)))},
      {"card_renewed", render(worker, card_page(worker, renewed()))},
      {"card_blocked", render(worker, card_page(worker, blocked()))},
      {"card_renewal", render(worker, act_page(worker, renewal()))},
      {"card_renewal_barred", render(worker, act_page(worker, barred()))},
      {"card_replacement", render(worker, act_page(worker, replacement()))},
      {"card_block", render(worker, act_page(worker, block()))},
      {"card_list", render(worker, card_list_page(worker, expiring()))},
      {"card_list_code", render(worker, card_list_page(worker, expiring_without_code()))},
      {"card_list_none", render(worker, card_list_page(worker, unused()))},
      {"card_of_community", render(worker, card_page(worker, of_community()))},
      {"community", render(worker, community_list_page(worker, community()))},
      {"community_none", render(worker, community_list_page(worker, {}))},
      {"community_new", render(worker, new_community_page(worker, new_community()))},
      {"community_asked", render(worker, new_community_page(worker, asked_community()))},
      {"community_faulty", render(worker, new_community_page(worker, faulty_community()))},
      {"lost", render(worker, lost_page(worker, {}))},
      {"lost_found", render(worker, lost_page(worker, found()))},
      {"letter_question", render(worker, letter_page(worker, {"f1", "65536", "…6YZ", "/card"}))}};
}

}  // namespace kaiku::pages::sample
