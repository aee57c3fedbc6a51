#include "server/pages/coordinator/new_account.hpp"

#include "server/access/identity/services.hpp"
#include "server/pages/coordinator/account_link.hpp"
#include "server/pages/coordinator/new_account_view.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/frame/form_id.hpp"
#include "server/pages/frame/links.hpp"
#include "server/pages/frame/name_order.hpp"
#include "server/pages/frame/page_state.hpp"
#include "server/pages/frame/role_text.hpp"
#include "server/pages/frame/sent_once.hpp"
#include "server/tables/network.hpp"
#include "server/use_cases/create_account.hpp"

namespace kaiku::pages {
namespace {

using domain::Role;

constexpr std::string_view path = "/accounts/new";
constexpr int most_places = 400;  // of an area: more would make the page too large

struct RoleAnswer {
  Role role;
  Text hint;
};
constexpr std::array<RoleAnswer, 5> role_answers{
    {{Role::issuer_worker, Text::new_account_worker},
     {Role::venue_staff, Text::new_account_staff},
     {Role::area_coordinator, Text::new_account_coordinator},
     {Role::national_coordinator, Text::new_account_national},
     {Role::admin, Text::new_account_admin}}};

bool may_make(domain::Caller const& caller, Role role) {
  return use_cases::may_manage(caller, role, caller.area);
}

std::string address_of_form(std::string_view role, std::string_view area) {
  http::FormPairs asked{{"role", std::string(role)}};
  if (!area.empty()) asked.emplace_back("area", area);
  return std::string(path) + "?" + encoded(asked);
}

http::Response ask_for_role(access::Call const& call, Frame const& frame, std::string_view area) {
  AccountChoice choice;
  for (auto const& [role, hint] : role_answers) {
    if (!may_make(call.caller(), role)) continue;
    choice.answers.push_back({address_of_form(domain::word_of(role), area),
                              std::string(role_text(frame.language, role)),
                              std::string(in(frame.language, hint))});
  }
  return respond(frame, account_choice_page(frame, choice));
}

std::vector<Option> areas(ledger::ReadTx& tx, Language language) {
  std::vector<Option> options;
  for (auto const& area : tables::list_areas(tx)) {
    options.push_back({area.id.value, area.name.in(language)});
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  return options;
}

// The places that an account of this role may stand at; `area`: of workers and venue staff.
std::vector<Option> places(ledger::ReadTx& tx, Language language, Role role,
                           std::string_view area) {
  if (role == Role::area_coordinator) return areas(tx, language);
  std::vector<Option> options;
  auto const id = AreaId::parse(area);
  if (!id || !domain::has_local_place(role)) return options;
  tables::Page const all{0, most_places};
  if (role == Role::issuer_worker) {
    for (auto const& office : tables::list_offices(tx, *id, all)) {
      options.push_back({std::to_string(office.id.value), office.name});
    }
  } else {
    for (auto const& venue : tables::list_venues(tx, *id, all)) {
      if (venue.active) options.push_back({std::to_string(venue.id.value), venue.name});
    }
  }
  sort_by_name(options, [](Option const& option) { return option.label; });
  return options;
}

Text missing_for(Role role) {
  if (role == Role::issuer_worker) return Text::new_account_no_office;
  return role == Role::venue_staff ? Text::new_account_no_venue : Text::new_account_no_area;
}

// The way to the first place of that kind.
AccountAnswer way_to_make(Language language, Role role, std::string_view area) {
  auto const to = [&](char const* page, Text label) {
    return AccountAnswer{std::string(page), std::string(in(language, label)), ""};
  };
  if (role == Role::area_coordinator) return to("/areas/new", Text::areas_add);
  auto way = role == Role::issuer_worker ? to("/offices/new", Text::offices_add)
                                         : to("/venues/new", Text::venues_add);
  way.href.append("?area=").append(area);
  return way;
}

http::Response tell_missing(Frame const& frame, Role role, std::string_view area) {
  AccountChoice choice;
  choice.missing = in(frame.language, missing_for(role));
  choice.answers = {way_to_make(frame.language, role, area)};
  return respond(frame, account_choice_page(frame, choice));
}

// The area of a local account: the caller's own, the one asked for, that of the place asked for,
// the only one there is. Empty: the page has to ask.
std::string area_of(ledger::ReadTx& tx, domain::Caller const& caller, FormValues const& asked,
                    std::vector<Option> const& all) {
  if (caller.area) return caller.area->value;
  if (auto const id = asked.number("office")) {
    if (auto const office = tables::find_office(tx, OfficeId{*id})) return office->area.value;
  }
  if (auto const id = asked.number("venue")) {
    if (auto const venue = tables::find_venue(tx, VenueId{*id})) return venue->area.value;
  }
  auto const area = AreaId::parse(asked["area"]);
  if (area) return area->value;
  return all.size() == 1 ? all.front().value : std::string();
}

Text text_of(std::string_view fault) {
  if (fault == "required") return Text::login_username_missing;
  if (fault == "taken") return Text::name_taken;
  if (fault == word_of(FaultCode::personal_identity_code)) return Text::fault_identity_code;
  return Text::fault_username;
}

// What the form was, when it was refused a moment ago.
void fill_in(Frame& frame, std::optional<PageState> state, NewAccountForm& form) {
  if (!state) return;
  if (state->is_old) frame.notice = in(frame.language, Text::k_old);
  FormValues const told(std::move(state->told));
  form.username = told["username"];
  if (!told["place"].empty()) form.place = told["place"];
  if (!told["language"].empty()) form.language = told["language"];
  auto const fault = told["username_fault"];
  if (!fault.empty()) {
    form.faults.push_back({"username", std::string(in(frame.language, text_of(fault)))});
  }
  if (!told["place_fault"].empty()) {
    form.faults.push_back({"place", std::string(in(frame.language, Text::fault_account_place))});
  }
}

use_cases::NewAccount wanted_by(FormValues const& form, Role role) {
  use_cases::NewAccount wanted;
  wanted.role = role;
  wanted.username = form["username"];
  auto const number = form.number("place");
  if (role == Role::area_coordinator) wanted.area = AreaId::parse(form["place"]);
  if (role == Role::issuer_worker && number) wanted.office = OfficeId{*number};
  if (role == Role::venue_staff && number) wanted.venue = VenueId{*number};
  wanted.language = contract::language_from(form["language"]).value_or(contract::Language::fi);
  return wanted;
}

// Back to the form with what was typed; a personal identity code is not told again.
http::Response refused(access::Call const& call, FormValues const& form, Error const& error) {
  http::FormPairs told{{"place", std::string(form["place"])},
                       {"language", std::string(form["language"])}};
  bool is_shown_again = true;
  if (error.problem == Problem::conflict) told.emplace_back("username_fault", "taken");
  for (auto const& fault : error.fields) {
    if (fault.pointer != "/username") {
      told.emplace_back("place_fault", "1");
      continue;
    }
    if (fault.code == FaultCode::personal_identity_code) is_shown_again = false;
    told.emplace_back("username_fault",
                      form["username"].empty() ? "required" : word_of(fault.code));
  }
  if (is_shown_again) told.emplace_back("username", form["username"]);
  return back_to(with_state(call, address_of_form(form["role"], form["area"]), path, told));
}

}  // namespace

Result<http::Response> get_new_account(access::Call const& call, ledger::ReadTx& tx) {
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto frame = network_frame(call, tx);
  auto const role = domain::role_from(asked["role"]);
  if (!role || !may_make(call.caller(), *role)) return ask_for_role(call, frame, asked["area"]);

  NewAccountForm form;
  form.role = *role;
  if (domain::has_local_place(*role)) {
    auto const all = areas(tx, frame.language);
    form.area = area_of(tx, call.caller(), asked, all);
    if (form.area.empty() && !all.empty()) {
      AccountChoice choice{.question = Text::new_account_which_area};
      for (auto const& [id, name] : all) {
        choice.answers.push_back({address_of_form(asked["role"], id), name});
      }
      return respond(frame, account_choice_page(frame, choice));
    }
  }
  if (call.caller().is_national() && !form.area.empty()) frame.area = form.area;
  form.places = places(tx, frame.language, *role, form.area);
  bool const needs_place = domain::has_local_place(*role) || *role == Role::area_coordinator;
  if (needs_place && form.places.empty()) {
    return tell_missing(frame, *role, form.area);
  }
  form.place = asked[*role == Role::issuer_worker ? "office"
                     : *role == Role::venue_staff ? "venue"
                                                  : "area"];
  if (form.places.size() == 1) form.place = form.places.front().value;
  form.language = contract::code_of(frame.language);
  form.form_id = new_form_id(call);
  fill_in(frame, state_of(call, path), form);
  return respond(frame, new_account_page(frame, form));
}

Result<http::Response> post_new_account(access::Call& call, ledger::WriteTx& tx) {
  auto const pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(*pairs);
  auto const role = domain::role_from(form["role"]);
  if (!role) return Error(Problem::malformed_request);
  auto const fresh = address_of_form(form["role"], form["area"]);
  return sent_once(call, tx, *pairs, fresh, [&]() -> Result<FormDone> {
    auto const made = use_cases::create_account(tx, wanted_by(form, *role), call.caller(),
                                                call.services().random);
    if (made) return to_link(call, made->account.id, form["form_id"], "made", made->link);
    auto const problem = made.error().problem;
    if (problem != Problem::validation_failed && problem != Problem::conflict) {
      return made.error();
    }
    return FormDone{refused(call, form, made.error())};
  });
}

}  // namespace kaiku::pages
