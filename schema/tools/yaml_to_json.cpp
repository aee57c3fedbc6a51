// Build tool: turns schema/openapi.yaml into a C++ source that holds it as JSON.
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

namespace {

// strtod would also take "nan", "infinity" and hexadecimals, which YAML leaves as text.
bool may_be_number(std::string const& text) {
  return text.find_first_not_of("+-.0123456789eE") == std::string::npos;
}

// YAML 1.2 core schema, as far as an OpenAPI file needs it: quoted scalars stay text.
nlohmann::ordered_json scalar(YAML::Node const& node) {
  auto const& text = node.Scalar();
  if (node.Tag() == "!") return text;
  if (text == "true" || text == "false") return text == "true";
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  if (!may_be_number(text)) return text;
  char* end = nullptr;
  auto const whole = std::strtoll(text.c_str(), &end, 10);
  if (*end == '\0') return whole;
  auto const real = std::strtod(text.c_str(), &end);
  if (*end == '\0') return real;
  return text;
}

nlohmann::ordered_json convert(YAML::Node const& node) {
  if (node.IsMap()) {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (auto const& pair : node) object[pair.first.Scalar()] = convert(pair.second);
    return object;
  }
  if (node.IsSequence()) {
    nlohmann::ordered_json array = nlohmann::ordered_json::array();
    for (auto const& item : node) array.push_back(convert(item));
    return array;
  }
  return node.IsNull() ? nlohmann::ordered_json() : scalar(node);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: yaml_to_json IN.yaml OUT.cpp\n";
    return 2;
  }
  // ASCII alone, so that a piece never ends inside a character.
  auto const json = convert(YAML::LoadFile(argv[1])).dump(-1, ' ', true);
  std::ofstream out(argv[2]);
  out << "#include \"server/api/operations.hpp\"\n\nnamespace kaiku::api {\nnamespace {\n"
      << "constexpr char text[] =\n";
  // Pieces: a compiler need not take a literal of more than 64 KiB in one line.
  for (std::size_t at = 0; at < json.size(); at += 2000) {
    out << "    " << nlohmann::json(json.substr(at, 2000)).dump() << "\n";
  }
  out << "    ;\n}  // namespace\n\nstd::string_view openapi_json() { return {text, sizeof text - "
         "1}; }\n\n"
      << "}  // namespace kaiku::api\n";
  return out ? 0 : 3;
}
