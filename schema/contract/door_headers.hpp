// Headers that a door and the server say to each other beside bodies, as they are written. Whoever
// does not know one passes over it.
#pragma once

namespace kaiku::contract {

// Of the door. "clock=1796041000; unsent=3": its own clock in seconds since 1970, and how many
// attempts and undos it has not brought yet.
inline constexpr char const* door_said_header = "Kaiku-Door";
// Of the server. "highest=118; contiguous=118; entry=118; hash=<64 hexadecimal>", up to where it
// has the door's journal; then "; told=yes" or "; told=no" when the door asked for an entry.
inline constexpr char const* journal_known_header = "Kaiku-Journal";
// Of the server: what stands in its ledger where the cards part ends, a leaf hash, hexadecimal.
inline constexpr char const* cards_leaf_header = "Kaiku-Leaf";
// Of the server: where doors are to ask from now on, when it was asked by another name.
inline constexpr char const* door_address_header = "Kaiku-Door-Address";

}  // namespace kaiku::contract
