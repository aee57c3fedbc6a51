// The typefaces that go into what is printed: Noto Sans, plain and bold, and Noto Sans Mono, bold.
#pragma once

#include <pango/pango.h>

#include <memory>
#include <string>

#include "schema/contract/answers.hpp"

namespace kaiku::print {

struct Unref {
  template <class T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
struct GiveBackTypefaces {
  void operator()(PangoFontMap* map) const;
};
using FontMap = std::unique_ptr<PangoFontMap, GiveBackTypefaces>;

// These three files of a folder and nothing else that the machine may have: the same letter
// everywhere. Throws std::runtime_error that names the file when one is missing.
FontMap typefaces_in(std::string const& folder);
// For text whose points are points on paper; letters stand where they belong and not on the grid of
// a screen.
std::unique_ptr<PangoContext, Unref> type_on_paper(FontMap const& map, contract::Language language);

}  // namespace kaiku::print
