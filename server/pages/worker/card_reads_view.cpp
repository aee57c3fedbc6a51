#include "server/pages/worker/card_reads_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {

Page card_reads_page(Frame const& frame, CardReadsPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::card_reads_title)),
            .body = embedded::card_reads};
  auto& values = page.values;
  values.set("short_code", model.short_code);
  values.set("back", model.back);
  values.set("more", text_or_nothing(model.more));
  std::vector<Data> rows;
  for (auto const& row : model.rows) {
    Data data;
    data.set("time", row.time);
    data.set("office", row.office);
    data.set("account", row.account);
    data.set("kind", row.kind);
    rows.push_back(data);
  }
  values.set("rows", list_of(rows));
  return page;
}

}  // namespace kaiku::pages
