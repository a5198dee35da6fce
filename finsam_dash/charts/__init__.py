"""Report in, Plotly figures out: one question each, with alt text, table and the line that names the marks."""
