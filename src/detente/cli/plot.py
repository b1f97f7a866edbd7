"""Two countries' relations as a figure: balance by period above, number of events below."""

from __future__ import annotations

from typing import IO

from detente.cli.relations_view import country_name
from detente.relations import Relations

_CONFLICT, _COOPERATION, _COUNT = "#c0392b", "#1e8449", "#7f8c8d"
_LABELS = 12  # periods that are named below the figure


def figure(found: Relations, stream: IO[bytes], kind: str) -> None:
    """Writes the figure. kind: png or svg. The same relations give the same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none"}):
        picture = Figure(figsize=(9, 5), layout="constrained")
        above, below = picture.subplots(2, 1, sharex=True, height_ratios=[3, 1])
        at = range(len(found.series))
        balances = [level.balance or 0.0 for level in found.series]
        above.bar(at, balances, color=[_CONFLICT if b < 0 else _COOPERATION for b in balances], width=0.8)
        zeros = [i for i, level in enumerate(found.series) if level.balance == 0]
        above.plot(zeros, [0] * len(zeros), "o", color=_COUNT, markersize=4)
        above.axhline(0, color="black", linewidth=0.8)
        above.set_ylim(-10, 10)
        above.set_ylabel("balance\n(−10 conflict, +10 cooperation)")
        link = " towards " if found.directed else " and "
        above.set_title(f"{country_name(found.a)}{link}{country_name(found.b)}, by {found.by}")
        below.bar(at, [level.events for level in found.series], color=_COUNT, width=0.8)
        below.set_ylabel("events")
        below.yaxis.get_major_locator().set_params(integer=True)
        step = -(-len(found.series) // _LABELS) or 1
        below.set_xticks([*at][::step], [level.period for level in found.series][::step], rotation=30, ha="right")
        for axes in (above, below):
            axes.spines[["top", "right"]].set_visible(False)
        picture.savefig(stream, format=kind, dpi=150, metadata={"Date": None} if kind == "svg" else {"Software": None})
