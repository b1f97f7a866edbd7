"""Any input at all into every parser of `fuzz_parsers.PARSERS`: no exception, in bounded time.

Thirty seconds in all, shared by the parsers, with the same inputs every time; `make fuzz` gives ten minutes to each, other inputs every
night. DETENTE_FUZZ_SECONDS and DETENTE_FUZZ_SEED set both.
"""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from fuzz_parsers import PARSERS, Parser
from hypothesis import HealthCheck, Phase, given, seed, settings

SECONDS = float(os.environ.get("DETENTE_FUZZ_SECONDS", 30 / len(PARSERS)))
SEED = int(os.environ.get("DETENTE_FUZZ_SEED", "0"))
_ROUND = 40  # inputs between two looks at the clock


@pytest.mark.parametrize("name", PARSERS)
def test_fuzz(name: str) -> None:
    parser = PARSERS[name]
    end = time.monotonic() + SECONDS
    for number in range(10**9):
        _round(parser, 1_000_000 * SEED + number)
        if time.monotonic() >= end:
            return


def _round(parser: Parser, start: int) -> None:
    @seed(start)
    @settings(
        max_examples=_ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=parser.strategy)
    def once(drawn: Any) -> None:
        begun = time.process_time()
        parser.check(drawn)
        assert time.process_time() - begun < parser.seconds

    once()
