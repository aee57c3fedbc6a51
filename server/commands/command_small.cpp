// Commands of a few lines: version, postcodes, health.
#include <openssl/ssl.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schema/crypto/crypto.hpp"
#include "server/commands/command.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::commands {
namespace {

constexpr char version_text[] = "0.1.0";

bool all_digits(std::string const& text, std::size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

int version(Common const& common) {
  if (common.json)
    std::cout << nlohmann::json{{"version", version_text}}.dump() << "\n";
  else
    std::cout << "kaiku-server " << version_text << "\n";
  return good;
}

// A line is postcode;municipality code, with or without a header.
int import_postcodes(Common const& common, std::string const& instance,
                     std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::cerr << "The file " << file.string() << " cannot be read.\n";
    return could_not_run;
  }
  std::ostringstream whole;
  whole << in.rdbuf();
  auto const text = whole.str();
  std::istringstream lines(text);
  std::vector<std::pair<std::string, std::string>> rows;
  std::string line;
  for (std::int64_t number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    auto const cut = line.find(';');
    auto const postcode = line.substr(0, cut);
    auto const code = cut == std::string::npos ? std::string() : line.substr(cut + 1);
    if (all_digits(postcode, 5) && all_digits(code, 3)) {
      rows.emplace_back(postcode, code);
    } else if (number > 1 && !line.empty()) {
      std::cerr << "Line " << number << " is not a postcode of five digits, a semicolon and a"
                << " municipality code of three digits. Nothing was imported.\n";
      return found_something;
    }
  }
  SystemClock const clock;
  SystemRandom random;
  Installation installation(common.dir, instance, clock, random);
  installation.writer().run([&](ledger::WriteTx& tx) {
    return use_cases::import_postcodes(tx, rows, crypto::sha256(bytes_of(text)), {}).has_value();
  });
  std::cout << rows.size() << " rows imported.\n";
  return good;
}

int healthcheck(Common const& common, std::string const& url, std::string const& ca_file) {
  // host:port of https://host:port
  auto const begin = url.find("://");
  auto const authority = begin == std::string::npos ? url : url.substr(begin + 3);
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                            &SSL_CTX_free);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  if (ca_file.empty())
    SSL_CTX_set_default_verify_paths(context.get());
  else
    SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr);
  std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new_ssl_connect(context.get()),
                                                    &BIO_free_all);
  BIO_set_conn_hostname(bio.get(), authority.c_str());
  SSL* ssl = nullptr;
  BIO_get_ssl(bio.get(), &ssl);
  auto const host = authority.substr(0, authority.rfind(':'));
  auto const named = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1 ||
                     SSL_set1_host(ssl, host.c_str()) == 1;
  std::string reply;
  if (named && BIO_do_connect(bio.get()) == 1) {
    auto const request =
        "GET /readyz HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n";
    BIO_write(bio.get(), request.data(), static_cast<int>(request.size()));
    char buffer[512];
    for (int got = 0; (got = BIO_read(bio.get(), buffer, sizeof buffer)) > 0;) {
      reply.append(buffer, static_cast<std::size_t>(got));
      if (reply.size() > 4096) break;
    }
  }
  auto const ready = reply.starts_with("HTTP/1.1 200");
  if (common.json)
    std::cout << nlohmann::json{{"ready", ready}}.dump() << "\n";
  else
    std::cout << (ready ? "ready\n" : "not ready\n");
  return ready ? good : found_something;
}

}  // namespace kaiku::commands
