// The file of `--config`: TOML, flat, every option of the command by its long name.
#pragma once

#include <CLI/CLI.hpp>

namespace kaiku::commands {

// Gives `root` the option --config. Its settings belong to whichever command was chosen; '-' and
// '_' are the same in names; what the command line says wins, then the file, then the environment.
// A setting that the command does not have is an error that names it.
void take_settings_file(CLI::App& root);

}  // namespace kaiku::commands
