"""The records that everything in détente passes around: frozen, keyword-only, standard library only.

Offsets are half-open, in Unicode code points of the field named by `field` ("text" or "title"), and
`article.text[start:end] == evidence.text` holds for every span of every record.
"""

from detente.records.actor import Actor
from detente.records.article import Article
from detente.records.codec import from_json, to_json
from detente.records.event import Asked, Event
from detente.records.explanation import (
    Attempt,
    Dating,
    Entry,
    Explanation,
    Gap,
    Party,
    Ruling,
    Score,
    Silence,
    Step,
    Trial,
    Verdict,
)
from detente.records.failure import Failure
from detente.records.ids import article_id, commitment_id, content_hash, digest, event_id, quote_id
from detente.records.imported import Imported
from detente.records.judgement import Judgement, PairText
from detente.records.place import Place
from detente.records.quote import Commitment, Quote
from detente.records.reading import SCHEMA, Reading
from detente.records.spans import Evidence
from detente.records.verdict import VERDICTS, EventVerdict
from detente.records.when import Timex, When

__all__ = [
    "SCHEMA",
    "VERDICTS",
    "Actor",
    "Article",
    "Asked",
    "Attempt",
    "Commitment",
    "Dating",
    "Entry",
    "Event",
    "EventVerdict",
    "Evidence",
    "Explanation",
    "Failure",
    "Gap",
    "Imported",
    "Judgement",
    "PairText",
    "Party",
    "Place",
    "Quote",
    "Reading",
    "Ruling",
    "Score",
    "Silence",
    "Step",
    "Timex",
    "Trial",
    "Verdict",
    "When",
    "article_id",
    "commitment_id",
    "content_hash",
    "digest",
    "event_id",
    "from_json",
    "quote_id",
    "to_json",
]
