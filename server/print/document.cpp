#include "server/print/document.hpp"

#include <cairo-pdf.h>

#include <stdexcept>
#include <utility>

#include "server/print/catalogue.hpp"
#include "server/print/typefaces.hpp"

namespace kaiku::print {
namespace {

struct Release {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

cairo_status_t append(void* bytes, unsigned char const* begin, unsigned size) {
  auto& out = *static_cast<Bytes*>(bytes);
  out.insert(out.end(), begin, begin + size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Document::Parts {
  std::string title;
  contract::Language language;
  Bytes drawn;
  Held<cairo_surface_t> surface;
  Held<cairo_t> cairo;
  FontMap map;
  std::unique_ptr<PangoContext, Unref> type;
};

Document::Document(Size page, std::string title, contract::Language language)
    : parts_(std::make_unique<Parts>()) {
  Parts& parts = *parts_;
  parts.title = std::move(title);
  parts.language = language;
  parts.surface.reset(cairo_pdf_surface_create_for_stream(
      append, &parts.drawn, page.width * points_per_mm, page.height * points_per_mm));
  parts.cairo.reset(cairo_create(parts.surface.get()));
  parts.map = typefaces_in(KAIKU_TYPEFACES);
  parts.type = type_on_paper(parts.map, language);
}

Document::~Document() = default;

Canvas Document::canvas() const { return {parts_->cairo.get(), parts_->type.get()}; }

void Document::next_page() { cairo_show_page(parts_->cairo.get()); }

Bytes Document::finish() {
  cairo_show_page(parts_->cairo.get());
  cairo_surface_finish(parts_->surface.get());
  for (auto const status :
       {cairo_status(parts_->cairo.get()), cairo_surface_status(parts_->surface.get())}) {
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
  }
  return with_catalogue(parts_->drawn, parts_->title, parts_->language);
}

}  // namespace kaiku::print
