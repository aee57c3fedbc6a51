#include "server/pages/public/api_description.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "schema/values/ascii.hpp"
#include "server/domain/caller.hpp"
#include "server/pages/public/api_words.hpp"

namespace kaiku::pages {
namespace {

constexpr std::array methods{"get", "head", "post", "put", "patch", "delete"};
constexpr std::string_view problem_media = "application/problem+json";
constexpr std::string_view problem_place = "/problems/";

std::string joined(ApiJson const& words) {
  std::string text;
  for (auto const& word : words) {
    text.append(text.empty() ? "" : ", ").append(word.get<std::string>());
  }
  return text;
}

std::string who_of(ApiJson const& roles) {
  return roles.size() == domain::role_count ? "anybody" : joined(roles);
}

std::string proof_of(ApiJson const& security) {
  std::string text;
  for (auto const& alternative : security) {
    std::string all;
    for (auto const& [scheme, scopes] : alternative.items()) {
      all.append(all.empty() ? "" : " + ").append(scheme);
    }
    text.append(text.empty() ? "" : ", or ").append(all.empty() ? "none" : all);
  }
  return text;
}

bool is_success(std::string const& status) {
  return status.starts_with("2") || status.starts_with("3");
}

std::string slug_of(ApiJson const& problem) {
  return problem.at("type").get<std::string>().substr(problem_place.size());
}

// A request sent twice is answered as the first time: what it looks like has been shown then.
void tell_examples_once(std::vector<ApiAnswer>& answers) {
  for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
    auto const same = std::find_if(answers.begin(), answer, [&](ApiAnswer const& before) {
      return !before.examples.empty() && before.examples == answer->examples;
    });
    if (same == answer) continue;
    answer->as = same->status;
    answer->examples.clear();
  }
}

class Reader {
 public:
  explicit Reader(std::string_view openapi) : whole_(ApiJson::parse(openapi)) {}

  ApiDescription read() const {
    ApiDescription all;
    auto const& info = whole_.at("info");
    all.summary = api_prose(info.at("summary").get<std::string>());
    all.text = api_prose(info.at("description").get<std::string>());
    for (auto const& [name, scheme] : components("securitySchemes").items()) {
      all.proofs.push_back({name, text_of(scheme)});
    }
    for (auto const& tag : whole_.at("tags")) all.groups.push_back(group_of(tag));
    read_problems(all);
    read_faults(all);
    return all;
  }

 private:
  ApiJson const& components(char const* section) const {
    return whole_.at("components").at(section);
  }
  // The node itself, or what its $ref names.
  ApiJson const& followed(ApiJson const& node) const {
    auto const reference = node.find("$ref");
    if (reference == node.end()) return node;
    auto const pointer = reference->get<std::string>().substr(1);
    return followed(whole_.at(ApiJson::json_pointer(pointer)));
  }
  // What stands beside a $ref goes before what stands behind it.
  std::string text_of(ApiJson const& node) const {
    auto const& told = node.contains("description") ? node : followed(node);
    return api_prose(told.value("description", ""));
  }

  ApiGroup group_of(ApiJson const& tag) const {
    ApiGroup group{tag.at("name").get<std::string>(), text_of(tag), {}};
    for (auto const& [path, item] : whole_.at("paths").items()) {
      for (auto const& [method, operation] : item.items()) {
        if (std::ranges::find(methods, method) == methods.end()) continue;
        if (operation.at("tags").at(0).get<std::string>() != group.name) continue;
        group.operations.push_back(operation_of(path, method, item, operation));
      }
    }
    return group;
  }

  ApiOperation operation_of(std::string const& path, std::string const& method, ApiJson const& item,
                            ApiJson const& operation) const {
    ApiOperation told;
    told.id = operation.at("operationId").get<std::string>();
    told.method = ascii::uppered(method);
    told.path = path;
    told.summary = api_prose(operation.at("summary").get<std::string>());
    told.text = text_of(operation);
    told.who = who_of(operation.at("x-roles"));
    told.listeners = joined(operation.at("x-listeners"));
    told.proof = proof_of(operation.at("security"));
    for (auto const* holder : {&item, &operation}) {
      if (!holder->contains("parameters")) continue;
      for (auto const& parameter : holder->at("parameters")) {
        told.parameters.push_back(parameter_of(followed(parameter)));
      }
    }
    if (operation.contains("requestBody")) told.body.push_back(body_of(operation));
    for (auto const& [status, response] : operation.at("responses").items()) {
      if (is_success(status))
        told.answers.push_back(answer_of(status, followed(response)));
      else if (status != "default")
        add_refusals(followed(response), told.refusals);
    }
    tell_examples_once(told.answers);
    return told;
  }

  ApiMember parameter_of(ApiJson const& parameter) const {
    auto const& schema = parameter.at("schema");
    auto text = text_of(parameter);
    if (text.empty()) text = text_of(schema);
    return {parameter.at("name").get<std::string>(), parameter.at("in").get<std::string>(),
            api_kind(followed(schema)), std::move(text), parameter.value("required", false)};
  }

  ApiBody body_of(ApiJson const& operation) const {
    auto const& request = operation.at("requestBody");
    auto const first = request.at("content").begin();
    auto const& content = first.value();
    ApiBody body;
    body.media = first.key();
    body.limit = operation.at("x-body-limit").dump();
    body.required = request.value("required", false);
    body.text = text_of(request);
    if (body.text.empty()) body.text = text_of(content.at("schema"));
    add_members(content.at("schema"), "", body.members);
    body.examples = examples_of(content);
    return body;
  }

  // Members of an object, of the objects within it and of those in its lists.
  void add_members(ApiJson const& node, std::string const& before,
                   std::vector<ApiMember>& members) const {
    auto const& schema = followed(node);
    if (schema.contains("items")) return add_members(schema.at("items"), before + "[]", members);
    if (schema.contains("allOf")) {
      for (auto const& part : schema.at("allOf")) add_members(part, before, members);
    }
    if (!schema.contains("properties")) return;
    auto const required = schema.value("required", ApiJson::array());
    auto const start = before.empty() ? before : before + ".";
    for (auto const& [name, member] : schema.at("properties").items()) {
      bool const is_required = std::ranges::count(required, ApiJson(name)) > 0;
      members.push_back(
          {start + name, "", api_kind(followed(member)), text_of(member), is_required});
      add_members(member, start + name, members);
    }
  }

  std::vector<std::string> examples_of(ApiJson const& content) const {
    std::vector<std::string> examples;
    if (content.contains("example")) examples.push_back(api_example(content.at("example")));
    if (content.contains("examples")) {
      for (auto const& [name, example] : content.at("examples").items()) {
        examples.push_back(api_example(followed(example).at("value")));
      }
    }
    return examples;
  }

  ApiAnswer answer_of(std::string const& status, ApiJson const& response) const {
    ApiAnswer answer{.status = status, .text = text_of(response)};
    auto const headers = response.value("headers", ApiJson::object());
    for (auto const& [name, header] : headers.items()) answer.headers.push_back(name);
    auto const contents = response.value("content", ApiJson::object());
    for (auto const& [media, content] : contents.items()) {
      answer.media = media;
      answer.examples = examples_of(content);
    }
    return answer;
  }

  void add_refusals(ApiJson const& response, std::vector<ApiRefusal>& refusals) const {
    auto const& content = response.at("content").at(problem_media);
    for (auto const& [name, example] : content.at("examples").items()) {
      auto const& problem = followed(example).at("value");
      refusals.push_back({problem.at("status").dump(), slug_of(problem)});
    }
  }

  void read_problems(ApiDescription& all) const {
    std::vector<ApiJson> examples;
    for (auto const& [name, example] : components("examples").items()) {
      auto const& value = example.at("value");
      if (value.is_object() && value.value("type", "").starts_with(problem_place)) {
        examples.push_back(value);
      }
    }
    for (auto const& type : components("schemas").at("ProblemType").at("oneOf")) {
      auto const& name = type.at("const");
      auto const found = std::ranges::find_if(
          examples, [&](auto const& shown) { return shown.at("type") == name; });
      if (found == examples.end()) throw std::logic_error("no example of " + name.dump());
      all.problems.push_back({slug_of(*found), found->at("status").dump(),
                              found->at("title").get<std::string>(), text_of(type),
                              api_example(*found)});
    }
    add_refusals(components("responses").at("Problem"), all.anywhere);
  }

  // "What is wrong …\n- `required`: is needed\n- …"
  void read_faults(ApiDescription& all) const {
    auto const text = components("schemas").at("FaultCode").at("description").get<std::string>();
    std::string_view rest(text);
    auto const next_line = [&rest] {
      auto const line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      return line;
    };
    all.fault_text = api_prose(next_line());
    while (!rest.empty()) {
      auto const line = next_line();
      auto const end = line.find("`: ");
      if (!line.starts_with("- `") || end == std::string_view::npos) continue;
      all.faults.push_back({std::string(line.substr(3, end - 3)), api_prose(line.substr(end + 3))});
    }
  }

  ApiJson whole_;
};

}  // namespace

ApiDescription read_api_description(std::string_view openapi) { return Reader(openapi).read(); }

}  // namespace kaiku::pages
