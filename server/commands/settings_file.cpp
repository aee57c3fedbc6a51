#include "server/commands/settings_file.hpp"

#include <algorithm>
#include <memory>

namespace kaiku::commands {
namespace {

// CLI11 reads a file for the root alone, where a command's settings would need a section of its
// name.
class FlatSettings final : public CLI::ConfigTOML {
 public:
  explicit FlatSettings(CLI::App const& root) : root_(root) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& in) const override {
    auto settings = CLI::ConfigTOML::from_config(in);
    std::vector<std::string> chosen;  // "postcodes", "import"
    for (auto below = root_.get_subcommands(); !below.empty();
         below = below.front()->get_subcommands()) {
      chosen.push_back(below.front()->get_name());
    }
    for (auto& item : settings) {
      if (item.name == "++" || item.name == "--") continue;  // marks of sections
      std::ranges::replace(item.name, '_', '-');
      if (item.parents.empty()) item.parents = chosen;
    }
    return settings;
  }

 private:
  CLI::App const& root_;
};

}  // namespace

void take_settings_file(CLI::App& root) {
  root.allow_config_extras(CLI::config_extras_mode::error);
  root.config_formatter(std::make_shared<FlatSettings>(root));
  root.set_config("--config", "", "TOML file with a command's options by their long names");
}

}  // namespace kaiku::commands
