// The binary. Everything it does is in the library, where tests reach it.
#include "engine/commands/program.hpp"

int main(int argc, char** argv) { return waymark::commands::run(argc, argv); }
