"""The five charts in Dash. The port is the only argument."""

import sys

from dash import Dash, Input, Output, dcc, html

from tests.bench.apps.five_charts import INSATSER, build_five, load_names

app = Dash(__name__)
names = load_names()
graphs = [dcc.Graph(id=f"graf_{place}", figure=figure) for place, figure in enumerate(build_five(INSATSER[0]))]
options = {kod: names[kod] for kod in INSATSER}
# Dash's own drop-down opens before it chooses; these are its plainest choice, one click as in the others.
app.layout = html.Div([dcc.RadioItems(options=options, value=INSATSER[0], id="insats"), *graphs])


@app.callback([Output(f"graf_{place}", "figure") for place in range(5)], Input("insats", "value"))
def follow(kod: str) -> list[object]:
    """The figures of the chosen insats."""
    return list(build_five(kod))


app.run(port=int(sys.argv[1]), host="127.0.0.1", debug=False)
