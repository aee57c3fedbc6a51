#include "schema/values/faults.hpp"
#include "server/access/certificates/door_ca.hpp"
#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/device_new_view.hpp"
#include "server/pages/coordinator/devices.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/own_place.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/tables/devices.hpp"
#include "server/use_cases/make_enrolment_code.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view new_page = "/devices/new";
constexpr std::string_view code_page = "/devices/codes";
constexpr int most_venues = 500;

// The venues to choose from, by name; national roles choose the area first.
void offer_venues(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                  NewDevicePage& page) {
  auto area = call.caller().area;
  if (call.caller().is_national()) {
    area = AreaId::parse(page.area);
    auto const areas = own_areas(tx, call.caller(), frame.language);
    if (!area && areas.size() == 1) area = areas.front().id;
    if (!area) {
      for (auto const& one : areas)
        page.areas.push_back({one.id.value, one.name.in(frame.language)});
      return;
    }
  }
  for (auto const& venue : tables::list_venues(tx, area, {0, most_venues})) {
    if (venue.active) page.venues.push_back({std::to_string(venue.id.value), venue.name});
  }
  sort_by_name(page.venues, [](Option const& option) { return option.label; });
  choose_no_other(page.venues, page.venue, frame.language);
}

http::Response shown(access::Call const& call, ledger::ReadTx& tx, Frame const& frame,
                     NewDevicePage&& page) {
  page.form_id = new_form_id(call);
  if (call.caller().own_venue()) {
    // The frame says that the venue is closed; there is nothing to send.
    page.is_closed = is_at_closed_place(call, tx);
    page.own_venue = frame.place;
  } else {
    offer_venues(call, tx, frame, page);
  }
  return respond(frame, new_device_page(frame, page));
}

// The form as it was sent, with its faults, behind a 303.
http::Response refused(access::Call const& call, FormValues const& form, Error const& error) {
  http::FormPairs told{{"venue", std::string(form["venue"])}, {"uses", std::string(form["uses"])}};
  for (auto const& fault : error.fields) {
    bool const is_closed = fault.code == FaultCode::venue_closed;
    told.emplace_back("fault",
                      is_closed ? std::string(word_of(fault.code)) : fault.pointer.substr(1));
  }
  auto address = std::string(new_page);
  if (AreaId::parse(form["area"])) address += "?area=" + std::string(form["area"]);
  return back_to(with_state(call, address, new_page, told));
}

PageFaults faults_told(http::FormPairs const& told, Language language) {
  PageFaults faults;
  for (auto const& [name, value] : told) {
    if (name != "fault") continue;
    bool const is_closed = value == word_of(FaultCode::venue_closed);
    bool const of_venue = is_closed || value == "venue_id";
    auto const text = is_closed  ? Text::devices_venue_closed
                      : of_venue ? Text::devices_choose_venue
                                 : Text::devices_how_many_fault;
    faults.push_back({of_venue ? "venue" : "uses", std::string(in(language, text))});
  }
  return faults;
}

}  // namespace

Result<http::Response> get_new_device(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const values(std::move(*query));
  auto frame = network_frame(call, tx);
  NewDevicePage page;
  page.area = values["area"];
  page.venue = values["venue"];
  if (auto const state = state_of(call, new_page)) {
    if (state->is_old) frame.notice = in(frame.language, Text::k_old);
    FormValues const told(state->told);
    page.venue = told["venue"];
    page.uses = state->is_old ? "1" : told["uses"];
    page.faults = faults_told(state->told, frame.language);
  }
  return shown(call, tx, frame, std::move(page));
}

Result<http::Response> post_new_device(access::Call& call, ledger::WriteTx& tx) {
  if (is_at_closed_place(call, tx)) return see_other(std::string(new_page));
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  return sent_once(call, tx, *pairs, new_page, [&]() -> Result<FormDone> {
    auto const own = call.caller().own_venue();
    auto const venue = own.value_or(VenueId{form.number("venue").value_or(0)});
    auto const uses = own ? 1 : form.number("uses").value_or(0);
    auto const made =
        use_cases::make_enrolment_code(tx, venue, uses, call.caller(), call.services().random);
    if (!made && made.error().problem == Problem::validation_failed) {
      return FormDone{refused(call, form, made.error())};
    }
    if (!made) return made.error();
    // The code itself stays here, in the vault: the address names the form that it came of.
    return FormDone{see_other(with_state(call, code_page, code_page,
                                         {{"form", std::string(form["form_id"])},
                                          {"venue", std::to_string(venue.value)},
                                          {"uses", std::to_string(uses)}})),
                    made->code};
  });
}

Result<http::Response> get_device_code(access::Call const& call, ledger::ReadTx& tx) {
  auto frame = network_frame(call, tx);
  auto const state = state_of(call, code_page);
  if (!state || state->is_old) {
    auto const start = std::string(new_page);
    return see_other(state ? start + "?k=old" : start);
  }
  FormValues const told(state->told);
  auto const venue = tables::find_venue(tx, VenueId{told.number("venue").value_or(0)});
  if (!venue) return Error(Problem::not_found);
  DeviceCodePage page;
  page.venue = venue->name;
  page.uses = told.number("uses").value_or(1);
  page.again = frame.here;
  auto const code = left_by_form(call, tx, told["form"]).value_or("");
  auto const canonical = use_cases::canonical_enrolment_code(code);
  auto const found = canonical ? tables::find_enrolment_code(tx, *canonical) : std::nullopt;
  if (found) page.joined = page.uses - found->uses_left.value_or(page.uses);  // else long over
  if (found && found->until && *found->until > call.now()) {
    auto const& services = call.services();
    page.code = code;
    page.until = clock_text(frame.language, *found->until);
    page.fingerprint = to_hex(services.door_ca.fingerprint());
    page.command = use_cases::enrolment_command(services.site.base_url, code, page.fingerprint);
  }
  return respond(frame, device_code_page(frame, page));
}

}  // namespace kaiku::pages
