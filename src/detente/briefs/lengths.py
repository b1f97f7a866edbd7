"""How much of each list a page shows. What is cut is counted, and the least important goes first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """Most entries of each list, and most characters of what is quoted.

    turns: of the series; around: deeds at each; deeds: on either side now; said: quotations of each country; ahead: of the
    calendar, before and behind; pledges: of each state; issues, and positions and proofs of each; concerns: of each country;
    outlets. sentence: characters of a quoted sentence; listed: of one that stands with its source, for want of a place on the
    page.
    """

    turns: int = 3
    around: int = 4
    deeds: int = 6
    said: int = 6
    ahead: int = 8
    pledges: int = 5
    issues: int = 6
    positions: int = 1
    proofs: int = 3
    concerns: int = 5
    outlets: int = 6
    sentence: int = 320
    listed: int = 600


WHOLE = Lengths()
# From the fullest to the barest: a paged format takes the first that fits.
STEPS = (
    WHOLE,
    Lengths(around=3, deeds=5, said=5, ahead=6, pledges=4, concerns=4, sentence=260, listed=260),
    Lengths(around=3, deeds=5, said=5, ahead=5, pledges=3, issues=5, proofs=2, concerns=3, sentence=240, listed=120),
    Lengths(around=3, deeds=4, said=4, ahead=4, pledges=3, issues=5, proofs=1, concerns=3, sentence=220, listed=100),
    Lengths(turns=2, around=2, deeds=4, said=4, ahead=3, pledges=2, issues=4, proofs=1, concerns=2, sentence=200, listed=90),
    Lengths(turns=2, around=2, deeds=3, said=3, ahead=3, pledges=2, issues=4, proofs=1, concerns=2, outlets=5, sentence=180, listed=80),
    Lengths(turns=2, around=1, deeds=3, said=2, ahead=2, pledges=1, issues=3, proofs=1, concerns=1, outlets=4, sentence=160, listed=80),
    Lengths(turns=1, around=1, deeds=2, said=2, ahead=1, pledges=1, issues=2, proofs=1, concerns=1, outlets=3, sentence=140, listed=80),
    Lengths(turns=1, around=1, deeds=1, said=1, ahead=1, pledges=1, issues=2, proofs=1, concerns=1, outlets=2, sentence=120, listed=80),
)  # fmt: skip
