"""The same work as an analyst's script would do it in pandas, with two tables to look things up in.

    python million_pandas.py FILE FOLDER A B [--lean]

FILE: rows of ICEWS. FOLDER: holds countries.csv (name, code) and codes.csv (code, type, intensity, quad); what was read is written
there. As détente does, it reads every cell, sets aside rows whose id, day, code or number cannot be, and rows that give a known id
another meaning, drops rows that are there twice, keeps all others on disk, cells and meanings; makes the monthly series of every pair,
each deed once, with levels and bands and rates; and one pair's page. For levels and rates it calls détente's own functions, which run
over all pairs at once: nothing in pandas does, and statsmodels takes hundreds of times as long.

--lean: only what the series are counted from: thirteen columns, no checks, nothing kept, monthly means, plain rates.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import numpy as np
import pandas as pd

COLUMNS = ["Event ID", "Event Date", "Source Name", "Source Country", "Event Text", "CAMEO Code", "Target Name", "Target Country",
           "Story ID", "Sentence Number", "Publisher", "City", "Country"]  # fmt: skip
NUMBERS = ["Intensity", "Latitude", "Longitude", "Sentence Number"]
CODE = r"(?:0[1-9]|1[0-9]|20)[0-9]{0,2}"


def load(path: str, folder: str) -> pd.DataFrame:
    """All rows that can be, with their meanings; the others go to a file of their own."""
    frame = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, quoting=3)
    cells = frame.copy()
    frame = frame.replace(["NA", ""], None)
    numbers = {column: pd.to_numeric(frame[column], errors="coerce") for column in NUMBERS}
    frame["day"] = pd.to_datetime(frame["Event Date"], format="%Y-%m-%d", errors="coerce")
    wrong = frame["Event ID"].isna() | frame["day"].isna() | ~frame["CAMEO Code"].str.fullmatch(CODE, na=False)
    wrong |= numbers["Intensity"].isna() & frame["Intensity"].notna()
    frame = frame.assign(**numbers)
    again, same = frame["Event ID"].duplicated(), cells.duplicated()
    aside = wrong | (again & ~same)
    cells[aside].to_csv(f"{folder}/aside.csv")
    return meant(frame[~aside & ~again], folder)


def meant(frame: pd.DataFrame, folder: str) -> pd.DataFrame:
    """With what codes and countries mean."""
    countries = pd.read_csv(f"{folder}/countries.csv", keep_default_na=False).set_index("name")["code"]
    codes = pd.read_csv(f"{folder}/codes.csv", dtype={"code": str}).set_index("code")
    found = {side.lower(): frame[f"{side} Country"].map(countries) for side in ("Source", "Target")}
    return frame.assign(**found, **{column: frame["CAMEO Code"].map(codes[column]) for column in codes.columns})


def load_lean(path: str, folder: str) -> pd.DataFrame:
    """Only what the series are counted from."""
    frame = pd.read_csv(path, sep="\t", usecols=COLUMNS, dtype={"CAMEO Code": str}).drop_duplicates("Event ID")
    frame["day"] = pd.to_datetime(frame["Event Date"], format="%Y-%m-%d", errors="coerce")
    return meant(frame.dropna(subset=["day"]), folder)


def counts(frame: pd.DataFrame) -> pd.DataFrame:
    """What every two countries did in every month, each deed once."""
    read = frame.assign(month=frame["day"].dt.to_period("M")).groupby("month").size()
    found = frame.dropna(subset=["type", "source", "target"])
    found = found[found["source"] != found["target"]]
    ordered = found["source"] < found["target"]
    found = found.assign(
        month=found["day"].dt.to_period("M"),
        a=found["source"].where(ordered, found["target"]),
        b=found["target"].where(ordered, found["source"]),
        squares=found["intensity"] ** 2,
        conflict=found["quad"] == "material conflict",
        cooperation=found["quad"] == "material cooperation",
    )
    found = found.drop_duplicates(["a", "b", "month", "Story ID", "type", "Sentence Number"])
    table = found.groupby(["a", "b", "month"]).agg(
        events=("intensity", "size"),
        total=("intensity", "sum"),
        squares=("squares", "sum"),
        conflict=("conflict", "sum"),
        cooperation=("cooperation", "sum"),
        origins=("Story ID", "nunique"),
    )
    table = table.reset_index()
    table["read"] = table["month"].map(read)
    table["mean"] = table["total"] / table["events"]
    for rate, kind in (("friction", "conflict"), ("exchange", "cooperation")):
        table[rate] = 1000 * table[kind] / table["read"]
    return table


def measured(table: pd.DataFrame) -> pd.DataFrame:
    """With the level of each month and its bands, and rates with theirs."""
    from detente.relations.columns import Columns
    from detente.relations.pooling import pooled
    from detente.relations.whole import whole_of

    months = pd.period_range(table["month"].min(), table["month"].max(), freq="M")
    pairs = pd.MultiIndex.from_frame(table[["a", "b"]])
    dyad, dyads = pd.factorize(pairs)
    read = table.groupby("month")["read"].first().reindex(months, fill_value=0)
    parts = ("events", "total", "squares", "conflict", "cooperation", "origins")
    columns = Columns(
        dyads=tuple(dyads),
        periods=tuple(map(str, months)),
        dyad=dyad,
        period=months.get_indexer(table["month"]),
        stories=read.to_numpy(float),
        **{part: table[part].to_numpy(float) for part in parts},
    )
    whole = whole_of(columns, pooled(columns, "month"))
    table = table.assign(level=whole.history.level, spread=np.sqrt(whole.history.variance))
    for kind in ("friction", "exchange"):
        for part in ("mean", "low50", "high50", "low90", "high90"):
            table[f"{kind}_{part}"] = getattr(getattr(whole, kind), part)
    return table


def page(frame: pd.DataFrame, table: pd.DataFrame, a: str, b: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One pair's months, empty ones too, and its events."""
    one = table[(table["a"] == min(a, b)) & (table["b"] == max(a, b))].set_index("month")
    one = one.reindex(pd.period_range(one.index.min(), table["month"].max(), freq="M"))
    both = frame["source"].isin([a, b]) & frame["target"].isin([a, b]) & (frame["source"] != frame["target"])
    return one, frame[both].sort_values("day").head(200)


def keep(frame: pd.DataFrame, table: pd.DataFrame, folder: str) -> None:
    """On disk, so that the next session need not read the file again."""
    frame.to_parquet(f"{folder}/rows.parquet", compression="zstd")
    table.astype({"month": str}).to_parquet(f"{folder}/series.parquet", compression="zstd")


def main() -> None:
    path, folder, a, b, *rest = sys.argv[1:]
    lean = rest == ["--lean"]
    times = [time.perf_counter()]

    def lap() -> None:
        times.append(time.perf_counter())

    frame = (load_lean if lean else load)(path, folder)
    lap()
    table = counts(frame)
    lap()
    if not lean:
        table = measured(table)
    lap()
    months, events = page(frame, table, a, b)
    lap()
    if not lean:
        keep(frame, table, folder)
    lap()
    steps = [later - earlier for earlier, later in pairwise(times)]
    print("RESULT", *steps, len(frame), len(table), int(table["events"].sum()), len(months), len(events))


if __name__ == "__main__":
    main()
