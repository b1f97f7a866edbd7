"""The same work as an analyst's script would do it: pandas, the columns that are needed, and two tables to look things up in.

    python million_pandas.py FILE FOLDER A B

FILE: rows of ICEWS. FOLDER: holds countries.csv (name, code) and codes.csv (code, type, intensity, quad); what was read is written
there. It makes what détente makes of counts: monthly mean, number, origins, and rates of conflict and cooperation of every pair, each
deed once; and a page: one pair's series and events. No level, no band, no direction.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import pandas as pd

COLUMNS = ["Event ID", "Event Date", "Source Name", "Source Country", "Event Text", "CAMEO Code", "Target Name", "Target Country",
           "Story ID", "Sentence Number", "Publisher", "City", "Country"]  # fmt: skip


def load(path: str, folder: str) -> pd.DataFrame:
    frame = pd.read_csv(path, sep="\t", usecols=COLUMNS, dtype={"CAMEO Code": str})
    frame = frame.drop_duplicates("Event ID")
    frame["day"] = pd.to_datetime(frame["Event Date"], format="%Y-%m-%d", errors="coerce")
    frame = frame.dropna(subset=["day"])
    countries = pd.read_csv(f"{folder}/countries.csv", keep_default_na=False).set_index("name")["code"]
    codes = pd.read_csv(f"{folder}/codes.csv", dtype={"code": str}).set_index("code")
    frame["source"], frame["target"] = (frame[f"{side} Country"].map(countries) for side in ("Source", "Target"))
    for column in ("type", "intensity", "quad"):
        frame[column] = frame["CAMEO Code"].map(codes[column])
    return frame


def series(frame: pd.DataFrame) -> pd.DataFrame:
    frame["month"] = frame["day"].dt.to_period("M")
    read = frame.groupby("month").size()
    found = frame.dropna(subset=["type", "source", "target"])
    found = found[found["source"] != found["target"]]
    ordered = found["source"] < found["target"]
    found = found.assign(
        a=found["source"].where(ordered, found["target"]),
        b=found["target"].where(ordered, found["source"]),
        conflict=found["quad"] == "material conflict",
        cooperation=found["quad"] == "material cooperation",
    )
    found = found.drop_duplicates(["a", "b", "month", "Story ID", "type", "Sentence Number"])
    table = found.groupby(["a", "b", "month"]).agg(
        events=("intensity", "size"),
        mean=("intensity", "mean"),
        spread=("intensity", "std"),
        conflict=("conflict", "sum"),
        cooperation=("cooperation", "sum"),
        origins=("Story ID", "nunique"),
    )
    table = table.reset_index()
    table["read"] = table["month"].map(read)
    table["friction"] = 1000 * table["conflict"] / table["read"]
    table["exchange"] = 1000 * table["cooperation"] / table["read"]
    return table


def page(frame: pd.DataFrame, table: pd.DataFrame, a: str, b: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    one = table[(table["a"] == min(a, b)) & (table["b"] == max(a, b))].set_index("month")
    one = one.reindex(pd.period_range(one.index.min(), table["month"].max(), freq="M"))
    both = frame["source"].isin([a, b]) & frame["target"].isin([a, b]) & (frame["source"] != frame["target"])
    return one, frame[both].sort_values("day").head(200)


def main() -> None:
    path, folder, a, b = sys.argv[1:]
    times = [time.perf_counter()]
    frame = load(path, folder)
    times.append(time.perf_counter())
    table = series(frame)
    times.append(time.perf_counter())
    months, events = page(frame, table, a, b)
    times.append(time.perf_counter())
    frame.to_parquet(f"{folder}/rows.parquet")  # so that the next session need not read the file again
    table.astype({"month": str}).to_parquet(f"{folder}/series.parquet")
    times.append(time.perf_counter())
    steps = [later - earlier for earlier, later in pairwise(times)]
    print("RESULT", *steps, len(frame), len(table), int(table["events"].sum()), len(months), len(events))


if __name__ == "__main__":
    main()
