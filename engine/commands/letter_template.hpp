// What staff may write in the template of letters, and what is wrong with one, before a letter is made of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace waymark::commands {

struct LetterTemplate {
  std::string name;  ///< of its file, for what is said of it
  std::string text;
};

/// The template that the program carries with it.
LetterTemplate default_letter();

/// The first thing in a template that would give a letter with a hole in it, with file, line and what to write instead:
/// a tag that is not closed, or a name that there is not. `facts`: the data keys of the submission's facts, each of
/// which is there as `facts.KEY`.
std::optional<std::string> wrong_in_template(LetterTemplate const& layout, std::vector<std::string> const& facts);

/// A fault of the template with its place: `letter.mustache:3: the template of letters cannot be used: …`.
std::string template_fault(LetterTemplate const& layout, std::size_t position, std::string const& fault);

}  // namespace waymark::commands
