// The channels by which a function says that it could not: the world's failures are results, our own mistakes abort.
// (What a user wrote wrong is a diagnostic, and travels beside whatever could be understood.)
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <tl/expected.hpp>

namespace waymark::values {

/// A value, or what the world did instead.
template <class T, class Error>
using Result = tl::expected<T, Error>;

template <class Error>
tl::unexpected<std::decay_t<Error>> failure(Error&& error) {
  return tl::make_unexpected(std::forward<Error>(error));
}

/// A file, a folder or a database that did not do what was asked. `message` names it and ends without a full stop.
struct WorldError {
  std::string message;
};

/// Stops the program, in every build: the mistake is ours, and a decision made after it could not be trusted.
#define WAYMARK_CHECK(condition, message)                                                                        \
  do {                                                                                                           \
    if (!(condition)) {                                                                                          \
      std::fprintf(stderr, "waymark: this is a mistake in the program, please report it: %s (%s:%d)\n", message, \
                   __FILE__, __LINE__);                                                                          \
      std::abort();                                                                                              \
    }                                                                                                            \
  } while (false)

}  // namespace waymark::values
