// What the server's OpenAPI file says, as plain values in its own order: what is not in the file is
// not in here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kaiku::pages {

// A parameter, or a member of a body: "limit.count", "municipalities[].code". Text is HTML.
struct ApiMember {
  std::string name;
  std::string where;  // path, query or header; empty for a body's
  std::string kind;
  std::string text;
  bool required = false;
};

struct ApiBody {
  std::string text;
  std::string media;
  std::string limit;  // in bytes
  bool required = false;
  std::vector<ApiMember> members;
  std::vector<std::string> examples;
};

struct ApiAnswer {
  std::string status;
  std::string text;
  std::string media = {};  // empty: no body
  std::vector<std::string> headers = {};
  std::vector<std::string> examples = {};
  std::string as = {};  // the status of the answer before that has the same examples
};

// One of the problems that an answer of this status may be.
struct ApiRefusal {
  std::string status;
  std::string slug;
};

struct ApiOperation {
  std::string id;
  std::string method;
  std::string path;
  std::string summary;
  std::string text;
  std::string who;        // "anybody", else the roles
  std::string listeners;  // "public, device"
  std::string proof;      // "session + csrf, or api_key"
  std::vector<ApiMember> parameters;
  std::vector<ApiBody> body;  // one or none
  std::vector<ApiAnswer> answers;
  std::vector<ApiRefusal> refusals;
};

struct ApiGroup {
  std::string name;
  std::string text;
  std::vector<ApiOperation> operations;
};

struct ApiProblem {
  std::string slug;
  std::string status;
  std::string title;
  std::string text;
  std::string example;
};

struct ApiWord {
  std::string name;
  std::string text;
};

struct ApiDescription {
  std::string summary;
  std::string text;
  std::vector<ApiWord> proofs;  // how a caller shows who it is
  std::vector<ApiGroup> groups;
  std::vector<ApiProblem> problems;
  std::string fault_text;
  std::vector<ApiWord> faults;       // what may be wrong with a field
  std::vector<ApiRefusal> anywhere;  // problems that any operation may answer
};

// Throws nlohmann::json::exception when it is no OpenAPI document as ours is.
ApiDescription read_api_description(std::string_view openapi);

}  // namespace kaiku::pages
