#include "server/app/dispatcher.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/access/call/authenticate.hpp"
#include "server/access/call/client_address.hpp"
#include "server/access/identity/device_proof.hpp"
#include "server/api/replies.hpp"
#include "server/api/request_meaning.hpp"
#include "server/app/create_once.hpp"
#include "server/pages/frame/accepted.hpp"
#include "server/pages/frame/frame.hpp"
#include "server/pages/frame/page.hpp"
#include "server/pages/frame/page_state.hpp"

namespace kaiku {
namespace {

std::vector<http::Route> shapes_of(std::span<access::Route const> routes) {
  std::vector<http::Route> shapes;
  for (auto const& route : routes) {
    auto listeners = static_cast<std::uint8_t>((route.on_everybody ? http::on_everybody : 0) |
                                               (route.on_device ? http::on_device : 0));
    shapes.push_back({route.method, route.pattern, listeners, route.body_limit});
  }
  return shapes;
}

bool is_write(http::Method method) {
  return method != http::Method::get && method != http::Method::head;
}

// What commits and what rolls back, for JSON and pages alike (server/use_cases/README.md): only an
// answer that is no refusal commits, whether the refusal is an Error or a response of its own.
bool commits(Result<http::Response> const& result) {
  return result && result->status < 400 && !result->keeps_nothing;
}

// Whether who sends this is found out by one look-up: an API key, or a certificate that the
// handshake has proved. Such a write goes straight to the writer, which looks it up.
bool is_judged_by_a_look_up(http::Request const& request) {
  if (request.listener == http::Listener::device) return true;
  auto const authorization = request.header("authorization");
  return !authorization.empty() && !authorization.starts_with(access::device_proof_scheme);
}

// The problem of a fault that the transport found, by its slug.
std::optional<Problem> problem_from(std::string_view slug) {
  for (auto const& row : problem_table) {
    if (row.slug == slug) return row.problem;
  }
  return std::nullopt;
}

}  // namespace

// One request on its way; shared by the lanes that it passes.
struct Dispatcher::Exchange {
  Exchange(http::RoutePlan&& p, http::Request&& r, http::Reply&& reply_to, access::Route const& of,
           access::Services& services)
      : plan(std::move(p)),
        request(std::move(r)),
        reply(std::move(reply_to)),
        route(of),
        call(request, plan.parameters, services) {}

  http::RoutePlan plan;
  http::Request request;
  http::Reply reply;
  access::Route const& route;
  access::Call call;
  bool is_known = false;                         // its credential was found good not long ago
  bool is_in_place = false;                      // a page instead of the way to it
  std::optional<access::Shown> shown;            // once a lane has judged it
  std::optional<Result<http::Response>> result;  // of the write step, told after the commit
  lanes::Position position;                      // which that commit reached: reads see it
};

Dispatcher::Dispatcher(std::span<access::Route const> routes, access::Services& services,
                       Lanes lanes, telemetry::FaultReport& faults)
    : routes_(routes),
      services_(services),
      lanes_(lanes),
      faults_(faults),
      shown_lately_(services.clock),
      router_(shapes_of(routes)) {
  for (auto const& route : routes) {
    if (route.creates && !api::has_meaning(route.pattern)) {
      throw std::logic_error("no meaning is known of " + std::string(route.pattern));
    }
    if (route.look != nullptr && route.prepare != nullptr) {
      throw std::logic_error("looked at and prepared: " + std::string(route.pattern));
    }
  }
}

http::Application Dispatcher::application() {
  http::Application application;
  application.plan = [this](http::Listener listener, http::Method method, std::string_view path) {
    return router_.plan(listener, method, path);
  };
  application.dispatch = [this](http::RoutePlan&& plan, http::Request&& request,
                                http::Reply reply) {
    dispatch(std::move(plan), std::move(request), std::move(reply));
  };
  application.may_send_body = [this](http::RoutePlan const& plan, http::Request const& head,
                                     http::Reply reply) {
    may_send_body(plan, head, std::move(reply));
  };
  application.problem = [this](int status, std::string_view slug, http::Request const& request) {
    return found_fault(status, slug, request);
  };
  return application;
}

std::string Dispatcher::page_with_form(http::Request const& request) const {
  auto const is_page = [&](std::string_view path) {
    auto const plan = router_.plan(request.listener, http::Method::get, path);
    return plan.route >= 0 &&
           routes_[static_cast<std::size_t>(plan.route)].face == access::Face::page;
  };
  std::string path = request.path;
  while (path.size() > 1 && !is_page(path)) {
    path.resize(std::max<std::size_t>(1, path.rfind('/')));
  }
  return path;
}

std::optional<std::string> Dispatcher::page_of_form(http::Request const& request) const {
  auto const is_page = [&](http::RoutePlan const& plan) {
    return plan.route >= 0 &&
           routes_[static_cast<std::size_t>(plan.route)].face == access::Face::page;
  };
  if (request.method != http::Method::get && request.method != http::Method::head) return {};
  std::string path = request.path;
  if (!is_page(router_.plan(request.listener, http::Method::post, path))) return std::nullopt;
  while (path.size() > 1) {
    path.resize(std::max<std::size_t>(1, path.rfind('/')));
    if (is_page(router_.plan(request.listener, http::Method::get, path))) return path;
  }
  return std::nullopt;
}

http::Response Dispatcher::found_fault(int status, std::string_view slug,
                                       http::Request const& request) {
  Error const error(problem_from(slug).value_or(Problem::malformed_request));
  auto response = api::problem(error, request);
  if (pages::wants_page(request)) {
    if (status == 405) {
      if (auto const page = page_of_form(request)) return pages::see_other(*page);
    }
    std::vector<std::string> const no_parameters;
    response = pages::problem_page(error, access::Call(request, no_parameters, services_));
    response.draw();
  }
  response.status = status;
  return response;
}

void Dispatcher::may_send_body(http::RoutePlan const& plan, http::Request const& head,
                               http::Reply reply) {
  auto const& route = routes_[static_cast<std::size_t>(plan.route)];
  auto const exchange = std::make_shared<Exchange>(http::RoutePlan(plan), http::Request(head),
                                                   std::move(reply), route, services_);
  exchange->is_known = is_known(exchange->request);
  on_lane(
      line_of(*exchange), exchange,
      [this, exchange](ledger::ReadTx& tx) -> Result<http::Response> {
        auto const known = identify(*exchange, tx, access::Part::head);
        if (!known) return known.error();
        http::Response go_on;
        go_on.status = 100;
        return go_on;
      },
      [this, exchange](http::Response&& go_on) { answer(*exchange, std::move(go_on)); });
}

void Dispatcher::dispatch(http::RoutePlan&& plan, http::Request&& request, http::Reply reply) {
  auto const& route = routes_[static_cast<std::size_t>(plan.route)];
  auto const exchange = std::make_shared<Exchange>(std::move(plan), std::move(request),
                                                   std::move(reply), route, services_);
  if (route.constant != nullptr) {
    answer(*exchange, route.constant(exchange->call));
    return;
  }
  exchange->is_known = is_known(exchange->request);
  begin(exchange);
}

void Dispatcher::begin(Shared const& exchange) {
  auto const& route = exchange->route;
  if (route.read != nullptr) {
    read(exchange);
  } else if (route.prepare != nullptr) {
    prepare(exchange);
  } else if (exchange->is_known && route.look == nullptr &&
             is_judged_by_a_look_up(exchange->request)) {
    write(exchange);
  } else {
    look(exchange);
  }
}

bool Dispatcher::is_known(http::Request const& request) const {
  // The handshake has proved who that is, if not that they may still come.
  if (request.certificate) return true;
  auto const credential = access::credential_of(request, services_.site.proxies);
  return credential && shown_lately_.knows(*credential);
}

lanes::ReadLanes& Dispatcher::line_of(Exchange const& exchange) const {
  return exchange.is_known ? lanes_.readers : lanes_.strangers;
}

lanes::ReadLanes& Dispatcher::reading_lane(Exchange const& exchange) const {
  switch (exchange.route.lane) {
    case http::Lane::slow_read: return lanes_.slow_readers;
    case http::Lane::build: return lanes_.builders;
    default: return line_of(exchange);
  }
}

// Runs a step on a lane and hands on what came of it. A refusal, a lane that is full and a database
// that does not answer are answered here.
template <class Step, class Then>
void Dispatcher::on_lane(lanes::ReadLanes& lane, Shared const& exchange, Step step, Then then) {
  auto run = [this, exchange, step, then](ledger::ReadTx& tx) {
    using Came = std::invoke_result_t<Step, ledger::ReadTx&>;
    auto came = Came(Error(Problem::storage_unavailable));
    try {
      came = guarded(*exchange, [&] { return step(tx); });
    } catch (sql::StorageError const& fault) {
      faults_.tell("read_failed", fault.what(), fault.code());
    }
    if (came)
      then(*std::move(came));
    else
      answer(*exchange, came.error());
  };
  auto unseen = [this, exchange] { answer(*exchange, Error(Problem::storage_unavailable)); };
  bool const queued = lane.post(std::move(run), exchange->position, std::move(unseen));
  if (!queued) answer(*exchange, Error(Problem::overloaded));
}

// What is refused, or answered without a write, never reaches the writer, which reads no body
// either but that of a use.
void Dispatcher::look(Shared const& exchange) {
  using Answer = std::optional<http::Response>;
  on_lane(
      line_of(*exchange), exchange,
      [this, exchange](ledger::ReadTx& tx) -> Result<Answer> {
        auto const& route = exchange->route;
        if (auto const admitted = admit(*exchange, tx); !admitted) return admitted.error();
        bool const is_json = route.face == access::Face::json && !route.decides_first;
        if (is_json && !exchange->request.body.empty()) {
          if (auto const& json = exchange->call.json(); !json) return json.error();
        }
        return route.look == nullptr ? Result<Answer>(Answer()) : route.look(exchange->call, tx);
      },
      [this, exchange](Answer&& answered) {
        if (answered)
          answer(*exchange, *std::move(answered));
        else
          write(exchange);
      });
}

template <class Step>
std::invoke_result_t<Step> Dispatcher::guarded(Exchange const& exchange, Step step) {
  try {
    return step();
  } catch (sql::StorageError const& fault) {
    switch (fault.fault()) {
      case sql::StorageFault::conflict: return Error(Problem::conflict);
      case sql::StorageFault::full:
      case sql::StorageFault::fatal:
      case sql::StorageFault::unavailable: throw;
      case sql::StorageFault::broken_rule:
      case sql::StorageFault::other: break;
    }
    return told(exchange, fault.what(), fault.code());
  } catch (std::exception const& fault) {
    return told(exchange, fault.what(), 0);
  }
}

Error Dispatcher::told(Exchange const& exchange, std::string_view what, std::int64_t code) {
  auto const where = std::string(exchange.route.pattern) + ": " + std::string(what);
  faults_.tell("handler_failed", where, code);
  return Error(Problem::internal);
}

Result<void> Dispatcher::identify(Exchange& exchange, ledger::ReadTx& tx, access::Part part) {
  auto const now = services_.clock.now();
  exchange.call.know({}, std::nullopt, now);
  auto identified =
      exchange.shown
          ? access::ask_again(tx, exchange.request, exchange.route, services_, now, *exchange.shown)
          : access::authenticate(tx, exchange.request, exchange.route, services_, now, part);
  auto allowed = Result<void>();
  if (identified) {
    exchange.shown = exchange.shown.value_or(identified->shown);
    exchange.call.know(std::move(identified->caller), identified->session, now);
    allowed = access::authorise(exchange.route, exchange.call.caller());
  } else {
    allowed = identified.error();
  }
  note_shown(exchange, allowed.has_value());
  return allowed;
}

// What is good is known for a while; what no longer is goes back to the strangers' line.
void Dispatcher::note_shown(Exchange const& exchange, bool is_good) {
  bool const is_somebody = exchange.shown && exchange.shown->as != access::Shown::As::nothing;
  if (is_good ? exchange.is_known || !is_somebody : !exchange.is_known) return;
  auto const credential = access::credential_of(exchange.request, services_.site.proxies);
  if (!credential) return;
  if (is_good)
    shown_lately_.note(*credential);
  else
    shown_lately_.forget(*credential);
}

Result<void> Dispatcher::admit(Exchange& exchange, ledger::ReadTx& tx) {
  bool const is_judged = exchange.shown.has_value();
  if (auto const known = identify(exchange, tx, access::Part::whole); !known) return known.error();
  // Origin and token stand in the request itself: they were looked at once.
  if (is_judged || !is_write(exchange.request.method)) return {};
  return access::check_write_origin(exchange.call, exchange.route);
}

// Who stands in a line that is slow for everybody has been judged in another one.
void Dispatcher::read(Shared const& exchange) {
  bool const is_slow = &reading_lane(*exchange) != &line_of(*exchange);
  if (!is_slow) {
    read_there(exchange);
    return;
  }
  on_lane(
      line_of(*exchange), exchange,
      [this, exchange](ledger::ReadTx& tx) -> Result<bool> {
        auto const admitted = admit(*exchange, tx);
        return admitted ? Result<bool>(true) : Result<bool>(admitted.error());
      },
      [this, exchange](bool) { read_there(exchange); });
}

void Dispatcher::read_there(Shared const& exchange) {
  on_lane(
      reading_lane(*exchange), exchange,
      [this, exchange](ledger::ReadTx& tx) -> Result<http::Response> {
        if (auto const admitted = admit(*exchange, tx); !admitted) return admitted.error();
        return exchange->route.read(exchange->call, tx);
      },
      [this, exchange](http::Response&& response) { answer(*exchange, std::move(response)); });
}

void Dispatcher::prepare(Shared const& exchange) {
  on_lane(
      reading_lane(*exchange), exchange,
      [this, exchange](ledger::ReadTx& tx) -> Result<access::Work> {
        if (auto const admitted = admit(*exchange, tx); !admitted) return admitted.error();
        return exchange->route.prepare(exchange->call, tx);
      },
      [this, exchange](access::Work&& work) {
        if (work.answer)
          answer(*exchange, *std::move(work.answer));
        else if (work.run)
          work_off(exchange, std::move(work));
        else
          write(exchange);
      });
}

void Dispatcher::work_off(Shared const& exchange, access::Work&& work) {
  auto& lane = exchange->route.lane == http::Lane::password ? lanes_.passwords : lanes_.work;
  auto const turn =
      work.goes_ahead ? lanes::WorkLane::Turn::ahead : lanes::WorkLane::Turn::in_order;
  // Passwords are a stranger's work: one network does not fill their line.
  auto const address = access::client_address(exchange->request, services_.site.proxies);
  auto const of = exchange->route.lane == http::Lane::password ? domain::network_of(address).text()
                                                               : std::string();
  auto run = [this, exchange, work = std::move(work)] {
    auto const done = guarded(*exchange, [&]() -> Result<http::Response> {
      exchange->call.prepared = work.run();
      return http::Response{};
    });
    if (done)
      write(exchange);
    else
      answer(*exchange, done.error());
  };
  if (!lane.post(std::move(run), turn, of)) answer(*exchange, Error(Problem::overloaded));
}

void Dispatcher::write(Shared const& exchange) {
  auto const queued = lanes_.writer.post(
      [this, exchange](ledger::WriteTx& tx) {
        exchange->result = guarded(*exchange, [&] { return run_write(*exchange, tx); });
        return commits(*exchange->result);
      },
      [this, exchange](lanes::JobEnd end, lanes::Position position) {
        exchange->position = position;
        if (lanes::went_wrong(end) || !exchange->result) {
          exchange->result = Error(Problem::storage_unavailable);
        }
        tell(exchange);
      },
      exchange->route.decides_first ? lanes::JobShape::decides_first : lanes::JobShape::any);
  if (!queued) answer(*exchange, Error(Problem::overloaded));
}

// On the writer's thread: what costs more than handing on is done elsewhere.
void Dispatcher::tell(Shared const& exchange) {
  // Whoever lets go of it last answers: a lane that is full, or whose job could not begin, must not
  // make a failure of what is committed.
  std::shared_ptr<void> const at_last(
      nullptr, [this, exchange](void*) { answer(*exchange, std::move(*exchange->result)); });
  auto const& result = *exchange->result;
  bool const is_made = result && !result->body_to_draw;
  if (!is_made) lanes_.readers.post([at_last](ledger::ReadTx&) {});
}

Result<http::Response> Dispatcher::run_write(Exchange& exchange, ledger::WriteTx& tx) {
  if (auto const admitted = admit(exchange, tx); !admitted) return admitted.error();
  bool const keyed = exchange.route.creates && exchange.request.has_header("idempotency-key");
  if (keyed) return create_once(exchange.call, exchange.route, tx);
  return exchange.route.write(exchange.call, tx);
}

http::Response Dispatcher::refusal(Exchange const& exchange, Error const& error) const {
  auto const& request = exchange.request;
  if (exchange.route.face == access::Face::page) {
    if (is_write(request.method)) {
      auto held = pages::held_page(error, exchange.call, page_with_form(request));
      if (held) return *std::move(held);
    }
    return pages::problem_page(error, exchange.call);
  }
  // Who opens an address of the API in a browser; what tells of fields or of a card is for clients.
  bool const plain = error.fields.empty() && error.problem != Problem::unreadable &&
                     status_of(error.problem) != 401 && !is_write(request.method);
  if (plain && pages::wants_page(request)) return pages::problem_page(error, exchange.call);
  return api::problem(error, request);
}

// What was typed lies sealed in the address that a form leads back to. Where that is longer than an
// address may be, the page is drawn at once; what the form wrote has been taken back before.
bool Dispatcher::opens_in_place(Exchange& exchange, http::Response const& led) {
  auto const address = led.location();
  auto const cut = address.find('?');
  bool const is_long = address.size() > pages::longest_address && cut != address.npos;
  if (!led.keeps_nothing || !is_long || exchange.is_in_place) return false;
  auto plan = router_.plan(exchange.request.listener, http::Method::get, address.substr(0, cut));
  if (plan.route < 0) return false;
  auto const& route = routes_[static_cast<std::size_t>(plan.route)];
  if (route.constant != nullptr) return false;
  // It stays a POST, and its form goes along: were the session over by now, that would be held.
  // What may throw stands before the request and its reply are given away, or answers by the
  // page's.
  std::string path(address.substr(0, cut));
  std::string query(address.substr(cut + 1));
  auto const page = std::make_shared<Exchange>(std::move(plan), std::move(exchange.request),
                                               std::move(exchange.reply), route, services_);
  page->request.path = std::move(path);
  page->request.query = std::move(query);
  page->is_in_place = true;
  page->is_known = exchange.is_known;
  page->position = exchange.position;
  page->shown = std::move(exchange.shown);
  auto const begun = guarded(*page, [&]() -> Result<void> {
    begin(page);
    return {};
  });
  if (!begun) answer(*page, begun.error());
  return true;
}

// A refusal is rendered here, on whatever lane: what that throws must end neither lane nor process.
void Dispatcher::answer(Exchange& exchange, Result<http::Response>&& result) {
  http::Response response;
  try {
    if (result && opens_in_place(exchange, *result)) return;
    response = result ? std::move(*result) : refusal(exchange, result.error());
    response.draw();
  } catch (std::exception const& fault) {
    response = api::problem(told(exchange, fault.what(), 0), exchange.request);
  }
  // Not before: a page that writes who looked would be taken back with such a status.
  bool const is_refusal = exchange.is_in_place && response.tells_faults && response.status == 200;
  if (is_refusal) response.status = status_of(Problem::validation_failed);
  auto const& actor = exchange.call.caller().actor;
  if (actor.kind != domain::ActorKind::system) response.actor = actor.text();
  exchange.reply(std::move(response));
}

}  // namespace kaiku
