"""Times a load against the obvious pandas way on the same messy file, each in a process of its own, in turns.

Run from the project's folder: python -m tests.benchmark.loading [--rows 1000000] [--runs 3]
Prints rows a second, the most memory that each process took, and the ratios. Ours runs without page tables, as pandas
makes none, and with them. Pandas runs twice: as one would write it without a thought of privacy, and with texts
screened by the loader's own patterns, in the same engine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tests.benchmark.memory import most_megabytes

if TYPE_CHECKING:
    import pandas as pd

PROJECT = Path(__file__).resolve().parents[2]
AGENCY = "demo-alder-crossing"
# How many rows in a thousand are spoiled in each way, beside the dirt of the demonstration's own.
SPOILED_IN_A_THOUSAND = 2
TIMES = ("call_datetime", "team_dispatched", "team_on_scene", "team_cleared")


def messy_table(rows: int, seed: int = 7) -> pa.Table:
    """An export of Alder Crossing with that many rows: its made-up calls over and over, each time with other ids,
    written by several hands, with empty cells, repeats, tests, unlisted codes and unreadable times."""
    from outcomes.demo.calls import draw_calls
    from outcomes.demo.dirt import with_blanks, with_odd_spelling
    from outcomes.demo.exports import FORMATS
    from outcomes.demo.program import PROGRAMS

    program = next(program for program in PROGRAMS if program.agency_id == AGENCY)
    rng = np.random.default_rng([seed, zlib.crc32(AGENCY.encode())])
    once = FORMATS[AGENCY].columns(draw_calls(program, seed), program, rng)
    parts = []
    for number in range(-(-rows // len(once))):
        ids = pc.binary_join_element_wise(once["incident_number"], f"{number:03d}", "-")
        parts.append(once.set_column(0, "incident_number", ids))
    table = pa.concat_tables(parts).slice(0, rows).combine_chunks()
    table = with_odd_spelling(
        table, rng, ("call_type", "call_source", "team_not_sent_because", "contact", "police")
    )
    table = with_blanks(table, rng, ("call_source", "priority", "district", "gender", "arrest"))
    for name in TIMES:
        table = _spoiled(
            table, rng, name, ("24:61", "tomorrow", "1919-01-01 00:00:00", "2026-02-30 10:00:00")
        )
    table = _spoiled(table, rng, "call_type", ("ZZTOP", "M-H"))
    table = _spoiled(table, rng, "age", ("unknown", "205", "-3"))
    return _spoiled(table, rng, "incident_number", (" ",))


def _spoiled(
    table: pa.Table, rng: np.random.Generator, name: str, values: tuple[str, ...]
) -> pa.Table:
    hit = rng.random(len(table)) < SPOILED_IN_A_THOUSAND / 1000
    other = pa.array(np.array(values, dtype=object)[rng.integers(0, len(values), len(table))])
    column = pc.if_else(pa.array(hit), other, table[name])
    return table.set_column(table.column_names.index(name), name, column)


def write_messy_csv(path: Path, rows: int) -> None:
    """Write the messy export, with every thousandth line broken by a stray comma."""
    pyarrow.csv.write_csv(messy_table(rows), path, pyarrow.csv.WriteOptions(quoting_style="needed"))
    spoiled = path.with_suffix(".spoiled")
    with path.open("rb") as source, spoiled.open("wb") as out:
        for number, line in enumerate(source):
            out.write(line.rstrip(b"\n") + b",x,y\n" if number and number % 1000 == 0 else line)
    spoiled.replace(path)


def load_ours(path: Path, folder: Path, publishes: bool = False) -> int:
    """Rows read by the loader and stored durably in a warehouse; page tables too where it publishes."""
    from outcomes.ingest.run import load_log

    agencies = PROJECT / "data" / "agencies"
    return load_log([path], AGENCY, agencies, folder / "store", publishes=publishes).rows_read


def load_and_publish(path: Path, folder: Path) -> int:
    """As load_ours, with every page table built and made live."""
    return load_ours(path, folder, publishes=True)


def load_with_pandas(path: Path, folder: Path, screens: bool = False) -> int:
    """Rows read in the obvious pandas way: one column after the other, by the same profile, to one Parquet file.

    It does less: no row numbers of what was rejected, no comparison with what is stored, no page tables; and
    unless it screens, names and addresses in a column of codes are kept.
    """
    import pandas as pd

    from outcomes.ingest.agency import read_profile

    profile = read_profile(PROJECT / "data" / "agencies" / AGENCY)
    log = pd.read_csv(path, dtype=str, keep_default_na=False, on_bad_lines="skip")
    rows_read = len(log)
    for name in log.columns:
        log[name] = log[name].str.replace(r"\s+", " ", regex=True).str.strip()
        log[name] = log[name].mask(log[name].str.lower() == "", None)
    out = pd.DataFrame({field: log[column] for field, column in profile.text.items()})
    complaints = {}
    for field, rule in profile.times.items():
        read = pd.to_datetime(log[rule.column], format=rule.formats[0], errors="coerce")
        for written in rule.formats[1:] if screens else ():
            read = read.fillna(pd.to_datetime(log[rule.column], format=written, errors="coerce"))
        plausible = read.between(pd.Timestamp(rule.earliest), pd.Timestamp(rule.latest))
        complaints[field] = log[rule.column][log[rule.column].notna() & ~plausible].value_counts()
        out[field] = read.where(plausible)
    for field, rule in profile.words.items():
        words = {value.lower(): word for value, word in rule.values.items()}
        found = log[rule.column].str.lower().map(words)
        complaints[field] = log[rule.column][log[rule.column].notna() & found.isna()].value_counts()
        out[field] = found.fillna("not_recorded")
    for field, rule in profile.flags.items():
        out[field] = None
        for asked, said in ((rule.no, False), (rule.yes, True)):
            if asked is not None and asked.is_ is not None:
                holds = log[asked.column].str.lower().isin([value.lower() for value in asked.is_])
                out.loc[holds, field] = said
    out["call_type"] = log["call_type"]
    out["final_call_type"] = log["final_call_type"]
    if screens:
        for field in (*profile.text, "call_type", "final_call_type"):
            out[field] = _screened(out[field], is_id=field == "incident_id")
        for field, counts in complaints.items():
            complaints[field] = counts[_screened(counts.index.to_series(), False).notna()]
    out["age_band"] = pd.cut(pd.to_numeric(log["age"], errors="coerce"), [-1, 17, 24, 44, 64, 120])
    out["age_band"] = out["age_band"].astype(str)
    out["row_hash"] = pd.util.hash_pandas_object(out.astype(str), index=False)
    out = out[(log["call_type"].str.upper() != "TEST") & out["incident_id"].notna()]
    out = out.drop_duplicates("incident_id", keep="last")
    out.to_parquet(folder / "incident.parquet")
    return rows_read


def _screened(texts: "pd.Series", is_id: bool) -> "pd.Series":
    """The texts, missing where the loader would not keep them: by its own patterns, the cheap look first."""
    from outcomes.ingest.privacy import pii as privacy

    values = pa.array(texts, pa.string(), from_pandas=True)

    def fits(among: pa.Array, pattern: str) -> np.ndarray:
        found = pc.match_substring_regex(among, pattern)
        return pc.fill_null(found, False).to_numpy(zero_copy_only=False)

    length = pc.fill_null(pc.utf8_length(values), 0).to_numpy(zero_copy_only=False)
    blanks = pc.fill_null(pc.count_substring(values, " "), 0).to_numpy(zero_copy_only=False)
    is_dropped = fits(values, privacy.DAMAGE)
    is_dropped |= (length > privacy.LONGEST_CODE) | (blanks >= privacy.MOST_WORDS)
    look = privacy.ANY_KIND_IN_ID if is_id else privacy.ANY_KIND
    places = np.flatnonzero(fits(values, look) & (length >= privacy.SHORTEST_KIND))
    suspects = values.take(pa.array(places))
    kinds = [privacy.KINDS[kind] for kind in (privacy.KINDS_IN_IDS if is_id else privacy.KINDS)]
    for pattern in [*kinds, *([privacy.PHONE_AS_ID] if is_id else [])]:
        is_dropped[places] |= fits(suspects, pattern)
    return texts.mask(is_dropped)


def load_with_screening_pandas(path: Path, folder: Path) -> int:
    """As load_with_pandas, with the same texts screened as in the loader, and every format of a time tried."""
    return load_with_pandas(path, folder, screens=True)


WAYS = {
    "ours": load_ours,
    "ours, published": load_and_publish,
    "pandas": load_with_pandas,
    "pandas that screens": load_with_screening_pandas,
}


def measure(way: str, log: Path) -> None:
    """Load in this process; prints rows, seconds, and the most memory in MB."""
    # What a process costs before it reads anything is no part of the rows a second.
    import duckdb  # noqa: F401
    import pandas  # noqa: F401

    with tempfile.TemporaryDirectory() as scratch:
        before = os.times()
        start = time.perf_counter()
        rows = WAYS[way](log, Path(scratch))
        seconds = time.perf_counter() - start
        after = os.times()
    cpu = after.user + after.system - before.user - before.system
    print(rows, seconds, cpu, most_megabytes())


def run(way: str, log: Path) -> float:
    """Seconds of one load in a process of its own, told with its rows a second and memory."""
    command = [sys.executable, "-m", "tests.benchmark.loading", "--child", way, "--log", str(log)]
    load_before = os.getloadavg()[0]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    rows, seconds, cpu, memory = map(float, done.stdout.split())
    print(
        f"{way:>19}: {seconds:6.2f} s, {rows / seconds:>9,.0f} rows a second, {cpu:6.2f} s of processor, "
        f"at most {memory:,.0f} MB (load of the machine before: {load_before:.1f})",
        flush=True,
    )
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--log", type=Path, help="a messy file that is there already")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        measure(given.child, given.log)
        return
    with tempfile.TemporaryDirectory() as folder:
        log = given.log or Path(folder) / "messy.csv"
        if given.log is None:
            write_messy_csv(log, given.rows)
        print(f"{log.stat().st_size / 1e6:,.0f} MB of CSV")
        rounds = [{way: run(way, log) for way in WAYS} for _ in range(given.runs)]
    for way in list(WAYS)[1:]:
        ratios = sorted(seconds[way] / seconds["ours"] for seconds in rounds)
        print(f"{way} takes {ratios[0]:.1f} to {ratios[-1]:.1f} times as long, side by side")


if __name__ == "__main__":
    main()
