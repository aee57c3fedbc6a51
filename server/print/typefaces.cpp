#include "server/print/typefaces.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <stdexcept>

namespace kaiku::print {

// Pango 1.50 keeps the configuration of a map that ends, some kilobytes a document.
void GiveBackTypefaces::operator()(PangoFontMap* map) const {
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), nullptr);
  g_object_unref(map);
}

FontMap typefaces_in(std::string const& folder) {
  std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> const config(FcConfigCreate(),
                                                                     &FcConfigDestroy);
  for (char const* name : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansMono-Bold.ttf"}) {
    std::string const file = folder + "/" + name;
    if (FcConfigAppFontAddFile(config.get(), reinterpret_cast<FcChar8 const*>(file.c_str())) !=
        FcTrue) {
      throw std::runtime_error("no typeface " + file +
                               " (Debian: fonts-noto-core, fonts-noto-mono)");
    }
  }
  FontMap map(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map.get()), config.get());
  return map;
}

}  // namespace kaiku::print
