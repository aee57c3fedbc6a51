// What a handler or its page throws ends that request alone.
#include "server/app/dispatcher.hpp"

#include <sqlite3.h>

#include <array>
#include <future>

#include "server/ledger/ledger.hpp"
#include "server/pages/frame/page.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using domain::Role;

http::Response undrawable(int status) {
  http::Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body_to_draw = []() -> std::string { throw std::runtime_error("no such template"); };
  return response;
}

Result<http::Response> read_undrawable(access::Call const&, ledger::ReadTx&) {
  return undrawable(200);
}
Result<http::Response> refuse_undrawable(access::Call&, ledger::WriteTx&) {
  return undrawable(422);
}
Result<std::optional<http::Response>> look_and_throw(access::Call const&, ledger::ReadTx&) {
  throw std::logic_error("a look's own fault");
}

Result<http::Response> write_and_go_on(access::Call&, ledger::WriteTx& tx) {
  ledger::append(tx, {}, ledger::ClockStep{});
  return pages::see_other("/drawn");
}
Result<http::Response> write_and_go_back(access::Call&, ledger::WriteTx& tx) {
  ledger::append(tx, {}, ledger::ClockStep{});
  return pages::back_to("/drawn");
}

// What was typed makes the address longer than any may be.
Result<http::Response> write_and_go_far_back(access::Call& call, ledger::WriteTx& tx) {
  ledger::append(tx, {}, ledger::ClockStep{});
  return pages::back_to("/typed/" + call.request().query + "?k=" + std::string(5'000, 'a'));
}
http::Response typed_page(access::Call const& call) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.tells_faults = call.parameter(0) != "question";
  response.body_to_draw = [size = call.request().query.size()] { return std::to_string(size); };
  return response;
}

// Where the form's bytes lie, which are too many to be copied on the writer's thread.
std::string place_of_body(access::Call const& call) {
  return std::to_string(reinterpret_cast<std::uintptr_t>(call.request().body.data()));
}
Result<http::Response> write_and_say_where(access::Call& call, ledger::WriteTx&) {
  return pages::back_to("/body?at=" + place_of_body(call) + "&k=" + std::string(5'000, 'a'));
}
Result<http::Response> show_where(access::Call const& call, ledger::ReadTx&) {
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  bool const is_there = call.request().query.starts_with("at=" + place_of_body(call) + "&");
  response.body = is_there ? "where it was" : "copied";
  return response;
}

Result<http::Response> show_what_was_typed(access::Call const& call, ledger::ReadTx&) {
  return typed_page(call);
}
Result<http::Response> show_and_write_who_looked(access::Call& call, ledger::WriteTx& tx) {
  ledger::append(tx, {}, ledger::ClockStep{});
  return typed_page(call);
}

constexpr access::Route route(http::Method method, std::string_view pattern) {
  return {method, pattern, access::anybody, access::Scope::none, http::Lane::read, 1024};
}
constexpr auto read_route = [] {
  auto made = route(http::Method::get, "/drawn");
  made.face = access::Face::page;
  made.read = read_undrawable;
  return made;
}();
constexpr auto write_route = [] {
  auto made = route(http::Method::post, "/refused");
  made.write = refuse_undrawable;
  return made;
}();
constexpr auto look_route = [] {
  auto made = route(http::Method::post, "/looked");
  made.write = refuse_undrawable;
  made.look = look_and_throw;
  return made;
}();
constexpr auto writes_and(std::string_view pattern, access::WriteHandler fn) {
  auto made = route(http::Method::post, pattern);
  made.write = fn;
  return made;
}
constexpr auto typed_route = [] {
  auto made = route(http::Method::get, "/typed/{word}");
  made.face = access::Face::page;
  made.read = show_what_was_typed;
  return made;
}();
constexpr auto body_route = [] {
  auto made = route(http::Method::get, "/body");
  made.face = access::Face::page;
  made.read = show_where;
  return made;
}();
constexpr auto looked_at_route = [] {
  auto made = route(http::Method::get, "/typed/{word}/looked-at");
  made.face = access::Face::page;
  made.write = show_and_write_who_looked;
  return made;
}();
constexpr std::array table{read_route,
                           write_route,
                           look_route,
                           typed_route,
                           looked_at_route,
                           body_route,
                           writes_and("/done", write_and_go_on),
                           writes_and("/back", write_and_go_back),
                           writes_and("/far-back", write_and_go_far_back),
                           writes_and("/far-back-with-body", write_and_say_where)};

class Dispatching : public ServerTest {
 protected:
  Dispatching()
      : readers_(file(), app().services().keys, 1, 16),
        work_(1, 16),
        dispatcher_(table, app().services(),
                    Lanes{app().writer(), readers_, readers_, readers_, readers_, work_, work_},
                    faults_),
        application_(dispatcher_.application()) {}
  std::string file() const { return (folder().path() / "installation" / "kaiku.db").string(); }

  http::Response answer_to(http::Method method, std::string const& path,
                           std::string const& query = "", std::string const& body = "") {
    http::Request request;
    request.method = method;
    request.path = path;
    request.query = query;
    request.body = body;
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    request.peer = "192.0.2.1";
    std::promise<http::Response> answered;
    auto plan = application_.plan(request.listener, method, path);
    application_.dispatch(std::move(plan), std::move(request), [&](http::Response&& response) {
      answered.set_value(std::move(response));
    });
    return answered.get_future().get();
  }
  int status_of(http::Method method, std::string const& path) {
    auto const response = answer_to(method, path);
    EXPECT_EQ(Json::parse(response.body).at("type"), "/problems/internal") << response.body;
    return response.status;
  }

  telemetry::Log log_{-1};
  telemetry::Metrics metrics_;
  telemetry::FaultReport faults_{log_, metrics_};
  lanes::ReadLanes readers_;
  lanes::WorkLane work_;
  Dispatcher dispatcher_;
  http::Application application_;
};

TEST_F(Dispatching, a_page_that_cannot_be_drawn_is_an_answer_of_500) {
  EXPECT_EQ(status_of(http::Method::get, "/drawn"), 500);
  EXPECT_EQ(status_of(http::Method::get, "/drawn"), 500) << "the lane goes on";
}

TEST_F(Dispatching, a_refusal_that_cannot_be_drawn_leaves_the_writer_at_work) {
  EXPECT_EQ(status_of(http::Method::post, "/refused"), 500);
  EXPECT_EQ(status_of(http::Method::post, "/looked"), 500);
  auto const before = sequence();
  write([](ledger::WriteTx& tx) { ledger::append(tx, {}, ledger::ClockStep{}); });
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(Dispatching, a_way_back_to_the_form_takes_back_what_was_written_and_a_result_keeps_it) {
  auto const before = sequence();
  EXPECT_EQ(answer_to(http::Method::post, "/back").status, 303);
  EXPECT_EQ(sequence(), before);
  EXPECT_EQ(answer_to(http::Method::post, "/done").status, 303);
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(Dispatching, a_form_that_fits_no_address_comes_back_in_place_and_keeps_nothing) {
  auto const before = sequence();
  auto const faulty = answer_to(http::Method::post, "/far-back", "fault");
  EXPECT_EQ(faulty.status, 422);
  EXPECT_EQ(faulty.body, "5002");
  EXPECT_EQ(faulty.location(), "");
  EXPECT_EQ(answer_to(http::Method::post, "/far-back", "question").status, 200);
  EXPECT_EQ(sequence(), before);
}

TEST_F(Dispatching, a_form_that_comes_back_in_place_is_handed_on_and_not_copied) {
  auto const body = "{" + std::string(900, ' ') + "}";
  auto const page = answer_to(http::Method::post, "/far-back-with-body", "", body);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "where it was");
}

TEST_F(Dispatching, a_page_in_place_that_writes_who_looked_is_written) {
  auto const before = sequence();
  EXPECT_EQ(answer_to(http::Method::post, "/far-back", "fault/looked-at").status, 422);
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(Dispatching, an_answer_whose_commit_failed_is_told_as_that) {
  registered(1);
  auto const before = sequence();
  auto const set = [&](int (*hook)(void*)) {
    return app().writer().run([hook](ledger::WriteTx& tx) {
      sqlite3_commit_hook(tx.connection().native(), hook, nullptr);
      return hook != nullptr;
    });
  };
  EXPECT_EQ(set([](void*) { return 1; }), lanes::JobEnd::failed);
  auto const refused = redeem(net.codes[0], net.pool);
  EXPECT_EQ(refused.status, 503) << refused;
  EXPECT_EQ(set(nullptr), lanes::JobEnd::rolled_back);
  EXPECT_EQ(sequence(), before) << "nothing was written";
  EXPECT_EQ(redeem(net.codes[0], net.pool).status, 201);
}

}  // namespace
}  // namespace kaiku::test
