#include "server/pages/public/feedback_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/domain/message.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {

Page feedback_page(Frame const& frame, FeedbackPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::feedback_title)), .body = embedded::feedback};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  values.set("sent", Data(false));
  if (!model.sent.empty()) {
    page.title = fill(frame.language, Text::feedback_sent, {{"n", model.sent}});
    values.set("sent", page.title);
  }
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("start", public_address(frame, "/"));
  values.set("action", public_address(frame, "/feedback"));
  values.set("form_id", model.form_id);
  values.set("from", model.from);
  auto const option = [&](char const* word, Text label) {
    return Option{word, std::string(text(label))};
  };
  values.set("subject",
             radio_group({.id = "subject",
                          .label = text(Text::feedback_subject),
                          .options = {option("accessibility", Text::feedback_accessibility),
                                      option("privacy", Text::feedback_privacy),
                                      option("other", Text::feedback_other)},
                          .chosen = model.subject,
                          .fault = fault_of(model.faults, "subject"),
                          .autofocus = takes_cursor(model.faults, "subject")}));
  values.set("text", text_area({.id = "text",
                                .label = text(Text::feedback_text),
                                .hint = text(Text::feedback_text_hint),
                                .value = model.text,
                                .fault = fault_of(model.faults, "text"),
                                .autofocus = takes_cursor(model.faults, "text")},
                               8));
  auto const contact_hint = fill(frame.language, Text::contact_hint,
                                 {{"days", std::to_string(domain::contact_kept_days)}});
  values.set("contact", text_field({.id = "contact",
                                    .label = text(Text::feedback_contact),
                                    .hint = contact_hint,
                                    .value = model.contact,
                                    .fault = fault_of(model.faults, "contact"),
                                    .optional = true,
                                    .autofocus = takes_cursor(model.faults, "contact")}));
  return page;
}

}  // namespace kaiku::pages
