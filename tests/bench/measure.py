"""Running a program once under the stopwatch, and what many runs come to."""
import itertools
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / "build" / "bench"
DATA = TREE / "data"


class Failed(Exception):
    """A program ended otherwise than well."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def end(name, main):
    """Runs `main` and ends with its exit code; what went wrong is said, and is 1."""
    try:
        sys.exit(main())
    except (Failed, subprocess.CalledProcessError) as failure:
        say(f"{name}: {failure}")
        sys.exit(1)


def cores(count):
    """The last cores that this process may use: the first ones are where the system works."""
    return sorted(os.sched_getaffinity(0))[-count:]


def run(command, out, core_count=1):
    """Runs it with standard output into `out`; seconds by the clock and of processor time, and its most memory."""
    report = TREE / "stopwatch.json"
    words = [TREE / "stopwatch", report, ",".join(map(str, cores(core_count))), *command]
    with open(out, "wb") as stdout, open(TREE / "stopwatch.err", "wb") as stderr:
        code = subprocess.run(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr).returncode
    if code != 0:
        said = (TREE / "stopwatch.err").read_text(errors="replace")[-2000:]
        raise Failed(f"{' '.join(map(str, command))}\nended with {code}\n{said}")
    return json.loads(report.read_text())


def make_data(count):
    """The workload with so many submissions, and the first of them alone."""
    lines = DATA / "submissions.jsonl"
    made = DATA / "made"
    generator = (TREE / "workload_files").stat().st_mtime
    if not made.exists() or made.read_text() != f"{count} {generator}":
        DATA.mkdir(parents=True, exist_ok=True)
        subprocess.run([TREE / "workload_files", DATA, str(count)], check=True)
        with open(lines, "rb") as file:
            (DATA / "one.jsonl").write_bytes(file.readline())
        made.write_text(f"{count} {generator}")
    return lines


def some_lines(count):
    """A file of the first `count` submissions."""
    path = DATA / f"first-{count}.jsonl"
    whole = DATA / "submissions.jsonl"
    if not path.exists() or path.stat().st_mtime < whole.stat().st_mtime:
        with open(whole, "rb") as lines, open(path, "wb") as part:
            part.writelines(itertools.islice(lines, count))
    return path


class Timed:
    """A program, how many submissions it decides at once, and what rounds of that cost; also of one in a fresh process."""

    def __init__(self, program, count, bytes_each):
        self.program, self.count, self.bytes_each = program, count, bytes_each
        self.many, self.one = [], []

    def round(self, starts):
        # Explanations go nowhere: a disk is no part of the question.
        out = "/dev/null" if self.program.prints == "explained" else TREE / "timed.out"
        self.many.append(self.run(some_lines(self.count), out))
        self.one += [self.run(DATA / "one.jsonl", out) for _ in range(starts)]

    def run(self, lines, out):
        return run(self.program.command(lines), out, self.program.cores)

    def microseconds(self, clock):
        """Of one decision, the start left out: median, least, most; by `cpu` or `wall`."""
        start = statistics.median(run[clock] for run in self.one)
        each = [(run[clock] - start) / (self.count - 1) * 1e6 for run in self.many]
        return statistics.median(each), min(each), max(each)

    def start_milliseconds(self):
        return statistics.median(run["wall"] for run in self.one) * 1e3

    def peak_megabytes(self):
        return max(run["peak_kb"] for run in self.many) / 1024


def count_for(program, seconds, most):
    """How many submissions it decides in about so long, one digit and zeros: asked again while it takes less than half,
    since what compiles as it runs is slow at first."""
    def cpu(lines):
        return run(program.command(lines), TREE / "probe.out", program.cores)["cpu"]

    start, count = cpu(DATA / "one.jsonl"), min(500, most)
    while count < most:
        took = max(cpu(some_lines(count)) - start, 1e-4)
        if took > seconds / 2:
            break
        wanted = min(most, count * min(20, seconds / took))
        digits = 10 ** (len(str(int(wanted))) - 1)
        count = max(count + 1, int(wanted) // digits * digits)
    return count
