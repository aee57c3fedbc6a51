#include "server/app/dispatcher.hpp"

#include <nlohmann/json.hpp>

#include "schema/contract/idempotency_key.hpp"
#include "schema/crypto/crypto.hpp"
#include "server/access/call/authenticate.hpp"
#include "server/api/replies.hpp"
#include "server/pages/frame/frame.hpp"
#include "server/tables/idempotent_answers.hpp"

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
bool commits(Result<http::Response> const& result) { return result && result->status < 400; }

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
  std::optional<Result<http::Response>> result;  // of the write step, told after the commit
};

Dispatcher::Dispatcher(std::span<access::Route const> routes, access::Services& services,
                       Lanes lanes, telemetry::FaultReport& faults)
    : routes_(routes),
      services_(services),
      lanes_(lanes),
      faults_(faults),
      router_(shapes_of(routes)) {}

http::Application Dispatcher::application() {
  http::Application application;
  application.plan = [this](http::Listener listener, http::Method method, std::string_view path) {
    return router_.plan(listener, method, path);
  };
  application.dispatch = [this](http::RoutePlan&& plan, http::Request&& request,
                                http::Reply reply) {
    dispatch(std::move(plan), std::move(request), std::move(reply));
  };
  application.problem = [](int status, std::string_view slug, http::Request const& request) {
    auto const problem = problem_from(slug);
    auto response = api::problem(Error(problem.value_or(Problem::malformed_request)), request);
    response.status = status;
    return response;
  };
  return application;
}

void Dispatcher::dispatch(http::RoutePlan&& plan, http::Request&& request, http::Reply reply) {
  auto const& route = routes_[static_cast<std::size_t>(plan.route)];
  auto const exchange = std::make_shared<Exchange>(std::move(plan), std::move(request),
                                                   std::move(reply), route, services_);
  if (route.constant != nullptr) {
    exchange->reply(route.constant(exchange->call));
  } else if (route.read != nullptr) {
    read(exchange);
  } else if (route.prepare != nullptr) {
    prepare(exchange);
  } else {
    write(exchange);
  }
}

template <class Step>
Result<http::Response> Dispatcher::guarded(Exchange const& exchange, Step step) {
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

Result<void> Dispatcher::admit(Exchange& exchange, ledger::ReadTx& tx) {
  auto const now = services_.clock.now();
  exchange.call.know({}, std::nullopt, now);
  auto identified = access::authenticate(tx, exchange.request, exchange.route, services_, now);
  if (!identified) return identified.error();
  auto const session = identified->session;
  exchange.call.know(std::move(identified->caller), session, now);
  if (auto const may = access::authorise(exchange.route, exchange.call.caller()); !may) {
    return may.error();
  }
  if (!is_write(exchange.request.method)) return {};
  return access::check_write_origin(exchange.request, exchange.route, session, services_);
}

void Dispatcher::read(Shared const& exchange) {
  bool const slow = exchange->route.lane == http::Lane::slow_read;
  auto& readers = slow ? lanes_.slow_readers : lanes_.readers;
  auto const queued = readers.post([this, exchange](ledger::ReadTx& tx) {
    auto result = Result<http::Response>(Error(Problem::storage_unavailable));
    try {
      result = guarded(*exchange, [&]() -> Result<http::Response> {
        if (auto const admitted = admit(*exchange, tx); !admitted) return admitted.error();
        return exchange->route.read(exchange->call, tx);
      });
    } catch (sql::StorageError const& fault) {
      faults_.tell("read_failed", fault.what(), fault.code());
    }
    answer(*exchange, std::move(result));
  });
  if (!queued) answer(*exchange, Error(Problem::overloaded));
}

void Dispatcher::prepare(Shared const& exchange) {
  auto const work_queued = [this, exchange](access::Work&& work) {
    auto& lane = exchange->route.lane == http::Lane::password ? lanes_.passwords : lanes_.work;
    auto const turn =
        work.goes_ahead ? lanes::WorkLane::Turn::ahead : lanes::WorkLane::Turn::in_order;
    auto const queued = lane.post([this, exchange, work = std::move(work)] {
      auto const done = guarded(
          *exchange,
          [&]() -> Result<http::Response> {
            exchange->call.prepared = work();
            return http::Response{};
          },
          turn);
      if (done)
        write(exchange);
      else
        answer(*exchange, done.error());
    });
    if (!queued) answer(*exchange, Error(Problem::overloaded));
  };
  auto const queued = lanes_.readers.post([this, exchange, work_queued](ledger::ReadTx& tx) {
    std::optional<access::Work> work;
    auto refused = Result<http::Response>(Error(Problem::storage_unavailable));
    try {
      refused = guarded(*exchange, [&]() -> Result<http::Response> {
        if (auto const admitted = admit(*exchange, tx); !admitted) return admitted.error();
        auto prepared = exchange->route.prepare(exchange->call, tx);
        if (!prepared) return prepared.error();
        work = std::move(*prepared);
        return http::Response{};
      });
    } catch (sql::StorageError const& fault) {
      faults_.tell("read_failed", fault.what(), fault.code());
    }
    if (work)
      work_queued(std::move(*work));
    else
      answer(*exchange, std::move(refused));
  });
  if (!queued) answer(*exchange, Error(Problem::overloaded));
}

void Dispatcher::write(Shared const& exchange) {
  auto const queued = lanes_.writer.post(
      [this, exchange](ledger::WriteTx& tx) {
        exchange->result = guarded(*exchange, [&] { return run_write(*exchange, tx); });
        return commits(*exchange->result);
      },
      [this, exchange](lanes::JobEnd end) {
        if (lanes::went_wrong(end) || !exchange->result) {
          answer(*exchange, Error(Problem::storage_unavailable));
        } else {
          answer(*exchange, std::move(*exchange->result));
        }
      },
      exchange->route.decides_first ? lanes::JobShape::decides_first : lanes::JobShape::any);
  if (!queued) answer(*exchange, Error(Problem::overloaded));
}

Result<http::Response> Dispatcher::run_write(Exchange& exchange, ledger::WriteTx& tx) {
  if (auto const admitted = admit(exchange, tx); !admitted) return admitted.error();
  auto const key = exchange.request.header("idempotency-key");
  if (exchange.route.creates && !key.empty()) return run_creating(exchange, key, tx);
  return exchange.route.write(exchange.call, tx);
}

Result<http::Response> Dispatcher::run_creating(Exchange& exchange, std::string_view key,
                                                ledger::WriteTx& tx) {
  if (!contract::is_idempotency_key(key)) {
    return field_error("/headers/Idempotency-Key", FaultCode::not_a_key);
  }
  // Parsed values, so that spacing and the order of members do not matter; some send no body at
  // all.
  auto body = exchange.request.path + '\n';
  if (!exchange.request.body.empty()) {
    auto const json = exchange.call.json();
    if (!json) return json.error();
    body += json->dump();
  }
  auto const mac = crypto::hmac_sha256(services_.keys.body_mac, bytes_of(body));
  auto const& actor = exchange.call.caller().actor;
  if (auto kept = tables::find_idempotent_answer(tx, actor, key)) {
    if (!crypto::equal_constant_time(kept->body_mac, mac))
      return Error(Problem::idempotency_key_reused);
    http::Response response;
    response.content_type = "application/json";
    response.body = std::move(kept->body);
    if (!kept->location.empty()) response.with("Location", kept->location);
    return response;
  }
  auto result = exchange.route.write(exchange.call, tx);
  if (!result || result->status >= 300) return result;
  tables::IdempotentAnswer fresh{mac, result->status, "", result->body};
  for (auto const& [name, value] : result->headers) {
    if (name == "Location") fresh.location = value;
  }
  tables::insert_idempotent_answer(tx, actor, key, fresh);
  return result;
}

http::Response Dispatcher::refusal(Exchange const& exchange, Error const& error) const {
  if (exchange.route.face == access::Face::page) return pages::problem_page(error, exchange.call);
  return api::problem(error, exchange.request);
}

// A refusal is rendered here, on whatever lane: what that throws must end neither lane nor process.
void Dispatcher::answer(Exchange& exchange, Result<http::Response>&& result) {
  http::Response response;
  try {
    response = result ? std::move(*result) : refusal(exchange, result.error());
  } catch (std::exception const& fault) {
    response = api::problem(told(exchange, fault.what(), 0), exchange.request);
  }
  auto const& actor = exchange.call.caller().actor;
  if (actor.kind != domain::ActorKind::system) response.actor = actor.text();
  exchange.reply(std::move(response));
}

}  // namespace kaiku
