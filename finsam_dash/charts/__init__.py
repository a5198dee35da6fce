"""Report in, Plotly figures out: one question each, with alt text, table and the line that names the marks.

A chart's module has `…_figure`, `…_alt`, `…_table` and `…_note`, which take the same things. `theme` holds colours,
type and sizes for screen, slide and print; `drawing`, `frame`, `share_rows`, `labels`, `text_width` and `time_axis`
are what charts are made with.
"""
