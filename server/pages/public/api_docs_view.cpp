#include "server/pages/public/api_docs_view.hpp"

#include <functional>
#include <map>
#include <stdexcept>

#include "pages/embedded_assets.hpp"
#include "server/api/operations.hpp"
#include "server/pages/public/api_description.hpp"
#include "server/pages/public/api_words.hpp"
#include "server/pages/public/public_frame.hpp"

namespace kaiku::pages {
namespace {

// Where a link between these pages takes the chosen language along.
constexpr std::string_view lang_mark = "@lang@";
// With frame and stylesheet a page has forty kilobytes.
constexpr std::size_t most_of_a_part = 22 * 1024;

using Parts = std::map<std::string, std::string, std::less<>>;   // a page's name to what it says
using Places = std::map<std::string, std::string, std::less<>>;  // an operation's id to its page

std::string drawn(std::string_view text, Data values) {
  kainjow::mustache::mustache part{std::string(text)};
  values.set("lang_mark", std::string(lang_mark));
  auto html = part.render(values);
  if (!part.is_valid()) throw std::logic_error("a template is broken: " + part.error_message());
  return html;
}

template <class Items, class Tell>
Data told(Items const& items, Tell tell) {
  std::vector<Data> list;
  for (auto const& item : items) list.push_back(tell(item));
  return list_of(list);
}

Data shown(std::vector<std::string> const& examples) {
  return told(examples, [](std::string const& text) { return Data("shown", api_escaped(text)); });
}

Data member_data(ApiMember const& member) {
  Data data("name", member.name);
  data.set("where", member.where);
  data.set("kind", api_escaped(member.kind));
  data.set("note", text_or_nothing(member.text));
  data.set("required", member.required);
  return data;
}

Data word_data(ApiWord const& word) {
  Data data("name", word.name);
  data.set("text", word.text);
  return data;
}

Data refusal_data(ApiRefusal const& refusal) {
  Data data("status", refusal.status);
  data.set("slug", refusal.slug);
  return data;
}

Data body_data(ApiBody const& body) {
  Data data("media", body.media);
  data.set("limit", body.limit);
  data.set("note", text_or_nothing(body.text));
  data.set("required", body.required);
  data.set("members", told(body.members, member_data));
  data.set("examples", shown(body.examples));
  return data;
}

Data answer_data(ApiAnswer const& answer) {
  Data data("status", answer.status);
  data.set("note", answer.text);
  data.set("media", text_or_nothing(answer.media));
  data.set("as", text_or_nothing(answer.as));
  data.set("headers",
           told(answer.headers, [](std::string const& name) { return Data("name", name); }));
  data.set("examples", shown(answer.examples));
  return data;
}

Data line_data(ApiOperation const& operation) {
  Data data("id", operation.id);
  data.set("method", operation.method);
  data.set("path", operation.path);
  data.set("summary", operation.summary);
  return data;
}

Data operation_data(ApiOperation const& operation) {
  auto data = line_data(operation);
  data.set("words", text_or_nothing(operation.text));
  data.set("who", operation.who);
  data.set("proof", operation.proof);
  data.set("listeners", operation.listeners);
  data.set("parameters", told(operation.parameters, member_data));
  data.set("body", told(operation.body, body_data));
  data.set("answers", told(operation.answers, answer_data));
  data.set("has_refusals", !operation.refusals.empty());
  data.set("refusals", told(operation.refusals, refusal_data));
  return data;
}

Data group_data(ApiGroup const& group, Places const& places) {
  Data data("name", group.name);
  data.set("text", group.text);
  data.set("operations", told(group.operations, [&](ApiOperation const& operation) {
             auto line = line_data(operation);
             line.set("page", places.at(operation.id));
             return line;
           }));
  return data;
}

Data problem_data(ApiProblem const& problem) {
  Data data("slug", problem.slug);
  data.set("status", problem.status);
  data.set("title", problem.title);
  data.set("text", problem.text);
  data.set("shown", api_escaped(problem.example));
  return data;
}

// The operations of a group, on as many pages as they need: "network", "network-2".
void draw_group(ApiGroup const& group, Parts& parts, Places& places) {
  auto name = group.name;
  parts[name] = "<p>" + group.text + "</p>\n";
  int pages = 1;
  bool is_first = true;
  for (auto const& operation : group.operations) {
    auto const html = drawn(embedded::api_operation, operation_data(operation));
    if (!is_first && parts[name].size() + html.size() > most_of_a_part) {
      auto const next = group.name + "-" + std::to_string(++pages);
      parts[name] += "<p><a href=\"" + next + std::string(lang_mark) + "\">" + next + "</a></p>\n";
      name = next;
      parts[name].clear();
    }
    parts[name] += html;
    places[operation.id] = name;
    is_first = false;
  }
}

Parts draw_parts() {
  auto const all = read_api_description(api::openapi_json());
  Parts parts;
  Places places;
  for (auto const& group : all.groups) draw_group(group, parts, places);
  Data contents("summary", all.summary);
  contents.set("text", all.text);
  contents.set("proofs", told(all.proofs, word_data));
  contents.set("groups",
               told(all.groups, [&](ApiGroup const& group) { return group_data(group, places); }));
  parts.emplace("", drawn(embedded::api_contents, contents));
  Data problems("problems", told(all.problems, problem_data));
  problems.set("anywhere", told(all.anywhere, refusal_data));
  problems.set("fault_text", all.fault_text);
  problems.set("faults", told(all.faults, word_data));
  parts.emplace("problems", drawn(embedded::api_problems, problems));
  return parts;
}

std::string with_language(std::string html, std::string const& lang) {
  auto const query = lang.empty() ? std::string() : "?lang=" + lang;
  for (auto at = html.find(lang_mark); at != std::string::npos; at = html.find(lang_mark, at)) {
    html.replace(at, lang_mark.size(), query);
  }
  return html;
}

}  // namespace

std::optional<Page> api_docs_page(Frame const& frame, std::string_view part) {
  static Parts const parts = draw_parts();
  auto const found = parts.find(part);
  if (found == parts.end()) return std::nullopt;
  std::string title(in(frame.language, Text::api_title));
  if (!part.empty()) title.append(": ").append(part);
  Page page{.title = std::move(title), .body = embedded::api_docs};
  page.posts = false;
  page.values.set("part", text_or_nothing(part));
  page.values.set("contents", public_address(frame, "/api/docs"));
  page.values.set("made", with_language(found->second, frame.lang));
  return page;
}

}  // namespace kaiku::pages
