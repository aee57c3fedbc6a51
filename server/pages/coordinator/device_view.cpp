#include "server/pages/coordinator/device_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

void put_rename(Data& values, Frame const& frame, DevicePage const& model) {
  values.set("may_be_renamed", model.rename.has_value());
  if (!model.rename) return;
  values.set("form_id", model.rename->form_id);
  values.set("seen", model.rename->seen);
  values.set("name_field", text_field({.id = "name",
                                       .label = in(frame.language, Text::revoke_name),
                                       .value = model.rename->typed,
                                       .fault = fault_of(model.faults, "name"),
                                       .maxlength = 80,
                                       .autofocus = takes_cursor(model.faults, "name"),
                                       .yours = model.rename->yours}));
}

}  // namespace

Page device_page(Frame const& frame, DevicePage const& model) {
  auto const& outcome = model.warning.empty() ? model.message : model.warning;
  Page page{.title = with_outcome(outcome, model.name), .body = embedded::device};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  put_rename(values, frame, model);
  values.set("warning", text_or_nothing(model.warning));
  values.set("id", model.id);
  values.set("name", model.name);
  values.set("message", text_or_nothing(model.message));
  values.set("venue", model.venue);
  values.set("enrolled", model.enrolled);
  values.set("last_contact", model.facts.last_contact);
  values.set("data_age", model.facts.data_age);
  values.set("unsent", model.facts.unsent);
  values.set("clock", model.facts.clock);
  values.set("certificate", model.facts.certificate);
  values.set("gap", model.facts.gap);
  std::vector<Data> lines;
  for (auto const& line : model.standing) lines.emplace_back("line", line);
  values.set("standing", list_of(lines));
  values.set("arrived", number_text(frame.language, model.arrived));
  values.set("has_quarantine", model.quarantined > 0);
  values.set("quarantined", number_text(frame.language, model.quarantined));
  values.set("may_be_revoked", model.may_be_revoked);
  auto const revoke = model.is_revoked ? Text::device_tell_stolen : Text::device_revoke;
  values.set("revoke", std::string(in(frame.language, revoke)));
  values.set("tells_whom_to_call", model.tells_whom_to_call);
  return page;
}

Page revocation_page(Frame const& frame, RevocationPage const& model) {
  auto const text = [&](Text key) { return in(frame.language, key); };
  Page page{.title = fill(frame.language, Text::revoke_title, {{"name", model.name}}),
            .body = embedded::device_revoke};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("heading", page.title);
  values.set("id", model.id);
  values.set("venue", model.venue);
  ChoiceField how{.id = "how", .label = text(Text::revoke_how)};
  if (!model.is_revoked) {
    how.options.push_back({"removed", std::string(text(Text::revoke_removed))});
  }
  how.options.push_back({"stolen", std::string(text(Text::revoke_stolen))});
  how.chosen = model.stolen || model.is_revoked ? "stolen" : "removed";
  values.set("how", radio_group(how));
  auto const hint = fill(frame.language, Text::revoke_name_hint, {{"name", model.name}});
  values.set("name", text_field({.id = "name",
                                 .label = text(Text::revoke_name),
                                 .hint = hint,
                                 .value = model.typed,
                                 .fault = fault_of(model.faults, "name"),
                                 .optional = !model.is_revoked,
                                 .autofocus = takes_cursor(model.faults, "name")}));
  return page;
}

Page confirm_revocation_page(Frame const& frame, RevocationPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::confirm_title)),
            .body = embedded::device_revoke_confirm};
  auto& values = page.values;
  values.set("id", model.id);
  values.set("name", model.name);
  values.set("typed", model.typed);
  values.set("venue", model.venue);
  values.set("how", std::string(model.stolen ? "stolen" : "removed"));
  values.set("stolen", model.stolen);
  values.set("back", model.back);
  auto const verb = model.stolen ? Text::revoke_do_stolen : Text::revoke_do;
  values.set("verb", fill(frame.language, verb, {{"name", model.name}}));
  return page;
}

}  // namespace kaiku::pages
