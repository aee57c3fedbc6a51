#include "server/pages/worker/letter_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {

Page letter_page(Frame const& frame, LetterPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::letter_new)), .body = embedded::letter};
  auto& values = page.values;
  values.set("form_id", model.form_id);
  values.set("card", model.card);
  values.set("short_code", model.short_code);
  values.set("back", model.back);
  return page;
}

}  // namespace kaiku::pages
