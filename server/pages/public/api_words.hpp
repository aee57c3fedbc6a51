// How a piece of the OpenAPI file is told to a reader: text, values and their limits, examples.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace kaiku::pages {

// In the order of the file.
using ApiJson = nlohmann::ordered_json;

// Text of the file as HTML; what stands between backticks is code.
std::string api_prose(std::string_view text);
// As the content of an element: quotation marks stay.
std::string api_escaped(std::string_view text);
// What a value may be: "integer or null, 1 to 1000", "text, at most 64 characters", "one of fi,
// sv". Asserts that $ref has been followed.
std::string api_kind(ApiJson const& schema);
// An example as it is sent, for people: what fits into a line stands in one.
std::string api_example(ApiJson const& value);

}  // namespace kaiku::pages
