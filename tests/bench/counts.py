"""./run counts: the instructions that waymark itself executes for fixed work, compared with those on file.

A clock says something else on every machine and every day; this number is the same each time. Counted is what lies in
the program's own file. The C library, OpenSSL and simdjson choose their code by the processor, so they are left out;
valgrind shows every processor that has AVX2 alike. Paths are relative and the work is single-threaded, since the length
of a path and the moment of a thread would show.
"""
import argparse
import itertools
import os
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ON_FILE = ROOT / "tests" / "bench" / "counts.toml"
PROGRAM = "build/release/waymark"
DATA = Path("build/release/counted")  # from ROOT, as everything here
ALLOWED = 0.03

PEERS = ["tests/peers/peers.policy", "--workspace", "tests/peers"]
REVIEW = ["review", *PEERS, "--evidence", str(DATA), "--date", "2026-11-21", "--threads", "1", "--submissions"]
WORK = {
    "2,000 submissions to CSV": [*REVIEW, str(DATA / "2000.jsonl"), "--format", "csv"],
    "200 submissions explained in full": [*REVIEW, str(DATA / "200.jsonl"), "--format", "jsonl", "--explain", "full"],
    "one submission": [*REVIEW, str(DATA / "1.jsonl"), "--format", "csv"],
    "reading a policy": ["check", *PEERS],
}

HEAD = """# Instructions of waymark itself (build/release/waymark, without libraries) for fixed work, by callgrind.
# `./run counts` compares, and fails when one has grown by more than 3 percent; `./run counts --write` writes this file.
"""


def make_data():
    os.makedirs(DATA, exist_ok=True)
    subprocess.run(["build/release/workload_files", DATA, "2000"], check=True)
    for count in (1, 200, 2000):
        with open(DATA / "submissions.jsonl", "rb") as whole, open(DATA / f"{count}.jsonl", "wb") as part:
            part.writelines(itertools.islice(whole, count))


def own_instructions(profile):
    """The sum of what the functions of PROGRAM cost themselves; what they call stands after `calls=` and is left out."""
    total, own, of_a_call = 0, False, False
    with open(profile, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("ob="):
                own = line.rstrip().endswith("/" + PROGRAM)
            elif line.startswith("calls="):
                of_a_call = True
            elif line[0].isdigit():
                if own and not of_a_call:
                    total += int(line.split()[1])
                of_a_call = False
    return total


def count(words):
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", "--compress-strings=no",
                    "--compress-pos=no", PROGRAM, *words]
        ran = subprocess.run(valgrind, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                             env={"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}, text=True)
        if ran.returncode != 0:
            sys.exit(f"counts: {' '.join(words)} ended with {ran.returncode}\n{ran.stderr[-2000:]}")
        own = own_instructions(profile)
        if own == 0:
            sys.exit(f"counts: nothing of {PROGRAM} was counted: is it named otherwise in the profile?")
        return own


def compare(now, before):
    """Says how each count stands to the one on file; the number of those that are not as they should be."""
    wrong = len(before.keys() - now.keys())
    for work, instructions in now.items():
        on_file = before.get(work)
        print(f"{instructions:>15,}  {f'{instructions / on_file - 1:+.2%}' if on_file else 'new':>8}  {work}")
        if on_file and instructions < on_file * (1 - ALLOWED):
            print("  fewer than on file: ./run counts --write keeps the gain")
        if on_file is None or instructions > on_file * (1 + ALLOWED):
            wrong += 1
    return wrong


def write(now):
    width = max(len(work) for work in now) + 2
    ON_FILE.write_text(HEAD + "".join(f'{chr(34) + work + chr(34):{width}} = {count}\n' for work, count in now.items()))


def main():
    parser = argparse.ArgumentParser(prog="./run counts", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write what is counted to the file")
    options = parser.parse_args()
    os.chdir(ROOT)
    make_data()
    with ThreadPoolExecutor(2) as two:
        now = dict(zip(WORK, two.map(count, WORK.values())))
    wrong = compare(now, tomllib.loads(ON_FILE.read_text()) if ON_FILE.exists() else {})
    if options.write:
        write(now)
        return 0
    if wrong:
        print(f"more than 3 percent above {ON_FILE.relative_to(ROOT)}, or not in it; if it must be, ./run counts --write")
    print(f"{max(len(now) - wrong, 0)} passed, {wrong} failed, 0 skipped")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
