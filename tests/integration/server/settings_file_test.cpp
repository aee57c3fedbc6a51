// What a file of settings says, and who wins.
#include "server/commands/settings_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace kaiku::commands {
namespace {

class SettingsFile : public ::testing::Test {
 protected:
  SettingsFile() {
    take_settings_file(root_);
    root_.require_subcommand(1);
    auto& serve = *root_.add_subcommand("serve");
    serve.fallthrough();
    serve.add_option("--device-port", port_)->envname("KAIKU_TEST_DEVICE_PORT");
    serve.add_option("--host", hosts_)->delimiter(',');
    serve.callback([this] { called_with_ = port_; });
    root_.add_subcommand("demo")->add_option("--seed", seed_);
  }
  void parse(std::string const& settings, std::vector<std::string> more = {}) {
    std::ofstream(folder_.file("kaiku.toml")) << settings;
    std::vector<std::string> words{"serve", "--config", folder_.file("kaiku.toml")};
    words.insert(words.end(), more.begin(), more.end());
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    root_.parse(words);
  }

  test::TemporaryFolder folder_;
  CLI::App root_;
  int port_ = 0;
  int called_with_ = 0;
  int seed_ = 0;
  std::string dir_;
  std::vector<std::string> hosts_;
};

TEST_F(SettingsFile, is_flat_and_is_read_before_the_command_runs) {
  parse("device-port = 9444\nhost = [\"kaiku.example\", \"localhost\"]\n");
  EXPECT_EQ(called_with_, 9444);
  EXPECT_EQ(hosts_, (std::vector<std::string>{"kaiku.example", "localhost"}));
}

TEST_F(SettingsFile, takes_underscores_for_hyphens_and_a_section_of_the_command) {
  parse("[serve]\ndevice_port = 9445\n");
  EXPECT_EQ(called_with_, 9445);
}

TEST_F(SettingsFile, gives_way_to_the_command_line) {
  parse("device_port = 9444\n", {"--device-port", "9555"});
  EXPECT_EQ(called_with_, 9555);
}

TEST_F(SettingsFile, wins_over_the_environment) {
  ::setenv("KAIKU_TEST_DEVICE_PORT", "9777", 1);
  parse("device_port = 9444\n");
  EXPECT_EQ(called_with_, 9444);
  called_with_ = port_ = 0;
  parse("host = \"kaiku.example\"\n");
  EXPECT_EQ(called_with_, 9777);
  ::unsetenv("KAIKU_TEST_DEVICE_PORT");
}

TEST_F(SettingsFile, is_of_a_command_within_a_command_too) {
  auto& import = *root_.add_subcommand("postcodes")->add_subcommand("import");
  import.fallthrough();
  import.add_option("--dir", dir_);
  std::ofstream(folder_.file("kaiku.toml")) << "dir = \"/var/lib/kaiku\"\n";
  std::vector<std::string> words{"import", "postcodes", folder_.file("kaiku.toml"), "--config"};
  root_.parse(words);
  EXPECT_EQ(dir_, "/var/lib/kaiku");
}

TEST_F(SettingsFile, names_a_setting_that_the_command_does_not_have) {
  try {
    parse("device_prot = 9444\n");
    FAIL() << "a slip of the finger was passed over";
  } catch (CLI::ParseError const& fault) {
    EXPECT_NE(std::string(fault.what()).find("device-prot"), std::string::npos) << fault.what();
  }
  EXPECT_EQ(called_with_, 0);
}

TEST_F(SettingsFile, has_to_be_there) {
  std::vector<std::string> words{folder_.file("nothing.toml"), "--config", "serve"};
  EXPECT_THROW(root_.parse(words), CLI::ParseError);
}

}  // namespace
}  // namespace kaiku::commands
