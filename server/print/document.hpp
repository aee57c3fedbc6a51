// A PDF in the making: its pages, its title, its language, and the typefaces that go into it.
#pragma once

#include <memory>
#include <string>

#include "schema/contract/answers.hpp"
#include "schema/values/bytes.hpp"
#include "server/print/canvas.hpp"
#include "server/print/units.hpp"

namespace kaiku::print {

// Every document has its own typefaces and surfaces, so threads may make one each at the same time.
// The same drawing gives the same bytes: no time of making is kept.
class Document {
 public:
  // Throws std::runtime_error when a typeface is not installed.
  Document(Size page, std::string title, contract::Language language);
  ~Document();
  Document(Document const&) = delete;
  Document& operator=(Document const&) = delete;

  Canvas canvas() const;
  void next_page();
  // Ends the document. Throws std::runtime_error when cairo or qpdf could not write it.
  Bytes finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace kaiku::print
