"""The Python API: one folder is one observatory, and the verbs of the command line are its methods.

>>> from detente import Observatory, read
>>> for reading in read(["dispatch.txt"], published="2020-08-20"):
...     print(reading.events)
>>> observatory = Observatory.create("observatory")
>>> observatory.add(["dispatches/"]).added
>>> observatory.relations("Iraq", "United States").series
"""

from detente.observatory.adding import AddReport
from detente.observatory.api import Observatory
from detente.observatory.explaining import Explained
from detente.observatory.incoming import Input
from detente.observatory.own import CorrectReport
from detente.observatory.reading import OnProgress, ReaderLike, read
from detente.observatory.who import Office, Who

__all__ = [
    "AddReport",
    "CorrectReport",
    "Explained",
    "Input",
    "Observatory",
    "Office",
    "OnProgress",
    "ReaderLike",
    "Who",
    "read",
]
