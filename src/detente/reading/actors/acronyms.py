"""Short names that the article itself gives to organisations: "the Sahel Relief Committee (SRC)", "the Front, or SRF,"."""

from __future__ import annotations

from detente.reading.actors.scene import Scene

_SMALL = frozenset({"of", "for", "the", "and", "in", "on", "to", "de", "du", "des", "la", "al", "&"})
_LONGEST = 8  # letters


def long_forms(scene: Scene) -> dict[str, tuple[int, int]]:
    """Each short name in capitals that stands behind its long form, with the tokens [start, end) of the long form."""
    found: dict[str, tuple[int, int]] = {}
    for i, text in enumerate(scene.texts):
        if not (2 <= len(text) <= _LONGEST and text[0].isupper() and text.isalpha()) or text in found:
            continue
        capitals = "".join(c for c in text if c.isupper())
        end = _long_end(scene, i) if len(capitals) > 1 else None
        start = _long_start(scene, end, capitals) if end else None
        if end and start is not None:
            found[text] = (start, end)
    return found


def _long_end(scene: Scene, i: int) -> int | None:
    """The token after the long form when token i is in brackets, or follows "or" between commas."""
    texts = scene.texts
    after = texts[i + 1] if i + 1 < len(texts) else ""
    if i >= 2 and texts[i - 1] == "(" and after == ")":
        return i - 1
    if i >= 3 and texts[i - 1].lower() == "or" and texts[i - 2] == "," and after in (",", ".", ")"):
        return i - 2
    return None


def _long_start(scene: Scene, end: int, short: str) -> int | None:
    """Where the words begin whose first letters are the short name's; None when they are not."""
    left, i = len(short), end
    while left and i > 0:
        i -= 1
        text = scene.texts[i]
        if text[:1].upper() == short[left - 1] and (text[:1].isupper() or text.lower() not in _SMALL):
            left -= 1
        elif text.lower() not in _SMALL and text != "-":
            return None
    return None if left or not scene.texts[i][:1].isupper() else i


def mark_acronyms(scene: Scene, forms: dict[str, tuple[int, int]]) -> None:
    """Makes every later mention of a short name one of the organisation that its long form names."""
    owners = {short: index for short, span in forms.items() if (index := _owner(scene, span)) is not None}
    for i, text in enumerate(scene.texts):
        owner = owners.get(text)
        if owner is not None and i not in scene.used:
            article = i > 0 and scene.texts[i - 1].lower() == "the"
            scene.register.mention(owner, i - article, i + 1)
            scene.used.add(i)


def _owner(scene: Scene, span: tuple[int, int]) -> int | None:
    held = scene.register.at(span[1] - 1)
    return held if held is not None and scene.register[held].kind in ("organization", "group") else None
