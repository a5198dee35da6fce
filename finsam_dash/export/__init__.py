"""Report -> bytes and JSON for the world outside: a new surface renders the Report and never recomputes.

`files` knows the formats. `document` sets a publication as blocks, and `word`, `powerpoint`, `excel`, `pdf` and
`html` write them. `native` says what a chart is where Office draws it and `chart_xml` writes that; `images` has a
browser draw the Plotly figures. `contract` is the JSON of the command line; `template` and `finsam_workbook` are
workbooks of their own.
"""
