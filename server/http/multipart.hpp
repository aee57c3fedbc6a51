// A posted form that may bring a file: multipart/form-data (RFC 7578), as browsers write it and
// read strictly. Nothing before the first boundary or after the last, no part without a name, no
// coding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/values/result.hpp"
#include "server/http/form.hpp"

namespace kaiku::http {

// Of a file its content alone: what it was called at its owner's is nobody's business here.
struct PostedFile {
  std::string field;
  std::string content;  // any bytes
};
struct PostedForm {
  FormPairs fields;
  std::optional<PostedFile> file;  // none: none was chosen
};

// Whether a Content-Type names this form.
bool is_multipart(std::string_view content_type);

// Problem::malformed_request for a boundary that is missing, cut or doubled, for a part that cannot
// be read, for a text that is no UTF-8 or has NUL, for more than one file and more than
// max_form_pairs parts.
Result<PostedForm> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace kaiku::http
