#include "server/print/catalogue.hpp"

#include <qpdf/qpdf-c.h>

#include <stdexcept>

namespace kaiku::print {
namespace {

// qpdf through its C interface: clang 14 does not compile the other one as C++20.
class Pdf {
 public:
  Pdf() : data_(qpdf_init()) {
    // cairo 1.16 names a picture that is drawn twice in two lines; qpdf writes one.
    qpdf_set_suppress_warnings(data_, QPDF_TRUE);
    qpdf_silence_errors(data_);
  }
  ~Pdf() { qpdf_cleanup(&data_); }
  Pdf(Pdf const&) = delete;
  Pdf& operator=(Pdf const&) = delete;

  operator qpdf_data() const { return data_; }  // NOLINT(google-explicit-constructor): for C

  // Of a call that tells how it went, or of all before it.
  void check(QPDF_ERROR_CODE said = QPDF_SUCCESS) {
    if ((said & QPDF_ERRORS) == 0 && qpdf_has_error(data_) == QPDF_FALSE) return;
    throw std::runtime_error(std::string("qpdf: ") +
                             qpdf_get_error_full_text(data_, qpdf_get_error(data_)));
  }

 private:
  qpdf_data data_;
};

}  // namespace

Bytes with_catalogue(Bytes const& drawn, std::string const& title, contract::Language language) {
  Pdf pdf;
  auto const text = text_of(drawn);
  pdf.check(qpdf_read_memory(pdf, "drawn", text.data(), text.size(), nullptr));

  auto const root = qpdf_get_root(pdf);
  std::string const code(contract::code_of(language));
  qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_string(pdf, code.c_str()));
  auto const wishes = qpdf_oh_new_dictionary(pdf);
  qpdf_oh_replace_key(pdf, wishes, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
  qpdf_oh_replace_key(pdf, wishes, "/PrintScaling", qpdf_oh_new_name(pdf, "/None"));
  qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", wishes);

  auto const about = qpdf_oh_get_key(pdf, qpdf_get_trailer(pdf), "/Info");
  qpdf_oh_replace_key(pdf, about, "/Title", qpdf_oh_new_unicode_string(pdf, title.c_str()));
  qpdf_oh_replace_key(pdf, about, "/Creator", qpdf_oh_new_string(pdf, "Kaiku"));
  qpdf_oh_remove_key(pdf, about, "/CreationDate");
  pdf.check();

  pdf.check(qpdf_init_write_memory(pdf));
  qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
  pdf.check(qpdf_write(pdf));
  auto const* const written = qpdf_get_buffer(pdf);
  return {written, written + qpdf_get_buffer_length(pdf)};
}

}  // namespace kaiku::print
