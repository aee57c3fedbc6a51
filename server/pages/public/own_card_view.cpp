#include "server/pages/public/own_card_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/qr.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

using contract::ShownState;

std::string say(Frame const& frame, Text key) { return std::string(in(frame.language, key)); }

std::string state_sentence(Frame const& frame, OwnCardPage const& model) {
  switch (model.state) {
    case ShownState::valid: return say(frame, Text::me_valid);
    case ShownState::expired: return say(frame, Text::me_expired);
    case ShownState::not_yet_valid:
      return fill(frame.language, Text::me_not_yet,
                  {{"day", day_text(frame.language, model.first_valid)}});
    default: return say(frame, Text::me_off);
  }
}

Data birth_year_field(Frame const& frame, std::string const& value, PageFaults const& faults,
                      bool autofocus) {
  return text_field({.id = "birth_year",
                     .label = in(frame.language, Text::me_birth_year),
                     .hint = in(frame.language, Text::me_birth_year_hint),
                     .value = value,
                     .fault = fault_of(faults, "birth_year"),
                     .maxlength = 4,
                     .numeric = true,
                     .narrow = true,
                     .autofocus = autofocus});
}

Text title_of(OwnLostStep step) {
  if (step == OwnLostStep::confirm) return Text::confirm_title;
  return step == OwnLostStep::done ? Text::lost_done : Text::me_lost;
}

}  // namespace

Page ask_for_card_page(Frame const& frame, AskForCard const& model) {
  Page page{.title = say(frame, Text::nav_public_own), .body = embedded::me};
  page.faulty = !model.faults.empty();
  auto const focus = [&](std::string_view field) {
    return page.faulty ? takes_cursor(model.faults, field) : field == "card";
  };
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("action", public_address(frame, "/me"));
  values.set("lost", public_address(frame, "/me/lost"));
  values.set("card", text_field({.id = "card",
                                 .label = in(frame.language, Text::card_code),
                                 .hint = in(frame.language, Text::me_code_hint),
                                 .value = model.card,
                                 .fault = fault_of(model.faults, "card"),
                                 .maxlength = 1024,
                                 .code = true,
                                 .autofocus = focus("card")}));
  values.set("birth_year",
             birth_year_field(frame, model.birth_year, model.faults, focus("birth_year")));
  return page;
}

Page ask_for_year_page(Frame const& frame, AskForYear const& model) {
  Page page{.title = say(frame, Text::me_phone), .body = embedded::own_year};
  page.faulty = !model.faults.empty();
  put_summary(page.values, model.faults, SummaryFocus::of_several);
  page.values.set("action", model.action);
  page.values.set("birth_year", birth_year_field(frame, model.birth_year, model.faults, true));
  return page;
}

bool is_in_use(ShownState state) {
  return state == ShownState::valid || state == ShownState::expired ||
         state == ShownState::not_yet_valid;
}

Page own_card_page(Frame const& frame, OwnCardPage const& model) {
  Page page{.title = say(frame, Text::nav_public_own), .body = embedded::own_card};
  page.posts = false;
  auto& values = page.values;
  values.set("state", state_sentence(frame, model));
  values.set("is_on", is_in_use(model.state));
  values.set("last_valid", day_text(frame.language, model.last_valid));
  values.set("children", std::to_string(model.children));
  values.set("qr", text_or_nothing(model.qr));
  values.set("calendar", model.calendar);
  values.set("lost", public_address(frame, "/me/lost"));
  values.set("week", fill(frame.language, Text::me_week, {{"municipality", model.municipality}}));
  put_offers(values, model.offers);
  values.set("all", public_address(frame, "/offers", {{"municipality", model.municipality_code}}));
  values.set("places",
             public_address(frame, "/places", {{"municipality", model.municipality_code}}));
  return page;
}

Page own_qr_page(Frame const& frame, OwnQrPage const& model) {
  Page page{.title = say(frame, Text::me_phone), .body = embedded::own_qr};
  page.posts = false;
  page.values.set("qr", qr_svg(model.token, in(frame.language, Text::card_qr_label)));
  page.values.set("code", model.code);
  page.values.set("picture", model.picture);
  page.values.set("back", model.back);
  return page;
}

Page own_lost_page(Frame const& frame, OwnLostPage const& model) {
  Page page{.title = say(frame, title_of(model.step)), .body = embedded::own_lost};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("title", page.title);
  values.set("action", model.action);
  values.set("asks", model.step == OwnLostStep::ask);
  values.set("confirms", model.step == OwnLostStep::confirm);
  values.set("told", model.step == OwnLostStep::done ? Data(say(frame, Text::lost_done_next))
                                                     : Data(false));
  values.set("off", model.step == OwnLostStep::off ? Data(say(frame, Text::me_off)) : Data(false));
  values.set("back", public_address(frame, "/me/lost"));
  values.set("code", text_field({.id = "code",
                                 .label = in(frame.language, Text::lost_code),
                                 .hint = in(frame.language, Text::lost_code_hint),
                                 .fault = fault_of(model.faults, "code"),
                                 .maxlength = 40,
                                 .code = true,
                                 .narrow = true,
                                 .autofocus = model.step == OwnLostStep::ask}));
  return page;
}

}  // namespace kaiku::pages
