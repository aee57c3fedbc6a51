#include "server/pages/coordinator/to_do.hpp"

#include "server/pages/coordinator/own_areas.hpp"

namespace kaiku::pages {
namespace {

class TaskList {
 public:
  TaskList(Language language, std::optional<AreaId> const& area)
      : language_(language), area_(area) {}

  void add(std::int64_t count, Text one, Text many, std::string list, Text label) {
    if (count == 0) return;
    tasks_.push_back({count_text(language_, static_cast<std::size_t>(count), one, many),
                      {std::move(list), std::string(in(language_, label))}});
  }
  // The list narrowed to the area.
  std::string of_area(std::string list) const {
    if (!area_) return list;
    auto const joint = list.find('?') == std::string::npos ? "?area=" : "&area=";
    return std::move(list) + joint + area_->value;
  }
  std::vector<StartTask> take() { return std::move(tasks_); }

 private:
  Language language_;
  std::optional<AreaId> const& area_;
  std::vector<StartTask> tasks_;
};

}  // namespace

std::vector<StartTask> to_do(Waiting const& waiting, Language language,
                             std::optional<AreaId> const& area) {
  TaskList list(language, area);
  list.add(waiting.uses, Text::start_judged_one, Text::start_judged_many, list.of_area("/judged"),
           Text::start_judged_open);
  list.add(waiting.undo_requests, Text::start_undo_one, Text::start_undo_many,
           list.of_area("/undo-requests"), Text::start_undo_open);
  list.add(waiting.approvals, Text::start_approval_one, Text::start_approval_many,
           list.of_area("/approvals"), Text::start_approval_open);
  list.add(waiting.open_links, Text::start_links_one, Text::start_links_many,
           list.of_area("/accounts?state=not_set_up"), Text::start_links_open);
  // With whom to talk is on the places' own pages.
  list.add(waiting.commitments.offices, Text::start_open_office, Text::start_open_offices,
           list.of_area("/offices"), Text::start_show_offices);
  list.add(waiting.commitments.venues, Text::start_open_venue, Text::start_open_venues,
           list.of_area("/venues"), Text::start_show_venues);
  // What concerns the whole service, whatever the area.
  list.add(waiting.messages, Text::start_messages_one, Text::start_messages_many, "/messages",
           Text::start_messages_open);
  list.add(waiting.lacks_settings ? 1 : 0, Text::start_settings_missing,
           Text::start_settings_missing, "/settings", Text::start_settings_do);
  return list.take();
}

}  // namespace kaiku::pages
