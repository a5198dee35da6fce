"""The parts of Översikt: the headline with its strip, the insatser, and what deserves a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from finsam_dash.charts import dots
from finsam_dash.model import Insats, Measured, Missing, Period, Unit
from finsam_dash.report.content import Overview, Report
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.page import draw_hero
from finsam_dash.ui.table import from_chart
from finsam_dash.wording import overview as words
from finsam_dash.wording.attention import (
    HEADING,
    LISTED,
    NOTHING,
    NOTHING_YET,
    AttentionLine,
    format_attention,
    format_rest,
)
from finsam_dash.wording.numbers import format_value


def draw_nothing_yet(insatser: Sequence[Insats], query: Mapping[str, str]) -> None:
    """Draw the empty state of a förbund without figures: the way to its first ones. `query` goes with the link."""
    why = words.NO_FIGURES if insatser else words.NO_INSATSER
    draw_empty(words.EMPTY, why, action=(words.TO_UPLOAD, f"las-in?{urlencode(query)}"))


def draw_other_period(overview: Overview, part: Period | None, newer: Period | None, query: Mapping[str, str]) -> None:
    """Draw the link to the `part` of the period that there are figures for, where its outcome is missing.

    Else the link to what is `newer` than the period, where something is.
    """
    if part is not None and isinstance(overview.headline.value, Missing):
        sentence = words.format_existing_part(part)
    elif newer is not None:
        part, sentence = newer, words.format_newer_part(newer)
    else:
        return
    link = escape(f"?{urlencode({**query, 'period': part.code})}")
    st.html(
        f'<div class="fd-notis fd-notis-info" role="status"><p>{escape(sentence)} '
        f'<a href="{link}" target="_self">{words.SHOW_PART}</a>.</p></div>'
    )


def draw_outcome(report: Report, overview: Overview, names: dict[str, str]) -> None:
    """Draw the one large number, and under it alla, kvinnor, män and the longest period around, with riket."""
    rows, riket, title = words.name_strip(overview.strip), overview.riket, words.OUTCOME_HEADING
    notes = words.format_headline_notes(overview.headline, overview.verdict, riket, names)
    draw_chart(
        "utfall",
        title,
        partial(dots.strip_figure, rows=rows, benchmark=riket),
        dots.dot_plot_alt(rows=rows, benchmark=riket, what=title),
        from_chart(title, dots.dot_plot_table(rows=rows, benchmark=riket)),
        words.format_report_source(report, overview.headline.sources, report.period),
        legend=dots.dot_plot_note(rows=rows, benchmark=riket),
        between=lambda: draw_hero(format_value(overview.headline.value, Unit.ANDEL), *notes),
    )


def draw_insatser(report: Report, overview: Overview) -> None:
    """Draw the insatser, each over the period asked or its own, never pooled and without riket's line."""
    rows, title = overview.dots, words.INSATSER_HEADING
    draw_chart(
        "insatser",
        words.format_insatser_title(rows),
        partial(dots.dot_plot_figure, rows=rows, asked=report.period),
        dots.dot_plot_alt(rows=rows, what=title),
        from_chart(title, dots.dot_plot_table(rows=rows)),
        words.format_report_source(report, (), words.format_own_periods(report.period)),
        subtitle=words.INSATSER_LEAD,
        legend=dots.dot_plot_note(rows=rows),
    )


def draw_attention(report: Report, names: Mapping[str, str], query: Mapping[str, str]) -> None:
    """Draw what deserves a look, each line with its rule and a link to the page that shows the whole; intern only.

    `query` is the choice that the links carry.
    """
    st.subheader(HEADING, anchor=False)
    if report.attention is None:
        st.html(f'<p class="fd-under">{escape(words.ONLY_INTERN)}</p>')
        return
    lines = format_attention(report.attention, names)
    if not lines:
        st.html(f'<p class="fd-under">{escape(NOTHING if _has_figures(report) else NOTHING_YET)}</p>')
        return
    st.html(_format_lines(lines[:LISTED], query))
    if rest := lines[LISTED:]:
        with st.expander(format_rest(len(rest))):
            st.html(_format_lines(rest, query))


def _has_figures(report: Report) -> bool:
    return any(isinstance(row.value, Measured) for row in report.rows)


def _format_lines(lines: Sequence[AttentionLine], query: Mapping[str, str]) -> str:
    items = []
    for line in lines:
        carried = {**query, "insats": line.insats} if line.insats else dict(query)
        link = escape(f"{line.path}?{urlencode(carried)}")
        items.append(
            f"<li><strong>{escape(line.rule)}.</strong> {escape(line.text)} "
            f'<a href="{link}" target="_self">Se\u00a0{escape(line.page)}</a></li>'
        )
    return f'<ul class="fd-lista">{"".join(items)}</ul>'
