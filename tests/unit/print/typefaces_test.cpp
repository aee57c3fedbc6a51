#include "server/print/typefaces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fontconfig/fontconfig.h>

#include <stdexcept>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::print {
namespace {

// What fontconfig keeps for the whole program goes at its end, so that a leak checker tells of
// documents alone.
class GivesBackAtTheEnd : public testing::Environment {
 public:
  void TearDown() override { FcFini(); }
};
[[maybe_unused]] auto* const at_the_end = testing::AddGlobalTestEnvironment(new GivesBackAtTheEnd);

TEST(Typefaces, that_are_missing_are_told_and_not_replaced) {
  test::TemporaryFolder const empty;
  EXPECT_THAT([&] { typefaces_in(empty.path()); },
              testing::ThrowsMessage<std::runtime_error>(
                  testing::HasSubstr("NotoSans-Regular.ttf (Debian: fonts-noto-core")));
}

}  // namespace
}  // namespace kaiku::print
