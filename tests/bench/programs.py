"""The programs that decide the speed workload, and how each is asked to."""
from dataclasses import dataclass, field
from typing import Callable

from measure import DATA, ROOT, TREE

TREE_MODE = "by hand: simdjson's tree to CSV"
EXPLAIN_MODE = "by hand: explained, JSON"


@dataclass
class Program:
    name: str
    command: Callable  # of a file of submissions
    against: str  # the program written by hand that it is measured against
    prints: str = "csv"  # what is compared: "csv" in the order of submissions, "unordered" CSV, or "explained"
    cores: int = 1
    environment: dict = field(default_factory=dict)


def waymark(*more):
    peers = ROOT / "tests" / "peers"
    return lambda lines: [TREE / "waymark", "review", peers / "peers.policy", "--workspace", peers, "--evidence", DATA,
                          "--date", "2026-11-21", "--submissions", lines, *more]


def by_hand(mode):
    return lambda lines: [TREE / "hand_written", mode, DATA, lines]


def ours():
    csv = ("--format", "csv", "--threads")
    return [
        Program("waymark: JSON Lines to CSV", waymark(*csv, "1"), TREE_MODE),
        Program("waymark: JSON Lines to CSV, two threads", waymark(*csv, "2"), TREE_MODE, cores=2),
        Program("waymark: explained in full, JSON Lines",
                waymark("--explain", "full", "--format", "jsonl", "--threads", "1"), EXPLAIN_MODE, "explained"),
        Program(TREE_MODE, by_hand("dome2e"), TREE_MODE),
        Program("by hand: guessing the order of keys", by_hand("fast"), TREE_MODE),
        Program(EXPLAIN_MODE, by_hand("explain"), EXPLAIN_MODE, "explained"),
    ]
