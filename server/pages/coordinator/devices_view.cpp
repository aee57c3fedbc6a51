#include "server/pages/coordinator/devices_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data device_data(DeviceRow const& row) {
  Data data;
  data.set("id", row.id);
  data.set("name", row.name);
  data.set("venue", row.venue);
  data.set("last_contact", row.last_contact);
  data.set("standing", row.standing);
  return data;
}

}  // namespace

Page devices_page(Frame const& frame, DevicesPage const& model) {
  Page page{.title = std::string(in(frame.language, Text::devices_title)),
            .body = embedded::devices};
  auto& values = page.values;
  auto const count = model.count == 1 ? Text::devices_one : Text::devices_many;
  values.set("count",
             fill(frame.language, count, {{"n", number_text(frame.language, model.count)}}));
  values.set("new_address",
             model.area.empty() ? "/devices/new" : "/devices/new?area=" + model.area);
  values.set("judges", model.judges);
  values.set("has_areas", !model.areas.empty());
  values.set("area", filter_choice(page, {.id = "area",
                                          .label = in(frame.language, Text::figures_area),
                                          .options = model.areas,
                                          .chosen = model.area}));
  std::vector<Data> devices;
  for (auto const& row : model.devices) devices.push_back(device_data(row));
  values.set("has_devices", !devices.empty());
  values.set("devices", list_of(devices));
  values.set("more", text_or_nothing(model.more));
  return page;
}

}  // namespace kaiku::pages
