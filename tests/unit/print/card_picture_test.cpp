#include "server/print/card_picture.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/print/sample.hpp"

namespace kaiku::print {
namespace {

using ::testing::HasSubstr;

class CardPicture : public ::testing::Test {
 protected:
  std::string said_by(std::string const& command) const {
    std::string text;
    std::unique_ptr<FILE, int (*)(FILE*)> const pipe(popen(command.c_str(), "r"), &pclose);
    std::array<char, 512> part{};
    while (std::fgets(part.data(), static_cast<int>(part.size()), pipe.get()) != nullptr) {
      text += part.data();
    }
    return text;
  }
  std::string file_of(Bytes const& png) const {
    auto const path = folder_.file("kortti.png");
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<char const*>(png.data()), static_cast<std::streamsize>(png.size()));
    return path;
  }
  test::TemporaryFolder folder_;
};

TEST_F(CardPicture, is_read_by_others_as_the_card) {
  for (auto const& card : {sample::stock_card(317), sample::made_card()}) {
    auto const file = file_of(card_picture(card));
    EXPECT_EQ(said_by("zbarimg --nodbus --raw -q " + file), card.token() + "\n");
  }
}

TEST_F(CardPicture, is_a_png_of_the_size_of_a_telephone) {
  auto const png = card_picture(sample::made_card());
  std::string const head(png.begin(), png.begin() + 24);
  EXPECT_EQ(head.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(head.substr(16, 8), std::string("\0\0\x02\xd0\0\0\x03\x80", 8)) << "720 × 896";
  EXPECT_LT(png.size(), 60u * 1024);
}

TEST_F(CardPicture, of_the_same_card_is_the_same) {
  EXPECT_EQ(card_picture(sample::made_card()), card_picture(sample::made_card()));
}

}  // namespace
}  // namespace kaiku::print
