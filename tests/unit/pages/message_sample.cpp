// Messages from people drawn from sample values.
#include "server/pages/coordinator/messages_view.hpp"
#include "server/pages/public/feedback_view.hpp"
#include "tests/unit/pages/public_sample.hpp"

namespace kaiku::pages::sample {
namespace {

FeedbackPage begun(bool faulty) {
  FeedbackPage page;
  page.form_id = "f9";
  page.from = "/places";
  if (!faulty) return page;
  page.text = "Sivulla on \"><script>alert(1)</script>";
  page.faults = {{"subject", "Valitse aihe."}};
  return page;
}

FeedbackPage sent() {
  FeedbackPage page;
  page.sent = "17";
  return page;
}

tables::Message message(std::int64_t number, bool answered) {
  tables::Message one;
  one.number = number;
  one.sent_at = start_of(day_from_iso("2026-11-02").value());
  one.text = "Ensimmäinen rivi.\n\nToinen <b>rivi</b>.";
  one.page = "/places";
  if (answered) one.answered_at = start_of(day_from_iso("2026-11-05").value());
  if (!answered) one.contact = "maija@esimerkki.example";
  return one;
}

MessageList list(std::size_t count, char const* today) {
  MessageList page;
  for (std::size_t n = 0; n < count; ++n) {
    page.rows.push_back(message(static_cast<std::int64_t>(n) + 1, n > 3));
  }
  page.open = 4;
  page.today = day_from_iso(today).value();
  if (count > 0) page.later = "/messages?page=2";
  return page;
}

OneMessage one(bool answered) {
  OneMessage page{message(17, answered), {}, "f9", day_from_iso("2026-11-10").value()};
  if (answered) page.told = Text::messages_marked;
  page.may_be_unmarked = answered;
  return page;
}

}  // namespace

std::vector<Drawn> message_pages(Language language) {
  auto const nobody = frame_for(domain::Role::anonymous, language);
  auto const coordinator = frame_for(domain::Role::area_coordinator, language);
  return {
      {"feedback", render(nobody, feedback_page(nobody, begun(false)))},
      {"feedback_faulty", render(nobody, feedback_page(nobody, begun(true)))},
      {"feedback_sent", render(nobody, feedback_page(nobody, sent()))},
      {"messages", render(coordinator, message_list_page(coordinator, list(50, "2026-11-10")))},
      {"messages_late", render(coordinator, message_list_page(coordinator, list(5, "2026-11-20")))},
      {"messages_none", render(coordinator, message_list_page(coordinator, list(0, "2026-11-20")))},
      {"message", render(coordinator, one_message_page(coordinator, one(false)))},
      {"message_answered", render(coordinator, one_message_page(coordinator, one(true)))}};
}

}  // namespace kaiku::pages::sample
