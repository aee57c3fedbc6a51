// kaiku-server: parses the command line and runs one command.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <map>

#include "schema/crypto/crypto.hpp"
#include "server/commands/command.hpp"
#include "server/commands/command_report.hpp"
#include "server/commands/settings_file.hpp"

namespace {

using namespace kaiku;

struct Listening {
  std::string certificate;
  std::string key;
};

CLI::Option& add_networks(CLI::App& command, std::string const& name,
                          std::vector<domain::Network>& networks, std::string const& what) {
  auto const take = [name, &networks](std::vector<std::string> const& given) {
    networks.clear();
    for (auto const& text : given) {
      auto const network = domain::network_from(text);
      if (!network) {
        throw CLI::ValidationError(name,
                                   text + " is neither an address nor a network like 10.0.0.0/8");
      }
      networks.push_back(*network);
    }
  };
  return *command.add_option_function<std::vector<std::string>>(name, take, what)->delimiter(',');
}

void add_proxy_options(CLI::App& command, access::Proxies& proxies) {
  add_networks(
      command, "--trusted-proxies", proxies.trusted,
      "Addresses and networks of proxies whose forwarding header is believed; default: none")
      .envname("KAIKU_TRUSTED_PROXIES");
  using access::ForwardingHeader;
  std::map<std::string, ForwardingHeader> const headers{
      {"x-forwarded-for", ForwardingHeader::x_forwarded_for},
      {"forwarded", ForwardingHeader::forwarded}};
  command
      .add_option("--forwarding-header", proxies.header,
                  "The header that they write: x-forwarded-for or forwarded (RFC 7239)")
      ->envname("KAIKU_FORWARDING_HEADER")
      ->transform(CLI::CheckedTransformer(headers, CLI::ignore_case));
}

constexpr std::size_t shortest_token = 16;

// The first line of a file that nobody but its owner may read.
std::string token_in(std::string const& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw CLI::ValidationError("--metrics-token", path + " is open to others: run chmod 600 on it");
  }
  std::ifstream file(path);
  std::string token;
  if (!std::getline(file, token) || token.size() < shortest_token) {
    throw CLI::ValidationError("--metrics-token",
                               path + " has to be a file with a token of at least " +
                                   std::to_string(shortest_token) + " characters");
  }
  return token;
}

void add_metrics_options(CLI::App& command, access::MetricsReaders& readers) {
  add_networks(command, "--metrics-networks", readers.networks,
               "Addresses and networks that /metrics answers beside this machine; default: none")
      .envname("KAIKU_METRICS_NETWORKS");
  command
      .add_option_function<std::string>(
          "--metrics-token",
          [&readers](std::string const& path) {
            readers.token_hash = crypto::sha256(bytes_of(token_in(path)));
          },
          "File (mode 0600) with a bearer token that opens /metrics from anywhere")
      ->envname("KAIKU_METRICS_TOKEN_FILE");
}

void add_network_options(CLI::App& command, AppSettings& app, Listening& tls) {
  command.add_option("--address", app.address, "Address to listen on")->envname("KAIKU_ADDRESS");
  command.add_option("--port", app.port, "Public listener; 0: any free port")
      ->envname("KAIKU_PORT");
  command.add_option("--device-port", app.device_port, "Device listener (mutual TLS)")
      ->envname("KAIKU_DEVICE_PORT");
  command.add_option("--host", app.hosts, "Names and addresses that this server answers for")
      ->envname("KAIKU_HOSTS")
      ->delimiter(',');
  command
      .add_option("--tls-certificate", tls.certificate, "Certificate chain of the public listener")
      ->envname("KAIKU_TLS_CERTIFICATE_FILE");
  command.add_option("--tls-key", tls.key, "Its private key (mode 0600)")
      ->envname("KAIKU_TLS_KEY_FILE");
  add_proxy_options(command, app.proxies);
  add_metrics_options(command, app.metrics_readers);
  command.add_option("--io-threads", app.io_threads, "Threads for connections")
      ->envname("KAIKU_IO_THREADS")
      ->check(CLI::Range(1, 64));
  auto& places = app.transport.places;
  command.add_option("--connections", places.connections, "Connections at one time")
      ->envname("KAIKU_CONNECTIONS")
      ->check(CLI::Range(16, 100'000));
  command
      .add_option("--network-percent", places.network_percent,
                  "Of them, what one address may hold; trusted proxies are not counted")
      ->envname("KAIKU_NETWORK_PERCENT")
      ->check(CLI::Range(1, 100));
  command
      .add_option("--device-entries-a-day", app.journal_budget.entries,
                  "Journal entries that a door device may bring in on a day; the rest waits there")
      ->envname("KAIKU_DEVICE_ENTRIES_A_DAY")
      ->check(CLI::Range(std::int64_t{100}, std::int64_t{1'000'000}));
  command
      .add_option("--device-bytes-a-day", app.journal_budget.bytes,
                  "The same in bytes; an upload has at most 512 KiB")
      ->envname("KAIKU_DEVICE_BYTES_A_DAY")
      ->check(CLI::Range(std::int64_t{1024} * 1024, std::int64_t{1024} * 1024 * 1024));
  command.add_option("--read-lanes", app.read_lanes, "Threads for reading the ledger")
      ->envname("KAIKU_READ_LANES")
      ->check(CLI::Range(1, 64));
  command.add_option("--security-contact", app.security_contact, "For /.well-known/security.txt")
      ->envname("KAIKU_SECURITY_CONTACT");
  command.add_flag_callback(
      "--quiet", [&app] { app.log_level = telemetry::Level::warning; },
      "Log warnings and errors only");
  command.fallthrough();
  command.footer("--config FILE: these options in a TOML file, port = 9443 and so on");
}

void add_common(CLI::App& command, commands::Common& common) {
  command.add_option("--dir", common.dir, "Folder of database, keys and configuration")
      ->envname("KAIKU_DIR");
  command.add_flag("--json", common.json, "Answer in JSON");
}

// Personal data and keys must not reach a core file.
void forbid_cores() {
  rlimit const none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0);
}

// Everything that a command line can say, and the exit code of the command that it named.
struct CommandLine {
  commands::Common common;
  AppSettings app;
  Listening tls;
  commands::DemoSettings demo;
  std::string today;
  std::string instance = "kaiku";
  std::string username, role, scope, ca_file;
  std::string url = "https://127.0.0.1:8443";
  std::string admin = "admin";
  std::filesystem::path file;
  bool yes = false;
  bool dry_run = false;
  int result = commands::good;
};

// Where the server is reached, by the options and the environment of `serve`.
void add_site(CLI::App& command, CommandLine& line) {
  command.add_option("--host", line.app.hosts, "Name that the server answers for, in the link")
      ->envname("KAIKU_HOSTS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command.add_option("--port", line.app.port, "Its public port")->envname("KAIKU_PORT");
}

std::string site_of(CommandLine const& line) {
  return url_of(line.app.hosts.front(), line.app.port);
}

CLI::App& add_command(CLI::App& parent, CommandLine& line, char const* name, char const* what) {
  auto& command = *parent.add_subcommand(name, what);
  add_common(command, line.common);
  command.add_option("--instance", line.instance, "Name of this installation in checkpoints")
      ->envname("KAIKU_INSTANCE");
  return command;
}

void add_serving(CLI::App& cli, CommandLine& line) {
  auto& serve = add_command(cli, line, "serve", "Serve an installation until SIGTERM");
  add_network_options(serve, line.app, line.tls);
  serve.callback([&line] {
    if (line.tls.certificate.empty() != line.tls.key.empty()) {
      throw CLI::RequiredError("both TLS files");
    }
    if (!line.tls.certificate.empty()) {
      line.app.tls = http::TlsFiles{line.tls.certificate, line.tls.key, ""};
    }
    line.app.dir = line.common.dir;
    line.app.instance = line.instance;
    line.result = commands::serve(line.app);
  });

  auto& demo = add_command(cli, line, "demo", "Make or reopen a demo network and serve it");
  add_network_options(demo, line.app, line.tls);
  demo.add_option("--seed", line.demo.seed, "The same seed and day give the same network");
  demo.add_option("--cards", line.demo.cards, "Cards to register")
      ->check(CLI::Range(30, 2'000'000));
  demo.add_option("--months", line.demo.months, "Months of history")->check(CLI::Range(0, 60));
  demo.add_option("--today", line.today, "Day of the first creation, YYYY-MM-DD");
  demo.add_flag_callback(
      "--quick-codes",
      [&line] {
        line.app.cost_of_new_rows = {2, 1, 1};
      },
      "Hash card codes cheaply, to measure with many cards; a door of such a demo gives "
      "its codes away");
  demo.callback([&line] {
    if (!line.today.empty() && !(line.demo.today = day_from_iso(line.today))) {
      throw CLI::ValidationError("--today", "has to be a day such as 2026-11-22");
    }
    line.demo.app = line.app;
    line.demo.app.instance = line.instance;
    line.result = commands::demo(line.common, line.demo);
  });
}

void add_upkeep(CLI::App& cli, CommandLine& line) {
  auto& init = add_command(cli, line, "init", "Make a new installation and its first admin");
  init.add_option("--admin", line.admin, "User name of the first admin");
  init.add_flag("--yes", line.yes, "Ask nothing");
  add_site(init, line);
  init.callback([&line] {
    line.result = commands::init(line.common, line.instance, site_of(line), line.yes, line.admin);
  });

  auto& verify =
      add_command(cli, line, "verify", "Check the whole ledger against everything derived");
  verify.callback([&line] { line.result = commands::verify(line.common, line.instance); });

  auto& postcodes = *cli.add_subcommand("postcodes", "The table of postcodes and municipalities");
  postcodes.require_subcommand(1);
  auto& replace =
      add_command(postcodes, line, "import", "Replace it by a file of postcode;municipality");
  replace.add_option("file", line.file)->required();
  replace.add_flag("--dry-run", line.dry_run, "Say what would be imported; change nothing");
  replace.callback([&line] {
    line.result = commands::import_postcodes(line.common, line.instance, line.file, line.dry_run);
  });
}

void add_users(CLI::App& cli, CommandLine& line) {
  auto& user = *cli.add_subcommand("user", "Accounts, by the machine's owner");
  user.require_subcommand(1);
  auto& add = add_command(user, line, "add", "Make an account and its one-time set-up link");
  add.add_option("username", line.username)->required();
  add.add_option("--role", line.role)->required();
  add.add_option("--scope", line.scope, "area:ID, office:ID or venue:ID");
  add_site(add, line);
  add.callback([&line] {
    line.result = commands::user_add(line.common, line.instance, site_of(line), line.username,
                                     line.role, line.scope);
  });
  auto& reset = add_command(user, line, "reset", "A new one-time set-up link for an account");
  reset.add_option("username", line.username)->required();
  add_site(reset, line);
  reset.callback([&line] {
    line.result = commands::user_reset(line.common, line.instance, site_of(line), line.username);
  });
}

void add_checks(CLI::App& cli, CommandLine& line) {
  auto& receipt = *cli.add_subcommand("receipt", "Receipts of redemptions");
  receipt.require_subcommand(1);
  auto& check = add_command(receipt, line, "verify", "Check that a receipt fits together");
  check.add_option("file", line.file)->required();
  check.callback([&line] { line.result = commands::receipt_verify(line.common, line.file); });

  auto& health = add_command(cli, line, "healthcheck", "Ask a running server whether it is ready");
  health.add_option("url", line.url);
  health.add_option("--ca", line.ca_file, "CA to trust");
  health.callback(
      [&line] { line.result = commands::healthcheck(line.common, line.url, line.ca_file); });

  auto& version = add_command(cli, line, "version", "Print the version");
  version.callback([&line] { line.result = commands::version(line.common); });
}

void add_reports(CLI::App& cli, CommandLine& line) {
  auto& report = *cli.add_subcommand("report", "Published figures, and what they are counted from");
  report.require_subcommand(1);
  auto const add = [&report, &line](char const* name, char const* what) -> CLI::App& {
    return add_command(report, line, name, what);
  };
  commands::add_report_commands({add, line.common, line.instance, line.result});
}

int run(int argc, char** argv) {
  CLI::App cli("Kaiku: culture cards, issued and redeemed");
  cli.require_subcommand(1);
  CommandLine line;
  commands::take_settings_file(cli);
  add_serving(cli, line);
  add_upkeep(cli, line);
  add_users(cli, line);
  add_reports(cli, line);
  add_checks(cli, line);
  try {
    cli.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return cli.exit(error) == 0 ? commands::good : commands::wrong_usage;
  }
  return line.result;
}

}  // namespace

int main(int argc, char** argv) {
  forbid_cores();
  umask(077);  // everything that an installation writes is its owner's alone
  try {
    return run(argc, argv);
  } catch (std::exception const& fault) {
    std::cerr << "kaiku-server could not run: " << fault.what() << "\n";
    return commands::could_not_run;
  }
}
