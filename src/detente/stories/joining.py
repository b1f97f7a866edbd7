"""One real event, told by many articles, becomes one.

Within a story, an article's events are laid beside those of the articles before it: by the words that tell them, else where
type, sides and days leave one choice only. Two events of one article stay two, as the reader found them. Between stories,
events are joined only on the same day that both texts name, in the same town, in the same mode. Where it is not certain that
two events are one, they stay two.

A reader does not read every copy alike. What only a later copy tells is set aside when it does so in words that the
story's first article has, too, where they told no such event, or in nothing but its headline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.stories.records import Joined, Story, Telling
from detente.stories.words import words_of

_APART = timedelta(days=1)  # days named by two articles of a story may differ by time zone, not by more
_LONGEST = timedelta(days=2)  # an event over more days is no day by which to know it
_BROKEN = 4  # words of a sentence that was cut, to be known by


@dataclass(slots=True)
class _Group:
    """Tellings of one event within a story."""

    story: Story
    tellings: list[Telling]
    articles: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def take(self, telling: Telling) -> None:
        self.tellings.append(telling)
        self.articles.add(telling.article)
        self.words.update(map(_plain, telling.words))

    @property
    def first(self) -> Telling:
        return self.tellings[0]


def join(
    tellings: Iterable[Telling], stories: Iterable[Story], bodies: Callable[[Collection[str]], Mapping[str, str]]
) -> tuple[Joined, ...]:
    """The real events behind the tellings, by their stories' days. What is told by no story's article is passed over.

    bodies: gives the text of articles by their ids; asked once, for the first articles of stories that later ones add to.
    """
    by_article: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_article[telling.article].append(telling)
    found = [group for story in stories for group in _in_story(story, by_article)]
    aside = _aside(found, bodies)
    return tuple(_joined(groups, aside=all(id(group) in aside for group in groups)) for groups in _across(found))


def _aside(groups: Sequence[_Group], bodies: Callable[[Collection[str]], Mapping[str, str]]) -> set[int]:
    """The groups that add nothing to what the first article of their story says, by identity."""
    later = [group for group in groups if group.story.articles[0] not in group.articles]
    firsts = sorted({group.story.articles[0] for group in later})
    texts = {article: f" {_plain(text)} " for article, text in bodies(firsts).items()} if firsts else {}
    return {id(group) for group in later if _adds_nothing(group, texts.get(group.story.articles[0], ""))}


def _adds_nothing(group: _Group, text: str) -> bool:
    told = [telling for telling in group.tellings if not telling.headline]
    return not any(f" {_plain(words)} " not in text for telling in told for words in telling.words)


def _in_story(story: Story, by_article: Mapping[str, Sequence[Telling]]) -> list[_Group]:
    groups: list[_Group] = []
    told = [by_article[article] for article in story.articles if article in by_article]
    for tellings in told:
        left = _by_words(groups, [telling for telling in tellings if not telling.headline])
        left = _by_deed(groups, left)
        groups += [_opened(story, telling) for telling in left]
    for telling in (telling for tellings in told for telling in tellings if telling.headline):
        _headline(groups, story, telling)
    return groups


def _opened(story: Story, telling: Telling) -> _Group:
    group = _Group(story, [])
    group.take(telling)
    return group


def _by_words(groups: Sequence[_Group], tellings: Iterable[Telling]) -> list[Telling]:
    """Gives each telling to the group that has its words, the same sides and standing first; gives back those of no group."""
    left = list(tellings)
    for strict, closeness in ((True, 2), (True, 1), (True, 0), (False, 1)):
        waiting, left = left, []
        for telling in waiting:
            group = next((g for g in groups if _worded(g, telling, closeness, strict=strict)), None)
            if group:
                group.take(telling)
            else:
                left.append(telling)
    return left


def _worded(group: _Group, telling: Telling, closeness: int, *, strict: bool) -> bool:
    """Whether a telling has the group's words. Not strict: the reader took the same words for another standing."""
    if telling.article in group.articles or telling.type != group.first.type:
        return False
    if _closeness(group.first, telling) < closeness or (strict and not _agrees(group.first, telling)):
        return False
    return _shares(group, telling)


def _by_deed(groups: Sequence[_Group], tellings: Sequence[Telling]) -> list[Telling]:
    """Gives a telling to a group where neither has another choice; gives back the others."""
    fits = [[i for i, group in enumerate(groups) if _fits(group, telling)] for telling in tellings]
    claims: dict[int, int] = defaultdict(int)
    for choices in fits:
        for i in choices:
            claims[i] += 1
    left = []
    for telling, choices in zip(tellings, fits, strict=True):
        if len(choices) == 1 and claims[choices[0]] == 1:
            groups[choices[0]].take(telling)
        else:
            left.append(telling)
    return left


def _headline(groups: list[_Group], story: Story, telling: Telling) -> None:
    """A headline tells what its story's texts tell, or what another headline of the story does, if any of them."""
    fit = [g for g in groups if _agrees(g.first, telling) and _closeness(g.first, telling) >= 0]
    if fit:
        best = max(fit, key=lambda g: (telling.article in g.articles, _closeness(g.first, telling)))
        best.take(telling)
    else:
        groups.append(_opened(story, telling))


def _fits(group: _Group, telling: Telling) -> bool:
    modes = {group.first.mode, telling.mode} - {None}
    return (
        telling.article not in group.articles
        and len(modes) < 2
        and bool(telling.sources or telling.targets)
        and _agrees(group.first, telling)
        and _closeness(group.first, telling) >= 1
    )


def _agrees(one: Telling, other: Telling) -> bool:
    """Of one kind and standing, and of days that do not contradict each other."""
    if (one.type, one.status, one.past, one.asked) != (other.type, other.status, other.past, other.asked):
        return False
    spans = _span(one), _span(other)
    return spans[0] is None or spans[1] is None or _meet(spans[0], spans[1], _APART)


def _closeness(one: Telling, other: Telling) -> int:
    """Of their sides: 2 the same, 1 overlapping, 0 where one article does not name a side, -1 where they differ."""
    found = 2
    for mine, theirs in ((one.sources, other.sources), (one.targets, other.targets)):
        if mine == theirs:
            continue
        if mine and theirs and not mine & theirs:
            return -1
        found = min(found, 1 if mine and theirs else 0)
    return found


def _shares(group: _Group, telling: Telling) -> bool:
    """Whether a telling of the group has the same words, or begins with them where a text was cut."""
    mine = [_plain(words) for words in telling.words]
    if not group.words.isdisjoint(mine):
        return True
    return any(_begins(one, other) for one in mine for other in group.words)


def _begins(one: str, other: str) -> bool:
    small, large = sorted((one, other), key=len)
    return small.count(" ") >= _BROKEN and large.startswith(small)


def _plain(text: str) -> str:
    return " ".join(words_of(text)).casefold()


def _across(groups: Sequence[_Group]) -> Iterator[list[_Group]]:
    """Groups of several stories that are one event; a group that none joins stays alone."""
    known: dict[tuple[object, ...], list[list[_Group]]] = defaultdict(list)
    merged: list[list[_Group]] = []
    for group in groups:
        key = _known_by(group)
        others = [] if key is None else [found for found in known[key] if _is_one(found, group)]
        if len(others) == 1:
            others[0].append(group)
            continue
        merged.append([group])
        if key is not None:
            known[key].append(merged[-1])
    return iter(merged)


def _known_by(group: _Group) -> tuple[object, ...] | None:
    """What an event is known by in other stories; None when its texts do not say enough."""
    told = _dated(group)
    if told is None or not told.sources or not told.targets:
        return None
    return (told.type, told.status, told.past, told.asked, told.mode, told.place)


def _is_one(found: Sequence[_Group], group: _Group) -> bool:
    if any(other.story.id == group.story.id for other in found):
        return False
    one, other = _dated(found[0]), _dated(group)
    spans = _span(one) if one else None, _span(other) if other else None
    if not one or not other or spans[0] is None or spans[1] is None:
        return False
    return _meet(spans[0], spans[1], timedelta()) and _closeness(one, other) >= 1


def _dated(group: _Group) -> Telling | None:
    """The first telling that names town and day."""
    for telling in group.tellings:
        span = _span(telling)
        if telling.place and not telling.headline and span and span[1] - span[0] <= _LONGEST:
            return telling
    return None


def _span(telling: Telling) -> tuple[date, date] | None:
    return (telling.first, telling.last) if telling.first and telling.last else None


def _meet(one: tuple[date, date], other: tuple[date, date], apart: timedelta) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= apart


def _joined(groups: Sequence[_Group], *, aside: bool) -> Joined:
    stories = {group.story.id: group.story for group in groups}
    told = [telling for group in groups for telling in group.tellings]
    return Joined(
        tellings=tuple(told),
        stories=tuple(stories),
        origins=tuple(dict.fromkeys(story.agency or story.id for story in stories.values())),
        aside=aside,
    )
