#include "server/telemetry/metrics.hpp"

#include <set>

namespace kaiku::telemetry {
namespace {

struct Bound {
  std::int64_t us;
  std::string_view seconds;
};
// Upper bounds of the duration buckets; the twelfth bucket is +Inf.
constexpr std::array<Bound, 11> bounds{{{500, "0.0005"},
                                        {1'000, "0.001"},
                                        {2'500, "0.0025"},
                                        {5'000, "0.005"},
                                        {10'000, "0.01"},
                                        {25'000, "0.025"},
                                        {50'000, "0.05"},
                                        {100'000, "0.1"},
                                        {250'000, "0.25"},
                                        {1'000'000, "1"},
                                        {5'000'000, "5"}}};
constexpr std::array<std::string_view, 6> class_words{"other", "1xx", "2xx", "3xx", "4xx", "5xx"};

std::size_t bucket_of(std::int64_t duration_us) {
  std::size_t bucket = 0;
  while (bucket < bounds.size() && duration_us > bounds[bucket].us) ++bucket;
  return bucket;
}

std::string quoted(std::string_view label) {
  std::string out = "\"";
  for (char const c : label) {
    if (c == '\n') {
      out.append("\\n");
      continue;
    }
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string seconds_text(std::uint64_t us) {
  auto fraction = std::to_string(us % 1'000'000);
  return std::to_string(us / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

void append_type(std::string& out, std::string_view family, std::string_view type) {
  out.append("# TYPE ").append(family).append(" ").append(type).append("\n");
}

}  // namespace

void Metrics::request_done(std::string_view pattern, int status, std::int64_t duration_us) {
  bool const known = status >= 100 && status < 600;
  auto const status_class = known ? static_cast<std::size_t>(status / 100) : 0;
  if (duration_us < 0) duration_us = 0;
  std::lock_guard const lock(mutex_);
  auto found = routes_.find(pattern);
  if (found == routes_.end()) found = routes_.try_emplace(std::string(pattern)).first;
  auto& count = found->second;
  ++count.by_class[status_class];
  ++count.duration_buckets[bucket_of(duration_us)];
  count.duration_sum_us += static_cast<std::uint64_t>(duration_us);
}

void Metrics::set(std::string_view name, std::int64_t value) {
  std::lock_guard const lock(mutex_);
  auto const found = values_.find(name);
  if (found != values_.end()) {
    found->second = value;
  } else {
    values_.emplace(name, value);
  }
}

void Metrics::add(std::string_view name, std::int64_t delta) {
  std::lock_guard const lock(mutex_);
  auto const found = values_.find(name);
  if (found != values_.end()) {
    found->second += delta;
  } else {
    values_.emplace(name, delta);
  }
}

std::string Metrics::text() const {
  std::string out;
  append_type(out, "kaiku_http_connections", "gauge");
  out += "kaiku_http_connections " + std::to_string(connections_.load()) + "\n";
  append_type(out, "kaiku_http_connections_total", "counter");
  out += "kaiku_http_connections_total " + std::to_string(connections_total_.load()) + "\n";
  std::lock_guard const lock(mutex_);
  append_type(out, "kaiku_http_requests_total", "counter");
  for (auto const& [pattern, count] : routes_) {
    for (std::size_t i = 0; i < class_words.size(); ++i) {
      if (count.by_class[i] == 0) continue;
      out += "kaiku_http_requests_total{route=" + quoted(pattern) +
             ",class=" + quoted(class_words[i]) + "} " + std::to_string(count.by_class[i]) + "\n";
    }
  }
  append_type(out, "kaiku_http_request_duration_seconds", "histogram");
  for (auto const& [pattern, count] : routes_) {
    std::string const name = "kaiku_http_request_duration_seconds";
    auto const route = "{route=" + quoted(pattern);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count.duration_buckets.size(); ++i) {
      sum += count.duration_buckets[i];
      auto const bound = i < bounds.size() ? bounds[i].seconds : std::string_view{"+Inf"};
      out += name + "_bucket" + route + ",le=" + quoted(bound) + "} " + std::to_string(sum) + "\n";
    }
    out += name + "_sum" + route + "} " + seconds_text(count.duration_sum_us) + "\n";
    out += name + "_count" + route + "} " + std::to_string(sum) + "\n";
  }
  std::set<std::string_view> typed;
  for (auto const& [name, value] : values_) {
    auto const family = std::string_view{name}.substr(0, name.find('{'));
    if (typed.insert(family).second) {
      append_type(out, family, family.ends_with("_total") ? "counter" : "gauge");
    }
    out += name + " " + std::to_string(value) + "\n";
  }
  return out;
}

}  // namespace kaiku::telemetry
