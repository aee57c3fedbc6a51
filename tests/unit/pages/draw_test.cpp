#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/pages/sample.hpp"

namespace kaiku::pages {
namespace {

// Leaves every page as a file, so that a person can look at them without a server.
TEST(Pages, draw_to_files_for_looking_at) {
  auto const folder = std::filesystem::path(KAIKU_BINARY_DIR) / "pages";
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(
      std::filesystem::path(KAIKU_SOURCE_DIR) / "server/pages/frame/assets/kaiku.css",
      folder / "kaiku.css", std::filesystem::copy_options::overwrite_existing);
  for (auto const language : contract::languages) {
    for (auto const& [name, html] : sample::every_page(language)) {
      auto local = html;
      auto const at = local.find("/assets/kaiku-");
      ASSERT_NE(at, std::string::npos);
      local.replace(at, local.find('"', at) - at, "kaiku.css");
      auto const file = folder / (name + "." + std::string(contract::code_of(language)) + ".html");
      std::ofstream(file) << local;
      EXPECT_GT(std::filesystem::file_size(file), 1000u);
    }
  }
}

}  // namespace
}  // namespace kaiku::pages
