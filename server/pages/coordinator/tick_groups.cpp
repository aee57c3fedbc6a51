#include "server/pages/coordinator/tick_groups.hpp"

#include <algorithm>
#include <set>

namespace kaiku::pages {
namespace {

constexpr std::string_view many = "municipalities";
constexpr std::string_view short_name = "m";

std::set<std::string_view> lines_in(std::string_view text) {
  std::set<std::string_view> lines;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    lines.insert(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// What is called by these values, in the order of the boxes.
std::string labels_of(TickField const& field, std::set<std::string_view> const& values) {
  std::string labels;
  for (auto const& group : field.groups) {
    for (auto const& box : group.boxes) {
      if (!values.contains(box.value)) continue;
      if (!labels.empty()) labels += ", ";
      labels += box.label;
    }
  }
  return labels;
}

Data group_data(TickGroup const& group, std::set<std::string_view> const& chosen) {
  std::vector<Data> boxes;
  std::size_t ticked = 0;
  for (auto const& box : group.boxes) {
    bool const is_ticked = !box.barred && chosen.contains(box.value);
    if (is_ticked) ++ticked;
    Data item;
    item.set("value", box.value);
    item.set("text", box.label);
    item.set("ticked", is_ticked);
    item.set("barred", box.barred);
    boxes.push_back(item);
  }
  Data data;
  data.set("heading", ticked == 0 ? group.name : group.name + " (" + std::to_string(ticked) + ")");
  data.set("open", ticked > 0);
  data.set("boxes", list_of(boxes));
  return data;
}

}  // namespace

std::string_view box_name_of(std::string_view field) { return field == many ? short_name : field; }
std::string_view field_of_box(std::string_view name) { return name == short_name ? many : name; }

Data tick_groups(TickField const& field) {
  auto const yours = labels_of(field, lines_in(field.yours));
  auto data = field_parts({field.id, field.label, field.hint, yours, field.fault});
  data.set("box", std::string(box_name_of(field.id)));
  data.set("autofocus", field.autofocus);
  auto const chosen = lines_in(field.chosen);
  std::vector<Data> groups;
  for (auto const& group : field.groups) groups.push_back(group_data(group, chosen));
  data.set("groups", list_of(groups));
  return data;
}

}  // namespace kaiku::pages
