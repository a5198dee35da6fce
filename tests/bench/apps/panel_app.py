"""The five charts in Panel. The port is the only argument."""

import sys

import panel as pn

from tests.bench.apps.five_charts import INSATSER, build_five, load_names

pn.extension("plotly")


def build_page() -> pn.Column:
    """A select and five plots that follow it."""
    names = load_names()
    select = pn.widgets.Select(name="Insats", options={names[kod]: kod for kod in INSATSER}, value=INSATSER[0])
    panes = [pn.pane.Plotly(figure, sizing_mode="stretch_width") for figure in build_five(INSATSER[0])]

    def follow(event: object) -> None:
        for pane, figure in zip(panes, build_five(select.value), strict=True):
            pane.object = figure

    select.param.watch(follow, "value")
    return pn.Column(select, *panes)


pn.serve({"/": build_page}, port=int(sys.argv[1]), show=False, address="127.0.0.1")
