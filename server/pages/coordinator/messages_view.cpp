#include "server/pages/coordinator/messages_view.hpp"

#include <array>

#include "pages/embedded_assets.hpp"
#include "server/domain/message.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {
namespace {

std::string say(Frame const& frame, Text key) { return std::string(in(frame.language, key)); }

Day due_day(tables::Message const& message) {
  return helsinki_day(message.sent_at) + domain::answered_within_days;
}
bool is_overdue(tables::Message const& message, Day today) {
  return !message.answered_at && due_day(message) < today;
}

std::string standing(Frame const& frame, tables::Message const& message, Day today) {
  auto const language = frame.language;
  if (message.answered_at) {
    auto const day = day_text(language, helsinki_day(*message.answered_at));
    return fill(language, Text::messages_answered, {{"day", day}});
  }
  auto const text = is_overdue(message, today) ? Text::messages_overdue : Text::messages_due;
  return fill(language, text, {{"day", day_text(language, due_day(message))}});
}

Data message_data(Frame const& frame, tables::Message const& message, Day today) {
  constexpr std::array subjects{Text::feedback_accessibility, Text::feedback_privacy,
                                Text::feedback_other};
  auto const number = std::to_string(message.number);
  Data data("number", number);
  data.set("title", fill(frame.language, Text::messages_one, {{"n", number}}));
  data.set("subject", say(frame, subjects.at(static_cast<std::size_t>(message.subject))));
  data.set("sent", day_text(frame.language, helsinki_day(message.sent_at)));
  data.set("standing", standing(frame, message, today));
  data.set("overdue", is_overdue(message, today));
  return data;
}

std::vector<Data> lines_of(std::string_view text) {
  std::vector<Data> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back("line", std::string(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

Page message_list_page(Frame const& frame, MessageList const& model) {
  Page page{.title = say(frame, Text::messages_title), .body = embedded::messages};
  std::vector<Data> rows;
  for (auto const& message : model.rows) rows.push_back(message_data(frame, message, model.today));
  auto& values = page.values;
  values.set("has_rows", !rows.empty());
  values.set("rows", list_of(rows));
  values.set("count", fill(frame.language, Text::messages_count,
                           {{"n", number_text(frame.language, model.open)}}));
  values.set("has_pages", !model.earlier.empty() || !model.later.empty());
  values.set("earlier", text_or_nothing(model.earlier));
  values.set("later", text_or_nothing(model.later));
  return page;
}

Page one_message_page(Frame const& frame, OneMessage const& model) {
  Page page{.title = fill(frame.language, Text::messages_one,
                          {{"n", std::to_string(model.message.number)}}),
            .body = embedded::one_message};
  page.values = message_data(frame, model.message, model.today);
  auto const told = model.told ? say(frame, *model.told) : std::string();
  page.title = with_outcome(told, page.title);
  auto& values = page.values;
  values.set("told", text_or_nothing(told));
  values.set("page", text_or_nothing(model.message.page));
  values.set("contact", model.message.contact.value_or(say(frame, Text::messages_no_contact)));
  values.set("lines", list_of(lines_of(model.message.text)));
  values.set("is_open", !model.message.answered_at);
  values.set("contact_goes", fill(frame.language, Text::messages_contact_goes,
                                  {{"days", std::to_string(domain::contact_kept_days)}}));
  values.set("form_id", model.form_id);
  values.set("may_be_unmarked", model.may_be_unmarked);
  if (auto const at = model.message.answered_at) values.set("seen", std::to_string(at->us));
  return page;
}

}  // namespace kaiku::pages
