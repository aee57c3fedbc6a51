# The real kaiku-kiosk's screens in a terminal emulator (libvterm), against the small door server.
find_path(VTERM_INCLUDE vterm.h REQUIRED)
find_library(VTERM_LIBRARY vterm REQUIRED)
file(GLOB kiosk_screen_e2e_sources CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_SOURCE_DIR}/e2e/kiosk_screen_*.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/support/kiosk_*.cpp)
add_executable(kaiku_kiosk_screen_e2e_tests
  ${kiosk_screen_e2e_sources} ${CMAKE_CURRENT_SOURCE_DIR}/e2e/kiosk_program.cpp)
target_include_directories(kaiku_kiosk_screen_e2e_tests SYSTEM PRIVATE ${VTERM_INCLUDE})
target_link_libraries(kaiku_kiosk_screen_e2e_tests PRIVATE
  kiosk_screen ${VTERM_LIBRARY} GTest::gtest_main)
target_compile_definitions(kaiku_kiosk_screen_e2e_tests PRIVATE
  KAIKU_KIOSK_BINARY="$<TARGET_FILE:kaiku-kiosk>")
add_dependencies(kaiku_kiosk_screen_e2e_tests kaiku-kiosk)
gtest_discover_tests(kaiku_kiosk_screen_e2e_tests DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
