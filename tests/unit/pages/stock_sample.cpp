#include "tests/unit/pages/stock_sample.hpp"

#include "server/pages/coordinator/agent_view.hpp"
#include "server/pages/coordinator/batch_view.hpp"
#include "server/pages/coordinator/batches_view.hpp"
#include "server/pages/worker/issue_view.hpp"
#include "server/pages/worker/stock_view.hpp"

namespace kaiku::pages::sample {
namespace {

BatchesPage batches() {
  BatchesPage page;
  page.count = "51 erää";
  page.rows = {{"/batches/42", "0042", "Kainuu", "22.11.2026", "500", "317", "2 toimipistettä"},
               {"/batches/41", "0041", "Kainuu", "1.11.2026", "50", "0", "ei luovutettu"}};
  page.offices = {{"/offices/5", "Kajaanin aikuissosiaalityö", "9", true},
                  {"/offices/6", "Sotkamon nuorisotyö", "310", false}};
  page.more = "/batches?area=KAINUU&before=41";
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.area = "KAINUU";
  return page;
}

BatchPage batch() {
  BatchPage page;
  page.path = "/batches/42";
  page.name = "0042";
  page.area = "Kainuu";
  page.made_on = "22.11.2026";
  page.count = "50";
  page.left = "38";
  page.done = "Erä 0042: kortit 0042-0001–0042-0050";
  page.ranges = {{"0042-0001–0042-0020", "Kajaanin aikuissosiaalityö", "23.11.2026", "8",
                  "/batches/42/hand?range=1"},
                 {"0042-0021–0042-0050", "", "", "30", ""}};
  page.may_be_handed = true;
  page.may_be_printed = true;
  page.print = {FormValues({{"from", "1"},
                            {"to", "50"},
                            {"as", "cards"},
                            {"spacing", "gaps"},
                            {"right", "0,5"},
                            {"down", "−1"}}),
                FormValues({}),
                {},
                false};
  page.test = {"gaps", "0,5", "−1"};
  return page;
}

BatchPage refused() {
  auto page = batch();
  page.done.clear();
  page.asks_code = true;
  page.print.faults = {{"to", "Erässä on kortit 1–50."},
                       {"right", "Kirjoita luku väliltä −5…+5."},
                       {"one_time_code", "Kirjoita kertakoodi."}};
  return page;
}

DeliveryNote note() {
  DeliveryNote note;
  note.path = "/batches/42";
  note.office = "Kajaanin aikuissosiaalityö";
  note.area = "Kainuu";
  note.batch = "0042";
  note.cards = "0042-0001–0042-0020";
  note.count = "20";
  note.handed_on = "23.11.2026 9.12";
  note.printed = "23.11.2026 9.13";
  note.done = "Kortit on luovutettu";
  return note;
}

StockPage stock(std::int64_t left) {
  return {left, {{"0042-0001–0042-0020", "23.11.2026", "20", std::to_string(left)}}};
}

NewAgentPage new_agent() {
  NewAgentPage page;
  page.form_id = "f4";
  page.area = "KAINUU";
  page.area_name = "Kainuu";
  page.venues = {{"31", "Kaupunginteatteri", true}, {"32", "Uimahalli", false}};
  page.asks_code = true;
  return page;
}

AgentPage agent() {
  return {.path = "/agents/77",
          .name = "Lippukassa Oy",
          .area = "Kainuu",
          .venues = {"Kaupunginteatteri", "Uimahalli"},
          .done = "Avain on luotu",
          .key = "kaiku_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"};
}

}  // namespace

std::vector<Drawn> stock_pages(Language language) {
  auto const coordinator = frame_for(domain::Role::national_coordinator, language);
  auto const worker = frame_for(domain::Role::issuer_worker, language);
  auto used_up = batch();
  used_up.may_be_handed = used_up.may_be_printed = false;
  IssuePage without_stock;
  without_stock.form_id = "f0";
  without_stock.has_no_stock = true;
  auto refused_agent = new_agent();
  refused_agent.faults = {{"name", "Kirjoita nimi."}, {"venues", "Valitse vähintään yksi kohde."}};
  auto revoked = agent();
  revoked.is_revoked = true;
  revoked.key.clear();
  return {{"batches", render(coordinator, batches_page(coordinator, batches()))},
          {"batches_empty", render(coordinator, batches_page(coordinator, {}))},
          {"batch", render(coordinator, batch_page(coordinator, batch()))},
          {"batch_refused", render(coordinator, batch_page(coordinator, refused()))},
          {"batch_used_up", render(coordinator, batch_page(coordinator, used_up))},
          {"delivery_note", render(coordinator, delivery_note_page(coordinator, note()))},
          {"agent_new", render(coordinator, new_agent_page(coordinator, new_agent()))},
          {"agent_refused", render(coordinator, new_agent_page(coordinator, refused_agent))},
          {"agent", render(coordinator, agent_page(coordinator, agent()))},
          {"agent_revoked", render(coordinator, agent_page(coordinator, revoked))},
          {"stock", render(worker, stock_page(worker, stock(120)))},
          {"stock_little", render(worker, stock_page(worker, stock(8)))},
          {"stock_none", render(worker, stock_page(worker, {}))},
          {"issue_no_stock", render(worker, issue_page(worker, without_stock))}};
}

}  // namespace kaiku::pages::sample
