// Numbers in a report's JSON: null for what is not shown, and what the document says of it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "server/reports/figure.hpp"

namespace kaiku::api {

// What is not shown in a document, by the pointers into it.
class Withheld {
 public:
  void add(std::string const& pointer, char const* why);
  void add(std::string const& pointer, reports::Figure const& figure);
  // As its members suppressed, suppressed_because and at_least.
  void put_into(nlohmann::json& document) const;

 private:
  nlohmann::json suppressed_ = nlohmann::json::array();
  nlohmann::json because_ = nlohmann::json::object();
  nlohmann::json at_least_ = nlohmann::json::object();
};

// The member `name` of the object that stands at the pointer.
void put(nlohmann::json& object, std::string const& pointer, char const* name,
         reports::Figure const& figure, Withheld& withheld);

}  // namespace kaiku::api
