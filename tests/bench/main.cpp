// kaiku-bench-load: asks one server on this machine for something, as fast as it can or at a
// constant rate, and prints what came back as one JSON object. See tests/bench/README.md.
#include <arpa/inet.h>
#include <getopt.h>

#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tests/bench/load.hpp"
#include "tests/bench/requests.hpp"

namespace kaiku::bench {
namespace {

constexpr std::string_view usage_text =
    R"(kaiku-bench-load [options] static PATH     GET of a path, 200 expected
kaiku-bench-load [options] redeem          POST of redemptions, 201 expected

  --port N --ca FILE       the server on 127.0.0.1 and the certificates to trust
  --address A              another address of 127.0.0.0/8; all others are refused
  --connections N          keep-alive TLS 1.3 connections (64; at most 10000)
  --seconds S --warmup S   measured time (10; at most 60), time before it (1; at most 10)
  --rate R                 open loop: so many requests a second, latency from the intended start
  --credentials FILE       redeem: valid cards and API keys from a demo's credentials.json
  --sector NAME            redeem: its venues of this sector only
  --cards FILE             redeem: codes or QR texts instead, one a line
  --venue JSON --key KEY   redeem: one venue id (as in JSON) and its API key instead
Exit 0 all replies good, 1 some were not, 2 usage, 3 could not run.
)";

struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  Settings settings;
  std::string kind;
  std::string path;
  std::string credentials_file;
  std::string sector;
  std::string cards_file;
  Door door;
};

double number(std::string const& name, std::string_view text, double from, double to) {
  double value = 0;
  auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < from || value > to) {
    throw Usage("--" + name + " takes a number from " + std::to_string(from) + " to " +
                std::to_string(to));
  }
  return value;
}

// Load is for one's own machine: anything but the loopback network is refused.
std::string loopback(std::string const& address) {
  in_addr parsed{};
  bool ours = inet_pton(AF_INET, address.c_str(), &parsed) == 1 &&
              (ntohl(parsed.s_addr) >> 24) == IN_LOOPBACKNET;
  if (!ours) throw Usage("--address takes an address of 127.0.0.0/8 only");
  return address;
}

void take(Arguments& arguments, std::string const& name, std::string const& value) {
  Settings& settings = arguments.settings;
  if (name == "port") settings.port = static_cast<std::uint16_t>(number(name, value, 1, 65535));
  if (name == "address") settings.address = loopback(value);
  if (name == "ca") settings.ca_file = value;
  if (name == "connections") settings.connections = static_cast<int>(number(name, value, 1, 10000));
  if (name == "seconds") settings.seconds = number(name, value, 0.1, 60);
  if (name == "warmup") settings.warmup_s = number(name, value, 0, 10);
  if (name == "rate") settings.rate = number(name, value, 1, 1e6);
  if (name == "credentials") arguments.credentials_file = value;
  if (name == "sector") arguments.sector = value;
  if (name == "cards") arguments.cards_file = value;
  if (name == "venue") arguments.door.venue_json = value;
  if (name == "key") arguments.door.api_key = value;
}

Arguments parse(int argc, char** argv) {
  static constexpr std::array<option, 13> options{{{"port", 1, nullptr, 0},
                                                   {"address", 1, nullptr, 0},
                                                   {"ca", 1, nullptr, 0},
                                                   {"connections", 1, nullptr, 0},
                                                   {"seconds", 1, nullptr, 0},
                                                   {"warmup", 1, nullptr, 0},
                                                   {"rate", 1, nullptr, 0},
                                                   {"credentials", 1, nullptr, 0},
                                                   {"sector", 1, nullptr, 0},
                                                   {"cards", 1, nullptr, 0},
                                                   {"venue", 1, nullptr, 0},
                                                   {"key", 1, nullptr, 0},
                                                   {nullptr, 0, nullptr, 0}}};
  Arguments arguments;
  int index = 0;
  for (int c = 0; (c = getopt_long(argc, argv, "", options.data(), &index)) != -1;) {
    if (c != 0) throw Usage("unknown option");
    take(arguments, options[static_cast<std::size_t>(index)].name, optarg);
  }
  if (optind < argc) arguments.kind = argv[optind++];
  if (arguments.kind == "static" && optind < argc) arguments.path = argv[optind++];
  bool known =
      arguments.kind == "redeem" || (arguments.kind == "static" && !arguments.path.empty());
  if (!known || optind != argc) throw Usage("say `static PATH` or `redeem`");
  if (arguments.settings.port == 0 || arguments.settings.ca_file.empty()) {
    throw Usage("--port and --ca are needed");
  }
  return arguments;
}

Requests requests_for(Arguments const& arguments) {
  std::string authority =
      arguments.settings.address + ":" + std::to_string(arguments.settings.port);
  if (arguments.kind == "static") return Requests::get(authority, arguments.path);
  Network network;
  if (!arguments.credentials_file.empty()) {
    network = read_network(arguments.credentials_file, arguments.sector);
  }
  if (!arguments.cards_file.empty()) network.cards = read_cards(arguments.cards_file);
  if (!arguments.door.api_key.empty()) network.doors = {arguments.door};
  if (network.cards.empty() || network.doors.empty()) {
    throw Usage("redeem needs --credentials, or --cards with --venue and --key");
  }
  auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  std::string run = "bench-" + std::to_string(since_epoch.count());
  return Requests::redemptions(authority, run, network.cards, network.doors);
}

nlohmann::json to_json(Arguments const& arguments, Outcome const& outcome) {
  Settings const& settings = arguments.settings;
  nlohmann::json statuses = nlohmann::json::object();
  for (auto const& [status, count] : outcome.statuses) statuses[std::to_string(status)] = count;
  auto percentile = [&](double share) { return percentile_ms(outcome.latencies_us, share); };
  return {{"kind", arguments.kind},
          {"loop", settings.rate > 0 ? "open" : "closed"},
          {"rate", settings.rate},
          {"connections", settings.connections},
          {"seconds", settings.seconds},
          {"cipher", outcome.cipher},
          {"replies", outcome.measured},
          {"per_second", static_cast<double>(outcome.measured) / settings.seconds},
          {"latency_ms",
           {{"p50", percentile(0.5)},
            {"p95", percentile(0.95)},
            {"p99", percentile(0.99)},
            {"max", percentile(1)}}},
          {"statuses", statuses},
          {"answers", outcome.answers},
          {"bad", outcome.bad},
          {"broken", outcome.broken},
          {"reconnects", outcome.reconnects},
          {"unfinished", outcome.unfinished},
          {"client_cpu", outcome.client_cpu}};
}

int main_or_throw(int argc, char** argv) {
  Arguments arguments = parse(argc, argv);
  Requests requests = requests_for(arguments);
  Outcome outcome = run(arguments.settings, requests);
  std::puts(to_json(arguments, outcome).dump().c_str());
  bool good = outcome.measured > 0 && outcome.bad + outcome.broken + outcome.unfinished == 0;
  return good ? 0 : 1;
}

}  // namespace
}  // namespace kaiku::bench

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return kaiku::bench::main_or_throw(argc, argv);
  } catch (kaiku::bench::Usage const& fault) {
    std::fprintf(stderr, "kaiku-bench-load: %s\n\n%s", fault.what(),
                 kaiku::bench::usage_text.data());
    return 2;
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "kaiku-bench-load: %s\n", fault.what());
    return 3;
  }
}
