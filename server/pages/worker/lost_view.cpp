#include "server/pages/worker/lost_view.hpp"

#include <algorithm>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

std::string_view typed_in(LostPage const& model, std::string_view field) {
  auto const found = std::ranges::find(model.typed, field,
                                       [](auto const& one) { return std::string_view(one.first); });
  return found == model.typed.end() ? std::string_view() : std::string_view(found->second);
}

void put_fields(Data& values, Frame const& frame, LostPage const& model) {
  auto const put = [&](TextField field) {
    field.value = typed_in(model, field.id);
    field.fault = fault_of(model.faults, field.id);
    bool const is_first = field.id == "birth_year";
    field.autofocus = model.faults.empty() ? is_first && model.matches.empty()
                                           : takes_cursor(model.faults, field.id);
    values.set(std::string(field.id), text_field(field));
  };
  auto const say = [&](Text text) { return in(frame.language, text); };
  put({.id = "birth_year",
       .label = say(Text::issue_birth_year),
       .maxlength = 4,
       .numeric = true,
       .narrow = true});
  put({.id = "postcode",
       .label = say(Text::issue_postcode),
       .maxlength = 5,
       .numeric = true,
       .narrow = true});
  put({.id = "month",
       .label = say(Text::lost_month),
       .hint = say(Text::lost_month_hint),
       .maxlength = 7,
       .narrow = true});
  put({.id = "children",
       .label = say(Text::lost_children),
       .maxlength = 2,
       .numeric = true,
       .narrow = true,
       .optional = true});
}

Data matches_of(Frame const& frame, LostPage const& model) {
  std::vector<Data> rows;
  for (auto const& match : model.matches) {
    Data row;
    row.set("address", match.address);
    row.set("short_code", match.short_code);
    row.set("registered_on", match.registered_on);
    row.set("children", match.children);
    row.set("last_valid", match.last_valid);
    row.set("open", fill(frame.language, Text::handover_open_card, {{"short", match.short_code}}));
    rows.push_back(row);
  }
  return list_of(rows);
}

}  // namespace

Page lost_page(Frame const& frame, LostPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::lost_title)), .body = embedded::lost};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  put_fields(values, frame, model);
  auto const said = model.found_none    ? in(frame.language, Text::lost_none)
                    : model.found_many  ? in(frame.language, Text::lost_many)
                    : model.has_to_wait ? in(frame.language, Text::lost_wait)
                                        : std::string_view();
  values.set("said", text_or_nothing(said));
  values.set("any", !model.matches.empty());
  values.set("matches", matches_of(frame, model));
  values.set("card", text_field({.id = "card",
                                 .label = in(frame.language, Text::handover_recovery),
                                 .hint = in(frame.language, Text::lost_recovery_hint),
                                 .maxlength = 20,
                                 .code = true,
                                 .narrow = true}));
  return page;
}

}  // namespace kaiku::pages
