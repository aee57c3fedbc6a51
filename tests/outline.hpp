// Where names are declared, defined and used in one of our own sources: as much of C++ as the rules
// of tests/declarations_test.cpp need, and no more.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kaiku::tidy {

enum class Role {
  declared,  // a function or member function whose body is elsewhere
  defined,   // with its body, or `= default`, `= delete`, `= 0`
  used,      // any other mention
};
struct Mention {
  std::string name;  // constructors have their class's, operators "operator"
  std::size_t line;
  Role role;
};
// Every identifier of code that `split_source` has blanked, in order; keywords are left out.
std::vector<Mention> mentions(std::string_view code);

}  // namespace kaiku::tidy
