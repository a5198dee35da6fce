"""A chart of pairs: two groups, or two periods, held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from finsam_dash.charts import groups
from finsam_dash.report.content_parts import GroupDifference
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.table import from_chart
from finsam_dash.wording.comparison import format_pair_comparisons


def draw_pairs(key: str, title: str, pairs: Sequence[GroupDifference], source: str, subtitle: str) -> None:
    """Draw the chart of the pairs with its table; below it, which of them differ more than chance does."""
    draw_chart(
        key,
        title,
        partial(groups.groups_figure, pairs=pairs),
        groups.groups_alt(pairs=pairs),
        from_chart(title, groups.groups_table(pairs=pairs)),
        source,
        subtitle=subtitle,
        legend=f"{groups.groups_note(pairs=pairs)} {format_pair_comparisons(pairs)}".strip(),
    )
