"""./run bench curves: processor time against submissions, criteria, evidence and occupations, for docs/performance.md.

Each point is the least of five runs of `waymark review` on one thread, policy and evidence read anew; the points of a
curve take turns, so that a slow minute of the machine is everybody's. A cost that is no straight line is said, and the
exit code is 1.
"""
import argparse
import shutil
import subprocess
from dataclasses import dataclass, field

from drawing import draw
from measure import ROOT, TREE, end, run, say
from page import machine, number, table, write_part

FOLDER = TREE / "scaled"
PICTURES = ROOT / "docs" / "performance"
ROUNDS = 5
STRAIGHT = 0.08  # how far a point may lie from the line, of the greatest cost

USUAL = {"criteria": 12, "evidence_rows": 2_400, "occupations": 2, "submissions": 2_000}


@dataclass
class Curve:
    name: str
    what: str
    grows: str  # of USUAL
    values: list
    fixed: dict = field(default_factory=dict)  # what else is not as usual
    printed: tuple = ("--format", "csv")

    def title(self):
        rest = {**USUAL, **self.fixed}
        said = {"criteria": "criteria", "evidence_rows": "rows of evidence", "occupations": "occupations a pathway",
                "submissions": "submissions"}
        return ", ".join(f"{rest[key]:,} {words}" for key, words in said.items() if key != self.grows)


CURVES = [
    Curve("submissions", "submissions", "submissions", [100_000, 200_000, 300_000, 400_000, 500_000]),
    Curve("criteria", "criteria", "criteria", [100, 200, 300, 400, 500]),
    Curve("evidence", "rows of evidence", "evidence_rows", [400_000, 800_000, 1_200_000, 1_600_000, 2_000_000],
          {"criteria": 500, "submissions": 500}),
    Curve("occupations", "occupations a pathway", "occupations", [40, 80, 120, 160, 200]),
    Curve("explained", "submissions explained in full", "submissions", [2_000, 4_000, 6_000, 8_000, 10_000],
          printed=("--format", "jsonl", "--explain", "full")),
]


def review_of(size, printed, folder):
    """The command that reviews files of that size, which it makes first."""
    folder.mkdir(parents=True, exist_ok=True)
    order = ("criteria", "evidence_rows", "occupations", "submissions")
    subprocess.run([TREE / "scaled_files", folder, *(str(size[key]) for key in order)], check=True)
    return [TREE / "waymark", "review", folder / "scaled.policy", "--submissions", folder / "submissions.jsonl",
            "--date", "2026-11-21", "--threads", "1", *printed]


def points_of(curve):
    """By value the least seconds of processor time."""
    reviews = [review_of({**USUAL, **curve.fixed, curve.grows: value}, curve.printed, FOLDER / str(value))
               for value in curve.values]
    rounds = [[run(review, "/dev/null")["cpu"] for review in reviews] for _ in range(ROUNDS)]
    shutil.rmtree(FOLDER)
    return list(zip(curve.values, map(min, zip(*rounds))))


def least_squares(points):
    """The straight line that is nearest to the points: where it begins, and how steep it is."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = (sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points))
    return middle_y - slope * middle_x, slope


def measure(curve):
    """Draws one curve; its row in the table, and whether it is straight."""
    points = points_of(curve)
    for value, least in points:
        say(f"curves: {value:,} {curve.what}: {least:.3f} s")
    begin, slope = least_squares(points)
    most = max(y for _, y in points)
    off = max(abs(y - begin - slope * x) for x, y in points) / most
    path = PICTURES / f"{curve.name}.svg"
    path.write_text(draw(f"Cost against {curve.what}", curve.title(), curve.what, points, (begin, slope)),
                    encoding="utf-8")
    print(f"{curve.what}: {number(slope * 1e6)} µs each; the farthest point is {off:.1%} of the greatest cost off the line")
    row = [curve.what, curve.title(), number(slope * 1e6), f"{off:.1%}"]
    return row, off <= STRAIGHT


def main():
    parser = argparse.ArgumentParser(prog="./run bench curves", description=__doc__.splitlines()[0])
    parser.add_argument("which", nargs="*", metavar="CURVE", help=f"of {', '.join(curve.name for curve in CURVES)} (all)")
    wanted = parser.parse_args().which
    unknown = set(wanted) - {curve.name for curve in CURVES}
    if unknown:
        say(f"curves: no such curve: {', '.join(sorted(unknown))}")
        return 2
    PICTURES.mkdir(exist_ok=True)
    measured = [measure(curve) for curve in CURVES if not wanted or curve.name in wanted]
    bent = [row[0] for row, straight in measured if not straight]
    for what in bent:
        print(f"no straight line: {what}")
    if not wanted:
        headings = ["cost of one more of", "where there are", "µs", "off the line"]
        write_part("curves", f"{machine()}\n\n" + table(headings, [row for row, _ in measured]))
    return 1 if bent else 0


if __name__ == "__main__":
    end("curves", main)
