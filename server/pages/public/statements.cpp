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

Text problem_text(Problem problem) {
  switch (problem) {
    case Problem::not_found:
    case Problem::method_not_allowed: return Text::problem_not_found;
    case Problem::forbidden: return Text::problem_forbidden;
    case Problem::csrf_failed: return Text::problem_csrf;
    case Problem::too_many_requests: return Text::problem_too_many;
    case Problem::overloaded:
    case Problem::storage_unavailable: return Text::problem_busy;
    default: return status_of(problem) >= 500 ? Text::problem_internal : Text::problem_request;
  }
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

Page problem_page_of(Frame const& frame, Problem problem, std::string_view reference) {
  Page page{.title = std::string(in(frame.language, Text::problem_title)),
            .body = embedded::problem};
  page.faulty = true;
  page.status = status_of(problem);
  page.values.set("text", std::string(in(frame.language, problem_text(problem))));
  page.values.set("reference",
                  reference.empty()
                      ? Data(false)
                      : Data(fill(frame.language, Text::problem_reference, {{"id", reference}})));
  return page;
}

}  // namespace kaiku::pages
