"""The figures in docs/performance.md: each part stands between two comments and is written anew by what measured it."""
import datetime
import os
import re
import subprocess

from measure import ROOT

PAGE = ROOT / "docs" / "performance.md"


def write_part(part, text):
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->\n"
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise ValueError(f"{PAGE.relative_to(ROOT)} has no place for {part}")
    PAGE.write_text(before + begin + text + end + after, encoding="utf-8")


def first_match(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            return re.search(pattern, file.read(), re.MULTILINE).group(1)
    except (OSError, AttributeError):
        return "unknown"


def machine():
    """The day and the machine, in one sentence."""
    processor = first_match("/proc/cpuinfo", r"^model name\s*: (.*)$")
    system = first_match("/etc/os-release", r'^PRETTY_NAME="(.*)"$')
    gigabytes = int(first_match("/proc/meminfo", r"^MemTotal: *(\d+)")) / 2**20
    compiler = subprocess.run(["g++", "-dumpfullversion"], capture_output=True, text=True, check=True).stdout.strip()
    wide = first_match("/proc/cpuinfo", r"\b(avx512bw)\b") != "unknown"
    return (f"{datetime.date.today()}: {processor}, {os.cpu_count()} cores, {gigabytes:.0f} GB, "
            f"{'with' if wide else 'without'} AVX-512, {system}, g++ {compiler}.")


def number(value):
    """To three digits, or whole."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(headings, rows):
    """In Markdown; all columns but the first are numbers."""
    lines = [headings, ["---"] + ["---:"] * (len(headings) - 1), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)
