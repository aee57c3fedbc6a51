// The commands of kaiku-server on an installation of their own: what they say is what happened.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <fstream>

#include "server/commands/command.hpp"
#include "tests/support/server_fixture.hpp"

namespace kaiku::test {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

class Commands : public ServerTest {
 protected:
  // What the command said, both streams; its exit code first.
  std::string import(std::string const& text, bool dry_run = false) {
    auto const file = folder().path() / "postcodes.csv";
    std::ofstream(file, std::ios::binary) << text;
    CaptureStdout();
    CaptureStderr();
    auto const code = commands::import_postcodes({folder().path() / "installation", false}, "kaiku",
                                                 file, dry_run);
    return std::to_string(code) + " " + GetCapturedStdout() + GetCapturedStderr();
  }
  std::vector<std::string> municipalities_of(std::string const& postcode) {
    std::vector<std::string> found;
    write([&](ledger::WriteTx& tx) { found = tables::municipalities_of_postcode(tx, postcode); });
    return found;
  }
};

TEST_F(Commands, an_import_of_postcodes_replaces_the_table_by_something_or_not_at_all) {
  auto const before = sequence();
  for (auto const* text : {"", "postinumero;kunta\r\n", "00100\r02100", "1;2", "00100;091\n",
                           "50100;491\nnonsense\n"}) {
    EXPECT_THAT(import(text), HasSubstr("Nothing was imported")) << text;
    EXPECT_EQ(municipalities_of("50670").size(), 2U) << text;
  }
  EXPECT_EQ(sequence(), before);
  auto const tried = import(
      "\xef\xbb\xbf"
      "50100,491\r96100,698\r00100,091\r",
      true);
  EXPECT_THAT(tried, HasSubstr("0 3 rows could be imported."));
  EXPECT_THAT(tried, HasSubstr("1 of them are of municipalities that no area has."));
  EXPECT_THAT(tried, HasSubstr("No row is of these municipalities of the network: 097"));
  EXPECT_EQ(sequence(), before);
  EXPECT_THAT(import("50100,491\r96100,698\r00100,091\r"), HasSubstr("0 3 rows imported."));
  EXPECT_EQ(municipalities_of("50670").size(), 0U);
  EXPECT_EQ(sequence(), before + 1);
}

TEST_F(Commands, an_installation_that_could_not_write_says_so) {
  TemporaryFolder other;
  SystemRandom random;
  Installation installation(other.path(), "kaiku", clock(), random, {}, {2, 1, 1});
  EXPECT_TRUE(installation.write([](ledger::WriteTx&) { return true; }));
  EXPECT_FALSE(installation.write([](ledger::WriteTx&) { return false; }));
  EXPECT_THROW(installation.write([](ledger::WriteTx& tx) {
    sqlite3_commit_hook(
        tx.connection().native(), [](void*) { return 1; }, nullptr);
    return true;
  }),
               std::runtime_error);
}

TEST_F(Commands, that_make_or_reset_an_account_print_the_whole_link) {
  TemporaryFolder other;
  commands::Common const common{other.path() / "installation", false};
  auto const site = url_of("kaiku.example", 443);
  EXPECT_EQ(site, "https://kaiku.example") << "as browsers write it";
  EXPECT_EQ(url_of("::1", 8443), "https://[::1]:8443");
  auto const link_said = [&](auto const& command) {
    CaptureStdout();
    EXPECT_EQ(command(), commands::good);
    auto const said = GetCapturedStdout();
    auto const at = said.find(site + "/set-up/");
    EXPECT_NE(at, std::string::npos) << said;
    return at == std::string::npos ? said : said.substr(at, said.find('\n', at) - at);
  };
  auto const first =
      link_said([&] { return commands::init(common, "kaiku", site, true, "admin"); });
  EXPECT_EQ(first.size(), site.size() + 8 + 43) << first;
  auto const second = link_said([&] {
    return commands::user_add(common, "kaiku", site, "tuki", "national_coordinator", "");
  });
  auto const third =
      link_said([&] { return commands::user_reset(common, "kaiku", site, "admin"); });
  EXPECT_NE(second, first);
  EXPECT_NE(third, first);
}

TEST_F(Commands, an_import_names_a_bad_line) {
  auto const file = folder().path() / "postcodes.csv";
  std::ofstream(file) << "50100;491\nnonsense\n";
  ::testing::internal::CaptureStderr();
  commands::import_postcodes({folder().path() / "installation", false}, "kaiku", file, false);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), ::testing::HasSubstr("Line 2 "));
}

}  // namespace
}  // namespace kaiku::test
