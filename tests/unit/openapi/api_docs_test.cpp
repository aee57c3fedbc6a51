// The pages that the server makes of its OpenAPI file: all of it, once, and nothing else.
#include <gmock/gmock.h>

#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "schema/values/problems.hpp"
#include "server/api/operations.hpp"
#include "server/app/routes.hpp"
#include "server/pages/public/api_description.hpp"
#include "server/pages/public/api_docs_view.hpp"

namespace kaiku::pages {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// And ten kilobytes or a little more for the stylesheet, within the forty of a page.
constexpr std::size_t most_bytes = 28 * 1024;

json const& description() {
  static json const parsed = json::parse(api::openapi_json());
  return parsed;
}

Frame reader(std::string lang = {}) {
  Frame frame;
  frame.here = "/api/docs";
  frame.language_by_address = true;
  frame.lang = std::move(lang);
  return frame;
}

std::string page_of(std::string const& part, Frame const& frame = reader()) {
  auto const page = api_docs_page(frame, part);
  EXPECT_TRUE(page) << part;
  return page ? render(frame, *page) : "";
}

// Those that the contents lead to.
std::set<std::string> part_names() {
  static std::regex const links("href=\"/api/docs/([^\"#]*)");
  auto const html = page_of("");
  std::set<std::string> names{""};
  for (auto at = std::sregex_iterator(html.begin(), html.end(), links);
       at != std::sregex_iterator(); ++at) {
    names.insert((*at)[1]);
  }
  return names;
}

std::set<std::string> ids_in(std::string const& html) {
  static std::regex const ids(" id=\"([^\"]*)\"");
  std::set<std::string> found;
  for (auto at = std::sregex_iterator(html.begin(), html.end(), ids); at != std::sregex_iterator();
       ++at) {
    EXPECT_TRUE(found.insert((*at)[1]).second) << "two of " << (*at)[1];
  }
  return found;
}

// "post_card POST /api/v1/cards"
std::multiset<std::string> operations_in(std::string const& html) {
  static std::regex const heads(
      "<section id=\"([^\"]*)\">\n<h2>[^\n]*</h2>\n<p><code>([A-Z]+ [^<]*)</code></p>");
  std::multiset<std::string> found;
  for (auto at = std::sregex_iterator(html.begin(), html.end(), heads);
       at != std::sregex_iterator(); ++at) {
    found.insert((*at)[1].str() + " " + (*at)[2].str());
  }
  return found;
}

std::size_t times(std::string_view html, std::string_view part) {
  std::size_t found = 0;
  for (auto at = html.find(part); at != html.npos; at = html.find(part, at + 1)) ++found;
  return found;
}

// What is told of an operation, wherever it stands.
std::string told_of(std::string const& id) {
  static auto const pages = [] {
    std::vector<std::string> drawn;
    for (auto const& part : part_names()) drawn.push_back(page_of(part));
    return drawn;
  }();
  for (auto const& html : pages) {
    auto const from = html.find("<section id=\"" + id + "\">");
    if (from != html.npos) return html.substr(from, html.find("</section>", from) - from);
  }
  ADD_FAILURE() << "nothing of " << id;
  return "";
}

TEST(ApiDocs, show_every_operation_of_the_file_once_and_no_other) {
  std::multiset<std::string> shown;
  for (auto const& part : part_names()) shown.merge(operations_in(page_of(part)));
  std::multiset<std::string> described;
  for (auto const& route : routes()) {
    if (route.face != access::Face::json) continue;
    std::string const method(http::word_of(route.method));
    std::string key = method;
    for (auto& c : key) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    auto const& operation = description().at("paths").at(std::string(route.pattern)).at(key);
    described.insert(operation.at("operationId").get<std::string>() + " " + method + " " +
                     std::string(route.pattern));
  }
  EXPECT_GT(described.size(), 50U);
  EXPECT_THAT(shown, ::testing::ContainerEq(described));
}

TEST(ApiDocs, list_every_operation_in_the_contents_once) {
  auto const html = page_of("");
  for (auto const& [path, item] : description().at("paths").items()) {
    for (auto const& [method, operation] : item.items()) {
      if (!operation.is_object()) continue;  // the path's own parameters
      auto const link = "#" + operation.at("operationId").get<std::string>() + "\"";
      EXPECT_EQ(times(html, link), 1U) << link;
    }
  }
}

TEST(ApiDocs, say_on_each_page_where_its_group_goes_on) {
  for (auto const& part : part_names()) {
    auto const second = part + "-2";
    if (!api_docs_page(reader(), second)) continue;
    EXPECT_THAT(page_of(part), HasSubstr("<a href=\"" + second + "\">"));
  }
}

TEST(ApiDocs, stay_below_forty_kilobytes_whoever_reads_them) {
  auto frame = reader("sv");
  frame.role = domain::Role::admin;
  frame.csrf = "token";
  frame.demo = true;
  frame.greeting = std::string(200, 'x');
  for (auto const& part : part_names()) {
    EXPECT_LT(page_of(part, frame).size(), most_bytes) << part;
  }
}

TEST(ApiDocs, hold_no_script_and_nothing_from_elsewhere) {
  static std::regex const code("(<script|<style|style=| on[a-z]+=|javascript:|<img|src=\"http)");
  for (auto const& part : part_names()) {
    EXPECT_FALSE(std::regex_search(page_of(part), code)) << part;
  }
}

TEST(ApiDocs, lead_to_anchors_that_are_there) {
  std::map<std::string, std::set<std::string>> ids;
  for (auto const& part : part_names()) ids[part] = ids_in(page_of(part));
  static std::regex const links("href=\"(?:/api/docs/)?([a-z0-9-]*)#([^\"]*)\"");
  std::size_t found = 0;
  for (auto const& part : part_names()) {
    auto const html = page_of(part);
    for (auto at = std::sregex_iterator(html.begin(), html.end(), links);
         at != std::sregex_iterator(); ++at) {
      auto const to = (*at)[1].length() == 0 ? part : (*at)[1].str();
      EXPECT_TRUE(ids[to].contains((*at)[2])) << part << " leads to " << (*at)[0];
      ++found;
    }
  }
  EXPECT_GT(found, 400U);
}

TEST(ApiDocs, take_a_chosen_language_along_within_an_english_text) {
  auto const contents = page_of("", reader("sv"));
  EXPECT_THAT(contents,
              AllOf(HasSubstr("?lang=sv#post_card\""), HasSubstr("<div class=\"api\" lang=\"en\">"),
                    HasSubstr("href=\"/openapi.json\"")));
  EXPECT_THAT(page_of("cards", reader("sv")),
              AllOf(HasSubstr("href=\"problems?lang=sv#not-found\""),
                    HasSubstr("href=\"/api/docs?lang=sv\""), Not(HasSubstr("@lang@"))));
  EXPECT_THAT(page_of("cards"),
              AllOf(HasSubstr("href=\"problems#not-found\""), Not(HasSubstr("@lang@"))));
}

TEST(ApiDocs, tell_of_an_operation_who_what_and_what_comes_back) {
  auto const told = told_of("post_event");
  EXPECT_THAT(told,
              AllOf(HasSubstr("<h2>Make"), HasSubstr("venue_staff"), HasSubstr("session + csrf"),
                    HasSubstr("at most 16384 bytes"), HasSubstr("<code>Idempotency-Key</code>"),
                    HasSubstr("<code>venue_id</code> (required)"),
                    HasSubstr("<code>title.fi</code></dt><dd>text or null, at most 200"),
                    HasSubstr("<strong>201</strong>"), HasSubstr("<pre>{"),
                    HasSubstr("422 <a href=\"problems#validation-failed\"")));
}

TEST(ApiDocs, show_every_body_by_an_example) {
  for (auto const& group : read_api_description(api::openapi_json()).groups) {
    for (auto const& operation : group.operations) {
      SCOPED_TRACE(operation.id);
      std::size_t examples = 0;
      for (auto const& body : operation.body) {
        EXPECT_FALSE(body.examples.empty());
        examples += body.examples.size();
      }
      for (auto const& answer : operation.answers) {
        bool const is_shown = !answer.examples.empty() || !answer.as.empty();
        EXPECT_EQ(is_shown, !answer.media.empty()) << answer.status;
        examples += answer.examples.size();
      }
      EXPECT_FALSE(operation.answers.empty());
      EXPECT_EQ(times(told_of(operation.id), "<pre>"), examples);
    }
  }
}

TEST(ApiDocs, show_every_problem_and_every_fault_of_a_field) {
  auto const html = page_of("problems");
  auto const ids = ids_in(html);
  for (auto const& row : problem_table) EXPECT_TRUE(ids.contains(std::string(row.slug)));
  auto const& codes = description().at("/components/schemas/FaultCode/enum"_json_pointer);
  for (auto const& code : codes) {
    EXPECT_THAT(html, HasSubstr("<code>" + code.get<std::string>() + "</code>"));
  }
}

TEST(ApiDocs, have_no_page_of_another_name) {
  EXPECT_FALSE(api_docs_page(reader(), "Cards"));
  EXPECT_FALSE(api_docs_page(reader(), "../../privacy"));
}

}  // namespace
}  // namespace kaiku::pages
