// kaiku-bench-seed: adds registered cards to a stopped demo, so that a bench can ask a million of
// them. Entries, projections and vault rows are the real ones; two things are left out, since they
// cost hours and no request of the bench looks at them: a signed token for each card, and its true
// stretched code (a random one stands in its place, so that nobody stretches while it is measured).
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include "server/app/app.hpp"
#include "server/ledger/ledger.hpp"
#include "server/tables/cards.hpp"
#include "server/tables/network.hpp"
#include "server/tables/stretched_codes.hpp"

namespace kaiku::bench {
namespace {

// Each commit writes every page of every index that its cards touch, and random keys touch nearly
// all of them: few commits, and a cache that holds the pages until then.
constexpr int cards_a_commit = 250'000;
constexpr char page_cache[] = "PRAGMA cache_size = -1000000";  // KiB
constexpr int validity_months = 12;

std::vector<tables::Office> offices_of(Installation& installation) {
  std::vector<tables::Office> offices;
  installation.write([&](ledger::WriteTx& tx) {
    offices = tables::list_offices(tx, std::nullopt, {.after = 0, .limit = 200});
    return false;
  });
  return offices;
}

std::string add_card(ledger::WriteTx& tx, tables::Office const& office) {
  ledger::CardRegistered entry;
  entry.made_on_the_spot = true;
  entry.card = tx.random().bytes<16>();
  entry.lineage = tx.random().bytes<16>();
  entry.area = office.area;
  entry.municipality = office.municipality;
  entry.office = office.id;
  entry.registered_on = entry.first_valid = helsinki_day(tx.now());
  entry.last_valid = last_valid_day(entry.first_valid, validity_months);
  auto const sequence = ledger::append(tx, domain::Actor{}, entry).sequence;
  CardId const card{sequence << 16};
  auto const code = contract::CardCode::random(tx.random());
  tables::put_card_in_vault(tx, card, code, tx.random().bytes<32>());
  tables::put_holder(tx, LineageId{sequence}, sequence, tx.now(), {1980, "99999", 1, "", "", ""});
  tables::put_stretched(tx, card, tx.random().bytes<32>());
  return code.text();
}

int seed(std::string const& dir, std::int64_t cards, std::string const& codes_file) {
  SystemClock const clock;
  SystemRandom random;
  Installation installation(dir, AppSettings{}.instance, clock, random);
  auto const offices = offices_of(installation);
  if (offices.empty()) throw std::runtime_error("there is no office in " + dir);
  installation.write([](ledger::WriteTx& tx) {
    tx.connection().execute(page_cache);
    return false;
  });
  std::ofstream codes(codes_file);
  for (std::int64_t made = 0; made < cards;) {
    std::string lines;
    installation.write([&](ledger::WriteTx& tx) {
      for (int n = 0; n < cards_a_commit && made < cards; ++n, ++made) {
        auto const& office = offices[static_cast<std::size_t>(made) % offices.size()];
        lines += add_card(tx, office) + "\n";
      }
      return true;
    });
    codes << lines;
  }
  // Else the server's search for codes to stretch goes through all of them while it is measured.
  installation.write([](ledger::WriteTx& tx) {
    tables::note_stretched_up_to(tx, tx.ledger_end().last_sequence());
    return true;
  });
  codes.close();
  if (!codes) throw std::runtime_error("cannot write " + codes_file);
  return 0;
}

}  // namespace
}  // namespace kaiku::bench

int main(int argc, char** argv) {
  try {
    if (argc == 4) return kaiku::bench::seed(argv[1], std::stoll(argv[2]), argv[3]);
    std::fputs("kaiku-bench-seed DEMO_FOLDER CARDS CODES_FILE\n", stderr);
    return 2;
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "kaiku-bench-seed: %s\n", fault.what());
    return 3;
  }
}
