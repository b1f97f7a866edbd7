"""What an analyst hands on: records and series, made into a calendar, an agenda, a ledger of promises and a cited brief.

Pure: records in, records or text out. What is read and written is the caller's affair.
"""
