#include "server/pages/frame/commitment_view.hpp"

#include "pages/embedded_assets.hpp"
#include "server/domain/commitment.hpp"
#include "server/pages/frame/dates.hpp"

namespace kaiku::pages {

std::vector<Text> commitment_lines(bool of_venue) {
  if (of_venue) {
    return {Text::commitment_venue_free, Text::commitment_venue_discreet,
            Text::commitment_venue_copy, Text::commitment_venue_why,
            Text::commitment_venue_calm, Text::commitment_venue_devices};
  }
  return {Text::commitment_office_whom, Text::commitment_office_facts, Text::commitment_office_sign,
          Text::commitment_office_apart, Text::commitment_office_mistakes};
}

Page commitment_page(Frame const& frame, CommitmentPage const& model) {
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  Page page{.title = text(model.accepted ? Text::commitment_accepted : Text::commitment_title),
            .body = embedded::commitment};
  auto& values = page.values;
  values.set("title", page.title);
  values.set("intro",
             text(model.of_venue ? Text::commitment_intro_venue : Text::commitment_intro_office));
  std::vector<Data> lines;
  for (auto const key : commitment_lines(model.of_venue)) lines.emplace_back("line", text(key));
  values.set("lines", list_of(lines));
  values.set("standing", fill(frame.language, Text::commitment_standing,
                              {{"n", std::to_string(domain::commitment_version)},
                               {"day", day_text(frame.language, domain::commitment_day)}}));
  values.set("accepted", model.accepted);
  values.set("form_id", model.form_id);
  values.set("version", std::to_string(domain::commitment_version));
  values.set("of_venue", model.of_venue);
  values.set("start", model.start);
  return page;
}

}  // namespace kaiku::pages
