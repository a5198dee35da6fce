"""The parts of the page Insats: the first view, and what lies behind its tabs, drawn only when opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

import streamlit as st

from finsam_dash.charts import chain, dots, flow, forsorjning, recruitment, trend
from finsam_dash.charts.theme import SCREEN
from finsam_dash.model import Insats, Lage, Measured, Period, Source
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import Breakdown, InsatsSection
from finsam_dash.report.content_parts import Benchmark
from finsam_dash.ui.appearance import load_theme
from finsam_dash.ui.chart import draw_chart
from finsam_dash.ui.messages import draw_empty
from finsam_dash.ui.over_time import draw_over_time
from finsam_dash.ui.pairs import draw_pairs
from finsam_dash.ui.table import Cell, Column, build_table, draw_table, format_source_html, from_chart
from finsam_dash.ui.target_table import build_target_table, build_words_table
from finsam_dash.wording import insats as words
from finsam_dash.wording import insats_people as people
from finsam_dash.wording.insats_facts import format_facts
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.target_table import MARKS, split_rows

_LEFT = SCREEN.at_width(555)
_RIGHT = SCREEN.at_width(390)


def choose_insats(insatser: Sequence[Insats], wanted: str, period: Period) -> Insats | None:
    """The insats that the URL asks for, else the first that runs in the period, else the first."""
    asked = [insats for insats in insatser if insats.kod == wanted]
    active = [insats for insats in insatser if insats.is_active(period)]
    return next(iter((*asked, *active, *insatser)), None)


def draw_outcome(report: Report, section: InsatsSection) -> None:
    """The outcome against riket and the insats's own goal, then its groups or its way over time."""
    title, below = words.format_outcome_heading(section)
    if words.is_not_applicable(section):
        draw_empty("Utfallet mäts inte", f"{below} Antalet deltagare står bland uppgifterna om insatsen.")
        return
    rows = words.name_outcome(section)
    riket = section.riket if section.riket.value is not None and section.verdict.uppnatt is not None else None
    target = section.outcome[0].target
    draw_chart(
        "utfall",
        title,
        partial(dots.strip_figure, rows=rows, benchmark=riket, target=target),
        dots.dot_plot_alt(rows=rows, benchmark=riket, what=title),
        from_chart(title, dots.dot_plot_table(rows=rows, benchmark=riket)),
        format_report_source(report, _sources(section), section.outcome[0].period),
        subtitle=below,
        legend=dots.dot_plot_note(rows=rows, benchmark=riket, target=target, of_goal=True),
        theme=_LEFT,
    )
    if section.subgroups:
        _draw_subgroups(report, section)
    elif section.trend.points:
        draw_trend(report, section)
    elif section.recruitment:
        _draw_recruitment(report, section, narrow=True)


def _sources(section: InsatsSection) -> list[Source]:
    return [Source(delivery.id) for delivery in section.deliveries]


def _draw_subgroups(report: Report, section: InsatsSection) -> None:
    st.header(people.format_subgroups_title(section.subgroups), anchor=False)
    st.html('<p class="fd-under">Andel till arbete eller studier per grupp. Ring: publicerad andel, antal saknas.</p>')
    for column, one in zip(st.columns(max(2, len(section.subgroups)), gap="small"), section.subgroups, strict=False):
        rows = people.name_subgroups(one)
        what = people.format_subgroups_measure(one)
        counted = any(isinstance(row.value, Measured) and row.value.denominator is not None for row in rows)
        line = Benchmark("target", what, one.target) if one.target is not None else None
        with column:
            draw_chart(
                f"grupper_{one.matt}",
                what,
                partial(dots.strip_figure, rows=rows, benchmark=line, with_counts=counted),
                dots.dot_plot_alt(rows=rows, benchmark=line, what=what),
                from_chart(what, dots.dot_plot_table(rows=rows, benchmark=line)),
                format_report_source(report, _sources(section), rows[0].period),
                theme=SCREEN.at_width(270),
            )


def draw_trend(report: Report, section: InsatsSection) -> None:
    """The share over time, with the dated notes of the insats."""
    over = section.trend
    if not over.points:
        draw_empty("Inga uppgifter över tid", "Utfallet är inte redovisat för flera perioder.", level=3)
        return
    title, below = words.format_trend_heading(over, report.period)
    shown = [point.period for point in over.points]
    draw_chart(
        "trend",
        title,
        partial(trend.trend_figure, points=over.points, rolling=over.rolling, target=over.target, events=over.events),
        trend.trend_alt(points=over.points, rolling=over.rolling, target=over.target, events=over.events),
        from_chart(title, trend.trend_table(points=over.points, rolling=over.rolling)),
        format_report_source(report, _sources(section), Period(min(shown).start, max(shown).end)),
        subtitle=below,
        legend=words.format_trend_note(over),
        theme=_LEFT,
    )


def draw_facts(report: Report, section: InsatsSection) -> None:
    """What the insats is, whom it reaches, and the chain it stands in."""
    st.header("Om insatsen", anchor=False)
    rows = "".join(
        f"<div><dt>{escape(fact.label)}</dt><dd>{escape(fact.text)}"
        + (f"<small>{escape(fact.below)}</small>" if fact.below else "")
        + "</dd></div>"
        for fact in format_facts(section)
    )
    st.html(f'<dl class="fd-fakta">{rows}</dl>')
    title = words.format_chain_title(section.chain)
    draw_chart(
        "kedja",
        title,
        partial(chain.chain_figure, insatser=section.chain, current=section.insats.kod, as_of=report.period.end),
        chain.chain_alt(insatser=section.chain),
        from_chart(title, chain.chain_table(insatser=section.chain)),
        format_report_source(report, _sources(section), report.period),
        legend=words.CHAIN_NOTE if len(section.chain) > 1 else "",
        theme=_RIGHT,
    )


def draw_more(report: Report, section: InsatsSection, load_over_time: Callable[[], Report]) -> None:
    """What lies behind the tabs; only the open one is drawn, and what it alone needs is built then."""
    tabs: dict[str, Callable[[], None]] = {
        "Mål": partial(_draw_goals, report, section),
        "Över tid": partial(_draw_over_time, report, section, load_over_time),
        "In och ut": partial(_draw_flow, report, section),
        "Kvinnor och män": partial(_draw_kon, report, section),
        "Bakgrund": partial(_draw_breakdowns, report, section),
        "Försörjning": partial(_draw_forsorjning, report, section),
        "Efter avslutet": partial(_draw_follow_ups, report, section),
    }
    if section.recruitment and (section.subgroups or section.trend.points):
        tabs["Vägen in"] = partial(_draw_recruitment, report, section)
    if section.stated:
        tabs["Uppgifter ur dokumenten"] = partial(_draw_stated, report, section)
    if report.lage is Lage.INTERN:
        tabs["Tider och leveranser"] = partial(_draw_origins, section)
    # A choice on a tab reruns the tabs alone: nothing above them is drawn again.
    st.fragment(_draw_tabs)(tabs)


def _draw_tabs(tabs: dict[str, Callable[[], None]]) -> None:
    for tab, draw in zip(st.tabs(list(tabs), key="insatsflikar", on_change="rerun"), tabs.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def _draw_over_time(report: Report, section: InsatsSection, load_over_time: Callable[[], Report]) -> None:
    # An insats whose own periods are no parts of the calendar has points of its own only.
    draw_over_time(load_over_time(), _sources(section), partial(draw_trend, report, section))


def _draw_goals(report: Report, section: InsatsSection) -> None:
    if not section.goals:
        draw_empty(
            "Inga mål är inlagda för insatsen",
            "Lägg in målen på sidan Mål, med planens egna ord. Då visas här om de är nådda och hur säkert det är.",
            level=3,
        )
        return
    names = {section.insats.kod: words.name_insats(section.insats)}
    in_figures, in_words = split_rows(section.goals)
    if in_figures:
        draw_table(build_target_table("Insatsens mål", in_figures, report, names, load_theme()))
        st.html(f'<p class="fd-fot">{escape(MARKS)}</p>')
    if in_words:
        draw_table(build_words_table("Insatsens mål utan tal", in_words, report, names))


def _draw_flow(report: Report, section: InsatsSection) -> None:
    if section.flow is None:
        draw_empty(
            "Månadsuppgifter saknas",
            "Insatsen är bara redovisad för hela perioder. Läs in en månadsfil för att se flödet.",
            level=3,
        )
        return
    title, below = words.format_flow_heading(section.flow)
    months = section.flow.months
    draw_chart(
        "flode",
        title,
        partial(flow.flow_figure, months=months),
        flow.flow_alt(months=months),
        from_chart(title, flow.flow_table(months=months)),
        format_report_source(report, _sources(section), Period(months[0].period.start, months[-1].period.end)),
        subtitle=below,
        legend=flow.flow_note(months=months),
    )


def _draw_kon(report: Report, section: InsatsSection) -> None:
    if not section.kon:
        draw_empty(
            "Insatsen är öppen för ett kön", "Därför finns inga två grupper att ställa bredvid varandra.", level=3
        )
        return
    title, below = people.format_kon_heading(section.kon[0])
    draw_pairs(
        "kon", title, section.kon, format_report_source(report, _sources(section), section.kon[0].first.period), below
    )


def _draw_breakdowns(report: Report, section: InsatsSection) -> None:
    if not section.breakdowns:
        draw_empty(
            "Deltagarnas bakgrund är inte redovisad",
            "Ålder, utbildning, födelseland, tid i försörjning och kommun visas när de är inlästa.",
            level=3,
        )
        return
    by_name = {people.INDELNINGAR.get(one.indelning, one.indelning): one for one in section.breakdowns}
    first = next(iter(by_name))
    name = st.segmented_control(
        "Indelning", list(by_name), default=first, key="indelning", label_visibility="collapsed"
    )
    _draw_breakdown(report, section, by_name[name or first])


def _draw_breakdown(report: Report, section: InsatsSection, one: Breakdown) -> None:
    title, below = people.format_breakdown_heading(one)
    header: list[str | Column] = [people.COUNTED[one.matt], Column("Antal", True), Column("Andel", True)]
    cells = people.format_breakdown_rows(one)
    table = build_table(title, [*header, Column("Till arbete eller studier", True)], cells)
    source = format_report_source(report, _sources(section), one.period)
    if not people.has_shares(one):
        st.header(title, anchor=False)
        st.html(f'<p class="fd-under">{escape(below)}</p>')
        draw_table(build_table(title, header, [row[:3] for row in cells]))
        st.html(f'<p class="fd-fot">{format_source_html(source)}</p>')
        return
    rows = people.name_breakdown(one)
    draw_chart(
        "indelning",
        title,
        partial(dots.strip_figure, rows=rows),
        dots.dot_plot_alt(rows=rows, what="Andel till arbete eller studier"),
        table,
        source,
        subtitle=f"{below} Diagrammet: andel av de avslutade som gick till arbete eller studier.",
        legend=dots.dot_plot_note(rows=rows),
    )
    draw_table(table)


def _draw_forsorjning(report: Report, section: InsatsSection) -> None:
    if section.forsorjning is None:
        draw_empty(
            "Försörjning före och efter är inte redovisad",
            "Läs in en fil med försörjning vid start och vid avslut för att se hur den ändras.",
            level=3,
        )
        return
    one = section.forsorjning
    title, below = people.format_forsorjning_heading(one, report.period)
    categories = people.name_categories(one.categories)
    draw_chart(
        "forsorjning",
        title,
        partial(forsorjning.forsorjning_figure, categories=categories, links=one.links),
        forsorjning.forsorjning_alt(categories=categories),
        from_chart(title, forsorjning.forsorjning_table(categories=categories, links=one.links)),
        format_report_source(report, _sources(section), report.period),
        subtitle=below,
        legend=forsorjning.forsorjning_note(categories=categories),
    )


def _draw_follow_ups(report: Report, section: InsatsSection) -> None:
    if not section.follow_ups:
        draw_empty(
            "Ingen uppföljning efter avslutet är redovisad",
            "Hur det gick senare är inte känt. Det betyder inte att ingen arbetar eller studerar.",
            level=3,
        )
        return
    title, below = people.format_follow_up_heading(section.follow_ups)
    rows = people.name_follow_ups(section.follow_ups)
    table = build_table(
        title,
        [Column(name, numeric=index > 1) for index, name in enumerate(people.FOLLOW_UP_HEADER)],
        people.format_follow_up_rows(section.follow_ups),
    )
    periods = [one.period for one in section.follow_ups]
    draw_chart(
        "uppfoljning",
        title,
        partial(dots.strip_figure, rows=rows),
        dots.dot_plot_alt(rows=rows, what="Andel i arbete eller studier vid uppföljning"),
        table,
        format_report_source(
            report, _sources(section), Period(min(periods).start, max(period.end for period in periods))
        ),
        subtitle=below,
        legend=dots.dot_plot_note(rows=rows),
    )
    draw_table(table)


def _draw_recruitment(report: Report, section: InsatsSection, *, narrow: bool = False) -> None:
    title, below = people.format_recruitment_heading(section)
    steps = people.name_steps(section.recruitment)
    draw_chart(
        "vagen_in",
        title,
        partial(recruitment.recruitment_figure, steps=steps),
        recruitment.recruitment_alt(steps=steps),
        from_chart(title, recruitment.recruitment_table(steps=steps)),
        format_report_source(report, _sources(section), section.recruitment_period or report.period),
        subtitle=below,
        legend=recruitment.recruitment_note(steps=steps),
        theme=_LEFT if narrow else SCREEN,
    )


def _draw_stated(report: Report, section: InsatsSection) -> None:
    title = "Det här står i dokumenten om insatsen"
    st.header(title, anchor=False)
    columns = [Column(name, numeric=name == "Värde") for name in words.STATED_HEADER]
    rows: list[list[str | Cell]] = [
        [*row[:4], Cell(row[4], quiet=True)] for row in words.format_stated_rows(section.stated)
    ]
    draw_table(build_table(title, columns, rows))
    source = format_report_source(report, _sources(section), report.period)
    st.html(f'<p class="fd-fot">{format_source_html(source)}</p>')


def _draw_origins(section: InsatsSection) -> None:
    st.header("Beslutade perioder", anchor=False)
    table = chain.chain_table(insatser=section.chain)
    draw_table(from_chart("Beslutade perioder", table))
    st.header("Leveranser som insatsens uppgifter kommer ur", anchor=False)
    lines = words.format_deliveries(section)
    items = "".join(f"<li>{escape(line)}</li>" for line in lines) or "<li>Inga leveranser.</li>"
    st.html(f'<ul class="fd-lista">{items}</ul>')
