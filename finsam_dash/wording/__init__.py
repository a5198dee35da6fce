"""Numbers and verdicts in, Swedish text out: what a user reads is made here and nowhere else.

`numbers`, `periods`, `names` and `labels` are the smallest parts, `sentences` and `titles` what several places say. A
page, a document or the command line has its words in a module of its own, `slides` the board's. Long texts are in
finsam_dash/texts; `method_page` and `coverage_page` write docs/METOD.md and docs/TACKNING.md.
"""
