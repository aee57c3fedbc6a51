#include "server/keys/key_ring.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <functional>
#include <stdexcept>
#include <system_error>
#include <tuple>
#include <utility>

#include "server/sql/durable_file.hpp"

namespace kaiku::keys {
namespace {

namespace fs = std::filesystem;

constexpr mode_t others_mask = S_IRWXG | S_IRWXO;

[[noreturn]] void refuse(fs::path const& file, char const* fault, char const* remedy) {
  throw std::runtime_error("key file " + file.string() + " " + fault + "; " + remedy);
}

void prepare_directory(fs::path const& directory) {
  if (::mkdir(directory.c_str(), S_IRWXU) == 0) return;
  if (errno != EEXIST) {
    throw std::system_error(errno, std::generic_category(), "making " + directory.string());
  }
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    throw std::runtime_error(directory.string() + " is no directory for keys");
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    throw std::runtime_error("the key directory " + directory.string() +
                             " can be written by others; run chmod 700 on it");
  }
}

// A key file's content, once it is known to be closed to others.
std::optional<std::string> read_key_file(fs::path const& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0) {
    if (errno == ENOENT) return std::nullopt;
    throw std::system_error(errno, std::generic_category(), "looking at " + file.string());
  }
  if (!S_ISREG(status.st_mode)) refuse(file, "is not a plain file", "put the key itself there");
  if ((status.st_mode & others_mask) != 0) {
    refuse(file, "is open to others", "run chmod 600 on it, and change the key if anybody read it");
  }
  return sql::read_small_file(file);
}

// Sixty-four hexadecimal digits and a line end.
Digest parse_secret(fs::path const& file, std::string const& content) {
  auto const bytes = content.ends_with('\n')
                         ? from_hex(std::string_view(content).substr(0, content.size() - 1))
                         : std::nullopt;
  if (!bytes || bytes->size() != sizeof(Digest)) {
    refuse(file, "is cut short or damaged", "put it back from the backup of the keys");
  }
  Digest secret{};
  std::copy(bytes->begin(), bytes->end(), secret.begin());
  return secret;
}

// Reads and makes key files in a fixed order. A file that is missing while a later one is there was
// lost, not never made: a new key in its place would make the vault unreadable without a word.
class KeyFiles {
 public:
  KeyFiles(fs::path const& directory, Random& random) : directory_(directory), random_(random) {}

  Digest secret(char const* name) {
    fs::path const file = directory_ / name;
    if (auto const content = read_key_file(file)) return parse_secret(file, *content);
    Digest const made = random_.bytes<sizeof(Digest)>();
    missing_.push_back({file, to_hex(made) + "\n"});
    return made;
  }

  // A secret whose second line says what is done with it.
  std::pair<Digest, crypto::ScryptCost> rows(char const* name, crypto::ScryptCost const& of_new) {
    fs::path const file = directory_ / name;
    if (auto const content = read_key_file(file)) {
      auto const end = std::min(content->find('\n'), content->size() - 1) + 1;
      auto const secret = parse_secret(file, content->substr(0, end));
      auto const line = std::string_view(*content).substr(end);
      auto const cost =
          line.ends_with('\n') ? scrypt_cost_from(line.substr(0, line.size() - 1)) : std::nullopt;
      if (!cost) {
        refuse(file, "does not say what its row hashes cost",
               "put it back from the backup of the keys");
      }
      return {secret, *cost};
    }
    Digest const made = random_.bytes<sizeof(Digest)>();
    missing_.push_back({file, to_hex(made) + "\n" + text_of(of_new) + "\n"});
    return {made, of_new};
  }

  crypto::Ed25519PrivateKey ed25519(char const* name) {
    return crypto::Ed25519PrivateKey::from_seed(secret(name));
  }

  crypto::P256PrivateKey p256(char const* name) {
    fs::path const file = directory_ / name;
    if (auto const content = read_key_file(file)) {
      auto key = crypto::P256PrivateKey::from_pem(*content);
      if (!key) refuse(file, "is cut short or damaged", "put it back from the backup of the keys");
      return std::move(*key);
    }
    auto made = crypto::P256PrivateKey::generate();
    missing_.push_back({file, made.pem()});
    return made;
  }

  void store_missing(std::span<char const* const> order) {
    for (auto const& [file, content] : missing_) require_nothing_later(file, order);
    for (auto const& [file, content] : missing_) {
      sql::write_file_durably(file, content, S_IRUSR | S_IWUSR);
    }
    missing_.clear();
  }

 private:
  struct MissingKey {
    fs::path file;
    std::string content;
  };

  void require_nothing_later(fs::path const& file, std::span<char const* const> order) const {
    auto const at = std::ranges::find(order, file.filename().string());
    for (auto later = at; later != order.end(); ++later) {
      if (fs::exists(directory_ / *later)) {
        refuse(file, "is missing while other keys are there",
               "put it back from the backup of the keys");
      }
    }
  }

  fs::path directory_;
  Random& random_;
  std::vector<MissingKey> missing_;
};

constexpr std::array<char const*, 11> key_order{
    "vault.key",        "index.key",    "body_mac.key",     "csrf.key",
    "root.ed25519",     "card.ed25519", "snapshot.ed25519", "checkpoint.ed25519",
    "sealing.p256.pem", "rows.key",     "browsers.key"};

// Public keys of earlier card keys lie as card-<key id in hex>.pub: their cards stay genuine.
void add_earlier_card_keys(fs::path const& directory, KeyRing& keys) {
  for (auto const& file : fs::directory_iterator(directory)) {
    std::string const name = file.path().filename().string();
    if (!name.starts_with("card-") || !name.ends_with(".pub")) continue;
    Digest const raw = parse_secret(file.path(), read_key_file(file.path()).value_or(""));
    auto const key = crypto::Ed25519PublicKey::from_raw(raw);
    if (!key) {
      refuse(file.path(), "holds no Ed25519 key", "put it back from the backup of the keys");
    }
    keys.card_keys.emplace(key->key_id(), *key);
  }
}

}  // namespace

std::string text_of(crypto::ScryptCost const& cost) {
  return "scrypt N=" + std::to_string(cost.n) + " r=" + std::to_string(cost.r) +
         " p=" + std::to_string(cost.p);
}

std::optional<crypto::ScryptCost> scrypt_cost_from(std::string_view text) {
  crypto::ScryptCost cost;
  auto const take = [&text](std::string_view before, auto& number) {
    if (!text.starts_with(before)) return false;
    text.remove_prefix(before.size());
    auto const* const end = text.data() + text.size();
    auto const [at, fault] = std::from_chars(text.data(), end, number);
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
    return fault == std::errc();
  };
  bool const is_whole = take("scrypt N=", cost.n) && take(" r=", cost.r) && take(" p=", cost.p);
  if (!is_whole || !text.empty() || !contract::is_payable(cost)) return std::nullopt;
  return cost;
}

KeyRing make_or_load_keys(fs::path const& directory, Random& random,
                          crypto::ScryptCost const& cost_of_new_rows) {
  prepare_directory(directory);
  KeyFiles files(directory, random);
  KeyRing keys{
      .vault = files.secret(key_order[0]),
      .index = files.secret(key_order[1]),
      .body_mac = files.secret(key_order[2]),
      .csrf = files.secret(key_order[3]),
      .root = files.ed25519(key_order[4]),
      .card = files.ed25519(key_order[5]),
      .snapshot = files.ed25519(key_order[6]),
      .checkpoint = files.ed25519(key_order[7]),
      .sealing = files.p256(key_order[8]),
      .card_keys = {},
  };
  std::tie(keys.rows, keys.stretch.cost) = files.rows(key_order[9], cost_of_new_rows);
  keys.browsers = files.secret(key_order[10]);
  files.store_missing(key_order);
  auto const current = keys.card.public_key();
  keys.card_keys.emplace(current.key_id(), current);
  add_earlier_card_keys(directory, keys);
  return keys;
}

}  // namespace kaiku::keys
