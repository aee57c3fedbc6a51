// Commands of a few lines: version, postcodes, health.
#include <openssl/ssl.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "schema/crypto/crypto.hpp"
#include "server/commands/command.hpp"
#include "server/domain/postcode_file.hpp"
#include "server/use_cases/keep_network.hpp"

namespace kaiku::commands {
namespace {

constexpr char version_text[] = "0.1.0";

void tell_imported(use_cases::ImportedPostcodes const& imported, bool dry_run) {
  std::cout << imported.rows << (dry_run ? " rows could be imported.\n" : " rows imported.\n");
  if (imported.outside > 0) {
    std::cout << imported.outside << " of them are of municipalities that no area has.\n";
  }
  if (imported.uncovered.empty()) return;
  std::cout << "No row is of these municipalities of the network:";
  for (auto const& code : imported.uncovered) std::cout << " " << code;
  std::cout << "\n";
}

}  // namespace

int version(Common const& common) {
  if (common.json)
    std::cout << nlohmann::json{{"version", version_text}}.dump() << "\n";
  else
    std::cout << "kaiku-server " << version_text << "\n";
  return good;
}

// At most so many bad lines are told: the first of them say what is wrong with the file.
constexpr std::size_t most_bad_lines_told = 20;

int import_postcodes(Common const& common, std::string const& instance,
                     std::filesystem::path const& file, bool dry_run) {
  std::ifstream in(file, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    std::cerr << "The file " << file.string() << " cannot be read.\n";
    return could_not_run;
  }
  auto const read = domain::read_postcode_file(text);
  for (std::size_t at = 0; at < std::min(read.bad_lines.size(), most_bad_lines_told); ++at) {
    auto const& [number, fault] = read.bad_lines[at];
    std::cerr << "Line " << number << " " << domain::words_of(fault) << ".\n";
  }
  if (!read.bad_lines.empty()) {
    if (read.bad_lines.size() > most_bad_lines_told) {
      std::cerr << "And " << read.bad_lines.size() - most_bad_lines_told << " more lines.\n";
    }
    std::cerr << "Nothing was imported; the table is as it was.\n";
    return found_something;
  }
  SystemClock const clock;
  SystemRandom random;
  Installation installation(common.dir, instance, clock, random);
  std::optional<Result<use_cases::ImportedPostcodes>> imported;
  installation.write([&](ledger::WriteTx& tx) {
    imported = use_cases::import_postcodes(tx, read.rows, crypto::sha256(bytes_of(text)), {});
    return imported->has_value() && !dry_run;
  });
  if (!*imported) {
    std::cerr << "The file has " << read.rows.size() << " rows, but "
              << imported->error().fields.front().detail
              << ". Nothing was imported; the table is as it was.\n";
    return found_something;
  }
  tell_imported(**imported, dry_run);
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
