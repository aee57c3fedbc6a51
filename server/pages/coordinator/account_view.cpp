#include "server/pages/coordinator/account_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

void put_facts(Data& values, AccountFacts const& facts) {
  values.set("path", facts.path);
  values.set("name", facts.name);
  values.set("role", facts.role);
  values.set("place", facts.place);
}

}  // namespace

Page account_page(Frame const& frame, AccountPage const& model) {
  Page page{.title = with_outcome(model.done, model.facts.name), .body = embedded::account};
  auto& values = page.values;
  put_facts(values, model.facts);
  values.set("done", text_or_nothing(model.done));
  values.set("language", model.language);
  values.set("state", model.state);
  values.set("last", model.last_sign_in);
  values.set("reset", text_or_nothing(model.reset));
  values.set("why_not", text_or_nothing(model.why_not));
  values.set("by_command", text_or_nothing(model.by_command));
  values.set("may_reset", model.may_reset != ResetLabel::none);
  bool const is_new = model.may_reset == ResetLabel::new_link;
  values.set("reset_label", std::string(in(frame.language,
                                           is_new ? Text::account_new_link : Text::account_reset)));
  values.set("may_disable", model.may_disable);
  values.set("may_enable", model.may_enable);
  values.set("seen", model.seen);
  values.set("form_id", model.form_id);
  return page;
}

Page account_confirm_page(Frame const& frame, AccountConfirm const& model) {
  std::string const submit(in(frame.language, model.submit));
  Page page{.title = submit + ": " + model.facts.name, .body = embedded::account_confirm};
  auto& values = page.values;
  put_facts(values, model.facts);
  std::vector<Data> lines;
  for (auto const line : model.lines) {
    lines.emplace_back("line", std::string(in(frame.language, line)));
  }
  values.set("lines", list_of(lines));
  values.set("action", model.action);
  values.set("act", model.act);
  values.set("submit", submit);
  values.set("seen", model.seen);
  values.set("form_id", model.form_id);
  return page;
}

Page account_link_page(Frame const& frame, AccountLink const& model) {
  std::string const title(in(frame.language, model.title));
  Page page{.title = title + " – " + model.facts.name, .body = embedded::account_link};
  auto& values = page.values;
  put_facts(values, model.facts);
  values.set("title", title);
  values.set("link", model.link);
  values.set("until", fill(frame.language, Text::account_link_until, {{"until", model.until}}));
  values.set("qr", qr_svg(model.link, in(frame.language, Text::account_link_qr)));
  values.set("next", text_or_nothing(model.next));
  values.set("next_step", link_data(model.next_step));
  values.set("has_way_on", !model.next.empty() || !model.next_step.href.empty());
  return page;
}

}  // namespace kaiku::pages
