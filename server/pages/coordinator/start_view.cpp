#include "server/pages/coordinator/start_view.hpp"

#include "pages/embedded_assets.hpp"

namespace kaiku::pages {
namespace {

Data tasks_data(std::vector<StartTask> const& tasks) {
  std::vector<Data> items;
  for (auto const& task : tasks) {
    Data data;
    data.set("text", task.text);
    data.set("next", link_data(task.next));
    items.push_back(data);
  }
  return list_of(items);
}

Data steps_data(std::vector<StartStep> const& steps) {
  std::vector<Data> items;
  bool is_first_open = true;
  for (auto const& step : steps) {
    Data data;
    data.set("name", step.name);
    data.set("state", step.state);
    data.set("done", step.is_done);
    data.set("waits", step.waits);
    data.set("next", link_data(step.next));
    // One button stands out: the next thing to do.
    bool const is_open = !step.is_done && step.holds_up;
    bool const has_act = !step.act.empty();
    bool const is_next = is_first_open && is_open && (has_act || !step.next.href.empty());
    if (is_next) is_first_open = false;
    data.set("is_next", is_next && !has_act);
    data.set("has_act", has_act);
    data.set("act", step.act);
    data.set("act_label", step.act_label);
    data.set("act_is_second", !is_next);
    items.push_back(data);
  }
  return list_of(items);
}

}  // namespace

Page start_page(Frame const& frame, StartPage const& model) {
  Page page{.title = model.title, .body = embedded::start};
  auto& values = page.values;
  values.set("title", model.title);
  values.set("has_filter", !model.areas.empty());
  if (!model.areas.empty()) {
    values.set("filter", select_field({.id = "area",
                                       .label = in(frame.language, Text::place_area),
                                       .options = model.areas,
                                       .chosen = model.area}));
  }
  values.set("has_tasks", !model.tasks.empty());
  values.set("tasks", tasks_data(model.tasks));
  values.set("has_own_requests", !model.own_requests.empty());
  values.set("own_requests", tasks_data(model.own_requests));
  std::vector<Data> lists;
  for (auto const& list : model.lists) lists.push_back(link_data(list));
  values.set("has_lists", !lists.empty());
  values.set("lists", list_of(lists));
  values.set("area", model.area);
  values.set("has_steps", !model.steps.empty());
  values.set("steps", steps_data(model.steps));
  values.set("steps_are_hidden", model.steps_are_hidden);
  std::vector<Data> others;
  for (auto const& area : model.other_areas) others.push_back(link_data(area));
  values.set("has_others", !others.empty());
  values.set("others", list_of(others));
  std::vector<Data> more;
  for (auto const& link : model.more) more.push_back(link_data(link));
  values.set("has_more", !more.empty());
  values.set("more", list_of(more));
  return page;
}

}  // namespace kaiku::pages
