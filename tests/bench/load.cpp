#include "tests/bench/load.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "tests/bench/connection.hpp"

namespace kaiku::bench {
namespace {

using Nanoseconds = std::int64_t;
constexpr Nanoseconds second = 1'000'000'000;
constexpr Nanoseconds grace = 10 * second;  // for the last replies

Nanoseconds read_clock(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * second + now.tv_nsec;
}

Nanoseconds as_nanoseconds(double seconds) {
  return static_cast<Nanoseconds>(std::llround(seconds * 1e9));
}

std::string_view answer_in(std::string_view body) {
  constexpr std::string_view name = R"("answer":")";
  auto at = body.find(name);
  if (at == std::string_view::npos) return {};
  body.remove_prefix(at + name.size());
  return body.substr(0, body.find('"'));
}

class Load {
 public:
  Load(Settings const& settings, Requests& requests)
      : settings_(settings),
        requests_(requests),
        context_(make_context(settings.ca_file)),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        slots_(static_cast<std::size_t>(settings.connections)) {
    if (epoll_ < 0) throw std::runtime_error("no epoll");
    for (std::size_t i = 0; i < slots_.size(); ++i) connect(i);
    outcome_.cipher = slots_.front().connection->cipher();
  }
  ~Load() { close(epoll_); }
  Load(Load const&) = delete;
  Load& operator=(Load const&) = delete;

  Outcome run() {
    Nanoseconds cpu = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    begin_ = read_clock(CLOCK_MONOTONIC);
    measure_from_ = begin_ + as_nanoseconds(settings_.warmup_s);
    end_ = measure_from_ + as_nanoseconds(settings_.seconds);
    now_ = begin_;
    while (now_ < end_ + grace && (now_ < end_ || busy_ > 0 || backlog() > 0)) {
      start_what_is_due();
      wait_and_receive();
    }
    outcome_.unfinished = busy_ + backlog();
    outcome_.client_cpu = static_cast<double>(read_clock(CLOCK_PROCESS_CPUTIME_ID) - cpu) /
                          static_cast<double>(now_ - begin_);
    std::sort(outcome_.latencies_us.begin(), outcome_.latencies_us.end());
    return std::move(outcome_);
  }

 private:
  struct Slot {
    std::unique_ptr<Connection> connection;
    bool busy = false;
    Nanoseconds start = 0;  // open loop: when the request should have started
  };

  bool is_open() const { return settings_.rate > 0; }

  // When request number n of the open loop should start.
  Nanoseconds due(std::uint64_t n) const {
    return begin_ + as_nanoseconds(static_cast<double>(n) / settings_.rate);
  }

  // Requests of the open loop that should have started and have not.
  std::uint64_t backlog() const {
    if (!is_open()) return 0;
    std::uint64_t n = started_;
    while (due(n) < std::min(now_, end_)) ++n;
    return n - started_;
  }

  void connect(std::size_t index) {
    Slot& slot = slots_[index];
    slot.connection =
        std::make_unique<Connection>(context_.get(), settings_.address, settings_.port);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.u64 = index;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, slot.connection->descriptor(), &event) != 0) {
      throw std::runtime_error("epoll_ctl failed");
    }
    idle_.push_back(index);
  }

  void reconnect(std::size_t index) {
    std::erase(idle_, index);
    slots_[index].connection.reset();  // closing takes it out of the epoll set
    ++outcome_.reconnects;
    connect(index);
  }

  void start_what_is_due() {
    while (!idle_.empty() && now_ < end_ + grace) {
      Nanoseconds start = is_open() ? due(started_) : now_;
      if (start > now_ || start >= end_) return;
      std::size_t index = idle_.back();
      idle_.pop_back();
      Slot& slot = slots_[index];
      slot.busy = true;
      slot.start = start;
      ++busy_;
      ++started_;
      if (!slot.connection->send(requests_.next())) give_up(index);
    }
  }

  void wait_and_receive() {
    Nanoseconds until = now_ < end_ ? end_ : end_ + grace;
    if (is_open() && !idle_.empty()) until = std::min(until, std::max(due(started_), now_));
    timespec timeout{.tv_sec = (until - now_) / second, .tv_nsec = (until - now_) % second};
    std::array<epoll_event, 256> events{};
    int count = epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
    now_ = read_clock(CLOCK_MONOTONIC);
    for (int i = 0; i < count; ++i) receive(events[static_cast<std::size_t>(i)].data.u64);
  }

  void receive(std::size_t index) {
    Slot& slot = slots_[index];
    switch (slot.connection->receive()) {
      case Connection::Progress::waiting: return;
      case Connection::Progress::broken:
        if (slot.busy) return give_up(index);
        return reconnect(index);
      case Connection::Progress::complete:
        if (!slot.busy) return reconnect(index);  // a reply that nobody asked for
        record(slot);
        slot.busy = false;
        --busy_;
        idle_.push_back(index);
        if (slot.connection->will_close()) reconnect(index);
    }
  }

  void give_up(std::size_t index) {
    slots_[index].busy = false;
    --busy_;
    ++outcome_.broken;
    reconnect(index);
  }

  void record(Slot const& slot) {
    Reply const& reply = slot.connection->reply();
    ++outcome_.statuses[reply.status];
    if (reply.status != requests_.good_status()) ++outcome_.bad;
    std::string_view answer = answer_in(reply.body);
    if (!answer.empty()) ++outcome_.answers[std::string(answer)];
    bool counts = is_open() ? slot.start >= measure_from_ : now_ >= measure_from_ && now_ < end_;
    if (!counts) return;
    ++outcome_.measured;
    outcome_.latencies_us.push_back(static_cast<std::uint32_t>((now_ - slot.start) / 1000));
  }

  Settings const& settings_;
  Requests& requests_;
  TlsContext context_;
  int epoll_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> idle_;
  std::size_t busy_ = 0;
  std::uint64_t started_ = 0;
  Nanoseconds begin_ = 0;
  Nanoseconds measure_from_ = 0;
  Nanoseconds end_ = 0;
  Nanoseconds now_ = 0;
  Outcome outcome_;
};

}  // namespace

Outcome run(Settings const& settings, Requests& requests) { return Load(settings, requests).run(); }

double percentile_ms(std::vector<std::uint32_t> const& sorted_us, double share) {
  if (sorted_us.empty()) return 0;
  auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted_us.size())));
  return sorted_us[std::clamp<std::size_t>(rank, 1, sorted_us.size()) - 1] / 1000.0;
}

}  // namespace kaiku::bench
