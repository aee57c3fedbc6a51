#include "server/pages/coordinator/device_new_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"
#include "server/pages/frame/qr.hpp"

namespace kaiku::pages {
namespace {

// What a scanner's keyboard types alike in every layout: capitals and digits.
std::string scannable(std::string_view code) {
  std::string text(code);
  std::erase(text, '-');
  return text;
}

}  // namespace

Page new_device_page(Frame const& frame, NewDevicePage const& model) {
  Page page{.title = std::string(in(frame.language, Text::devices_join)),
            .body = embedded::device_new};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("form_id", model.form_id);
  values.set("area_value", text_or_nothing(model.area));
  values.set("asks_area", !model.areas.empty());
  values.set("area", select_field({.id = "area",
                                   .label = in(frame.language, Text::figures_area),
                                   .options = model.areas}));
  values.set("own_venue", text_or_nothing(model.own_venue));
  values.set("has_venues", !model.venues.empty());
  values.set("closed", model.is_closed);
  values.set("none", model.venues.empty() && model.own_venue.empty() && model.areas.empty());
  values.set("venue", select_field({.id = "venue",
                                    .label = in(frame.language, Text::devices_venue),
                                    .options = model.venues,
                                    .chosen = model.venue,
                                    .fault = fault_of(model.faults, "venue"),
                                    .autofocus = takes_cursor(model.faults, "venue")}));
  values.set("uses", text_field({.id = "uses",
                                 .label = in(frame.language, Text::devices_how_many),
                                 .hint = in(frame.language, Text::devices_how_many_hint),
                                 .value = model.uses,
                                 .fault = fault_of(model.faults, "uses"),
                                 .maxlength = 2,
                                 .numeric = true,
                                 .narrow = true,
                                 .autofocus = takes_cursor(model.faults, "uses")}));
  return page;
}

Page device_code_page(Frame const& frame, DeviceCodePage const& model) {
  bool const all_joined = model.joined.value_or(0) >= model.uses;
  auto const title = all_joined           ? Text::device_code_done
                     : model.code.empty() ? Text::device_code_over
                                          : Text::device_code;
  Page page{.title = std::string(in(frame.language, title)), .body = embedded::device_code};
  auto& values = page.values;
  values.set("heading", page.title);
  values.set("venue", model.venue);
  auto const joined = std::to_string(model.joined.value_or(0));
  auto const told = fill(frame.language, Text::device_code_joined,
                         {{"n", joined}, {"of", std::to_string(model.uses)}});
  values.set("joined", model.joined ? Data(told) : Data(false));
  values.set("waits", !model.code.empty() && !all_joined);
  values.set("again", model.again);
  values.set("is_over", model.code.empty() && !all_joined);
  values.set("code", model.code);
  values.set("until", fill(frame.language, Text::device_code_until, {{"t", model.until}}));
  values.set("qr", model.code.empty() ? std::string()
                                      : qr_svg(scannable(model.code),
                                               in(frame.language, Text::device_code_for_scanner)));
  values.set("command", model.command);
  values.set("fingerprint", in_groups_of_four(model.fingerprint));
  return page;
}

}  // namespace kaiku::pages
