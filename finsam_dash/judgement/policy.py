"""Every threshold of a verdict, one home, each with its source."""

from __future__ import annotations

SMALLEST_N = 10
"""Fewer than this in the denominator: no verdict. Wilson would call 2 of 2 "better than 30 %" (exact tail 9 %).
Source: the exact rates that docs/METOD.md prints."""

CONFIDENCE = 0.95
"""Confidence of every shown interval and of a verdict on one share against one target."""

FUNNEL_CONFIDENCE = 0.998
"""Several insatser against one line: only outside this limit is "avviker tydligt" (12 insatser at 95 % give a
46 % chance of at least one false flag, at 99.8 % 2.4 %). Source: Spiegelhalter (2005), Stat Med 24:1185-1202."""

SMALLEST_EXPECTED = 5
"""n·T and n·(1−T) must both reach this before an insats may be flagged against a line."""

SMALLEST_THRESHOLD = 3
"""The lowest threshold that a förbund may set for röjandekontroll (persons)."""

SMALLEST_KEPT = 20
"""An insats with so many avslutade in a year has its year among what is hidden last, with förbundets own figures."""

JUMP_FACTOR = 3
"""A month more than this many times the usual level is worth a question to the insats."""

PRELIMINARY_DAYS = 92
"""A month stays preliminary until a delivery made this long after its end: late registrations still move it.
Source: the national figures of 2015 grew from 33 500 to 34 400 in six weeks; insatser deliver again for a quarter."""

SMALLEST_SERIES = 13
"""Fewer independent points than this get no limits and no signal. Source: method note, section 3."""

SHORTEST_RUN_CHART = 10
"""From so many points a run chart's words may be said; below it is "för få mätpunkter". Source: method note, 3."""

SMALLEST_MEAN_COUNT = 3
"""Points with fewer than this on average, of those who did or did not, are put together into longer ones first."""

OFF_PLAN = 0.2
"""A förbrukningskvot further than this from 1 is worth a look. Our own choice: a fifth of the budget to date."""

SMALLEST_TREND = 5
"""Half-years and years are tested for a trend from so many independent points. Source: method note, section 3."""

SHORTEST_SPENDING = 6
"""A förbrukningskvot is not asked about before so many months of the budget's time: invoices come unevenly. Our own
choice: with a spread of a quarter between months, METOD prints how often chance alone is off plan."""

SMALLEST_GAP = 3
"""Persons: pågående + nya − avslutade may miss the next month's pågående by fewer, and a figure may be corrected by
fewer. One or two are late exits, and honest."""

SILENT_DAYS = 92
"""A month of what is counted without personuppgifter is late so long after its day of report, unless others have
delivered it: such counts come by quarter. Our own choice."""

SMALLEST_LAG = 12
"""Fewer settled months than this do not tell how much a month usually changes. Our own choice: a year of months."""

LONGEST_LAG = 4
"""Months after its end that a month is expected to change. Insatser deliver again for a quarter: see above."""

LAG_TRIMMED = 0.1
"""This part at each end is left out of what is usual: the span holds eight of ten."""
