#include "server/pages/frame/csv_file.hpp"

#include <string>
#include <utility>

#include "server/http/form.hpp"

namespace kaiku::pages {

http::Response csv_file(std::string_view name, codec::CsvRows rows) {
  http::Response response;
  response.content_type = "text/csv; charset=utf-8; header=present";
  // RFC 6266: letters beyond ASCII stand in filename*; who does not know it takes the other name.
  response
      .with("Content-Disposition",
            "attachment; filename=\"kaiku.csv\"; filename*=UTF-8''" + http::percent_encode(name))
      .with("Cache-Control", "no-store");
  response.body_to_draw = [rows = std::move(rows)] { return codec::csv_text(rows); };
  return response;
}

}  // namespace kaiku::pages
