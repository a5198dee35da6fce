"""Ratios of one run on one machine: our import, pages and charts against the least that they could cost.

Not a test: nothing here fails. `python -m tests.bench --help` lists the parts. Compare only within a run; on a machine
with other work look at the processor time rather than the clock.
"""
