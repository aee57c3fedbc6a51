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

std::unique_ptr<PangoContext, Unref> type_on_paper(FontMap const& map,
                                                   contract::Language language) {
  std::unique_ptr<PangoContext, Unref> held(pango_font_map_create_context(map.get()));
  PangoContext* const type = held.get();
  pango_cairo_context_set_resolution(type, 72);
  std::unique_ptr<cairo_font_options_t, decltype(&cairo_font_options_destroy)> const options(
      cairo_font_options_create(), &cairo_font_options_destroy);
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(type, options.get());
  pango_context_set_round_glyph_positions(type, FALSE);
  pango_context_set_language(
      type, pango_language_from_string(std::string(contract::code_of(language)).c_str()));
  return held;
}

}  // namespace kaiku::print
