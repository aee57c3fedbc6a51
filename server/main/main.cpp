// kaiku-server: parses the command line and runs one command.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "server/main/commands.hpp"

namespace {

using namespace kaiku;

struct Listening {
  std::string certificate;
  std::string key;
};

void add_network_options(CLI::App& command, AppSettings& app, Listening& tls) {
  command.add_option("--address", app.address, "Address to listen on")->envname("KAIKU_ADDRESS");
  command.add_option("--port", app.port, "Public listener; 0: any free port")->envname("KAIKU_PORT");
  command.add_option("--device-port", app.device_port, "Device listener (mutual TLS)")
      ->envname("KAIKU_DEVICE_PORT");
  command.add_option("--host", app.hosts, "Names and addresses that this server answers for")
      ->envname("KAIKU_HOSTS")
      ->delimiter(',');
  command.add_option("--tls-certificate", tls.certificate, "Certificate chain of the public listener")
      ->envname("KAIKU_TLS_CERTIFICATE_FILE");
  command.add_option("--tls-key", tls.key, "Its private key (mode 0600)")
      ->envname("KAIKU_TLS_KEY_FILE");
  command.add_option("--io-threads", app.io_threads, "Threads for connections")
      ->envname("KAIKU_IO_THREADS")
      ->check(CLI::Range(1, 64));
  command.add_option("--read-lanes", app.read_lanes, "Threads for reading the ledger")
      ->envname("KAIKU_READ_LANES")
      ->check(CLI::Range(1, 64));
  command.add_option("--instance", app.instance, "Name of this installation in checkpoints")
      ->envname("KAIKU_INSTANCE");
  command.add_option("--security-contact", app.security_contact, "For /.well-known/security.txt")
      ->envname("KAIKU_SECURITY_CONTACT");
  command.add_flag_callback(
      "--quiet", [&app] { app.log_level = http::Level::warning; }, "Log warnings and errors only");
  command.set_config("--config", "", "TOML file with these settings");
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

int run(int argc, char** argv) {
  CLI::App cli("Kaiku: culture cards, issued and redeemed");
  cli.require_subcommand(1);
  commands::Common common;
  AppSettings app;
  Listening tls;
  commands::DemoSettings demo;
  std::string today;
  std::string instance = "kaiku";
  std::string username, role, scope, url = "https://127.0.0.1:8443", ca_file, admin = "admin";
  std::filesystem::path file;
  bool yes = false;
  int result = commands::good;

  auto& serve = *cli.add_subcommand("serve", "Serve an installation until SIGTERM");
  add_common(serve, common);
  add_network_options(serve, app, tls);
  serve.callback([&] {
    if (tls.certificate.empty() != tls.key.empty()) throw CLI::RequiredError("both TLS files");
    if (!tls.certificate.empty()) app.tls = http::TlsFiles{tls.certificate, tls.key, ""};
    app.dir = common.dir;
    result = commands::serve(app);
  });

  auto& demo_command = *cli.add_subcommand("demo", "Make or reopen a demo network and serve it");
  add_common(demo_command, common);
  add_network_options(demo_command, app, tls);
  demo_command.add_option("--seed", demo.seed, "The same seed and day give the same network");
  demo_command.add_option("--cards", demo.cards, "Cards to register")->check(CLI::Range(30, 2'000'000));
  demo_command.add_option("--months", demo.months, "Months of history")->check(CLI::Range(0, 60));
  demo_command.add_option("--today", today, "Day of the first creation, YYYY-MM-DD");
  demo_command.callback([&] {
    if (!today.empty() && !(demo.today = day_from_iso(today))) {
      throw CLI::ValidationError("--today", "has to be a day such as 2026-11-22");
    }
    demo.app = app;
    result = commands::demo(common, demo);
  });

  auto& init = *cli.add_subcommand("init", "Make a new installation and its first admin");
  add_common(init, common);
  init.add_option("--instance", instance, "Name of this installation in checkpoints");
  init.add_option("--admin", admin, "User name of the first admin");
  init.add_flag("--yes", yes, "Ask nothing");
  init.callback([&] { result = commands::init(common, instance, yes, admin); });

  auto& verify = *cli.add_subcommand("verify", "Check the whole ledger against everything derived");
  add_common(verify, common);
  verify.add_option("--instance", instance, "Name of this installation in checkpoints");
  verify.callback([&] { result = commands::verify(common, instance); });

  auto& user = *cli.add_subcommand("user", "Accounts, by the machine's owner");
  user.require_subcommand(1);
  auto& add = *user.add_subcommand("add", "Make an account and its one-time set-up link");
  add_common(add, common);
  add.add_option("username", username)->required();
  add.add_option("--role", role)->required();
  add.add_option("--scope", scope, "area:ID, office:ID or venue:ID");
  add.callback([&] { result = commands::user_add(common, instance, username, role, scope); });
  auto& reset = *user.add_subcommand("reset", "A new one-time set-up link for an account");
  add_common(reset, common);
  reset.add_option("username", username)->required();
  reset.callback([&] { result = commands::user_reset(common, instance, username); });

  auto& postcodes = *cli.add_subcommand("postcodes", "The table of postcodes and municipalities");
  postcodes.require_subcommand(1);
  auto& import = *postcodes.add_subcommand("import", "Replace it by a file of postcode;municipality");
  add_common(import, common);
  import.add_option("file", file)->required();
  import.callback([&] { result = commands::import_postcodes(common, instance, file); });

  auto& receipt = *cli.add_subcommand("receipt", "Receipts of redemptions");
  receipt.require_subcommand(1);
  auto& check = *receipt.add_subcommand("verify", "Check that a receipt fits together");
  add_common(check, common);
  check.add_option("file", file)->required();
  check.callback([&] { result = commands::receipt_verify(common, file); });

  auto& health = *cli.add_subcommand("healthcheck", "Ask a running server whether it is ready");
  add_common(health, common);
  health.add_option("url", url);
  health.add_option("--ca", ca_file, "CA to trust");
  health.callback([&] { result = commands::healthcheck(common, url, ca_file); });

  auto& version = *cli.add_subcommand("version", "Print the version");
  add_common(version, common);
  version.callback([&] { result = commands::version(common); });

  try {
    cli.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return cli.exit(error) == 0 ? commands::good : commands::wrong_usage;
  }
  return result;
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
