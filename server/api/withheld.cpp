#include "server/api/withheld.hpp"

namespace kaiku::api {

using reports::Figure;

void Withheld::add(std::string const& pointer, char const* why) {
  suppressed_.push_back(pointer);
  because_[pointer] = why;
}

void Withheld::add(std::string const& pointer, Figure const& figure) {
  switch (figure.is) {
    case Figure::Is::shown: return;
    case Figure::Is::small: return add(pointer, "small");
    case Figure::Is::complementary: return add(pointer, "complementary");
    case Figure::Is::not_published: return add(pointer, "not_published");
    case Figure::Is::at_least: break;
  }
  add(pointer, "complementary");
  at_least_[pointer] = figure.count;
}

void Withheld::put_into(nlohmann::json& document) const {
  document["suppressed"] = suppressed_;
  document["suppressed_because"] = because_;
  document["at_least"] = at_least_;
}

void put(nlohmann::json& object, std::string const& pointer, char const* name, Figure const& figure,
         Withheld& withheld) {
  object[name] = nullptr;
  if (auto const count = figure.value()) object[name] = *count;
  withheld.add(pointer + "/" + name, figure);
}

}  // namespace kaiku::api
