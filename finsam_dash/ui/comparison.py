"""The parts of the page Jämförelse: what is compared with what, and the tabs, of which only the open one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import streamlit as st

from finsam_dash.charts import dots, funnel, groups, small_multiples
from finsam_dash.report.comparison import order_rows
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import CaseMix, Comparison, ComparisonDetail, LineComparison
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.pairs import draw_pairs
from finsam_dash.ui.selection import PageSelect, Selection, forget_choice
from finsam_dash.ui.table import draw_table, format_source_html, from_chart
from finsam_dash.wording import comparison as words
from finsam_dash.wording import mix
from finsam_dash.wording.over_time import name_earlier
from finsam_dash.wording.overview import format_own_periods, format_report_source

TABS = (
    "Alla insatser", "Tratt", "Små diagram", "Kvinnor och män", "Mot året före", "Lika sammansättning", "Per kommun",
    "Tabell",
)  # fmt: skip
DETAIL = ("comparison", "comparison_detail")
SECTIONS = {
    tab: ("comparison", "case_mix") if tab == TABS[5] else DETAIL if tab in (*TABS[2:5], TABS[6]) else DETAIL[:1]
    for tab in TABS
}
_KEY = "jamforelseflikar"


@dataclass(frozen=True)
class View:
    """What is looked at: insatser of one purpose, against one line (None where there is none)."""

    comparison: Comparison
    detail: ComparisonDetail | None
    line: LineComparison | None


def open_tab() -> str:
    """The tab that is open, before the tabs are drawn."""
    tab = st.session_state.get(_KEY)
    return tab if tab in TABS else TABS[0]


def choose_view(report: Report, selection: Selection) -> View | None:
    """What the URL asks for, else the purpose with most insatser and the first line; None without any insats."""
    comparisons = report.comparison or ()
    if not comparisons:
        return None
    largest = max(comparisons, key=lambda one: len({row.key for row in one.rows}))
    comparison = next((one for one in comparisons if _code(one) == selection.choice("syfte")), largest)
    line = next((one for one in comparison.lines if one.kod == selection.choice("mot")), None)
    detail = next((one for one in report.comparison_detail or () if one.purpose is comparison.purpose), None)
    return View(comparison, detail, line or next(iter(comparison.lines), None))


def _code(comparison: Comparison) -> str:
    return str(comparison.purpose) if comparison.purpose is not None else "utan"


def build_selects(report: Report, view: View) -> list[PageSelect]:
    """The page's own selects: purpose and line; one with a single choice is left out."""
    purposes = {_code(one): words.format_purpose(one.purpose) for one in report.comparison or ()}
    lines = {one.kod: words.format_line_choice(one) for one in view.comparison.lines}
    selects = []
    if len(purposes) > 1:
        selects.append(PageSelect("syfte", "Syfte", purposes, _code(view.comparison)))
    if view.line is not None and len(lines) > 1:
        selects.append(PageSelect("mot", "Jämför mot", lines, view.line.kod))
    return selects


def draw_tabs(report: Report, view: View) -> None:
    """The tabs; opening one reruns the page, since the title says what the tab shows."""
    draws: tuple[Callable[[Report, View], None], ...] = (
        _draw_all,
        _draw_funnel,
        _draw_multiples,
        _draw_gender,
        _draw_earlier,
        _draw_mixes,
        _draw_kommuner,
        _draw_table,
    )
    for tab, draw in zip(st.tabs(list(TABS), key=_KEY, on_change="rerun"), draws, strict=True):
        if tab.open:
            with tab:
                draw(report, view)
                if draw is not _draw_mixes:
                    st.html(f'<p class="fd-fot">{escape(words.CAVEAT)}</p>')


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _draw_all(report: Report, view: View) -> None:
    # Another order redraws this chart alone.
    st.fragment(_draw_rows)(report, view)


def _draw_rows(report: Report, view: View) -> None:
    order = st.segmented_control(
        "Ordning", list(words.ORDERS), default="plan", format_func=words.ORDERS.__getitem__, key="ordning",
        label_visibility="collapsed",
    )  # fmt: skip
    rows = words.name_rows(order_rows(view.comparison.rows, by_n=order == "n"), view.line)
    line = words.name_line(view.line.line) if view.line is not None else None
    note = dots.dot_plot_note(
        rows=rows, benchmark=line, comparisons=view.line.comparisons if view.line is not None else None
    )
    draw_chart(
        "jamforelse",
        words.format_purpose(view.comparison.purpose),
        partial(dots.dot_plot_figure, rows=rows, benchmark=line, asked=report.period),
        dots.dot_plot_alt(rows=rows, benchmark=line, what="Andel till arbete eller studier"),
        from_chart("Insatserna sida vid sida", dots.dot_plot_table(rows=rows, benchmark=line)),
        format_report_source(report, (), format_own_periods(report.period)),
        subtitle=words.LEAD_BY_N if order == "n" else words.LEAD,
        legend=_join(note, words.format_line_note(view.line), words.format_undecided(view.comparison, view.line)),
    )


def _draw_funnel(report: Report, view: View) -> None:
    shown = words.build_funnel(view.comparison, view.line)
    draw_chart(
        "tratt",
        words.format_purpose(view.comparison.purpose),
        partial(funnel.funnel_figure, funnel=shown),
        funnel.funnel_alt(funnel=shown),
        from_chart("Insatserna mot linjen", funnel.funnel_table(funnel=shown)),
        format_report_source(report, (), format_own_periods(report.period)),
        subtitle=words.FUNNEL_LEAD,
        legend=_join(
            funnel.funnel_note(funnel=shown),
            words.format_line_note(view.line),
            words.format_undecided(view.comparison, view.line),
        ),
    )
    _draw_sentences(words.format_outside(view.comparison, view.line))


def _draw_multiples(report: Report, view: View) -> None:
    assert view.detail is not None
    multiples = view.detail.multiples
    draw_chart(
        "sma_diagram",
        "Insatserna över fem år",
        partial(small_multiples.small_multiples_figure, multiples=multiples),
        small_multiples.small_multiples_alt(multiples=multiples),
        from_chart("Insatserna över fem år", small_multiples.small_multiples_table(multiples=multiples)),
        format_report_source(report, (), format_own_periods(report.period)),
        subtitle="Andel till arbete eller studier. Samma skala i alla, i planens ordning.",
        legend=small_multiples.small_multiples_note(multiples=multiples),
    )


def _draw_gender(report: Report, view: View) -> None:
    assert view.detail is not None
    pairs = view.detail.kon
    if not pairs:
        draw_empty("Inga insatser är öppna för båda könen", "Därför finns inget att ställa bredvid varandra.", level=3)
        return
    title = words.format_gender_title(pairs)
    draw_pairs(
        "kon", title, pairs, format_report_source(report, (), format_own_periods(report.period)), words.GENDER_LEAD
    )


def _draw_sentences(sentences: Sequence[str]) -> None:
    if sentences:
        st.html(f'<ul class="fd-lista">{"".join(f"<li>{escape(one)}</li>" for one in sentences)}</ul>')


def _draw_earlier(report: Report, view: View) -> None:
    assert view.detail is not None
    pairs = tuple(name_earlier(pair, pair.label) for pair in view.detail.earlier)
    if not pairs:
        draw_empty(*words.NO_EARLIER, level=3)
        return
    title = words.format_earlier_title(pairs)
    draw_pairs("aret_fore", title, pairs, format_report_source(report, (), report.period), words.EARLIER_LEAD)


def _draw_mixes(report: Report, view: View) -> None:
    found = [one for one in report.case_mix or () if one.purpose is view.comparison.purpose]
    if not found:
        draw_empty(*mix.NOTHING, level=3)
        return
    # Another indelning redraws this part alone.
    st.fragment(_draw_mix)(report, found)


def _draw_mix(report: Report, found: Sequence[CaseMix]) -> None:
    by_code = {one.indelning: one for one in found}
    names = mix.list_indelningar(found)
    first = found[0].indelning
    forget_choice("sammansattning", names)
    code = st.segmented_control(
        "Sammansättning", list(names), default=first, format_func=names.__getitem__, key="sammansattning",
        required=True, label_visibility="collapsed",
    )  # fmt: skip
    one = by_code[code or first]
    title, lead = mix.format_mix_title(one), mix.format_mix_lead(report, one)
    if one.refused:
        draw_empty(title, lead, level=3)
        return
    table = groups.mix_table(rows=one.rows, klasser=[mix.name_klass(one, klass) for klass in one.klasser])
    draw_chart(
        "sammansattning",
        title,
        partial(groups.mix_figure, rows=one.rows),
        groups.mix_alt(rows=one.rows),
        from_chart(title, table),
        format_report_source(report, (), report.period),
        subtitle=lead,
        legend=groups.mix_note(rows=one.rows),
    )
    _draw_sentences(mix.format_turned(one))
    st.header(mix.STRATA_CAPTION, anchor=False)
    draw_table(from_chart(mix.STRATA_CAPTION, groups.strata_table(table)))
    st.html(f'<p class="fd-fot">{escape(mix.CAVEAT)}</p>')


def _draw_kommuner(report: Report, view: View) -> None:
    assert view.detail is not None
    kommuner = words.list_kommuner(view.detail.kommuner)
    if not kommuner:
        draw_empty(
            "Utfallet är inte redovisat per kommun",
            "Läs in en fil med kommun för att jämföra insatserna inom samma kommun.",
            level=3,
        )
        return
    # Another kommun redraws this chart alone.
    st.fragment(_draw_kommun)(report, view.detail, kommuner)


def _draw_kommun(report: Report, detail: ComparisonDetail, kommuner: dict[str, str]) -> None:
    first = next(iter(kommuner))
    chosen = st.segmented_control(
        "Kommun", list(kommuner), default=first, format_func=kommuner.__getitem__, key="kommun",
        label_visibility="collapsed",
    )  # fmt: skip
    klass = chosen or first
    rows = words.name_kommun_rows(detail.kommuner, klass)
    title = f"{kommuner[klass]}: andel till arbete eller studier per insats"
    draw_chart(
        "kommun",
        title,
        partial(dots.dot_plot_figure, rows=rows, asked=report.period),
        dots.dot_plot_alt(rows=rows, what=title),
        from_chart(title, dots.dot_plot_table(rows=rows)),
        format_report_source(report, (), report.period),
        subtitle=words.LEAD,
        legend=dots.dot_plot_note(rows=rows),
    )


def _draw_table(report: Report, view: View) -> None:
    rows = words.name_rows(view.comparison.rows, view.line)
    line = words.name_line(view.line.line) if view.line is not None else None
    table = from_chart("Insatserna sida vid sida", dots.dot_plot_table(rows=rows, benchmark=line))
    draw_table(table)
    lines = (words.format_line_note(view.line), format_report_source(report, (), format_own_periods(report.period)))
    st.html(f'<div class="fd-fot">{"".join(f"<p>{format_source_html(text)}</p>" for text in lines)}</div>')
