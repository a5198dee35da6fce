"""finsam_dash: follow-up of the insatser that a samordningsförbund finances.

The package is a house with rooms; a line of code knows its room. Imports only point downwards:

    app.py, pages/, cli     the server, one screen a file, the command line: choose, ask for a Report, draw
    ui                      the only room that imports Streamlit: router, middleware, filters, messages, downloads
    export                  Report -> bytes: Word, PowerPoint, Excel, images, PDF
    charts                  Report -> Plotly figure, one function a question; theme.py is the home of colour and font
    wording                 numbers and verdicts -> Swedish text
    report | deliveries     report: store meets judgement -> one frozen Report; deliveries: intake meets store
    store | judgement | intake
                            the only room that knows SQL | what may be said | files -> checked figures and problems
    indicators              what we measure: indikatorer.toml, period tiling, computation
    stats                   numbers in, numbers out; no pandas, no domain nouns
    model                   the frozen words of the domain

store, judgement and intake may not import each other. import-linter holds all of this in the tests.
"""

__version__ = "0.1.0"
