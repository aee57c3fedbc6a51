#include "server/print/community_sheet.hpp"

#include <vector>

#include "server/print/document.hpp"
#include "server/print/parts_page.hpp"
#include "server/print/texts.hpp"

namespace kaiku::print {

Bytes community_sheet_pdf(CommunitySheet const& sheet) {
  auto const language = sheet.language;
  auto const whom =
      plain(sheet.office_contact.empty() ? sheet.office_name
                                         : sheet.office_name + ", " + sheet.office_contact);
  auto const title = in(language, Text::card_community);
  std::vector<Part> const parts{
      {plain(title),
       fill(language, Text::community_text, {{"places", address(sheet.host + "/places")}}), true},
      {plain(in(language, Text::community_use)), plain(in(language, Text::community_use_text))},
      {plain(in(language, Text::community_group)),
       fill(language, Text::community_group_text,
            {{"n", plain(std::to_string(sheet.most_people))},
             {"age", plain(std::to_string(sheet.client_age_limit))}})},
      {plain(in(language, Text::letter_valid)),
       fill(language, Text::community_valid_text,
            {{"first", plain(day_text(language, sheet.first_day))},
             {"last", plain(day_text(language, sheet.last_day))},
             {"whom", whom}})},
      {plain(in(language, Text::letter_lost)),
       fill(language, Text::community_lost_text, {{"whom", whom}})}};
  Document document(a4, std::string(title), language);
  draw_parts(document.canvas(), parts, parts_top_mm, {});
  return document.finish();
}

}  // namespace kaiku::print
