# Writes a .cpp that holds texts of the project, so that the program has them wherever it is installed.
# cmake -DROOT=project -DOUT=file.cpp -P embed_texts.cmake
file(GLOB_RECURSE paths RELATIVE "${ROOT}" "${ROOT}/docs/diagnostics/*.md" "${ROOT}/fixtures/new/*"
     "${ROOT}/engine/ledger/pack/*")
list(SORT paths)
set(entries "")
foreach(path IN LISTS paths)
  file(READ "${ROOT}/${path}" text)
  string(APPEND entries "      {\"${path}\", R\"waymark(${text})waymark\"},\n")
endforeach()
file(WRITE "${OUT}" "// Written by cmake/embed_texts.cmake: change the texts, not this file.
#include \"engine/commands/embedded.hpp\"

namespace waymark::commands {

std::vector<EmbeddedText> const& embedded_texts() {
  static std::vector<EmbeddedText> const texts = {
${entries}  };
  return texts;
}

}  // namespace waymark::commands
")
