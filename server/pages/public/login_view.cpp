#include "server/pages/public/login_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {

Page login_page(Frame const& frame, LoginPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = std::string(text(Text::login_title)), .body = embedded::login};
  page.faulty = !model.faults.empty();
  auto const focus = [&](std::string_view field) {
    return page.faulty ? takes_cursor(model.faults, field) : field == "username";
  };
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("next", model.next);
  values.set("username", text_field({.id = "username",
                                     .label = text(Text::login_username),
                                     .value = model.username,
                                     .fault = fault_of(model.faults, "username"),
                                     .autocomplete = "username",
                                     .autofocus = focus("username")}));
  values.set("password", text_field({.id = "password",
                                     .label = text(Text::login_password),
                                     .fault = fault_of(model.faults, "password"),
                                     .type = "password",
                                     .autocomplete = "current-password",
                                     .autofocus = focus("password")}));
  values.set("totp", text_field({.id = "totp",
                                 .label = text(Text::login_totp),
                                 .hint = text(Text::login_totp_hint),
                                 .fault = fault_of(model.faults, "totp"),
                                 .autocomplete = "one-time-code",
                                 .maxlength = 7,
                                 .numeric = true,
                                 .narrow = true,
                                 .autofocus = focus("totp")}));
  std::vector<Data> logins;
  for (auto const& login : model.logins) {
    Data row;
    row.set("role", login.role);
    row.set("scope", login.scope);
    row.set("username", login.username);
    row.set("password", login.password);
    row.set("totp_code", text_or_nothing(login.totp_code));
    logins.push_back(row);
  }
  auto const seconds = std::to_string(model.codes_change_in_s);
  values.set("codes_change", fill(frame.language, Text::login_demo_change, {{"s", seconds}}));
  values.set("has_logins", !logins.empty());
  values.set("logins", list_of(logins));
  return page;
}

}  // namespace kaiku::pages
