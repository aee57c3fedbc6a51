#include "server/pages/coordinator/devices.hpp"

#include "server/pages/coordinator/device_facts.hpp"
#include "server/pages/coordinator/device_health.hpp"
#include "server/pages/coordinator/device_standing.hpp"
#include "server/pages/coordinator/devices_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/links.hpp"
#include "server/use_cases/visible_devices.hpp"

namespace kaiku::pages {
namespace {

constexpr int devices_a_page = 50;

DeviceRow row_of(access::Call const& call, ledger::ReadTx& tx, Language language,
                 tables::Device const& device) {
  auto const health = health_of(call, tx, device.id);
  return {std::to_string(device.id.value), device.name,
          tables::find_venue(tx, device.venue).value().name, last_contact_of(language, health),
          standing_of(language, device, health, call.now()).front()};
}

std::string address_before(DeviceRow const& last, std::string const& area) {
  std::vector<std::pair<std::string, std::string>> asked{{"before", last.id}};
  if (!area.empty()) asked.insert(asked.begin(), {"area", area});
  return "/devices?" + encoded(asked);
}

}  // namespace

Result<http::Response> get_devices(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx);
  auto visible = use_cases::visible_devices(call.caller());
  if (!visible) return visible.error();
  DevicesPage page;
  page.areas = area_choices(tx, call.caller(), frame.language);
  if (auto const area = AreaId::parse(values["area"]); area && call.caller().is_national()) {
    visible->area = *area;
    page.area = area->value;
  }
  page.judges = !visible->venue;
  page.count = tables::count_devices(tx, visible->venue, visible->area);
  std::optional<DeviceId> before;
  if (auto const id = values.number("before")) before = DeviceId{*id};
  auto const devices =
      tables::newest_devices(tx, visible->venue, visible->area, before, devices_a_page);
  for (auto const& device : devices) {
    page.devices.push_back(row_of(call, tx, frame.language, device));
  }
  if (devices.size() == static_cast<std::size_t>(devices_a_page)) {
    page.more = address_before(page.devices.back(), page.area);
  }
  return respond(frame, devices_page(frame, page));
}

http::Response get_doors(access::Call const&) { return see_other("/devices"); }

}  // namespace kaiku::pages
