# Writes a C++ file with the list of common passwords, its source and licence included, so that the
# binary needs no other file:
#   cmake -D LIST=common_passwords.txt -D OUTPUT=embedded.cpp -P embed_common_passwords.cmake
cmake_policy(VERSION 3.25)
file(READ "${LIST}" text)
if(text MATCHES "\\)~~~\"")
  message(FATAL_ERROR "${LIST} holds the end mark of its C++ literal")
endif()
set(code "// Made by server/access/identity/embed_common_passwords.cmake; change ")
string(APPEND code "common_passwords.txt instead.\n")
string(APPEND code "#include \"server/access/identity/common_passwords.hpp\"\n\n")
string(APPEND code "namespace kaiku::access {\n\nstd::string_view embedded_common_passwords() {\n")
string(APPEND code "  return R\"~~~(${text})~~~\";\n}\n\n}  // namespace kaiku::access\n")
file(WRITE "${OUTPUT}" "${code}")
