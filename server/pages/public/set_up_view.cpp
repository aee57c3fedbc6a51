#include "server/pages/public/set_up_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

Page begun(Frame const& frame, std::string_view body, Text step, PageFaults const& faults) {
  Page page{.title = std::string(in(frame.language, step)) + " – " +
                     std::string(in(frame.language, Text::set_up_title)),
            .body = body};
  page.faulty = !faults.empty();
  put_summary(page.values, faults, SummaryFocus::of_several);
  return page;
}

}  // namespace

Page set_up_password_page(Frame const& frame, SetUpPassword const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  auto page = begun(frame, embedded::set_up, Text::set_up_first_step, model.faults);
  auto& values = page.values;
  values.set("username", model.username);
  values.set("link", model.link);
  values.set("form_id", model.form_id);
  values.set("password",
             text_field({.id = "password",
                         .label = text(Text::set_up_password),
                         .hint = text(Text::password_hint),
                         .fault = fault_of(model.faults, "password"),
                         .type = "password",
                         .autocomplete = "new-password",
                         .autofocus = !page.faulty || takes_cursor(model.faults, "password")}));
  values.set("again", text_field({.id = "again",
                                  .label = text(Text::set_up_again),
                                  .fault = fault_of(model.faults, "again"),
                                  .type = "password",
                                  .autocomplete = "new-password",
                                  .autofocus = takes_cursor(model.faults, "again")}));
  return page;
}

Page set_up_code_page(Frame const& frame, SetUpCode const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  auto page = begun(frame, embedded::set_up_code, Text::set_up_second_step, model.faults);
  auto& values = page.values;
  values.set("username", model.username);
  values.set("link", model.link);
  values.set("form_id", model.form_id);
  values.set("skip_form_id", model.skip_form_id);
  values.set("may_skip", !model.skip_form_id.empty());
  values.set("qr", qr_svg(model.otpauth_uri, text(Text::set_up_qr)));
  values.set("key", in_groups_of_four(to_base32(model.secret)));
  values.set("totp", text_field({.id = "totp",
                                 .label = text(Text::login_totp),
                                 .hint = text(Text::set_up_code_hint),
                                 .fault = fault_of(model.faults, "totp"),
                                 .autocomplete = "one-time-code",
                                 .maxlength = 12,
                                 .numeric = true,
                                 .narrow = true,
                                 .autofocus = true}));
  return page;
}

Page set_up_over_page(Frame const& frame) {
  auto const who = in(frame.language, Text::link_over_who);
  Page page{.title = std::string(in(frame.language, Text::set_up_over_title)),
            .body = embedded::set_up_over,
            .status = 404};
  page.values.set("over", fill(frame.language, Text::link_over, {{"who", who}}));
  return page;
}

}  // namespace kaiku::pages
