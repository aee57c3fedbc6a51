#include "server/telemetry/faults.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::telemetry {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Faults : ::testing::Test {
  ~Faults() override { ::close(descriptor); }
  std::string lines() const {
    std::ostringstream text;
    text << std::ifstream(folder.path() / "log").rdbuf();
    return text.str();
  }
  test::TemporaryFolder folder;
  int descriptor = ::open((folder.path() / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  Log log{descriptor};
  Metrics metrics;
  std::int64_t now_us = 0;
  FaultReport faults{log, metrics, [this] { return now_us; }};
};

TEST_F(Faults, are_a_line_and_a_count_each_kind_for_itself) {
  faults.tell("job_failed", "UNIQUE constraint failed", 2067);
  faults.tell("batch_failed", "disk \"full\"\n");
  EXPECT_THAT(lines(), HasSubstr(R"("event":"job_failed")"));
  EXPECT_THAT(lines(), HasSubstr("2067"));
  EXPECT_THAT(lines(), HasSubstr(R"(disk \"full\"\u000a)"));
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_job_failed_total 1"));
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_batch_failed_total 1"));
}

TEST_F(Faults, by_the_thousand_fill_no_disk_and_are_still_counted) {
  for (int n = 0; n < 1000; ++n) faults.tell("job_failed", "disk full");
  now_us += 1'000'000;
  faults.tell("job_failed", "disk full");
  auto const text = lines();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_THAT(text, HasSubstr(R"("untold_before":999)"));
  EXPECT_THAT(metrics.text(), HasSubstr("kaiku_job_failed_total 1001"));
}

}  // namespace
}  // namespace kaiku::telemetry
