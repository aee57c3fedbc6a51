#include "tests/unit/pages/request_sample.hpp"

#include "server/pages/coordinator/approvals_view.hpp"
#include "server/pages/coordinator/reads_view.hpp"
#include "server/pages/coordinator/undo_requests_view.hpp"
#include "server/pages/venue/late_undo_view.hpp"
#include "server/pages/worker/card_reads_view.hpp"

namespace kaiku::pages::sample {
namespace {

LateUndoPage late_undo() {
  LateUndoPage page;
  page.form_id = "f1";
  page.use = "812";
  page.time = "22.11.2026 17.42";
  page.card_short = "…7RJ";
  page.event = "Pieni merenneito";
  page.tickets = "1 aikuinen, 2 lasta";
  return page;
}

UndoRequestsPage undo_requests() {
  UndoRequestsPage page;
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.area = "KAINUU";
  page.count = "2 pyyntöä";
  UndoRequestRow row{"9",          "22.11.2026 17.42", "Kaupunginteatteri", "Pieni merenneito",
                     "1 aikuinen", "kohde.1",          "22.11.2026 18.05",  "Väärä kortti"};
  page.rows = {row, row};
  page.rows.back().event.clear();
  page.more = "/undo-requests?before=9";
  return page;
}

UndoRequestsPage decided() {
  auto page = undo_requests();
  page.message = "Lippu on peruttu.";
  return page;
}

UndoRequestsPage shown_request(bool waits) {
  auto page = undo_requests();
  page.shown = {page.rows.front(), "f2", "wrong_card", waits};
  return page;
}

ApprovalRow approval_row() {
  return {"/approvals/9", "Korttierä, 800 korttia", "Kainuu",
          "vastuu.1",     "22.11.2026 9.12",        "odottaa"};
}

ApprovalPage approval() {
  ApprovalPage page;
  page.path = "/approvals/9";
  page.row = approval_row();
  page.office = "Kajaanin aikuissosiaalityö";
  page.until = "29.11.2026";
  page.may_decide = true;
  page.asks_code = true;
  page.form_id = "f3";
  return page;
}

ReadsPage reads(std::size_t count) {
  ReadsPage page;
  page.areas = {{"", "Kaikki alueet"}, {"KAINUU", "Kainuu"}};
  page.filter.area = "KAINUU";
  page.offices = {{"", "Kaikki toimipisteet"}, {"5", "Kajaanin aikuissosiaalityö"}};
  page.accounts = {{"", "Kaikki käyttäjät"}, {"7", "tyontekija.1"}};
  page.kinds = {{"", "Kaikki lajit"}, {"look", "katselu"}};
  page.count = "50 katselua";
  for (std::size_t n = 0; n < count; ++n) {
    page.rows.push_back({"22.11.2026 9.12", "Kajaanin aikuissosiaalityö", "tyontekija.1",
                         "haku ilman tunnusta", "0123abcd"});
  }
  page.workers = {{"tyontekija.1", "Kajaanin aikuissosiaalityö", "41", "12,5"}};
  page.more = "/reads?before=9";
  return page;
}

CardReadsPage card_reads() {
  return {"…7RJ",
          {{"22.11.2026 9.12", "Kajaanin aikuissosiaalityö", "tyontekija.1", "katselu"}},
          "/card/reads?k=x",
          "/card/view?k=x"};
}

}  // namespace

std::vector<Drawn> request_pages(Language language) {
  auto const coordinator = frame_for(domain::Role::national_coordinator, language);
  auto const staff = frame_for(domain::Role::venue_staff, language);
  auto const worker = frame_for(domain::Role::issuer_worker, language);
  auto unreasoned = late_undo();
  unreasoned.faults = {{"reason", "Valitse, miksi lippu pitäisi perua."}};
  auto own = approval();
  own.may_decide = own.asks_code = false;
  own.may_take_back = true;
  own.waits = "Odottaa toisen henkilön hyväksyntää 29.11.2026 asti.";
  auto uncoded = approval();
  uncoded.faults = {{"one_time_code", "Kirjoita kertakoodi."}};
  auto approved = approval();
  approved.may_decide = approved.asks_code = false;
  approved.decider = "tuki.1";
  approved.batch = "Erä 0043";
  approved.batch_href = "/batches/43";
  approved.message = "Pyyntö on hyväksytty ja erä luotu.";
  ApprovalsPage list;
  list.rows = {approval_row()};
  list.count = "1 pyyntö";
  auto misread = reads(0);
  misread.workers.clear();
  misread.faults = {{"from", "Kirjoita päivä näin: 22.11.2026."}};
  return {
      {"late_undo", render(staff, late_undo_page(staff, late_undo()))},
      {"late_undo_faulty", render(staff, late_undo_page(staff, unreasoned))},
      {"undo_requests", render(coordinator, undo_requests_page(coordinator, undo_requests()))},
      {"undo_requests_done", render(coordinator, undo_requests_page(coordinator, decided()))},
      {"undo_requests_none", render(coordinator, undo_requests_page(coordinator, {}))},
      {"undo_request", render(coordinator, undo_requests_page(coordinator, shown_request(true)))},
      {"undo_request_over",
       render(coordinator, undo_requests_page(coordinator, shown_request(false)))},
      {"approvals", render(coordinator, approvals_page(coordinator, list))},
      {"approvals_none", render(coordinator, approvals_page(coordinator, {}))},
      {"approval", render(coordinator, approval_page(coordinator, approval()))},
      {"approval_own", render(coordinator, approval_page(coordinator, own))},
      {"approval_uncoded", render(coordinator, approval_page(coordinator, uncoded))},
      {"approval_done", render(coordinator, approval_page(coordinator, approved))},
      {"reads", render(coordinator, reads_page(coordinator, reads(50)))},
      {"reads_none", render(coordinator, reads_page(coordinator, misread))},
      {"card_reads", render(worker, card_reads_page(worker, card_reads()))}};
}

}  // namespace kaiku::pages::sample
