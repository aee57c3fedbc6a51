#include "server/pages/worker/community_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

// The people when the card is all that was read; one fault has the cursor, several their list.
bool has_cursor(NewCommunityPage const& model, std::string_view field) {
  if (!model.faults.empty()) return takes_cursor(model.faults, field);
  return field == (model.asks_people ? "people" : "card");
}

}  // namespace

Page community_list_page(Frame const& frame, CommunityList const& model) {
  auto const heading = fill(frame.language, Text::community_count,
                            {{"n", number_text(frame.language, model.count)}});
  Page page{.title = heading, .body = embedded::community};
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data entry;
    entry.set("address", row.address);
    entry.set("short_code", row.short_code);
    entry.set("people", row.people);
    entry.set("state", row.state);
    entry.set("last_valid", row.last_valid);
    entry.set("open", fill(frame.language, Text::handover_open_card, {{"short", row.short_code}}));
    rows.push_back(entry);
  }
  auto& values = page.values;
  values.set("heading", heading);
  values.set("none", model.count == 0);
  values.set("any", !model.rows.empty());
  values.set("rows", list_of(rows));
  values.set("more", text_or_nothing(model.more));
  return page;
}

Page new_community_page(Frame const& frame, NewCommunityPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::community_new)),
            .body = embedded::community_new};
  page.faulty = !model.faults.empty();
  auto& values = page.values;
  put_summary(values, model.faults, SummaryFocus::of_several);
  values.set("form_id", model.form_id);
  values.set("asks", model.asks_people);
  values.set("ready", model.asks_people ? model.card : std::string());
  values.set("card",
             card_field(frame.language, model.card, model.faults, has_cursor(model, "card")));
  values.set("people", text_field({.id = "people",
                                   .label = in(frame.language, Text::community_most),
                                   .hint = in(frame.language, Text::community_most_hint),
                                   .value = model.people,
                                   .fault = fault_of(model.faults, "people"),
                                   .maxlength = 2,
                                   .numeric = true,
                                   .narrow = true,
                                   .autofocus = has_cursor(model, "people")}));
  values.set("given_here", model.given_here.has_value());
  if (model.given_here) {
    values.set("given_code", model.given_here->code);
    values.set("given_act", std::string(in(frame.language, model.given_here->act)));
  }
  return page;
}

}  // namespace kaiku::pages
