// Every fuzz target over its small corpus, without libFuzzer: `kaiku_fuzz_replay TARGET FOLDER`
// feeds each file whole, and cut after each of its first bytes. A target that finds a fault aborts.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "schema/values/bytes.hpp"

#define FUZZ_TARGET(name) extern "C" int name(std::uint8_t const* bytes, std::size_t size);
#include "fuzz_targets.def"
#undef FUZZ_TARGET

namespace {

using Target = int (*)(std::uint8_t const*, std::size_t);

Target target_named(std::string_view wanted) {
#define FUZZ_TARGET(name) \
  if (wanted == #name) return &name;
#include "fuzz_targets.def"
#undef FUZZ_TARGET
  return nullptr;
}

constexpr std::size_t most_cuts = 64;

void feed(Target target, std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  auto const bytes = kaiku::bytes_of(text);
  target(bytes.data(), bytes.size());
  for (std::size_t size = 0; size < std::min(bytes.size(), most_cuts); ++size) {
    kaiku::Bytes const cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    target(cut.data(), cut.size());
  }
}

}  // namespace

int main(int argc, char** argv) {
  Target const target = argc == 3 ? target_named(argv[1]) : nullptr;
  if (target == nullptr) {
    std::cerr << "usage: kaiku_fuzz_replay TARGET FOLDER\n";
    return 2;
  }
  int files = 0;
  if (std::filesystem::is_directory(argv[2])) {
    for (auto const& entry : std::filesystem::directory_iterator(argv[2])) {
      std::cout << entry.path().filename().string() << std::endl;  // told before it may abort
      feed(target, entry.path());
      ++files;
    }
  }
  if (files == 0) std::cerr << "no corpus in " << argv[2] << ": see tests/fuzz/make_corpus.cpp\n";
  return files == 0 ? 1 : 0;
}
