#include "server/domain/disclosure_audit.hpp"

#include <algorithm>

namespace kaiku::domain {
namespace {

constexpr std::int64_t fewest_values = 3;

// How far an arrow can move in a reader's eyes: forward by `up`, back by `down`.
struct Slack {
  std::int64_t up = 0;
  std::int64_t down = 0;
};

// Of a count between these.
Slack slack_between(std::int64_t count, std::int64_t lowest, std::int64_t highest) {
  return {highest - count, count - lowest};
}

Slack slack_of(DeclaredCell const& cell, Decision decision, Audience audience) {
  bool const is_hidden = audience == Audience::everybody && !is_open(cell.key);
  std::int64_t lowest = is_late(cell.key) ? -no_limit : 0;
  std::int64_t highest = no_limit;
  if (cell.publication == Publication::later) return {no_limit, no_limit};
  if (cell.known_before) {
    lowest = std::max(lowest, std::min(cell.known_before->lowest, cell.count));
    highest = std::min(highest, std::max(cell.known_before->highest, cell.count));
  }
  if (is_hidden || cell.publication == Publication::never) {
    return slack_between(cell.count, lowest, highest);
  }
  if (decision.sign == Sign::shown) return {};
  if (decision.sign == Sign::small) {
    lowest = std::max<std::int64_t>(lowest, 1);
    highest = std::min(highest, threshold - 1);
  } else if (!cell.late_withheld) {
    lowest = std::max(lowest, std::min(decision.any_count ? 0 : threshold, cell.count));
  }
  bool const knows_tens = audience == Audience::in_charge || is_network(cell.key);
  if (cell.running && knows_tens) {
    lowest = std::max(lowest, std::min(cell.running->lowest, cell.count));
    highest = std::min(highest, std::max(cell.running->highest, cell.count));
  }
  return slack_between(cell.count, lowest, highest);
}

class Audit {
 public:
  Audit(Circulation const& circulation, Audience audience, Signs const& signs,
        Contributors const* contributors)
      : circulation_(circulation),
        audience_(audience),
        signs_(signs),
        contributors_(contributors),
        at_(index(circulation.equations)),
        seen_(index(circulation.equations)),
        came_over_(index(circulation.equations)) {
    for (std::size_t i = 0; i < circulation.cells.size(); ++i) {
      slack_.push_back(slack_of(circulation.cells[i], decisions()[i], audience));
      if (slack_.back().up == 0 && slack_.back().down == 0) continue;
      at_[index(circulation.arrows[i].tail)].push_back(static_cast<int>(i));
      at_[index(circulation.arrows[i].head)].push_back(static_cast<int>(i));
    }
    if (contributors != nullptr) sort_parts();
  }

  std::optional<AuditFinding> first_finding() {
    for (std::size_t i = 0; i < circulation_.cells.size(); ++i) {
      auto const& cell = circulation_.cells[i];
      bool const is_shown_to_nobody =
          audience_ == Audience::everybody && circulation_.declared[i] == Circulation::undeclared;
      if (cell.publication == Publication::later || is_shown_to_nobody) continue;
      auto const number = static_cast<int>(i);
      if (slack_[i].up < 0 || slack_[i].down < 0) return AuditFinding{number, 0};
      met_.clear();
      if (is_sensitive(cell)) {
        auto const values = values_of(number, Contributor::nobody);
        if (values < fewest_values) return AuditFinding{number, values};
      }
      if (auto const found = finding_of_insiders(number)) return found;
    }
    return std::nullopt;
  }

 private:
  std::vector<Decision> const& decisions() const {
    return audience_ == Audience::in_charge ? signs_.in_charge : signs_.openly;
  }

  void sort_parts() {
    parts_of_.resize(contributors_->all.size());
    for (auto const& part : contributors_->parts) {
      parts_of_[index(part.contributor)].push_back(part);
    }
    homes_of_.resize(contributors_->all.size());
    for (std::size_t i = 0; i < circulation_.cells.size(); ++i) {
      auto const& key = circulation_.cells[i].key;
      if (key.table != Table::cards_home || key.municipality.empty()) continue;
      if (auto const coordinator = contributors_->coordinator_of(key.area)) {
        homes_of_[index(*coordinator)].push_back(i);
      }
    }
  }

  // Slack in the eyes of a contributor who knows own figures, cell by cell; what was, to put back.
  std::vector<std::pair<std::size_t, Slack>> look_as(int insider) {
    std::vector<std::pair<std::size_t, Slack>> before;
    if (insider == Contributor::nobody) return before;
    for (auto const& part : parts_of_[index(insider)]) {
      auto const i = index(part.cell);
      before.emplace_back(i, slack_[i]);
      if (circulation_.cells[i].publication == Publication::later) continue;
      auto const beside = circulation_.cells[i].count - part.count;
      slack_[i].down = std::min(slack_[i].down, std::max<std::int64_t>(0, beside));
    }
    for (auto const i : homes_of_[index(insider)]) {
      auto const seen = slack_of(circulation_.cells[i], signs_.in_charge[i], Audience::in_charge);
      before.emplace_back(i, slack_[i]);
      slack_[i] = {std::min(slack_[i].up, seen.up), std::min(slack_[i].down, seen.down)};
    }
    return before;
  }

  // To the insider, from figures in tens alone: no sign could hide it.
  bool is_known_from_tens(int number, int insider) const {
    auto const& cell = circulation_.cells[index(number)];
    auto const slack = slack_of(cell, {Sign::complementary, true}, audience_);
    auto const beside = cell.count - contributors_->part_of(insider, number);
    return slack.up + std::min(slack.down, beside) + 1 < fewest_values;
  }

  std::int64_t values_of(int cell, int insider) {
    auto const before = look_as(insider);
    auto const up = most(cell, insider, true, fewest_values - 1);
    auto const values = 1 + up + most(cell, insider, false, fewest_values - 1 - up);
    for (auto known = before.rbegin(); known != before.rend(); ++known) {
      slack_[known->first] = known->second;
    }
    return values;
  }

  std::optional<AuditFinding> finding_of_insiders(int number) {
    if (contributors_ == nullptr) return std::nullopt;
    auto const& cell = circulation_.cells[index(number)];
    bool const is_shown_already =
        cell.publication == Publication::told && decisions()[index(number)].sign == Sign::shown;
    bool const is_told =
        is_open(cell.key) && cell.publication != Publication::never && !is_shown_already;
    for (auto const& part : contributors_->parts_in(number)) {
      if (is_told && counts_few(cell.count - part.count)) met_.push_back(part.contributor);
    }
    std::ranges::sort(met_);
    auto const repeated = std::ranges::unique(met_);
    met_.erase(repeated.begin(), repeated.end());
    for (int const insider : std::vector<int>(met_)) {
      if (!contributors_->is_stranger_to(insider, cell.key)) continue;
      if (contributors_->part_of(insider, number) == cell.count) continue;
      if (is_known_from_tens(number, insider)) continue;
      auto const values = values_of(number, insider);
      if (values < fewest_values) return AuditFinding{number, values, insider};
    }
    return std::nullopt;
  }

  // The most that flows round circles through the arrow, as far as it matters: augmenting paths.
  std::int64_t most(int cell, int insider, bool up, std::int64_t limit) {
    limit = std::min(limit, up ? slack_[index(cell)].up : slack_[index(cell)].down);
    auto const& arrow = circulation_.arrows[index(cell)];
    int const from = up ? arrow.head : arrow.tail;
    int const to = up ? arrow.tail : arrow.head;
    std::int64_t flow = 0;
    std::vector<std::pair<std::size_t, Slack>> before;
    while (flow < limit && find(from, to, cell, insider)) {
      for (auto const& [i, is_forward] : path_to(to, from)) {
        before.emplace_back(i, slack_[i]);
        slack_[i].up += is_forward ? -1 : 1;
        slack_[i].down += is_forward ? 1 : -1;
        if (insider == Contributor::nobody) meet(i);
      }
      ++flow;
    }
    for (auto known = before.rbegin(); known != before.rend(); ++known) {
      slack_[known->first] = known->second;
    }
    return flow;
  }

  void meet(std::size_t i) {
    if (contributors_ == nullptr) return;
    for (int const met : {contributors_->venue_or_office[i], contributors_->area[i]}) {
      if (met != Contributor::nobody) met_.push_back(met);
    }
    auto const& cell = circulation_.cells[i];
    for (auto const& part : contributors_->parts_in(static_cast<int>(i))) {
      if (cell.count - part.count < fewest_values) met_.push_back(part.contributor);
    }
    if (cell.key.table == Table::cards_home) meet_coordinator_of(cell.key.area);
  }

  void meet_coordinator_of(AreaId const& area) {
    if (auto const coordinator = contributors_->coordinator_of(area)) met_.push_back(*coordinator);
  }

  bool find(int from, int to, int without, int insider) {
    ++round_;
    front_.assign(1, from);
    seen_[index(from)] = round_;
    for (std::size_t next = 0; next < front_.size(); ++next) {
      for (int const i : at_[index(front_[next])]) {
        auto const [tail, head] = circulation_.arrows[index(i)];
        bool const is_forward = tail == front_[next];
        int const end = is_forward ? head : tail;
        auto const slack = is_forward ? slack_[index(i)].up : slack_[index(i)].down;
        if (seen_[index(end)] == round_ || i == without || slack <= 0) continue;
        if (insider != Contributor::nobody && contributors_->owns(insider, i)) continue;
        seen_[index(end)] = round_;
        came_over_[index(end)] = i;
        if (end == to) return true;
        front_.push_back(end);
      }
    }
    return false;
  }

  // Arrows of the path that was found, and whether it follows them.
  std::vector<std::pair<std::size_t, bool>> path_to(int to, int from) const {
    std::vector<std::pair<std::size_t, bool>> path;
    while (to != from) {
      auto const i = index(came_over_[index(to)]);
      bool const is_forward = circulation_.arrows[i].head == to;
      path.emplace_back(i, is_forward);
      to = is_forward ? circulation_.arrows[i].tail : circulation_.arrows[i].head;
    }
    return path;
  }

  Circulation const& circulation_;
  Audience audience_;
  Signs const& signs_;
  Contributors const* contributors_;
  std::vector<Slack> slack_;          // by cell
  std::vector<std::vector<int>> at_;  // by equation: arrows that can move
  std::vector<std::vector<Contributors::Part>> parts_of_;
  std::vector<std::vector<std::size_t>> homes_of_;
  std::vector<int> met_;
  std::vector<std::int64_t> seen_;
  std::vector<int> came_over_;
  std::int64_t round_ = 0;
  std::vector<int> front_;
};

}  // namespace

std::optional<AuditFinding> audit_for_those_in_charge(Circulation const& circulation,
                                                      Signs const& signs) {
  return Audit(circulation, Audience::in_charge, signs, nullptr).first_finding();
}

std::optional<AuditFinding> audit_for_everybody(Circulation const& circulation, Signs const& signs,
                                                Contributors const& contributors) {
  return Audit(circulation, Audience::everybody, signs, &contributors).first_finding();
}

}  // namespace kaiku::domain
