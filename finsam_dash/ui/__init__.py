"""The only room of the package that imports Streamlit: the frame around the pages, and drawing.

`router` is the script of every run and names the pages; `middleware` is the server's. `selection` is the choice of
förbund, period and läge, `cache` the Reports that are kept by data version. `page`, `chart`, `figure`, `table`,
`messages` and `fold` draw what pages share, and the other modules each what one page needs.
"""
