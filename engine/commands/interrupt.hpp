// Ctrl-C and closed pipes. A verb that may run long asks `interrupted()` between pieces of work, prints what it has and
// returns ExitCode::interrupted.
#pragma once

namespace waymark::commands {

/// From now on Ctrl-C is remembered instead of ending the program at once; the second one ends it.
void watch_interrupts();
bool interrupted();
/// A descriptor that can be read from Ctrl-C on, for whoever waits for another one, too; -1 where none is watched for.
int ready_when_interrupted();

/// A reader that has gone away (`waymark … | head`) ends the program without a word.
void quiet_on_closed_pipes();

}  // namespace waymark::commands
