// schema/openapi.yaml, as the server hands it out, says what the table of routes says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "schema/contract/answers.hpp"
#include "schema/contract/card_code.hpp"
#include "schema/contract/card_state.hpp"
#include "schema/values/fault_codes.hpp"
#include "schema/values/problems.hpp"
#include "server/api/operations.hpp"
#include "server/app/routes.hpp"
#include "server/reports/annual.hpp"

namespace kaiku {
namespace {

using nlohmann::json;
using Place = std::pair<std::string, std::string>;  // path, method in lower case

constexpr std::array methods{"get", "head", "post", "put", "patch", "delete"};

json const& description() {
  static json const parsed = json::parse(api::openapi_json());
  return parsed;
}

std::map<Place, json> operations() {
  std::map<Place, json> found;
  for (auto const& [path, item] : description().at("paths").items()) {
    for (auto const* method : methods) {
      if (item.contains(method)) found[{path, method}] = item.at(method);
    }
  }
  return found;
}

std::string method_word(http::Method method) {
  std::string word(http::word_of(method));
  for (auto& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return word;
}

std::map<Place, access::Route> json_routes() {
  std::map<Place, access::Route> found;
  for (auto const& route : routes()) {
    if (route.face != access::Face::json) continue;
    found.emplace(Place{std::string(route.pattern), method_word(route.method)}, route);
  }
  return found;
}

json const* resolve(std::string const& reference) {
  if (!reference.starts_with("#/")) return nullptr;
  auto const pointer = json::json_pointer(reference.substr(1));
  return description().contains(pointer) ? &description().at(pointer) : nullptr;
}

// The object itself, or what its $ref names.
json const& followed(json const& node) {
  if (!node.contains("$ref")) return node;
  auto const* target = resolve(node.at("$ref").get<std::string>());
  return target == nullptr ? node : followed(*target);
}

// Every parameter of an operation with those of its path, as "where/name".
std::set<std::string> parameters_of(Place const& place) {
  std::set<std::string> names;
  auto const& item = description().at("paths").at(place.first);
  for (auto const* holder : {&item, &item.at(place.second)}) {
    if (!holder->contains("parameters")) continue;
    for (auto const& parameter : holder->at("parameters")) {
      auto const& actual = followed(parameter);
      names.insert(actual.at("in").get<std::string>() + "/" + actual.at("name").get<std::string>());
    }
  }
  return names;
}

void collect_references(json const& node, std::vector<std::string>& references) {
  if (node.is_object() && node.contains("$ref")) {
    references.push_back(node.at("$ref").get<std::string>());
  }
  if (!node.is_structured()) return;
  for (auto const& child : node) collect_references(child, references);
}

// The statuses of the refusals that a route can give for what it is, whatever it does.
std::set<std::string> refusals_by_shape(access::Route const& route, json const& operation) {
  std::set<std::string> statuses;
  auto const add = [&statuses](bool when, std::vector<std::string> const& more) {
    if (when) statuses.insert(more.begin(), more.end());
  };
  bool const known_callers = !route.who.has(domain::Role::anonymous);
  bool const takes_body = route.body_limit > 0;
  bool const reads_body = takes_body && (operation.at("requestBody").value("required", false) ||
                                         route.creates);  // the key is bound to the body
  add(known_callers, {"401", "403"});
  add(route.method != http::Method::get, {"403"});  // from another site's page
  add(route.pattern.find('{') != std::string_view::npos, {"404"});
  add(takes_body, {"413", "422"});
  add(reads_body, {"400", "415"});
  add(route.method == http::Method::patch, {"412", "428"});
  add(route.who.has(domain::Role::device) && known_callers, {"429"});
  return statuses;
}

std::vector<json> problem_examples(json const& response) {
  std::vector<json> examples;
  auto const content = response.value("content", json::object());
  if (!content.contains("application/problem+json")) return examples;
  for (auto const& example : content.at("application/problem+json").at("examples")) {
    examples.push_back(followed(example).at("value"));
  }
  return examples;
}

std::set<std::string> problem_types() {
  std::set<std::string> types;
  for (auto const& row : problem_table) types.insert("/problems/" + std::string(row.slug));
  return types;
}

std::vector<std::string> words(json const& list) { return list.get<std::vector<std::string>>(); }

TEST(OpenApi, lists_the_fault_codes_of_the_table_with_their_meanings) {
  auto const& schema = description().at("components").at("schemas").at("FaultCode");
  auto const meanings = schema.at("description").get<std::string>();
  std::vector<std::string> expected;
  for (auto const& row : fault_table) {
    expected.emplace_back(row.word);
    auto const line = "- `" + std::string(row.word) + "`: " + std::string(row.meaning) + "\n";
    EXPECT_THAT(meanings, testing::HasSubstr(line));
  }
  EXPECT_EQ(words(schema.at("enum")), expected);
  auto const& fault = description().at("components").at("schemas").at("FieldFault");
  EXPECT_EQ(fault.at("properties").at("code").at("$ref"), "#/components/schemas/FaultCode");
}

TEST(OpenApi, lists_every_grouping_of_the_table_but_the_whole) {
  auto const& usage = description().at("paths").at("/api/v1/reports/usage").at("get");
  std::vector<std::string> listed;
  for (auto const& parameter : usage.at("parameters")) {
    if (parameter.value("name", "") == "group_by")
      listed = words(parameter.at("schema").at("enum"));
  }
  std::vector<std::string> expected;
  for (auto group = 1; group <= static_cast<int>(reports::GroupBy::year); ++group) {
    expected.emplace_back(word_of(static_cast<reports::GroupBy>(group)));
  }
  EXPECT_EQ(listed, expected);
}

TEST(OpenApi, describes_every_json_route_and_nothing_else) {
  std::set<Place> described;
  for (auto const& [place, operation] : operations()) described.insert(place);
  std::set<Place> registered;
  for (auto const& [place, route] : json_routes()) registered.insert(place);
  EXPECT_GT(registered.size(), 50U);
  EXPECT_EQ(described, registered);
}

TEST(OpenApi, names_the_roles_that_may_call) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    std::vector<std::string> expected;
    for (std::size_t at = 0; at < domain::role_count; ++at) {
      auto const role = static_cast<domain::Role>(at);
      if (table.at(place).who.has(role)) expected.emplace_back(domain::word_of(role));
    }
    EXPECT_EQ(words(operation.at("x-roles")), expected);
  }
}

// Members by which a caller could try a code, a link or a password; what asks for one has to name
// it in the table of routes, whose other tests see that it is counted.
TEST(OpenApi, every_route_that_takes_a_code_or_a_password_counts_guesses) {
  std::set<std::string, std::less<>> const guessable{"card", "code", "token", "totp", "password"};
  auto const table = json_routes();
  std::size_t found = 0;
  for (auto const& [place, operation] : operations()) {
    bool takes_guess = place.first.find("{code}") != std::string::npos;
    if (operation.contains("requestBody")) {
      auto const& content = operation.at("requestBody").at("content");
      auto const* schema = &content.begin()->at("schema");
      if (schema->contains("$ref")) schema = resolve(schema->at("$ref"));
      ASSERT_NE(schema, nullptr) << place.first;
      auto const properties = schema->value("properties", json::object());
      for (auto const& [name, member] : properties.items()) {
        takes_guess = takes_guess || guessable.contains(name);
      }
    }
    if (!takes_guess) continue;
    ++found;
    EXPECT_FALSE(table.at(place).guesses.empty()) << place.second << " " << place.first;
  }
  EXPECT_GE(found, 15U);
}

TEST(OpenApi, names_the_listeners) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    std::vector<std::string> expected;
    if (table.at(place).on_everybody) expected.emplace_back("public");
    if (table.at(place).on_device) expected.emplace_back("device");
    EXPECT_EQ(words(operation.at("x-listeners")), expected);
  }
}

TEST(OpenApi, has_a_body_where_the_route_takes_one_and_tells_its_limit) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    auto const limit = table.at(place).body_limit;
    EXPECT_EQ(operation.contains("requestBody"), limit > 0);
    EXPECT_EQ(operation.value("x-body-limit", std::size_t{0}), limit);
    if (limit == 0 || !operation.contains("requestBody")) continue;
    EXPECT_TRUE(operation.at("requestBody").at("content").contains("application/json"));
  }
}

TEST(OpenApi, takes_an_idempotency_key_exactly_where_the_route_creates) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    EXPECT_EQ(parameters_of(place).contains("header/Idempotency-Key"), table.at(place).creates);
  }
}

TEST(OpenApi, asks_for_if_match_with_every_patch_and_nowhere_else) {
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    EXPECT_EQ(parameters_of(place).contains("header/If-Match"), place.second == "patch");
  }
}

TEST(OpenApi, describes_each_part_of_a_path_once) {
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    std::set<std::string> in_pattern;
    for (auto at = place.first.find('{'); at != std::string::npos;
         at = place.first.find('{', at + 1)) {
      in_pattern.insert("path/" + place.first.substr(at + 1, place.first.find('}', at) - at - 1));
    }
    std::set<std::string> described;
    for (auto const& name : parameters_of(place)) {
      if (name.starts_with("path/")) described.insert(name);
    }
    EXPECT_EQ(described, in_pattern);
  }
}

TEST(OpenApi, has_a_success_and_the_problem_for_every_operation) {
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    auto const& responses = operation.at("responses");
    auto const successes =
        std::count_if(responses.items().begin(), responses.items().end(),
                      [](auto const& item) { return item.key().starts_with("2"); });
    EXPECT_GE(successes, 1);
    EXPECT_EQ(responses.at("default").value("$ref", ""), "#/components/responses/Problem");
    for (auto const& [status, response] : responses.items()) {
      auto const& actual = followed(response);
      EXPECT_FALSE(actual.value("description", "").empty()) << status;
      if (!status.starts_with("2") && status != "304") {
        EXPECT_TRUE(actual.at("content").contains("application/problem+json")) << status;
      }
    }
  }
}

TEST(OpenApi, describes_the_refusals_that_a_route_gives_for_what_it_is) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    for (auto const& status : refusals_by_shape(table.at(place), operation)) {
      EXPECT_TRUE(operation.at("responses").contains(status)) << status;
    }
  }
}

TEST(OpenApi, describes_the_repeat_of_whatever_an_idempotency_key_may_be_sent_with) {
  auto const table = json_routes();
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    ASSERT_TRUE(table.contains(place));
    if (!table.at(place).creates) continue;
    EXPECT_TRUE(operation.at("responses").contains("200"));
  }
}

TEST(OpenApi, shows_problems_with_the_title_and_status_of_the_table_where_they_belong) {
  std::map<std::string, ProblemRow> rows;
  for (auto const& row : problem_table) rows.emplace("/problems/" + std::string(row.slug), row);
  std::set<std::string> shown;
  for (auto const& [place, operation] : operations()) {
    for (auto const& [status, response] : operation.at("responses").items()) {
      for (auto const& example : problem_examples(followed(response))) {
        auto const type = example.at("type").get<std::string>();
        SCOPED_TRACE(place.second + " " + place.first + " " + status + " " + type);
        ASSERT_TRUE(rows.contains(type));
        EXPECT_EQ(example.at("title"), rows.at(type).title);
        EXPECT_EQ(example.at("status"), rows.at(type).status);
        EXPECT_TRUE(status == "default" || std::to_string(rows.at(type).status) == status);
        shown.insert(type);
      }
    }
  }
  EXPECT_THAT(shown, testing::ContainerEq(problem_types()));
}

TEST(OpenApi, says_of_every_problem_and_of_no_other_what_it_means) {
  std::set<std::string> described;
  for (auto const& type : description().at("/components/schemas/ProblemType/oneOf"_json_pointer)) {
    EXPECT_GT(type.at("description").get<std::string>().size(), 10U) << type;
    EXPECT_TRUE(described.insert(type.at("const").get<std::string>()).second) << type;
  }
  EXPECT_THAT(described, testing::ContainerEq(problem_types()));
}

TEST(OpenApi, shows_a_card_code_that_is_one) {
  auto const code = description().at("x-example-values").at("card_code").get<std::string>();
  auto const parsed = contract::CardCode::parse(code);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text(), code);
}

TEST(OpenApi, gives_every_operation_its_own_name_a_known_tag_and_a_summary) {
  std::set<std::string> tags;
  for (auto const& tag : description().at("tags")) tags.insert(tag.at("name").get<std::string>());
  std::set<std::string> names;
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    auto const name = operation.at("operationId").get<std::string>();
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_TRUE(name.starts_with(place.second + "_")) << name;
    EXPECT_FALSE(operation.at("summary").get<std::string>().empty());
    for (auto const& tag : operation.at("tags")) EXPECT_TRUE(tags.contains(tag.get<std::string>()));
  }
}

TEST(OpenApi, asks_for_the_credentials_that_the_roles_have) {
  auto const& schemes = description().at("components").at("securitySchemes");
  for (auto const& [place, operation] : operations()) {
    SCOPED_TRACE(place.second + " " + place.first);
    std::set<std::string> used;
    bool open = false;
    for (auto const& alternative : operation.at("security")) {
      open = open || alternative.empty();
      for (auto const& [scheme, scopes] : alternative.items()) used.insert(scheme);
    }
    for (auto const& scheme : used) EXPECT_TRUE(schemes.contains(scheme)) << scheme;
    auto const roles = words(operation.at("x-roles"));
    auto const may = [&roles](char const* role) { return std::ranges::count(roles, role) > 0; };
    EXPECT_EQ(open, may("anonymous"));
    if (open) continue;
    EXPECT_EQ(used.contains("api_key"), may("agent"));
    EXPECT_EQ(used.contains("client_certificate"), may("device"));
    EXPECT_EQ(used.contains("device_proof"), may("device"));
    EXPECT_EQ(used.contains("session"), !may("device"));
    EXPECT_EQ(used.contains("csrf"), !may("device") && place.second != "get");
  }
}

TEST(OpenApi, resolves_every_reference_and_uses_every_component) {
  std::vector<std::string> references;
  collect_references(description(), references);
  EXPECT_GT(references.size(), 200U);
  for (auto const& reference : references) EXPECT_NE(resolve(reference), nullptr) << reference;
  for (auto const& [section, members] : description().at("components").items()) {
    if (section == "securitySchemes" || section == "headers") continue;
    for (auto const& [name, unused] : members.items()) {
      auto const reference = "#/components/" + section + "/" + name;
      EXPECT_TRUE(std::ranges::count(references, reference) > 0) << reference;
    }
  }
}

TEST(OpenApi, knows_every_answer_of_a_check_and_every_state_of_a_card) {
  auto const& schemas = description().at("components").at("schemas");
  std::vector<std::string> answers;
  for (std::size_t at = 0; at < contract::answer_count; ++at) {
    answers.emplace_back(contract::word_of(static_cast<contract::Answer>(at)));
  }
  EXPECT_EQ(words(schemas.at("Answer").at("enum")), answers);
  std::vector<std::string> states;
  for (int at = 0; at <= static_cast<int>(contract::ShownState::void_); ++at) {
    states.emplace_back(contract::word_of(static_cast<contract::ShownState>(at)));
  }
  EXPECT_EQ(words(schemas.at("CardState").at("enum")), states);
}

TEST(OpenApi, says_its_version_of_the_specification) {
  EXPECT_EQ(description().at("openapi"), "3.1.0");
  EXPECT_EQ(description().at("info").at("version"), "1");
}

}  // namespace
}  // namespace kaiku
