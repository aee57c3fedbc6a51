// Takes a whole request to its lane: authenticate, authorise, prepare, decide, answer.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "server/access/call/authenticate.hpp"
#include "server/access/call/route.hpp"
#include "server/access/call/shown_lately.hpp"
#include "server/access/identity/services.hpp"
#include "server/http/router.hpp"
#include "server/http/server.hpp"
#include "server/lanes/read_lanes.hpp"
#include "server/lanes/work_lane.hpp"
#include "server/lanes/writer_lane.hpp"
#include "server/telemetry/faults.hpp"

namespace kaiku {

struct Lanes {
  lanes::WriterLane& writer;
  lanes::ReadLanes& readers;
  lanes::ReadLanes& strangers;     // who has shown nothing good lately: nobody waits behind them
  lanes::ReadLanes& slow_readers;  // reports and figures: nobody at a door waits behind them
  lanes::ReadLanes& builders;      // of doors' snapshots: one build at a time, for all
  lanes::WorkLane& work;
  lanes::WorkLane& passwords;
};

class Dispatcher {
 public:
  // `routes` has static storage. Throws std::logic_error for two routes that answer the same
  // request, and for a creating one whose request's meaning nobody wrote down.
  Dispatcher(std::span<access::Route const> routes, access::Services& services, Lanes lanes,
             telemetry::FaultReport& faults);
  // What the server calls; refers to this object.
  http::Application application();

 private:
  struct Exchange;
  using Shared = std::shared_ptr<Exchange>;

  // Whether the head's credentials let the body come that the head announces.
  void may_send_body(http::RoutePlan const& plan, http::Request const& head, http::Reply reply);
  // A fault that the transport found: a page for a browser, problem+json for everybody else.
  http::Response found_fault(int status, std::string_view slug, http::Request const& request);
  // The page on which a form stands: its own address, else the nearest one above.
  std::string page_with_form(http::Request const& request) const;
  // The page that a form's own address belongs to, when somebody opens that address.
  std::optional<std::string> page_of_form(http::Request const& request) const;
  void dispatch(http::RoutePlan&& plan, http::Request&& request, http::Reply reply);
  // By what its route has to do.
  void begin(Shared const& exchange);
  void read(Shared const& exchange);
  void read_there(Shared const& exchange);
  // Judges a write before the writer hears of it.
  void look(Shared const& exchange);
  void prepare(Shared const& exchange);
  void work_off(Shared const& exchange, access::Work&& work);
  void write(Shared const& exchange);
  Result<void> admit(Exchange& exchange, ledger::ReadTx& tx);
  template <class Step, class Then>
  void on_lane(lanes::ReadLanes& lane, Shared const& exchange, Step step, Then then);
  bool is_known(http::Request const& request) const;
  lanes::ReadLanes& line_of(Exchange const& exchange) const;
  lanes::ReadLanes& reading_lane(Exchange const& exchange) const;
  void note_shown(Exchange const& exchange, bool is_good);
  Result<void> identify(Exchange& exchange, ledger::ReadTx& tx, access::Part part);
  Result<http::Response> run_write(Exchange& exchange, ledger::WriteTx& tx);
  void tell(Shared const& exchange);
  void answer(Exchange& exchange, Result<http::Response>&& result);
  // Whether a page answers in place of this way to it.
  bool opens_in_place(Exchange& exchange, http::Response const& led);
  http::Response refusal(Exchange const& exchange, Error const& error) const;
  // Runs a step; what it throws becomes a problem, and is told unless it is a plain conflict.
  template <class Step>
  std::invoke_result_t<Step> guarded(Exchange const& exchange, Step step);
  Error told(Exchange const& exchange, std::string_view what, std::int64_t code);

  std::span<access::Route const> routes_;
  access::Services& services_;
  Lanes lanes_;
  telemetry::FaultReport& faults_;
  access::ShownLately shown_lately_;
  http::Router router_;
};

}  // namespace kaiku
