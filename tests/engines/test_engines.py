"""One suite for every engine: what `Engine` promises, whoever keeps it."""

from __future__ import annotations

from collections import Counter
from itertools import count, islice
from pathlib import Path

import batch_work
import pytest

from detente.engines import Done, Engine, Here, Local, Lost
from detente.engines.spark import Spark


@pytest.fixture(params=["here", "local", "spark"])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "spark":
        request.getfixturevalue("cluster")
        return Spark()
    return Here() if request.param == "here" else Local(2)


def test_every_shard_is_answered_once(engine: Engine) -> None:
    answers = list(engine.run(batch_work.double, range(20)))
    assert Counter(answer.shard for answer in answers) == Counter(range(20))
    assert all(isinstance(answer, Done) and answer.result == 2 * answer.shard for answer in answers)
    assert all(isinstance(a, Done) and a.attempts == 1 and a.seconds >= 0 and a.memory > 2**20 for a in answers)


def test_nothing_to_do_is_no_trouble(engine: Engine) -> None:
    assert list(engine.run(batch_work.double, ())) == []


def test_an_error_costs_its_own_shard_only(engine: Engine) -> None:
    answers = {answer.shard: answer for answer in engine.run(batch_work.refuse_three, range(6))}
    lost = answers.pop(3)
    assert lost == Lost(shard=3, reason="ValueError: three is not served", attempts=3)
    assert {shard: answer.result for shard, answer in answers.items() if isinstance(answer, Done)} == {
        shard: shard for shard in (0, 1, 2, 4, 5)
    }


def test_what_fails_once_is_tried_again(engine: Engine, tmp_path: Path) -> None:
    markers = [str(tmp_path / name) for name in "ab"]
    answers = {answer.shard: answer for answer in engine.run(batch_work.stumble, markers)}
    assert {shard: a.result for shard, a in answers.items() if isinstance(a, Done)} == {m: m for m in markers}
    assert {a.attempts for a in answers.values()} == {2}


def test_shards_are_asked_for_as_they_are_needed_and_closing_ends_the_work(engine: Engine) -> None:
    asked: list[int] = []

    def endless() -> object:
        for number in count():
            asked.append(number)
            yield number

    run = engine.run(batch_work.double, endless())
    assert len(list(islice(run, 5))) == 5
    run.close()
    seen = len(asked)
    assert seen < 200
    assert next(run, None) is None
    assert len(asked) == seen


def test_an_error_in_the_list_of_shards_is_the_callers(engine: Engine) -> None:
    def listed() -> object:
        yield 1
        raise LookupError("the list broke off")

    with pytest.raises(LookupError, match="broke off"):
        list(engine.run(batch_work.double, listed()))


@pytest.mark.parametrize("name", ["local", "spark"])
def test_a_result_that_cannot_be_sent_costs_its_own_shard_only(name: str, request: pytest.FixtureRequest) -> None:
    if name == "spark":
        request.getfixturevalue("cluster")
    engine = Local(2) if name == "local" else Spark()
    answers = {answer.shard: answer for answer in engine.run(batch_work.unsendable, range(5))}
    assert isinstance(answers[3], Lost)
    assert "pickle" in answers[3].reason.lower()
    assert sum(isinstance(answer, Done) for answer in answers.values()) == 4


@pytest.mark.parametrize("name", ["local", "spark"])
def test_a_shard_that_kills_its_worker_every_time_is_given_up_alone(name: str, request: pytest.FixtureRequest) -> None:
    if name == "spark":
        request.getfixturevalue("cluster")
    engine = Local(2) if name == "local" else Spark(attempts=1)  # Spark tries four times by itself
    answers = {answer.shard: answer for answer in engine.run(batch_work.die, range(6))}
    assert isinstance(answers[3], Lost)
    assert sorted(shard for shard, answer in answers.items() if isinstance(answer, Done)) == [0, 1, 2, 4, 5]
