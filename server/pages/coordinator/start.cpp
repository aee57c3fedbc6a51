#include "server/pages/coordinator/start.hpp"

#include <array>
#include <utility>

#include "server/pages/coordinator/approval_words.hpp"
#include "server/pages/coordinator/approvals.hpp"
#include "server/pages/coordinator/first_run.hpp"
#include "server/pages/coordinator/own_areas.hpp"
#include "server/pages/coordinator/start_view.hpp"
#include "server/pages/coordinator/to_do.hpp"
#include "server/pages/frame/dates.hpp"
#include "server/use_cases/answer_first_run.hpp"

namespace kaiku::pages {
namespace {

constexpr std::string_view path = "/area";
constexpr int own_requests_shown = 5;

struct LookedAfter {
  std::string_view list;
  Text label;
};
constexpr std::array<LookedAfter, 4> looked_after{{{"/judged", Text::judged},
                                                   {"/undo-requests", Text::undo_requests_title},
                                                   {"/approvals", Text::approvals_title},
                                                   {"/reads", Text::reads_title}}};

std::string of_area(std::string_view list, std::optional<AreaId> const& area) {
  return std::string(list) + (area ? "?area=" + area->value : std::string());
}

// What the caller has asked for: it waits, or an answer came in the last days.
void put_own_requests(access::Call const& call, ledger::ReadTx& tx, Language language,
                      std::optional<AreaId> const& area, StartPage& page) {
  auto const since = call.now() + -domain::approval_open_days * day_us;
  for (auto const& approval :
       tables::own_approvals(tx, area, call.caller().actor, since, own_requests_shown)) {
    auto const state = tables::state_of(approval, call.today());
    auto const until = day_text(language, domain::approval_open_until(approval.asked_at));
    auto const standing = state == domain::ApprovalState::open
                              ? fill(language, Text::approval_waits, {{"day", until}})
                              : std::string(state_text(language, state));
    page.own_requests.push_back(
        {standing, {approval_path(approval.id), approval_text(language, approval)}});
  }
}

// Pages of the whole service that nothing else leads to.
void put_service_pages(access::Call const& call, Language language, StartPage& page) {
  page.lists.push_back({"/messages", std::string(in(language, Text::messages_title))});
  if (call.caller().is_national()) {
    page.more.push_back({"/areas", std::string(in(language, Text::nav_areas))});
  }
  if (call.caller().role != domain::Role::admin) return;
  page.more.push_back({"/settings", std::string(in(language, Text::settings_title))});
}

void put_steps(access::Call const& call, ledger::ReadTx& tx, Language language,
               std::optional<AreaId> const& area, StartPage& page) {
  auto const areas = own_areas(tx, call.caller(), language);
  if (area) {
    page.more.push_back(
        {"/areas/" + area->value, std::string(in(language, Text::start_area_details))});
  }
  if (area || areas.empty()) {
    auto run = first_run_of(call, tx, language, area);
    page.steps_are_hidden = run.is_hidden && !run.is_done;
    if (!run.is_hidden && !run.is_done) page.steps = std::move(run.steps);
    return;
  }
  for (auto const& one : areas) {
    auto const run = first_run_of(call, tx, language, one.id);
    if (run.is_done || run.is_hidden) continue;
    page.other_areas.push_back({of_area(path, one.id), one.name.in(language)});
  }
}

// By the word on the button.
std::optional<use_cases::FirstRunAnswer> answer_from(std::string_view act) {
  using enum use_cases::FirstRunAnswer;
  if (act == "hide") return hide;
  if (act == "show") return show;
  return act == "rules" ? std::optional(rules_will_do) : std::nullopt;
}

}  // namespace

Result<http::Response> get_start(access::Call const& call, ledger::ReadTx& tx) {
  auto frame = frame_of(call, address_of(call));
  auto query = call.query();
  if (!query) return query.error();
  FormValues const asked(std::move(*query));
  auto area = area_asked_for(tx, call.caller(), asked["area"]);
  StartPage page;
  page.areas = area_choices(tx, call.caller(), frame.language);
  auto const areas = own_areas(tx, call.caller(), frame.language);
  if (areas.size() == 1) {
    area = areas.front().id;
    page.areas.clear();
  }
  if (areas.empty()) page.areas.clear();
  if (area) page.area = area->value;
  auto const waiting = put_coordinator_header(frame, call, tx, area);
  page.title = area ? area_name(tx, *area, frame.language)
                    : std::string(in(frame.language, Text::start_title_all));
  page.tasks = to_do(waiting, frame.language, area);
  put_own_requests(call, tx, frame.language, area, page);
  for (auto const& [list, label] : looked_after) {
    page.lists.push_back({of_area(list, area), std::string(in(frame.language, label))});
  }
  put_steps(call, tx, frame.language, area, page);
  put_service_pages(call, frame.language, page);
  return respond(frame, start_page(frame, page));
}

Result<http::Response> post_start(access::Call& call, ledger::WriteTx& tx) {
  auto pairs = call.form();
  if (!pairs) return pairs.error();
  FormValues const form(std::move(*pairs));
  auto const area = area_asked_for(tx, call.caller(), form["area"]);
  auto const answer = answer_from(form["act"]);
  if (!answer) return Error(Problem::malformed_request);
  auto const answered = use_cases::answer_first_run(tx, area, *answer, call.caller());
  if (!answered) return answered.error();
  return see_other(of_area(path, call.caller().is_national() ? area : std::nullopt));
}

http::Response get_start_list(access::Call const&) { return see_other(std::string(path)); }

}  // namespace kaiku::pages
