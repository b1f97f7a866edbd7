"""At the live end: has the level just jumped? A detector that needs no data after the jump but a period or two.

For a jump at each of the last WATCHED periods, the generalised likelihood ratio of A. S. Willsky and H. L. Jones (IEEE Trans. Automatic
Control 21, 1976): a jump of the level leaves its mark on what the filter did not foresee, full at first, then less as the
filter learns it. The surprises are compared with that mark.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.relations.levels import Array, surprises

WATCHED = 3  # periods
THRESHOLD = 3.0  # standard deviations: three looks a period give less than one false alarm in a hundred


def jumps(means: Array, variances: Array, drift: float) -> tuple[Array, NDArray[np.intp]]:
    """For each dyad the strongest jump in its last periods: how many standard deviations (up positive), and since which."""
    off, whole, gain = surprises(means, variances, drift)
    periods = means.shape[1]
    scores = []
    starts = list(range(max(periods - WATCHED, 1), periods))
    for start in starts:
        mark = np.ones(len(means))
        top, bottom = np.zeros(len(means)), np.zeros(len(means))
        for t in range(start, periods):
            seen = np.isfinite(off[:, t])
            top += np.where(seen, mark * off[:, t] / whole[:, t], 0.0)
            bottom += np.where(seen, mark**2 / whole[:, t], 0.0)
            mark = mark * (1 - gain[:, t])
        scores.append(np.divide(top, np.sqrt(bottom), out=np.zeros_like(top), where=bottom > 0))
    if not scores:
        return np.zeros(len(means)), np.zeros(len(means), dtype=np.intp)
    table = np.stack(scores, axis=1)
    best = np.abs(table).argmax(axis=1)
    return table[np.arange(len(means)), best], np.array(starts, dtype=np.intp)[best]
