#include "server/ledger/merkle.hpp"

#include <gtest/gtest.h>

#include <bit>

#include "../contract/public_vectors.hpp"
#include "schema/crypto/crypto.hpp"

namespace kaiku::ledger::merkle {
namespace {

Bytes hex(std::string const& text) { return from_hex(text).value(); }

// The leaves and roots that Certificate Transparency implementations have in common.
std::vector<Bytes> const ct_leaves{
    {},
    hex("00"),
    hex("10"),
    hex("2021"),
    hex("3031"),
    hex("40414243"),
    hex("5051525354555657"),
    hex("606162636465666768696a6b6c6d6e6f"),
};
constexpr char const* ct_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

std::vector<Digest> numbered_leaves(std::size_t count) {
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < count; ++i) {
    leaves.push_back(leaf_hash(Bytes{static_cast<std::uint8_t>(i)}));
  }
  return leaves;
}

// The definition of RFC 6962 section 2.1, word for word.
Digest root_by_definition(Leaves leaves) {
  if (leaves.empty()) return crypto::sha256(ByteView());
  if (leaves.size() == 1) return leaves.front();
  std::size_t const split = std::bit_floor(leaves.size() - 1);
  return node_hash(root_by_definition(leaves.first(split)),
                   root_by_definition(leaves.subspan(split)));
}

TEST(Merkle, has_the_roots_of_certificate_transparency) {
  Frontier frontier;
  EXPECT_EQ(to_hex(frontier.root()), ct_roots[0]);
  for (std::size_t i = 0; i < ct_leaves.size(); ++i) {
    frontier.append(leaf_hash(ct_leaves[i]));
    EXPECT_EQ(to_hex(frontier.root()), ct_roots[i + 1]) << i + 1;
  }
}

TEST(Merkle, frontier_has_the_root_of_the_definition_at_every_size) {
  auto const leaves = numbered_leaves(130);
  Frontier frontier;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    ASSERT_EQ(frontier.root(), root_by_definition(Leaves(leaves).first(size))) << size;
    ASSERT_EQ(Frontier(frontier.size(), frontier.roots()), frontier);
    if (size < leaves.size()) frontier.append(leaves[size]);
  }
  EXPECT_THROW(Frontier(3, frontier.roots().size() == 2 ? std::vector<Digest>{} : frontier.roots()),
               std::runtime_error);
}

TEST(Merkle, proves_every_leaf_at_every_size_and_no_other) {
  auto const leaves = numbered_leaves(65);
  for (std::size_t size = 1; size <= 64; ++size) {
    Leaves const tree = Leaves(leaves).first(size);
    Digest const root = root_by_definition(tree);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto const proof = inclusion_proof(tree, index);
      ASSERT_TRUE(verify_inclusion(leaves[index], index, size, proof, root)) << size;
      ASSERT_FALSE(verify_inclusion(leaves[64], index, size, proof, root));
      if (size > 1) {
        ASSERT_FALSE(verify_inclusion(leaves[index], (index + 1) % size, size, proof, root));
      }
      auto longer = proof;
      longer.push_back(root);
      ASSERT_FALSE(verify_inclusion(leaves[index], index, size, longer, root));
    }
    ASSERT_FALSE(verify_inclusion(leaves[0], size, size, {}, root));
  }
}

TEST(Merkle, proves_that_every_smaller_tree_is_a_beginning) {
  auto const leaves = numbered_leaves(64);
  for (std::size_t size = 1; size <= 64; ++size) {
    Leaves const tree = Leaves(leaves).first(size);
    Digest const root = root_by_definition(tree);
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      Digest const old_root = root_by_definition(tree.first(old_size));
      auto proof = consistency_proof(tree, old_size);
      ASSERT_TRUE(verify_consistency(old_size, size, old_root, root, proof));
      if (proof.empty()) continue;
      proof.back()[0] ^= 1;
      ASSERT_FALSE(verify_consistency(old_size, size, old_root, root, proof));
      proof.pop_back();
      ASSERT_FALSE(verify_consistency(old_size, size, old_root, root, proof));
    }
  }
}

// --- public vectors --------------------------------------------------------------------------

// Some cases hold roots of another length; hashed, they stay as equal or different as they were.
Digest digest_from(nlohmann::json const& text) {
  auto const raw = from_base64(text.get<std::string>()).value();
  if (raw.size() != sizeof(Digest)) return crypto::sha256(bytes_of("another length"), raw);
  Digest digest{};
  std::copy(raw.begin(), raw.end(), digest.begin());
  return digest;
}

std::vector<Digest> proof_from(nlohmann::json const& list) {
  std::vector<Digest> proof;
  for (auto const& item : list) proof.push_back(digest_from(item));
  return proof;
}

template <class Check>
int walk_vectors(std::string const& folder, Check const& check) {
  int cases = 0;
  for (auto const& file :
       std::filesystem::recursive_directory_iterator(public_vector_path("merkle/" + folder))) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in(file.path());
    auto const vector = nlohmann::json::parse(in);
    EXPECT_EQ(check(vector), !vector.at("wantErr").get<bool>()) << file.path();
    ++cases;
  }
  return cases;
}

TEST(Merkle, judges_the_public_inclusion_vectors_as_stated) {
  KAIKU_NEEDS_PUBLIC_VECTORS("merkle/inclusion");
  int const cases = walk_vectors("inclusion", [](nlohmann::json const& vector) {
    return verify_inclusion(digest_from(vector.at("leafHash")), vector.at("leafIdx"),
                            vector.at("treeSize"), proof_from(vector.at("proof")),
                            digest_from(vector.at("root")));
  });
  EXPECT_GT(cases, 20);
}

TEST(Merkle, judges_the_public_consistency_vectors_as_stated) {
  KAIKU_NEEDS_PUBLIC_VECTORS("merkle/consistency");
  int const cases = walk_vectors("consistency", [](nlohmann::json const& vector) {
    return verify_consistency(vector.at("size1"), vector.at("size2"),
                              digest_from(vector.at("root1")), digest_from(vector.at("root2")),
                              proof_from(vector.at("proof")));
  });
  EXPECT_GT(cases, 20);
}

}  // namespace
}  // namespace kaiku::ledger::merkle
