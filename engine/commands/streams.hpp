// Standard output is data, standard error is talk. fmt::print throws when a disk is full; these remember it instead,
// and the program ends with exit code 4.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string_view>
#include <utility>

namespace waymark::commands {

inline void write(std::FILE* stream, std::string_view text) { std::fwrite(text.data(), 1, text.size(), stream); }

template <class... Values>
void out(fmt::format_string<Values...> format, Values&&... values) {
  write(stdout, fmt::format(format, std::forward<Values>(values)...));
}

template <class... Values>
void talk(fmt::format_string<Values...> format, Values&&... values) {
  write(stderr, fmt::format(format, std::forward<Values>(values)...));
}

}  // namespace waymark::commands
