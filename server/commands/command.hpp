// The subcommands of kaiku-server. Each returns the exit code: 0 good, 1 found something, 2 usage,
// 3 could not run.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/app/app.hpp"

namespace kaiku::commands {

inline constexpr int good = 0;
inline constexpr int found_something = 1;
inline constexpr int wrong_usage = 2;
inline constexpr int could_not_run = 3;

struct Common {
  std::filesystem::path dir = "kaiku-data";
  bool json = false;
};

// Serves until SIGTERM or SIGINT; SIGHUP reloads certificates. `ready` runs once requests are
// taken.
int serve(AppSettings const& settings, std::function<void(App&)> const& ready = {});

struct DemoSettings {
  AppSettings app;
  std::uint64_t seed = 1;
  std::int64_t cards = 600;
  int months = 24;
  std::optional<Day> today;  // of the first creation
};
int demo(Common const& common, DemoSettings const& settings);
// `site`: where the server will be reached, for the set-up link that is printed.
int init(Common const& common, std::string const& instance, std::string const& site, bool yes,
         std::string const& admin);
int verify(Common const& common, std::string const& instance);
int user_add(Common const& common, std::string const& instance, std::string const& site,
             std::string const& username, std::string const& role, std::string const& scope);
int user_reset(Common const& common, std::string const& instance, std::string const& site,
               std::string const& username);
int import_postcodes(Common const& common, std::string const& instance,
                     std::filesystem::path const& file, bool dry_run);
// Files of an area's earlier years (server/domain/history_file.hpp).
struct ImportHistory {
  AreaId area;
  std::filesystem::path cards;
  std::filesystem::path uses;
  bool create = false;
  bool dry_run = false;
};
int import_history(Common const& common, std::string const& instance, ImportHistory const& what);
int receipt_verify(Common const& common, std::filesystem::path const& receipt_file);
int healthcheck(Common const& common, std::string const& url, std::string const& ca_file);
int version(Common const& common);

}  // namespace kaiku::commands
