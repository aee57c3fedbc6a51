#include "server/pages/public/statements.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

struct Part {
  std::optional<Text> title;
  Text text;
};

Page statement(Frame const& frame, Text heading, std::initializer_list<Part> parts) {
  auto const text = [&](Text key) { return std::string(in(frame.language, key)); };
  Page page{.title = text(heading), .body = embedded::statement};
  std::vector<Data> items;
  for (auto const& part : parts) {
    Data item("text", text(part.text));
    item.set("title", part.title ? Data(text(*part.title)) : Data(false));
    items.push_back(item);
  }
  page.values.set("heading", text(heading));
  page.values.set("parts", list_of(items));
  page.values.set("link", false);
  return page;
}

}  // namespace

Page accessibility_page(Frame const& frame) {
  auto page = statement(frame, Text::accessibility_title,
                        {{std::nullopt, Text::accessibility_scope},
                         {std::nullopt, Text::accessibility_state},
                         {Text::accessibility_gaps_title, Text::accessibility_gaps},
                         {Text::accessibility_feedback_title, Text::accessibility_feedback}});
  Data link("href", "https://www.saavutettavuusvaatimukset.fi/");
  link.set("label", std::string(in(frame.language, Text::accessibility_authority)));
  page.values.set("link", link);
  return page;
}

Page privacy_page(Frame const& frame) {
  return statement(frame, Text::privacy_title,
                   {{Text::privacy_stored_title, Text::privacy_stored},
                    {Text::privacy_never_title, Text::privacy_never},
                    {Text::privacy_who_title, Text::privacy_who},
                    {Text::privacy_cookies_title, Text::privacy_cookies},
                    {Text::privacy_rights_title, Text::privacy_rights}});
}

}  // namespace kaiku::pages
