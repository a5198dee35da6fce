"""Numbers in, numbers out: the statistics, without pandas, domain words or Swedish.

Shares are 0-1 everywhere. A function that cannot answer raises ValueError; it never returns NaN.
"""
