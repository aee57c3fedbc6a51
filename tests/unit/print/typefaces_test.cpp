#include "server/print/typefaces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#ifdef __SANITIZE_ADDRESS__
#include <fontconfig/fontconfig.h>
#endif

#include <stdexcept>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::print {
namespace {

#ifdef __SANITIZE_ADDRESS__
// What fontconfig keeps for the whole program goes at its end, so that a leak checker tells of
// documents alone. Nowhere else: Pango's own threads, which nobody can wait for, may still look for
// typefaces of a document that has ended, and fontconfig aborts when it goes under them.
class GivesBackAtTheEnd : public testing::Environment {
 public:
  void TearDown() override { FcFini(); }
};
[[maybe_unused]] auto* const at_the_end = testing::AddGlobalTestEnvironment(new GivesBackAtTheEnd);
#endif

TEST(Typefaces, that_are_missing_are_told_and_not_replaced) {
  test::TemporaryFolder const empty;
  EXPECT_THAT([&] { typefaces_in(empty.path()); },
              testing::ThrowsMessage<std::runtime_error>(
                  testing::HasSubstr("NotoSans-Regular.ttf (Debian: fonts-noto-core")));
}

}  // namespace
}  // namespace kaiku::print
