# Writes the pages' templates, stylesheet and pictures as string constants into one header.
# cmake -D PAGES=server/pages -D OUTPUT=embedded_assets.hpp -P embed_assets.cmake
# Fails when a template names a text that the text table does not have.
cmake_minimum_required(VERSION 3.25)

file(GLOB text_files ${PAGES}/*/*_texts.def)
set(texts "")
foreach(file IN LISTS text_files)
  file(READ ${file} part)
  string(APPEND texts "${part}")
endforeach()

set(code "// Made by server/pages/frame/embed_assets.cmake; ")
string(APPEND code "change the files in server/pages instead.\n")
string(APPEND code
  "#pragma once\n\n#include <string_view>\n\nnamespace kaiku::pages::embedded {\n\n")

file(GLOB templates ${PAGES}/*/*.mustache)
foreach(file IN LISTS templates)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} content)
  string(REGEX MATCHALL "{{t\\.[a-z0-9_]+}}" named "${content}")
  foreach(text IN LISTS named)
    string(REGEX REPLACE "{{t\\.([a-z0-9_]+)}}" "\\1" key "${text}")
    string(FIND "${texts}" "KAIKU_TEXT(${key}," found)
    if(found EQUAL -1)
      message(FATAL_ERROR
        "${file} names the text '${key}', which no server/pages/*/*_texts.def has.")
    endif()
  endforeach()
  string(APPEND code "inline constexpr std::string_view ${name} = R\"~~~(${content})~~~\";\n\n")
endforeach()

foreach(file IN ITEMS kaiku.css kaiku.svg)
  get_filename_component(stem ${file} NAME_WE)
  get_filename_component(kind ${file} LAST_EXT)
  string(SUBSTRING ${kind} 1 -1 kind)
  file(READ ${PAGES}/frame/assets/${file} content)
  # Comments are for us, not for the wire.
  string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/[\n]?" "" content "${content}")
  # Nor is the white space that no rule needs: it counts on every page.
  if(kind STREQUAL css)
    string(REGEX REPLACE "[ \n]+" " " content "${content}")
    string(REGEX REPLACE " ?([{};,]) ?" "\\1" content "${content}")
    string(REGEX REPLACE "([a-z]): " "\\1:" content "${content}")
  endif()
  string(SHA256 hash "${content}")
  string(SUBSTRING ${hash} 0 12 hash)
  string(APPEND code
    "inline constexpr std::string_view ${kind}_name = \"${stem}-${hash}.${kind}\";\n")
  string(APPEND code
    "inline constexpr std::string_view ${kind}_text = R\"~~~(${content})~~~\";\n\n")
endforeach()
string(APPEND code "}  // namespace kaiku::pages::embedded\n")
file(WRITE ${OUTPUT} "${code}")
