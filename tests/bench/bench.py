"""./run bench: how fast the speed workload is decided, by Waymark, by programs written for it, and by other engines."""
import argparse
import json
import os
import statistics
from pathlib import Path

import programs
from measure import DATA, ROOT, TREE, Failed, Timed, count_for, end, make_data, run, say, some_lines
from page import machine, number, table, write_part

MOST = 500_000  # submissions
IN_MEMORY_AT_ONCE = 100_000  # as many as `review_again` has
ORDINARY = {"rounds": 7, "seconds": 2.0, "starts": 3}
QUICK = {"rounds": 2, "seconds": 0.1, "starts": 2}
IN_MEMORY = "decisions a second in memory"
BY_HAND_AVX2 = "by hand without AVX-512"


def arguments():
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--rounds", type=int, help="how often each program decides everything (7)")
    parser.add_argument("--quick", action="store_true", help="two short rounds: a look, no measurement")
    parser.add_argument("--without-peers", action="store_true", help="only Waymark and what is written by hand")
    parser.add_argument("--install-peers", action="store_true", help="first install the other engines (npm, apt)")
    parser.add_argument("--write", action="store_true", help="write the table to docs/performance.md too")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args()


def outcomes(path, explained):
    """`submission,outcome` of each line, whichever way it is printed."""
    with open(path, encoding="utf-8") as file:
        if not explained:
            return [",".join(line.split(",")[:2]) for line in file][1:]
        decisions = map(json.loads, file)
        return [f"{one.get('submission', one.get('id'))},{one['outcome']}" for one in decisions]


def agrees(program, lines, expected, out):
    run(program.command(lines), out, program.cores)
    if program.prints == "explained":
        return outcomes(out, True) == outcomes(expected, False)
    printed, wanted = out.read_bytes(), expected.read_bytes()
    if program.prints == "unordered":
        return sorted(printed.splitlines()) == sorted(wanted.splitlines())
    return printed == wanted


def checked(wanted, seconds, most):
    """The programs that decide as Waymark does, each with a count for about so many seconds; and the names of others."""
    sound, wrong = [], []
    for program in wanted:
        out, expected = TREE / "checked.out", TREE / "expected.csv"
        try:
            count = count_for(program, seconds, most)
            lines = some_lines(count)
            run(programs.ours()[0].command(lines), expected)
            if agrees(program, lines, expected, out):
                sound.append(Timed(program, count, out.stat().st_size / count))
                continue
            say(f"bench: {program.name} does not decide as Waymark does; it is not timed")
        except Failed as failure:
            say(f"bench: {program.name} is not timed: {failure}")
        wrong.append(program.name)
    return sound, wrong


def measure(sound, rounds, starts):
    """Round after round of all programs, beginning with another one each time."""
    for turn in range(rounds):
        say(f"bench: round {turn + 1} of {rounds}")
        for at in range(len(sound)):
            sound[(at + turn * 3) % len(sound)].round(starts)


def rows(sound):
    # Processor time where a program has one core: then it is what the clock says, less what else the machine does.
    by = {one.program.name: one.microseconds("wall" if one.program.cores > 1 else "cpu") for one in sound}
    out = []
    for one in sound:
        middle, least, most = by[one.program.name]
        by_hand = by.get(one.program.against)
        out.append({
            "program": one.program.name, "submissions": one.count, "decisions a second": 1e6 / middle,
            "microseconds": middle, "least": least, "most": most,
            "times by hand": middle / by_hand[0] if by_hand else None,
            "megabytes a second written": one.bytes_each / middle, "peak megabytes": one.peak_megabytes(),
            "start milliseconds": one.start_milliseconds()})
    return out


def again_by_waymark(_):
    """`review_again` by how many stand in a batch: the best of them."""
    out = TREE / "memory.out"
    run([TREE / "review_bench", "--benchmark_format=json", "--benchmark_filter=^review_again/"], out)
    return max(one["items_per_second"] for one in json.loads(out.read_text())["benchmarks"])


def again_by_hand(program):
    def rate(lines):
        out = TREE / "memory.out"
        run([TREE / program, "cols", DATA, lines], out)
        return json.loads(out.read_text())[IN_MEMORY]
    return rate


def in_memory(rounds):
    """Decisions a second of what is in memory already, in turn: Waymark's own benchmark, and columns written by hand,
    for this machine and for any that has AVX2. Medians."""
    wanted = {"by hand": again_by_hand("hand_written"), BY_HAND_AVX2: again_by_hand("hand_written_avx2")}
    if (TREE / "review_bench").exists():
        wanted["waymark"] = again_by_waymark
    found = {name: [] for name in wanted}
    lines = some_lines(IN_MEMORY_AT_ONCE)
    for _ in range(rounds):
        for name, rate in wanted.items():
            found[name].append(rate(lines))
    return {name: statistics.median(rates) for name, rates in found.items()}


def start_with_published_tables(times):
    """Milliseconds by the clock of one decision in a fresh process that reads a policy and every published table of wages,
    projections and crosswalks; None where those are not beside the project."""
    tables = Path(os.environ.get("WAYMARK_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not tables.is_dir():
        say("bench: no published tables here, so a start with them is skipped (WAYMARK_REAL_DATA names their folder)")
        return None
    policy = ROOT / "tests" / "real" / "every-table" / "every-table.policy"
    one = TREE / "one-pathway.jsonl"
    one.write_text('{"id": "1", "cip": "51.3801", "soc": ["29-1141"]}\n')
    command = [TREE / "waymark", "review", policy, "--submissions", one, "--date", "2026-11-21", "--format", "csv"]
    return statistics.median(run(command, TREE / "one-pathway.csv")["wall"] for _ in range(times)) * 1e3


def proportions(sound, rates, start):
    """What is asked for beside the table."""
    by = {one.program.name: one for one in sound}
    ours = [program.name for program in programs.ours()]
    out = {}
    if ours[0] in by and ours[1] in by:
        one, two = (by[name].microseconds("wall")[0] for name in ours[:2])
        out["two threads against one, by the clock"] = one / two
    if ours[2] in by and programs.EXPLAIN_MODE in by:
        theirs, written = by[programs.EXPLAIN_MODE], by[ours[2]]
        out["bytes a second explained, against by hand"] = (
            written.bytes_each / written.microseconds("cpu")[0] * theirs.microseconds("cpu")[0] / theirs.bytes_each)
    for name, rate in rates.items():
        out[f"{IN_MEMORY}, {name}"] = rate
    if "waymark" in rates:
        for name in ("by hand", BY_HAND_AVX2):
            out[f"in memory, against {name}"] = rates["waymark"] / rates[name]
    if start:
        out["one decision in a fresh process that reads every published table, ms"] = start
    return out


HEADINGS = ["program", "decisions a second", "µs a decision", "of rounds", "times by hand", "MB/s written", "peak MB",
            "start ms"]


def cells(row):
    return [row["program"], number(row["decisions a second"]), number(row["microseconds"]),
            f"{number(row['least'])} to {number(row['most'])}",
            "" if row["times by hand"] is None else number(row["times by hand"]),
            number(row["megabytes a second written"]), number(row["peak megabytes"]),
            number(row["start milliseconds"])]


def as_text(result):
    lines = [HEADINGS] + [cells(row) for row in result["programs"]]
    widths = [max(len(row[i]) for row in lines) for i in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) if i == 0 else cell.rjust(width)
                       for i, (cell, width) in enumerate(zip(row, widths))).rstrip() for row in lines]
    return "\n".join(lines + [""] + [f"{name}: {number(value)}" for name, value in result["proportions"].items()])


def write_page(result, rounds):
    said = "".join(f"* {name}: {number(value)}\n" for name, value in result["proportions"].items())
    write_part("bench", f"{machine()} Medians of {rounds} rounds.\n\n" +
                    table(HEADINGS, map(cells, result["programs"])) + "\n" + said)


def main():
    options = arguments()
    how = QUICK if options.quick else ORDINARY
    if options.rounds is not None and options.rounds < 1:
        say("bench: at least one round")
        return 2
    if options.write and options.quick:
        say("bench: a quick look is nothing to write down")
        return 2
    make_data(MOST)
    peers, missing = ([], []) if options.without_peers else programs.peers()
    if missing:
        say(f"bench: not installed, so not measured: {', '.join(missing)} (--install-peers)")
    sound, wrong = checked(programs.ours() + peers, how["seconds"], MOST)
    rounds = options.rounds or how["rounds"]
    measure(sound, rounds, how["starts"])
    start = start_with_published_tables(rounds * how["starts"])
    result = {"programs": rows(sound), "proportions": proportions(sound, in_memory(rounds), start), "disagree": wrong}
    if options.write:
        write_page(result, rounds)
    print(json.dumps(result, indent=2) if options.json else as_text(result))
    return 1 if wrong else 0


if __name__ == "__main__":
    end("bench", main)
