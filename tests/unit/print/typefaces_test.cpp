#include "server/print/typefaces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::print {
namespace {

TEST(Typefaces, that_are_missing_are_told_and_not_replaced) {
  test::TemporaryFolder const empty;
  EXPECT_THAT([&] { typefaces_in(empty.path()); },
              testing::ThrowsMessage<std::runtime_error>(
                  testing::HasSubstr("NotoSans-Regular.ttf (Debian: fonts-noto-core")));
}

}  // namespace
}  // namespace kaiku::print
