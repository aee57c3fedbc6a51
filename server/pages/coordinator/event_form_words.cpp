// What is wrong with an event's form, in words, and its fields as they stand on the page.
#include <algorithm>

#include "server/pages/coordinator/event_form.hpp"
#include "server/pages/coordinator/limit_options.hpp"
#include "server/pages/coordinator/own_areas.hpp"

namespace kaiku::pages {
namespace {

// The input at which a fault is told, and its words; nullopt for what every form says alike.
struct EventFault {
  std::string field;
  Text text;
};

bool is_above_capacity(FormValues const& typed) {
  auto const quota = typed.number("quota");
  auto const capacity = typed.number("capacity");
  return quota && capacity && *quota > *capacity;
}

std::optional<EventFault> event_fault(FormFault const& fault, FormValues const& typed, Day today) {
  auto const& [field, code, line] = fault;
  if (field == "starts_at" || field == "ends_at") {
    if (!event_day_from(typed["day"], today)) return EventFault{"day", Text::event_day_fault};
    auto const input = field == "starts_at" ? "starts" : "ends";
    bool const is_early = field == "ends_at" && code == FaultCode::out_of_range;
    return EventFault{input, is_early ? Text::end_before_start : Text::event_time_fault};
  }
  if (field == "title" && code == FaultCode::required) return EventFault{"title_fi", Text::blank};
  if (field == "capacity") {
    return EventFault{field, code == FaultCode::required ? Text::percent_needs_capacity
                                                         : Text::event_number_fault};
  }
  if (field == "quota_percent") return EventFault{"quota", Text::event_percent_fault};
  if (field == "quota") {
    return EventFault{field, is_above_capacity(typed) ? Text::event_quota_above_capacity
                                                      : Text::event_number_fault};
  }
  if (field == "face_value") return EventFault{field, Text::event_face_value_fault};
  if (field == "venue_id") {
    return EventFault{"venue", code == FaultCode::venue_closed ? Text::devices_venue_closed
                                                               : Text::devices_choose_venue};
  }
  if (field == "days") {
    return EventFault{
        field, code == FaultCode::too_long ? Text::event_too_many_days : Text::event_day_fault};
  }
  return std::nullopt;
}

std::vector<Option> options_of(Language language,
                               std::initializer_list<std::pair<std::string_view, Text>> rows) {
  std::vector<Option> options;
  for (auto const& [word, label] : rows) {
    options.push_back({std::string(word), std::string(in(language, label))});
  }
  return options;
}

void add_offer(FieldList& list, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  list.text({.id = "capacity",
             .label = text(Text::event_capacity),
             .maxlength = 7,
             .numeric = true,
             .narrow = true,
             .optional = true})
      .radios({.id = "quota_kind",
               .label = text(Text::event_quota),
               .options = options_of(language, {{"none", Text::event_quota_none},
                                                {"number", Text::event_quota_number},
                                                {"percent", Text::event_quota_percent}}),
               .hint = text(Text::event_quota_hint)})
      .text({.id = "quota",
             .label = text(Text::event_quota_count),
             .hint = text(Text::event_quota_count_hint),
             .maxlength = 7,
             .numeric = true,
             .narrow = true})
      .select({.id = "limit_period",
               .label = text(Text::event_limit),
               .options = limit_options(language)})
      .text({.id = "limit_count",
             .label = text(Text::venue_limit_count),
             .hint = text(Text::venue_limit_count_hint),
             .maxlength = 4,
             .numeric = true,
             .narrow = true});
}

void add_door(FieldList& list, Language language) {
  auto const text = [&](Text key) { return in(language, key); };
  constexpr int longest = 120;
  list.text({.id = "door_message_fi",
             .label = text(Text::event_message_fi),
             .hint = text(Text::event_message_hint),
             .maxlength = longest,
             .optional = true})
      .text({.id = "door_message_sv",
             .label = text(Text::event_message_sv),
             .maxlength = longest,
             .optional = true})
      .text({.id = "door_message_en",
             .label = text(Text::event_message_en),
             .maxlength = longest,
             .optional = true})
      .text({.id = "face_value",
             .label = text(Text::event_face_value),
             .hint = text(Text::event_face_value_hint),
             .maxlength = 12,
             .narrow = true,
             .optional = true});
}

}  // namespace

PageFaults event_faults(Language language, Returned const& returned, Day today) {
  FormValues const typed(returned.typed);
  PageFaults told;
  for (auto const& fault : returned.faults) {
    auto const ours = event_fault(fault, typed, today);
    auto one = ours ? PageFault{ours->field, std::string(in(language, ours->text))}
                    : texts_of(language, {fault}).front();
    if (ours && fault.line > 0) {
      one.text = fill(language, Text::fault_of_line,
                      {{"line", std::to_string(fault.line)}, {"fault", one.text}});
    }
    // A day that is none makes start and end none: that is told once.
    bool const is_known = std::ranges::any_of(told, [&](PageFault const& known) {
      return known.field == one.field && known.text == one.text;
    });
    if (!is_known) told.push_back(std::move(one));
  }
  return told;
}

std::vector<Data> event_form_fields(Filled const& filled, Language language, bool is_new,
                                    std::vector<Option> venues) {
  auto const text = [&](Text key) { return in(language, key); };
  auto const yes_no = options_of(language, {{"yes", Text::answer_yes}, {"no", Text::answer_no}});
  using enum contract::UseKind;
  FieldList list(filled);
  if (!venues.empty()) {
    choose_no_other(venues, filled.values["venue"], language);
    list.select({.id = "venue", .label = text(Text::events_venue), .options = std::move(venues)});
  }
  list.text({.id = "title_fi",
             .label = text(Text::event_title_fi),
             .hint = text(Text::event_title_hint)})
      .text({.id = "title_sv", .label = text(Text::event_title_sv), .optional = true})
      .text({.id = "title_en", .label = text(Text::event_title_en), .optional = true})
      .radios({.id = "kind",
               .label = text(Text::event_kind),
               .options = options_of(language,
                                     {{contract::word_of(admission), Text::event_admission},
                                      {contract::word_of(course), Text::event_course},
                                      {contract::word_of(season_pass), Text::event_season_pass}})})
      .text({.id = "day",
             .label = text(Text::event_day),
             .hint = text(Text::event_day_hint),
             .maxlength = 12,
             .narrow = true})
      .text({.id = "starts",
             .label = text(Text::event_starts),
             .hint = text(Text::event_starts_hint),
             .maxlength = 12,
             .narrow = true})
      .text({.id = "ends",
             .label = text(Text::event_ends),
             .hint = text(is_new ? Text::event_ends_hint : Text::event_ends_moves),
             .maxlength = 20,
             .narrow = true});
  if (is_new) {
    list.lines({.id = "days",
                .label = text(Text::event_days),
                .hint = text(Text::event_days_hint),
                .optional = true},
               3);
  }
  add_offer(list, language);
  list.radios({.id = "children",
               .label = text(Text::event_children),
               .options = yes_no,
               .hint = text(Text::event_children_hint)});
  if (!is_new) {
    list.radios({.id = "sold_out",
                 .label = text(Text::event_sold_out),
                 .options = yes_no,
                 .hint = text(Text::event_sold_out_hint)});
  }
  add_door(list, language);
  return list.list();
}

}  // namespace kaiku::pages
