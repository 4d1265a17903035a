"""The programs that decide the speed workload, and how each is asked to."""
import shutil
from dataclasses import dataclass
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


ADAPTERS = ROOT / "tests" / "peers" / "adapters"
PEERS = ROOT / "build" / "peers"  # packages of npm, with the adapters beside them: imports are looked for upwards


def peers():
    """The other engines that are installed here; the names of those that are not."""
    shutil.copytree(ADAPTERS, PEERS / "adapters", dirs_exist_ok=True)
    found, missing = [], []

    def add(name, present, command, more=(), prints="csv"):
        if present:
            found.append(Program(name, lambda lines: [*command, DATA, lines, *more], TREE_MODE, prints))
        else:
            missing.append(name)

    def node(name, adapter, package="", more=(), prints="csv"):
        present = shutil.which("node") and (not package or (PEERS / "node_modules" / package).is_dir())
        add(name, present, ["node", PEERS / "adapters" / adapter], more, prints)

    node("DuckDB", "duckdb.mjs", "@duckdb/node-api", prints="unordered")
    node("JavaScript without an engine", "plain.mjs")
    node("CEL, @marcbachmann/cel-js", "cel.mjs", "@marcbachmann/cel-js", more=("marc",))
    node("CEL, @bufbuild/cel", "cel.mjs", "@bufbuild/cel", more=("buf",))
    node("ZEN", "zen.mjs", "@gorules/zen-engine")
    node("Cedar", "cedar.mjs", "@cedar-policy/cedar-wasm")
    node("json-rules-engine", "json_rules.mjs", "json-rules-engine")
    add("SQLite", shutil.which("sqlite3"), [ADAPTERS / "sqlite.sh"], prints="unordered")
    add("CLIPS", (TREE / "clips_adapter").exists(), [TREE / "clips_adapter", ADAPTERS / "policy.clp"])
    add("SWI-Prolog", shutil.which("swipl"), ["swipl", "-O", ADAPTERS / "prolog.pl", "--"])
    return found, missing
