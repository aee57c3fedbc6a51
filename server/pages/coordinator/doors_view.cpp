#include "server/pages/coordinator/doors_view.hpp"

#include <algorithm>
#include <array>

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

struct VerdictRow {
  std::string_view word;
  Text text;
};
constexpr std::array<VerdictRow, 19> verdicts{{
    {"fine", Text::verdict_fine},
    {"over_quota", Text::verdict_over_quota},
    {"duplicate", Text::verdict_duplicate},
    {"unknown_card", Text::verdict_unknown_card},
    {"implausible", Text::verdict_implausible},
    {"quarantined", Text::verdict_quarantined},
    {"late_limit_reached", Text::verdict_limit_reached},
    {"late_not_registered", Text::verdict_not_registered},
    {"late_not_yet_valid", Text::verdict_not_yet_valid},
    {"late_expired", Text::verdict_expired},
    {"late_blocked", Text::verdict_blocked},
    {"late_replaced", Text::verdict_replaced},
    {"late_wrong_area", Text::verdict_wrong_area},
    {"late_children_over_limit", Text::verdict_children_over_limit},
    {"late_children_not_on_courses", Text::verdict_children_not_on_courses},
    {"late_community_over_ceiling", Text::verdict_community_over_ceiling},
    {"late_event_over", Text::verdict_event_over},
    {"late_event_cancelled", Text::verdict_event_cancelled},
    {"late_adult_first", Text::verdict_adult_first},
}};

Data device_data(DoorRow const& row) {
  Data data;
  data.set("id", row.id);
  data.set("name", row.name);
  data.set("venue", row.venue);
  data.set("last_upload", row.last_upload);
  std::vector<Data> lines;
  for (auto const& line : row.standing) lines.emplace_back("line", line);
  data.set("standing", list_of(lines));
  return data;
}

Data use_data(JudgedRow const& row) {
  Data data;
  data.set("time", row.time);
  data.set("venue", row.venue);
  data.set("tickets", row.tickets);
  data.set("verdict", row.verdict);
  return data;
}

// Every ruling with its reason, as one choice: "accepted:paper_seen".
struct RulingRow {
  std::string_view word;
  Text text;
};
constexpr std::array<RulingRow, 7> rulings{{
    {"", Text::ruling_choose},
    {"accepted:venue_confirms", Text::ruling_venue_confirms},
    {"accepted:paper_seen", Text::ruling_paper_seen},
    {"accepted:card_found", Text::ruling_card_found},
    {"rejected:did_not_happen", Text::ruling_did_not_happen},
    {"rejected:mistyped", Text::ruling_mistyped},
    {"rejected:told_twice", Text::ruling_told_twice},
}};

Data waiting_data(Frame const& frame, JudgedRow const& row, PageFaults const& faults) {
  auto data = use_data(row);
  data.set("id", row.id);
  data.set("csrf", frame.csrf);
  auto const field_id = "ruling-" + row.id;
  ChoiceField field{.id = field_id, .label = in(frame.language, Text::ruling_label)};
  for (auto const& [word, text] : rulings) {
    field.options.push_back({std::string(word), std::string(in(frame.language, text))});
  }
  field.fault = fault_of(faults, field_id);
  data.set("ruling", select_field(field));
  return data;
}

}  // namespace

std::string_view verdict_text(Language language, std::string_view verdict) {
  auto const found = std::ranges::find(verdicts, verdict, &VerdictRow::word);
  return in(language, found == verdicts.end() ? Text::verdict_other : found->text);
}

Page doors_page(Frame const& frame, DoorsPage const& model) {
  Page page;
  page.title = std::string(in(frame.language, Text::doors_title));
  page.body = embedded::doors;
  std::vector<Data> devices;
  for (auto const& row : model.devices) devices.push_back(device_data(row));
  std::vector<Data> uses;
  for (auto const& row : model.uses) uses.push_back(use_data(row));
  page.values.set("has_devices", !devices.empty());
  page.values.set("devices", list_of(devices));
  page.values.set("more", text_or_nothing(model.more));
  std::vector<Data> waiting;
  for (auto const& row : model.waiting) {
    waiting.push_back(waiting_data(frame, row, model.faults));
  }
  put_summary(page.values, model.faults);
  page.faulty = !model.faults.empty();
  page.status = model.faults.empty() ? 200 : 422;
  page.values.set("has_waiting", !waiting.empty());
  page.values.set("waiting", list_of(waiting));
  page.values.set("has_uses", !uses.empty());
  page.values.set("uses", list_of(uses));
  return page;
}

}  // namespace kaiku::pages
