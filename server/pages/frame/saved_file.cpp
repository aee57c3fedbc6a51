#include "server/pages/frame/saved_file.hpp"

#include <string>
#include <utility>

#include "server/http/form.hpp"

namespace kaiku::pages {

http::Response file_response(std::string_view name, std::string_view media_type,
                             std::function<std::string()> content) {
  http::Response response;
  response.content_type = media_type;
  auto const dot = name.rfind('.');
  auto const ending = dot == std::string_view::npos ? "" : std::string(name.substr(dot));
  // RFC 6266: letters beyond ASCII stand in filename*; who does not know it takes the other name.
  response
      .with("Content-Disposition", "attachment; filename=\"kaiku" + ending +
                                       "\"; filename*=UTF-8''" + http::percent_encode(name))
      .with("Cache-Control", "no-store");
  response.body_to_draw = std::move(content);
  return response;
}

http::Response csv_file(std::string_view name, codec::CsvRows rows) {
  return file_response(name, "text/csv; charset=utf-8; header=present",
                       [rows = std::move(rows)] { return codec::csv_text(rows); });
}

}  // namespace kaiku::pages
