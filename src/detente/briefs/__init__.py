"""What an analyst hands on: records and series, made into a calendar, an agenda, a ledger of promises and a cited brief.

Pure: records in, records or text out. What is read and written is the caller's affair.
"""

from detente.briefs.facts import Brief
from detente.briefs.writing import FORMATS, picture_of, write

__all__ = ["FORMATS", "Brief", "picture_of", "write"]
