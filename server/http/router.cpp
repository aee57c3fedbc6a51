#include "server/http/router.hpp"

#include <algorithm>
#include <stdexcept>

#include "schema/values/ascii.hpp"
#include "schema/values/utf8.hpp"
#include "server/http/form.hpp"

namespace kaiku::http {
namespace {

constexpr std::size_t no_node = static_cast<std::size_t>(-1);

std::uint8_t bit_of(Listener listener) {
  return listener == Listener::device ? on_device : on_everybody;
}

[[noreturn]] void refuse(std::string_view pattern, char const* why) {
  throw std::logic_error("route " + std::string(pattern) + ": " + why);
}

// Takes the first segment off `rest`, which starts with '/'.
std::string_view take_segment(std::string_view& rest) {
  auto const end = rest.find('/', 1);
  auto const segment = rest.substr(1, end == std::string_view::npos ? end : end - 1);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
  return segment;
}

// A refusal's Allow: the methods of the leaves, HEAD wherever there is GET.
void append_word(std::string& out, Method method) {
  if (!out.empty()) out.append(", ");
  out.append(word_of(method));
}

}  // namespace

Router::Router(std::span<Route const> routes) : nodes_(1) {
  int index = 0;
  for (auto const& route : routes) add(route, index++);
}

std::size_t Router::child_for(std::size_t node, std::string_view segment) {
  bool const parameter = segment.starts_with('{');
  auto const key = parameter ? segment.substr(segment.find('}') + 1) : segment;
  auto& children = parameter ? nodes_[node].parameters : nodes_[node].words;
  auto const known = std::find_if(children.begin(), children.end(),
                                  [&](auto const& child) { return child.first == key; });
  if (known != children.end()) return known->second;
  auto const made = nodes_.size();
  children.emplace_back(std::string(key), made);
  // The longest ending is tried first: "{id}.pdf" before "{id}".
  std::stable_sort(children.begin(), children.end(),
                   [](auto const& a, auto const& b) { return a.first.size() > b.first.size(); });
  nodes_.emplace_back();
  return made;
}

void Router::add(Route const& route, int index) {
  auto rest = route.pattern;
  if (!rest.starts_with('/')) refuse(rest, "does not start with '/'");
  if (route.listeners == 0 || route.method == Method::other) refuse(rest, "nobody can call it");
  std::size_t node = 0;
  while (!rest.empty()) {
    auto const segment = take_segment(rest);
    auto const braces =
        std::count_if(segment.begin(), segment.end(), [](char c) { return c == '{' || c == '}'; });
    bool const parameter = segment.starts_with('{') && segment.find('}') > 1 && braces == 2 &&
                           segment.find('}') != std::string_view::npos;
    if (braces != 0 && !parameter) refuse(route.pattern, "has a malformed parameter");
    node = child_for(node, segment);
  }
  for (auto const& leaf : nodes_[node].leaves) {
    bool const overlap = (leaf.route.listeners & route.listeners) != 0;
    if (leaf.route.method == route.method && overlap) refuse(route.pattern, "is there twice");
  }
  nodes_[node].leaves.push_back(Leaf{route, index});
}

bool Router::serves(Node const& node, std::uint8_t listener) const {
  return std::any_of(node.leaves.begin(), node.leaves.end(),
                     [&](Leaf const& leaf) { return (leaf.route.listeners & listener) != 0; });
}

std::size_t Router::find(std::size_t node, std::string_view rest, std::uint8_t listener,
                         std::vector<std::string_view>& parameters) const {
  if (rest.empty()) return serves(nodes_[node], listener) ? node : no_node;
  auto const segment = take_segment(rest);
  for (auto const& [word, child] : nodes_[node].words) {
    if (word != segment) continue;
    auto const found = find(child, rest, listener, parameters);
    if (found != no_node) return found;
    break;
  }
  for (auto const& [ending, child] : nodes_[node].parameters) {
    if (segment.size() <= ending.size() || !segment.ends_with(ending)) continue;
    parameters.push_back(segment.substr(0, segment.size() - ending.size()));
    auto const found = find(child, rest, listener, parameters);
    if (found != no_node) return found;
    parameters.pop_back();
  }
  return no_node;
}

RoutePlan Router::plan(Listener listener, Method method, std::string_view sent_path) const {
  RoutePlan plan;
  auto const path = with_unreserved_decoded(sent_path);
  plan.refuse_status = 404;
  std::vector<std::string_view> parameters;
  auto const mask = bit_of(listener);
  auto const node = path.starts_with('/') ? find(0, path, mask, parameters) : no_node;
  if (node == no_node) return plan;
  for (auto const parameter : parameters) {
    auto decoded = percent_decode(parameter);
    bool const sound = decoded && is_utf8(*decoded) && !ascii::has_control(*decoded);
    if (!sound) return plan;
    plan.parameters.push_back(std::move(*decoded));
  }
  Leaf const* chosen = nullptr;
  for (auto const& leaf : nodes_[node].leaves) {
    if ((leaf.route.listeners & mask) == 0) continue;
    if (leaf.route.method == method) {
      chosen = &leaf;
      break;
    }
    if (method == Method::head && leaf.route.method == Method::get) chosen = &leaf;
  }
  if (chosen != nullptr) {
    plan.refuse_status = 0;
    plan.route = chosen->index;
    plan.pattern = chosen->route.pattern;
    plan.body_limit = chosen->route.body_limit;
    return plan;
  }
  plan.refuse_status = 405;
  bool head_too = false;
  bool has_head = false;
  for (auto const& leaf : nodes_[node].leaves) {
    if ((leaf.route.listeners & mask) == 0) continue;
    plan.pattern = leaf.route.pattern;
    append_word(plan.allow, leaf.route.method);
    head_too = head_too || leaf.route.method == Method::get;
    has_head = has_head || leaf.route.method == Method::head;
  }
  if (head_too && !has_head) append_word(plan.allow, Method::head);
  return plan;
}

}  // namespace kaiku::http
