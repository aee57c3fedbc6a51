// What an operator asks, and what strangers learn of it: nothing.
#include <gmock/gmock.h>

#include "server/app/readiness.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;

class Operations : public ServerTest {};

TEST_F(Operations, readiness_tells_no_number) {
  auto const before = get(nobody, "/readyz");
  EXPECT_EQ(before.body, (Json{{"status", "ready"}}));
  registered(1);
  EXPECT_EQ(get(nobody, "/readyz").text, before.text) << "a registration is nobody's business";
}

TEST_F(Operations, readiness_is_that_of_the_lane_which_serves_those_who_work_here) {
  auto const file = (folder().path() / "installation" / "kaiku.db").string();
  telemetry::Log log(-1);
  telemetry::Metrics metrics;
  telemetry::FaultReport faults(log, metrics);
  lanes::ReadLanes readers(file, app().services().keys, 1, 4);
  EXPECT_TRUE(Readiness(readers, faults).is_ready());
  readers.stop();
  EXPECT_FALSE(Readiness(readers, faults).is_ready());
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_not_ready_total 1"));
}

TEST_F(Operations, metrics_answer_this_machine_and_nobody_from_elsewhere) {
  EXPECT_EQ(get(nobody, "/metrics").status, 200);
  for (auto const& who : {from("203.0.113.9"), from("203.0.113.9", as("admin"))}) {
    auto const refused = get(who, "/metrics");
    EXPECT_EQ(refused.status, 403) << refused;
    EXPECT_THAT(refused.body.value("detail", ""), HasSubstr("bearer token"));
  }
}

}  // namespace
}  // namespace kaiku::test
