"""Compare our workbook writer with ``pandas.DataFrame.to_excel``: time and memory.

Twelve mixed columns. Each measurement runs in its own process, so that one does not warm up or
fatten the other. Time is CPU time: the best of three processes that take turns, each of which
writes three times (large sheets once). Memory is the highest resident size.
Ours writes the whole contract: table, formats, links, totals with values, rules. pandas writes
bare values.

Run: ``python benchmarks/workbook_writer.py`` (``--quick`` leaves the large sheets out).
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
SMALL, LARGE = 20_000, 200_000
GOAL_RATIO, GOAL_GROWTH_MB = 9.0, 30.0
REPEATS = 3
HEADERS = (
    "Regio",
    "Nummer",
    "Activiteit",
    "Start",
    "Einde",
    "Begroot",
    "Besteed",
    "Besteed %",
    "Uren",
    "Status",
    "Toelichting",
    "Link",
)
STATUSES = ("gepland", "loopt", "afgerond", "vertraagd")
REGIONS = ("Limburg", "Utrecht", "Noord-Holland Noord", "Brabant-Noord", "Drenthe")


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows that differ from each other as those of a real export do."""
    first = dt.date(2011, 1, 1)
    for number in range(count):
        budget = (number * 7919) % 5_000_000
        spent = (number * 104_729) % (budget + 1)
        yield (
            REGIONS[number % len(REGIONS)],
            number,
            f"Training voor medewerkers van loket {number % 977} & balie",
            first + dt.timedelta(days=number % 700),
            first + dt.timedelta(days=number % 700 + 90) if number % 5 else None,
            budget,
            spent,
            spent / (budget + 1),
            (number % 160) / 4,
            STATUSES[number % len(STATUSES)],
            f"Groep {number} is gestart; de trekker meldt {number % 13} deelnemers per keer.",
            f"https://vpt.example/activiteiten/{number}",
        )


def write_ours(count: int) -> bytes:
    """The declared workbook with one sheet."""
    from vpt_regio.workbooks import Column, Kind, Rule, Sheet, Total, Workbook
    from vpt_regio.workbooks.write import write

    kinds = (
        Kind.TEXT,
        Kind.INTEGER,
        Kind.TEXT,
        Kind.DATE,
        Kind.DATE,
        Kind.MONEY,
        Kind.MONEY,
        Kind.PERCENT,
        Kind.DECIMAL,
        Kind.TEXT,
        Kind.LONG_TEXT,
        Kind.LINK,
    )
    summed = {Kind.MONEY, Kind.DECIMAL}
    columns = tuple(
        Column(
            key=f"column_{place}",
            header=header,
            kind=kind,
            width=18,
            get=lambda row, at=place: row[at],
            total=Total.SUM if kind in summed else None,
            rule=Rule.DATA_BAR if kind is Kind.PERCENT else None,
        )
        for place, (header, kind) in enumerate(zip(HEADERS, kinds, strict=True))
    )
    sheet = Sheet("activities", "Activiteiten", columns, rows)
    workbook = Workbook("bench", lambda source: "Meting", (sheet,))
    target = io.BytesIO()
    write(workbook, count, target, made_at=dt.datetime(2012, 7, 16, tzinfo=dt.UTC))
    return target.getvalue()


def write_pandas(count: int) -> bytes:
    """What a user would do without us."""
    import pandas as pd

    frame = pd.DataFrame(list(rows(count)), columns=list(HEADERS))
    target = io.BytesIO()
    frame.to_excel(target, engine="openpyxl", index=False, sheet_name="Activiteiten")
    return target.getvalue()


WRITERS = {"ours": write_ours, "pandas": write_pandas}


def measure_here(writer: str, count: int) -> dict[str, float]:
    """Measure in this process: the first, small write loads the libraries."""
    write = WRITERS[writer]
    write(10)
    best, size = float("inf"), 0
    for _ in range(REPEATS if count == SMALL else 1):
        started = time.process_time()
        size = len(write(count))
        best = min(best, time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(best, 3), "peak_mb": round(peak, 1), "file_mb": round(size / 1e6, 2)}


def measure(writer: str, count: int) -> dict[str, float]:
    """Measure in a fresh process."""
    command = [sys.executable, __file__, "--one", writer, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def report(found: dict[str, dict[str, float]]) -> str:
    """The measurements as a table."""
    lines = [
        "# Workbook writer",
        "",
        f"Python {platform.python_version()}, {platform.machine()}. Twelve mixed columns.",
        "",
        "| Writer | Rows | CPU seconds | Peak MB | File MB |",
        "|---|---|---|---|---|",
    ]
    for name, values in found.items():
        writer, _, count = name.partition("-")
        cells = (writer, count, values["seconds"], values["peak_mb"], values["file_mb"])
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    ratio = found[f"pandas-{SMALL}"]["seconds"] / found[f"ours-{SMALL}"]["seconds"]
    lines += ["", f"{SMALL} rows: **{ratio:.1f} ×** as fast as pandas (goal {GOAL_RATIO:.0f})."]
    if f"ours-{LARGE}" in found:
        growth = {
            writer: found[f"{writer}-{LARGE}"]["peak_mb"] - found[f"{writer}-{SMALL}"]["peak_mb"]
            for writer in WRITERS
        }
        large = found[f"pandas-{LARGE}"]["seconds"] / found[f"ours-{LARGE}"]["seconds"]
        lines.append(f"{LARGE} rows: **{large:.1f} ×** as fast as pandas.")
        lines.append(
            f"Memory from {SMALL} to {LARGE} rows: ours +{growth['ours']:.0f} MB, the finished "
            f"file in memory included (goal below {GOAL_GROWTH_MB:.0f}); "
            f"pandas +{growth['pandas']:.0f} MB."
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave the large sheets out")
    parser.add_argument("--one", nargs=2, metavar=("WRITER", "ROWS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if options.one:
        writer, count = options.one
        print(json.dumps(measure_here(writer, int(count))))
        return 0
    counts = (SMALL,) if options.quick else (SMALL, LARGE)
    found: dict[str, dict[str, float]] = {}
    for count in counts:
        for _ in range(REPEATS if count == SMALL else 1):
            for name in WRITERS:
                key, now = f"{name}-{count}", measure(name, count)
                if key not in found or now["seconds"] < found[key]["seconds"]:
                    found[key] = now
    RESULTS.mkdir(parents=True, exist_ok=True)
    text = report(found)
    (RESULTS / "workbook_writer.json").write_text(json.dumps(found, indent=2) + "\n")
    (RESULTS / "workbook_writer.md").write_text(text)
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
