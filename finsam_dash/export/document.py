"""The printed report before any file format: headings, texts, tables and charts in order, all numbers from the Report.

Renderers set it in Word, PowerPoint, Excel, PDF and HTML and add nothing of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from finsam_dash.charts import dots, flow, forsorjning, groups, recruitment, trend
from finsam_dash.charts.table import ChartTable
from finsam_dash.charts.theme import PRINT, Theme
from finsam_dash.export.native import (
    NativeChart,
    build_dot_chart,
    build_flow_chart,
    build_forsorjning_chart,
    build_recruitment_chart,
    build_trend_chart,
)
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Gender, IndicatorRow, Lage, Measured, Suppressed, Unit, Value
from finsam_dash.report.content import Benchmark, DotRow, InsatsSection, Report, TargetRow
from finsam_dash.report.content_samverkan import InsatsAccount
from finsam_dash.report.publication import PARTS, Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.comparison import name_rows
from finsam_dash.wording.economy import (
    format_conflict,
    format_cost_coverage,
    format_cost_interval,
    format_economy_title,
    format_equity_sentence,
    format_line_cell,
    format_line_note,
    format_line_share,
    format_money_value,
    format_room_sentence,
    format_statement_cell,
    format_statement_head,
    format_statement_title,
    is_sum,
    list_key_numbers,
    list_room_lines,
)
from finsam_dash.wording.insats import (
    FOLLOW_UP_HEADER,
    find_goal,
    format_breakdown_heading,
    format_breakdown_rows,
    format_flow_heading,
    format_follow_up_heading,
    format_follow_up_rows,
    format_forsorjning_heading,
    format_insats_title,
    format_kon_heading,
    format_recruitment_heading,
    format_subgroups_measure,
    format_trend_heading,
    name_categories,
    name_insats,
    name_outcome,
    name_steps,
    name_subgroups,
)
from finsam_dash.wording.method import METHOD_NOTE, STATES, list_method
from finsam_dash.wording.method_page import TEXTS, read_text
from finsam_dash.wording.names import capitalise, format_name_capital
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_share_value,
    format_value,
    format_value_interval,
)
from finsam_dash.wording.overview import (
    INSATSER_HEADING,
    INSATSER_LEAD,
    OUTCOME_HEADING,
    OWN_PERIODS,
    format_headline_notes,
    format_key_number,
    format_missing_items,
    format_report_source,
    name_strip,
)
from finsam_dash.wording.periods import format_in_period, format_period
from finsam_dash.wording.samverkan import (
    format_answered,
    format_item,
    format_kind,
    format_measure,
    format_samverkan_title,
    format_scale_mean,
)
from finsam_dash.wording.sentences import EXAMPLE_MARK, HIDDEN_SENTENCE, is_wrong_side
from finsam_dash.wording.target_table import format_cells, format_targets_title, list_groups, split_rows
from finsam_dash.wording.targets import format_target_reason, format_target_sentence
from finsam_dash.wording.titles import (
    format_comparison_title,
    format_outcome_title,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


@dataclass(frozen=True)
class Heading:
    """A heading of level 1-3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `kind` says how it stands out."""

    text: str
    kind: Literal["text", "lead", "note", "warning"] = "text"


@dataclass(frozen=True)
class BulletList:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One cell. `number` is the value as a number (share 0-1), None for text and for what is hidden or missing."""

    text: str
    number: float | None = None
    unit: Unit | None = None
    strong: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table; `header` is its first row, and the first cell of a row heads it. `widths` are parts of the whole.

    `finding` is the table's message as a title; a table with one belongs on slides too.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    widths: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""
    finding: str = ""


@dataclass(frozen=True)
class ChartBlock:
    """A chart: what it finds, what it shows, and three ways to draw it.

    `draw` gives the figure in a theme, `native` what Office can edit (None where Office has no such chart), `table`
    the same figures as text. `key` becomes the file's name. `pages` is the native chart in parts of at most seven rows,
    where it has more, for slides.
    """

    key: str
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    table: TableBlock
    draw: Callable[[Theme], Figure] = field(compare=False)
    native: NativeChart | None = None
    native_note: str = ""
    pages: tuple[NativeChart, ...] = ()


@dataclass(frozen=True)
class KeyNumbers:
    """Numbers in a row, each with what it counts."""

    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageBreak:
    """A new page, where the medium has pages."""


Block = Heading | Paragraph | BulletList | TableBlock | ChartBlock | KeyNumbers | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole report. `mark` is the word boxed on every page ("INTERN"), `invented` that the data are made up."""

    title: str
    lead: str
    forbund: str
    footer: str
    source: str
    mark: str
    invented: bool
    blocks: tuple[Block, ...]
    accent: str = ""
    logo: bytes = b""

    def charts(self) -> tuple[ChartBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, ChartBlock))

    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(block for block in self.blocks if isinstance(block, TableBlock))


def build_document(
    publication: Publication, parts: Iterable[str] = PARTS, *, accent: str = "", logo: bytes = b""
) -> Document:
    """Set a publication as blocks, the chosen parts in the printed order; what is hidden is always told."""
    report = publication.report
    chosen = frozenset(parts)
    names = {insats.kod: insats.kortnamn or insats.namn for insats in report.insatser}
    builders: list[tuple[str, Callable[[], Iterator[Block]]]] = [
        ("sammanfattning", lambda: _summary(report, names)),
        ("deltagare", lambda: _participants(report, names)),
        ("mal", lambda: _goals(report, names)),
        ("insatser", lambda: _insatser(publication, names)),
        ("beslut", lambda: _decisions(report)),
        ("samverkan", lambda: _samverkan(report)),
        ("ekonomi", lambda: _economy(report, names)),
        ("metod", lambda: _method(report)),
    ]
    blocks = [block for name, build in builders if name in chosen for block in build()]
    blocks += _hidden(report, blocks, names)
    if "kvar" in chosen:
        insatser = [one.insats.insats for one in publication.insatser if one.insats is not None]
        texts = [text for account in _accounts(report) for text in account.texts]
        left = words.format_left_for_author(report, insatser, texts, names)
        blocks += [Heading(1, words.LEFT), BulletList(tuple(left))]
    only = report.insatser[0] if len(publication.insatser) == 1 and len(report.insatser) == 1 else None
    return Document(
        title=words.format_document_title(report, only),
        lead=words.format_document_lead(report),
        forbund=report.forbund.namn,
        footer=words.format_footer(report),
        source=format_report_source(report, (), report.period),
        mark=words.LAGE_MARKS[report.lage],
        invented=report.forbund.pahittad,
        blocks=tuple(_name_charts(blocks)),
        accent=accent,
        logo=logo,
    )


def _name_charts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give every chart a key of its own: two insatser may share a short name."""
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, ChartBlock):
            seen[block.key] = seen.get(block.key, 0) + 1
            if seen[block.key] > 1:
                yield replace(block, key=f"{block.key}-{seen[block.key]}")
                continue
        yield block


def fold_name(*parts: str) -> str:
    """A speaking file name out of texts: lower case, å ä ö folded, hyphens between words."""
    folded = "-".join(part for part in parts if part).lower().translate(str.maketrans("åäöéüæø", "aaoeuao"))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def value_cell(value: Value, unit: Unit, *, strong: bool = False) -> Cell:
    """A value as a cell: its number where it is known, and the text that stands for it everywhere."""
    number = value.value if isinstance(value, Measured) else None
    return Cell(format_value(value, unit), number, unit, strong)


def read_number(text: str) -> tuple[float | None, Unit | None]:
    """The number that a chart's formatted cell says, for spreadsheets: "32 %" is 0.32, "1 159" is 1159; else None."""
    plain = text.replace(NO_BREAK, "").replace("\u2212", "-").replace(",", ".")
    if re.fullmatch(r"-?\d+(\.\d+)?%", plain):
        return float(plain[:-1]) / 100, Unit.ANDEL
    if re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return float(plain), Unit.ANTAL
    return None, None


def from_chart_table(table: ChartTable, title: str, source: str, key: str) -> TableBlock:
    """A chart's own table as a block."""
    rows = tuple(
        tuple(
            Cell(text, *(read_number(text) if numeric else (None, None)))
            for text, numeric in zip(row, table.numeric, strict=True)
        )
        for row in table.rows
    )
    return TableBlock(title, table.header, rows, table.numeric, notes=(source,), key=key)


def _summary(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    overview = report.overview
    yield Heading(1, words.SUMMARY)
    items = []
    if overview is not None:
        items.append(
            format_outcome_title(
                value=overview.headline.value,
                period=report.period,
                riket=overview.riket.value,
                sakerhet=overview.verdict.sakerhet,
            )
        )
        items += list(format_headline_notes(overview.headline, overview.verdict, overview.riket, names))
    if report.targets:
        items += format_targets_title(report.targets)
    for one in report.comparison or ():
        for line in one.lines:
            if line.line.kind == "riket" and line.comparisons:
                over, under = (_names_of(keys, one.rows) for keys in (line.over, line.under))
                items.append(format_comparison_title(over=over, under=under, comparisons=line.comparisons))
    yield BulletList(tuple(_sentence(item) for item in items if item))
    if overview is not None:
        yield KeyNumbers(tuple(format_key_number(number) for number in overview.key_numbers))
    yield Paragraph(words.INTERN_WARNING if report.lage is Lage.INTERN else words.PUBLISHED_WARNING, "warning")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _names_of(keys: Sequence[str], rows: Sequence[DotRow]) -> list[str]:
    labels = {f"{row.key}/{row.klass}" if row.klass else row.key: words.format_dot_label(row) for row in rows}
    return [labels.get(key, key) for key in keys]


def _dot_chart(
    report: Report, key: str, title: str, rows: tuple[DotRow, ...], source: str, *, benchmark: Benchmark | None = None,
    subtitle: str = OUTCOME_HEADING, strip: bool = False,
) -> ChartBlock:  # fmt: skip
    def draw(theme: Theme) -> Figure:
        if strip:
            return dots.strip_figure(rows=rows, benchmark=benchmark, theme=theme)
        return dots.dot_plot_figure(rows=rows, benchmark=benchmark, theme=theme)

    table = dots.dot_plot_table(rows=rows, benchmark=benchmark, asked=report.period)
    return ChartBlock(
        key=fold_name(key),
        title=title,
        subtitle=subtitle,
        note=dots.dot_plot_note(rows=rows, benchmark=benchmark, theme=PRINT),
        source=source,
        alt=dots.dot_plot_alt(rows=rows, benchmark=benchmark, what=subtitle),
        table=_dot_table(rows, benchmark, table, title, source, fold_name(key)),
        draw=draw,
        native=build_dot_chart(rows, benchmark),
        pages=_split_rows(rows, benchmark),
    )


SLIDE_ROWS = 7


def _split_rows(rows: Sequence[DotRow], benchmark: Benchmark | None) -> tuple[NativeChart, ...]:
    """The rows as charts of about equally many, at most seven each; nothing where one chart holds them all."""
    count = -(-len(rows) // SLIDE_ROWS)
    if count < 2:
        return ()
    size = -(-len(rows) // count)
    parts = (build_dot_chart(rows[start : start + size], benchmark) for start in range(0, len(rows), size))
    return tuple(part for part in parts if part is not None)


_DOT_WIDTHS = (0.19, 0.18, 0.19, 0.09, 0.13, 0.13, 0.09)


def _dot_table(
    rows: Sequence[DotRow], benchmark: Benchmark | None, table: ChartTable, title: str, source: str, key: str
) -> TableBlock:
    """The chart's table with the shares themselves, not their rounded texts, as numbers."""
    block = from_chart_table(table, title, source, key)
    share = table.header.index("Andel")
    body = []
    for index, cells in enumerate(block.rows):
        value = rows[index].value if index < len(rows) else None
        known = value.value if isinstance(value, Measured) else benchmark.value if value is None and benchmark else None
        cell = replace(cells[share], number=known, unit=Unit.ANDEL if known is not None else None)
        body.append((*cells[:share], cell, *cells[share + 1 :]))
    return replace(block, rows=tuple(body), widths=_DOT_WIDTHS)


def _participants(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    overview = report.overview
    yield Heading(1, words.PARTICIPANTS)
    if overview is not None:
        title = format_outcome_title(
            value=overview.headline.value,
            period=report.period,
            riket=overview.riket.value,
            sakerhet=overview.verdict.sakerhet,
        )
        source = format_report_source(report, overview.headline.sources, report.period)
        yield _dot_chart(
            report, "andel-till-arbete-eller-studier", title.rstrip("."), name_strip(overview.strip), source,
            benchmark=overview.riket, strip=True,
        )  # fmt: skip
    yield _indicator_table(report)
    yield _insatser_table(report, names)
    if report.comparison:
        yield Heading(2, words.COMPARISON)
        yield Paragraph(INSATSER_LEAD)
        yield from _comparison(report)
    elif overview is not None and overview.dots:
        yield Heading(2, words.COMPARISON)
        yield Paragraph(INSATSER_LEAD)
        source = format_report_source(report, (), OWN_PERIODS)
        yield _dot_chart(report, "insatser", INSATSER_HEADING, overview.dots, source, subtitle=INSATSER_HEADING)


def _comparison(report: Report) -> Iterator[Block]:
    source = format_report_source(report, (), OWN_PERIODS)
    for one in report.comparison or ():
        purpose = format_name_capital(one.purpose) if one.purpose is not None else "Syfte inte registrerat"
        riket = next((line for line in one.lines if line.line.kind == "riket"), None)
        title = INSATSER_HEADING
        if riket is not None and riket.comparisons:
            over, under = _names_of(riket.over, one.rows), _names_of(riket.under, one.rows)
            title = format_comparison_title(over=over, under=under, comparisons=riket.comparisons)
        rows = name_rows(one.rows, riket)
        chart = _dot_chart(
            report,
            f"insatser-{purpose}",
            title,
            rows,
            source,
            benchmark=riket.line if riket is not None and riket.line.value is not None else None,
            subtitle=f"{purpose}: {INSATSER_HEADING[:1].lower()}{INSATSER_HEADING[1:]}",
        )
        yield chart
        if any(isinstance(row.value, Measured | Suppressed) for row in rows):
            yield replace(chart.table, title=purpose, key=fold_name("tabell", purpose))


def _indicator_table(report: Report) -> TableBlock:
    """Every indicator of the whole förbund by kön."""
    registry = load_registry()
    found: dict[str, dict[Gender, IndicatorRow]] = {}
    for row in report.rows:
        if row.subject is None:
            found.setdefault(row.indikator, {})[row.gender] = row
    if not found:
        for row in report.rows:
            found.setdefault(row.indikator, {})[row.gender] = row
    body = []
    for kod, by_gender in found.items():
        indikator = registry.indikatorer[kod]
        unit = {"antal": Unit.ANTAL, "andel": Unit.ANDEL}.get(indikator.form)
        if unit is None:
            unit = Unit.KR if kod.startswith("kostnad") else Unit.ANDEL
        cells = []
        for gender in (Gender.ALLA, Gender.KVINNA, Gender.MAN):
            found_row = by_gender.get(gender)
            if found_row is None:
                cells.append(Cell(""))
                continue
            value = found_row.value
            cell = value_cell(value, unit)
            if unit is Unit.ANDEL and isinstance(value, Measured) and value.denominator is not None:
                cell = replace(cell, text=format_share_value(value))
            cells.append(cell)
        body.append((Cell(indikator.label), *cells))
    return TableBlock(
        f"{report.forbund.namn} {format_period(report.period)}",
        words.INDICATOR_HEADER,
        tuple(body),
        (False, True, True, True),
        widths=(0.46, 0.18, 0.18, 0.18),
        notes=(format_report_source(report, (), report.period),),
        key="forbundet",
    )


_INSATS_COLUMNS = ("deltagare", "deltaganden", "nya", "avslutade", "till_arbete_studier")


def _insatser_table(report: Report, names: Mapping[str, str]) -> TableBlock:
    """One row an insats: how many, and how it went, over the period asked."""
    by_key = {(row.subject, row.indikator): row.value for row in report.rows if row.gender is Gender.ALLA}
    body = []
    for insats in report.insatser:
        share = by_key.get((insats.kod, "andel_arbete_studier"))
        if share is None:
            continue
        body.append(
            (
                Cell(names.get(insats.kod, insats.namn)),
                *(value_cell(by_key[insats.kod, kod], Unit.ANTAL) for kod in _INSATS_COLUMNS),
                value_cell(share, Unit.ANDEL),
                Cell(format_value_interval(share)),
                value_cell(by_key[insats.kod, "bortfall"], Unit.ANTAL),
            )
        )
    return TableBlock(
        f"Insatserna {format_period(report.period)}",
        words.INSATSER_HEADER,
        tuple(body),
        (False, *[True] * 8),
        widths=(0.2, 0.1, 0.11, 0.07, 0.1, 0.12, 0.08, 0.12, 0.1),
        notes=(words.MISSING_PARTS_NOTE, format_report_source(report, (), report.period)),
        key="insatserna",
        finding=words.format_insatser_finding(report.period),
    )


def _goals(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(1, words.GOALS)
    rows = report.targets or ()
    if not rows:
        yield Paragraph(words.NO_GOALS)
        return
    title, lead = format_targets_title(rows)
    yield Paragraph(title, "lead")
    yield Paragraph(lead)
    source = format_report_source(report, (), report.period)
    plan = ""
    for number, group in enumerate(list_groups(rows), start=1):
        if group.plan != plan:
            plan = group.plan
            yield Heading(2, plan)
        heading = f"{group.level}: {group.heading}" if group.heading else group.level
        in_figures, in_words = split_rows(group.rows)
        if in_figures:
            yield _goal_table(heading, in_figures, report, names, source, f"mal-{number}")
        if in_words:
            yield _goal_words_table(heading, in_words, report, names, f"mal-{number}-ord")


def _goal_table(
    title: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], source: str, key: str
) -> TableBlock:
    """Goals in the plan's words with where they stand, without the picture's column."""
    body, notes = [], []
    for row in rows:
        cells = format_cells(row, report, names)
        outcome = value_cell(row.value, row.target.unit or Unit.ANTAL, strong=True)
        certainty = "\n".join(part for part in cells.certainty if part)
        reason = format_target_reason(row, names)
        if reason and len(reason) > _LONG_REASON:
            certainty = words.SEE_NOTE
            notes.append(f"{cells.insats}, {cells.goal}: {reason.rstrip('.')}.")
        margin = row.verdict.marginal if row.verdict is not None else None
        body.append(
            (
                Cell(cells.insats, strong=True),
                Cell(cells.text[0]),
                Cell(cells.goal),
                replace(outcome, text="\n".join(part for part in cells.outcome if part)),
                Cell(cells.reached, strong=True),
                Cell(certainty, strong=cells.strong),
                Cell("\n".join(part for part in cells.persons if part), margin, None if margin is None else Unit.ANTAL),
            )
        )
        if row.note:
            notes.append(f"{cells.insats}: {row.note.rstrip('.')}.")
    return TableBlock(
        title,
        words.GOAL_HEADER,
        tuple(body),
        (False,) * 7,
        widths=(0.14, 0.28, 0.11, 0.14, 0.09, 0.13, 0.11),
        notes=(*dict.fromkeys(notes), source),
        key=key,
        finding=_goals_finding(title, rows),
    )


_LONG_REASON = 45
"""A reason longer than this stands in a note under the table, not in a narrow cell."""


def _goals_finding(title: str, rows: Sequence[TargetRow]) -> str:
    """The message of one group of goals: how many were reached, else what they are."""
    judged = [row for row in rows if row.verdict is not None and row.verdict.uppnatt is not None]
    return format_targets_title(rows)[0] if judged else title


def _goal_words_table(
    title: str, rows: Sequence[TargetRow], report: Report, names: Mapping[str, str], key: str
) -> TableBlock:
    """Goals that no figure answers, with what is known of them."""
    body = []
    for row in rows:
        cells = format_cells(row, report, names)
        known = cells.known or words.TEXT_MISSING
        body.append((Cell(cells.insats, strong=True), Cell(cells.text[0]), Cell(known)))
    return TableBlock(
        title, words.GOAL_WORDS_HEADER, tuple(body), (False, False, False), widths=(0.18, 0.5, 0.32), key=key
    )


def _insatser(publication: Publication, names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(1, words.INSATSER)
    accounts = publication.report.accounts
    common = accounts.whole.texts if accounts is not None else ()
    if common:
        yield TableBlock(
            "Hela förbundet",
            ("Fält", "Text"),
            tuple((Cell(words.FIELDS.get(text.field, text.field), strong=True), Cell(text.text)) for text in common),
            (False, False),
            widths=(0.22, 0.78),
            key="hela-forbundet",
        )
    for report in publication.insatser:
        if report.insats is not None:
            yield from _insats(publication, report, report.insats, names)


def _insats(
    publication: Publication, report: Report, section: InsatsSection, names: Mapping[str, str]
) -> Iterator[Block]:
    insats = section.insats
    yield Heading(2, insats.namn)
    source = format_report_source(report, tuple(s for row in section.facts for s in row.sources), OWN_PERIODS)
    if section.outcome:
        goal = find_goal(section)
        rows = tuple(replace(row, look_here=row.look_here or _is_missed(goal, row)) for row in name_outcome(section))
        title = format_insats_title(section, report.period).rstrip(".")
        yield _dot_chart(report, f"{insats.kod}-utfall", title, rows, source, benchmark=section.riket)
    yield _insats_table(publication, report, section)
    yield from _insats_charts(report, section, source)
    yield from _insats_tables(section, source)


def _is_missed(goal: TargetRow | None, row: DotRow) -> bool:
    """Whether the row is the goal's own outcome, surely on the wrong side of it."""
    if goal is None or goal.verdict is None or goal.target.riktning is None or row.value != goal.value:
        return False
    return is_wrong_side(goal.verdict.sakerhet, goal.target.riktning)


def _insats_table(publication: Publication, report: Report, section: InsatsSection) -> TableBlock:
    """The insatsredovisning in the förbunden's own table form."""
    insats = section.insats
    texts: dict[str, list[str]] = {}
    account = next((one for one in _accounts(publication.report) if one.insats == insats.kod), None)
    for text in account.texts if account is not None else ():
        texts.setdefault(text.field, []).append(text.text)
    rows = [
        ("Syfte", insats.syfte),
        ("Samverkansparter", insats.parter),
        ("Huvudman", insats.huvudman),
        ("Ort", insats.ort),
        ("Målgrupp", insats.malgrupp),
        *((words.FIELDS[name], "; ".join(texts.get(name, ()))) for name in words.BEFORE_GOALS),
    ]
    names = {insats.kod: insats.kortnamn or insats.namn}
    for goal in section.goals:
        label = goal.target.perspektiv or "Mål"
        outcome = label.replace("Mål", "Utfall", 1) if label.startswith("Mål") else f"Utfall, {label.lower()}"
        rows.append((label, goal.target.text))
        sentence = format_target_sentence(goal, names) or HIDDEN_SENTENCE
        rows.append((outcome, ". ".join(part.rstrip(".") for part in (sentence, goal.outcome_text) if part) + "."))
    rows.append(("Övrigt utfall", _other_outcomes(report, section)))
    rows += [(words.FIELDS[name], "; ".join(texts.get(name, ())) or words.TEXT_MISSING) for name in words.AFTER_GOALS
             if name in texts or name in words.AUTHORED]  # fmt: skip
    if account is not None and account.fate:
        rows.append(("Vad som blev av insatsen", capitalise(account.fate)))
    rows.append(("Insatsperiod", words.format_insats_periods(insats)))
    return TableBlock(
        insats.namn,
        ("Insatsredovisning", format_period(report.period)),
        tuple((Cell(label, strong=True), Cell(text)) for label, text in rows if text),
        (False, False),
        widths=(0.22, 0.78),
        key=f"{insats.kod}-redovisning",
    )


_OTHER = ("deltagare", "deltaganden", "deltagare_utan_personuppgifter", "nya", "avslutade", "bortfall")


def _other_outcomes(report: Report, section: InsatsSection) -> str:
    """Counts and background in one line: "Bortfall 8 (14 %). Utrikesfödda 11 av 58 (19 %)"; nothing that is missing."""
    registry = load_registry()
    parts = []
    for row in section.facts:
        if row.gender is not Gender.ALLA or not isinstance(row.value, Measured | Suppressed):
            continue
        indikator = registry.indikatorer[row.indikator]
        if indikator.form == "ekonomi":
            unit = Unit.KR if row.indikator.startswith("kostnad") else Unit.ANDEL
            text = format_value(row.value, unit)
        else:
            text = format_share_value(row.value) if indikator.form == "andel" else format_value(row.value, Unit.ANTAL)
        when = "" if row.period == report.period else f" ({format_period(row.period)})"
        parts.append(f"{indikator.label}: {text}{when}")
    return ". ".join(parts) + "." if parts else ""


def _insats_charts(report: Report, section: InsatsSection, source: str) -> Iterator[Block]:
    name, kod, riket = name_insats(section.insats), section.insats.kod, section.riket

    def chart(key: str, heading: tuple[str, str], table: ChartTable, **rest: Any) -> ChartBlock:
        title, subtitle = f"{name}: {_lower(heading[0])}".rstrip("."), heading[1].rstrip(".")
        whole = fold_name(kod, key)
        block = from_chart_table(table, title, source, whole)
        return ChartBlock(key=whole, title=title, subtitle=subtitle, source=source, table=block, **rest)

    over_time = section.trend
    if len(over_time.points) > 1:
        points, rolling, target = over_time.points, over_time.rolling, over_time.target
        yield chart(
            "over-tid",
            format_trend_heading(over_time, report.period),
            trend.trend_table(points=points, rolling=rolling),
            note=trend.trend_note(points=points, rolling=rolling, target=target, benchmark=riket),
            alt=trend.trend_alt(points=points, rolling=rolling, target=target, events=over_time.events),
            draw=lambda theme: trend.trend_figure(
                points=points, rolling=rolling, target=target, benchmark=riket, events=over_time.events, theme=theme
            ),
            native=build_trend_chart(points, rolling, target, riket),
            native_note=words.TREND_MARKS if rolling else "",
        )
    if section.flow is not None and section.flow.months:
        months = section.flow.months
        yield chart(
            "in-och-ut",
            format_flow_heading(section.flow),
            flow.flow_table(months=months),
            note=flow.flow_note(months=months),
            alt=flow.flow_alt(months=months),
            draw=lambda theme: flow.flow_figure(months=months, theme=theme),
            native=build_flow_chart(months),
            native_note=words.FLOW_MARKS,
        )
    if section.forsorjning is not None and section.forsorjning.categories:
        categories, links = name_categories(section.forsorjning.categories), section.forsorjning.links
        yield chart(
            "forsorjning",
            format_forsorjning_heading(section.forsorjning, report.period),
            forsorjning.forsorjning_table(categories=categories, links=links),
            note=forsorjning.forsorjning_note(categories=categories),
            alt=forsorjning.forsorjning_alt(categories=categories),
            draw=lambda theme: forsorjning.forsorjning_figure(categories=categories, links=links, theme=theme),
            native=build_forsorjning_chart(categories),
            native_note=words.BEFORE_AFTER_MARKS,
        )
    if section.recruitment:
        steps = name_steps(section.recruitment)
        yield chart(
            "vagen-in",
            format_recruitment_heading(section),
            recruitment.recruitment_table(steps=steps),
            note=recruitment.recruitment_note(steps=steps),
            alt=recruitment.recruitment_alt(steps=steps),
            draw=lambda theme: recruitment.recruitment_figure(steps=steps, theme=theme),
            native=build_recruitment_chart(steps),
        )
    for pair in section.kon:
        if isinstance(pair.first.value, Measured) or isinstance(pair.second.value, Measured):
            yield chart(
                "kvinnor-och-man",
                format_kon_heading(pair),
                groups.groups_table(pairs=[pair]),
                note=groups.groups_note(pairs=[pair]),
                alt=groups.groups_alt(pairs=[pair]),
                draw=lambda theme, pair=pair: groups.groups_figure(pairs=[pair], theme=theme),
                native=build_dot_chart([pair.first, pair.second]),
            )
    for part in section.subgroups:
        line = Benchmark("target", "Mål", part.target) if part.target is not None else None
        label = format_subgroups_measure(part)
        yield _dot_chart(
            report,
            f"{kod}-{part.matt}",
            f"{name}: {_lower(label)}, grupp för grupp",
            name_subgroups(part),
            source,
            benchmark=line,
            subtitle=label,
        )


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _insats_tables(section: InsatsSection, source: str) -> Iterator[Block]:
    insats = section.insats
    name = insats.kortnamn or insats.namn
    for part in section.breakdowns:
        title, below = format_breakdown_heading(part)
        body = []
        for row, cells in zip(part.rows, format_breakdown_rows(part), strict=True):
            share = value_cell(row.share, Unit.ANDEL)
            count = value_cell(row.count, Unit.ANTAL)
            number, unit = read_number(cells[2])
            body.append((Cell(cells[0]), count, Cell(cells[2], number, unit), replace(share, text=cells[3])))
        yield TableBlock(
            f"{name}: {_lower(title)}",
            words.BREAKDOWN_HEADER,
            tuple(body),
            (False, True, True, True),
            widths=(0.5, 0.14, 0.14, 0.22),
            notes=(below, source),
            key=fold_name(insats.kod, part.indelning),
        )
    if section.follow_ups:
        title, below = format_follow_up_heading(section.follow_ups)
        yield TableBlock(
            f"{name}: {_lower(title)}",
            FOLLOW_UP_HEADER,
            tuple(
                tuple(Cell(text, *(read_number(text) if place > 1 else (None, None))) for place, text in enumerate(row))
                for row in format_follow_up_rows(section.follow_ups)
            ),
            (False, False, *[True] * 6),
            widths=(0.2, 0.12, 0.11, 0.11, 0.11, 0.08, 0.11, 0.16),
            notes=(below, source),
            key=fold_name(insats.kod, "uppfoljning"),
        )
    if section.stated:
        yield TableBlock(
            f"{name}: som det är tryckt",
            words.STATED_HEADER,
            tuple(
                (
                    Cell(words.format_stated_label(one)),
                    Cell(format_name_capital(one.gender)),
                    Cell(format_period(one.period)),
                    Cell(one.text),
                    Cell(one.source.rubrik),
                )
                for one in section.stated
            ),
            (False,) * 5,
            widths=(0.28, 0.1, 0.17, 0.3, 0.15),
            key=fold_name(insats.kod, "tryckt"),
        )


def _accounts(report: Report) -> tuple[InsatsAccount, ...]:
    return report.accounts.insatser if report.accounts is not None else ()


def _decisions(report: Report) -> Iterator[Block]:
    yield Heading(1, words.DECISIONS)
    decisions = report.accounts.decisions if report.accounts is not None else ()
    if not decisions:
        yield Paragraph(words.NO_DECISIONS)
        return
    yield TableBlock(
        f"Insatser som startat, förlängts och avslutats {format_period(report.period)}",
        words.DECISIONS_HEADER,
        tuple(tuple(Cell(text) for text in words.format_decision(one)) for one in decisions),
        (False,) * 6,
        widths=(0.2, 0.11, 0.11, 0.12, 0.2, 0.26),
        key="beslut",
        finding=words.format_decisions_finding(decisions),
    )


def _samverkan(report: Report) -> Iterator[Block]:
    samverkan = report.samverkan
    if samverkan is None or not (samverkan.items or samverkan.lots or samverkan.enkater or samverkan.funding):
        return
    yield Heading(1, words.SAMVERKAN)
    title = format_samverkan_title(samverkan, format_in_period(report.period))
    yield Paragraph(title, "lead")
    if samverkan.items:
        yield TableBlock(
            "Samverkan i siffror",
            words.SAMVERKAN_HEADER,
            tuple(
                (
                    Cell(format_kind(item.figure.slag)),
                    Cell(", ".join(part for part in (item.figure.namn, item.figure.tema) if part)),
                    replace(value_cell(item.value, item.figure.unit), text=format_item(item)),
                    Cell(format_measure(item.figure.matt)),
                    Cell(format_period(item.figure.period)),
                )
                for item in samverkan.items
            ),
            (False, False, True, False, False),
            widths=(0.22, 0.32, 0.12, 0.19, 0.15),
            notes=tuple(dict.fromkeys(f"Källa: {item.source}." for item in samverkan.items if item.source)),
            key="samverkan",
        )
    if samverkan.lots:
        yield TableBlock(
            "Lotsärenden per lokusgrupp",
            words.LOTS_HEADER,
            tuple(
                (
                    Cell(row.grupp),
                    Cell(row.coordinator),
                    *(
                        value_cell(value, Unit.ANTAL)
                        for value in (row.opened, row.solved, row.unsolved, row.still_open)
                    ),
                )
                for row in samverkan.lots
            ),
            (False, False, True, True, True, True),
            key="lotsarenden",
            finding=title,
        )
    if samverkan.enkater:
        yield TableBlock(
            "Enkäter",
            words.ENKAT_HEADER,
            tuple(
                (
                    Cell(one.enkat.namn),
                    Cell(one.enkat.question),
                    Cell(format_answered(one)),
                    replace(value_cell(one.positive, Unit.ANDEL), text=format_share_value(one.positive)),
                    Cell(format_scale_mean(one)),
                )
                for one in samverkan.enkater
            ),
            (False, False, True, True, True),
            widths=(0.2, 0.32, 0.16, 0.16, 0.16),
            key="enkater",
        )


def _economy(report: Report, names: Mapping[str, str]) -> Iterator[Block]:
    economy = report.economy
    if economy is None or not (economy.tables or economy.statements or economy.room or economy.insatser):
        return
    yield Heading(1, words.ECONOMY)
    yield Paragraph(format_economy_title(economy), "lead")
    if numbers := list_key_numbers(economy):
        yield KeyNumbers(tuple(numbers))
    if economy.conflicts:
        yield BulletList(tuple(format_conflict(one) for one in economy.conflicts))
    if economy.room is not None:
        yield TableBlock(
            f"Beslutsutrymme {format_period(economy.year)}",
            words.ROOM_HEADER,
            tuple((Cell(what), Cell(amount, *_amount(amount))) for what, amount in list_room_lines(economy.room)),
            (False, True),
            widths=(0.7, 0.3),
            notes=(format_room_sentence(economy.room), f"Källa: {economy.room.source}."),
            key="beslutsutrymme",
            finding=format_economy_title(economy),
        )
    if economy.equity is not None:
        yield Paragraph(format_equity_sentence(economy.equity))
    costs = [row for row in economy.insatser if isinstance(row.value, Measured | Suppressed)]
    if costs:
        registry = load_registry()
        yield TableBlock(
            "Förbundets kostnad",
            words.COST_HEADER,
            tuple(
                (
                    Cell(names.get(row.subject, row.subject) if row.subject else "Hela förbundet"),
                    Cell(registry.indikatorer[row.indikator].label),
                    replace(
                        value_cell(row.value, _cost_unit(row)), text=format_money_value(row.value, _cost_unit(row))
                    ),
                    Cell(format_cost_interval(row)),
                    Cell(format_cost_coverage(row)),
                )
                for row in costs
            ),
            (False, False, True, True, False),
            widths=(0.22, 0.34, 0.14, 0.16, 0.14),
            key="kostnader",
        )
    for number, table in enumerate(economy.tables, start=1):
        yield TableBlock(
            f"{table.tabell}, kronor",
            ("Post", *(format_name_capital(state) for state in table.columns), "Förbrukat"),
            tuple(
                (
                    Cell("\n".join(part for part in (line.post, format_line_note(line)) if part), strong=is_sum(line)),
                    *(
                        Cell(text, *_amount(text), strong=is_sum(line))
                        for text in (format_line_cell(line, state) for state in table.columns)
                    ),
                    Cell(format_line_share(line), line.share, None if line.share is None else Unit.ANDEL),
                )
                for line in table.lines
            ),
            (False, *[True] * (len(table.columns) + 1)),
            notes=tuple(part for part in (table.note, f"Källa: {table.source}.") if part),
            key=f"ekonomi-{number}",
        )
    for number, statement in enumerate(economy.statements, start=1):
        yield TableBlock(
            format_statement_title(statement),
            ("Post", *(format_statement_head(year, state) for year, state in statement.columns)),
            tuple(
                (
                    Cell(", ".join(part for part in (row.post, row.medlem) if part), strong=is_sum(row)),
                    *(
                        Cell(
                            format_statement_cell(row, amount),
                            None if amount is None else float(amount),
                            None if amount is None else row.unit,
                        )
                        for amount in row.amounts
                    ),
                )
                for row in statement.rows
            ),
            (False, *[True] * len(statement.columns)),
            notes=tuple(part for part in (statement.note, f"Källa: {statement.source}.") if part),
            key=f"tabell-{number}",
        )


def _amount(text: str) -> tuple[float | None, Unit | None]:
    """The kronor of a formatted amount, for spreadsheets."""
    number, _ = read_number(text)
    return number, None if number is None else Unit.KR


def _cost_unit(row: IndicatorRow) -> Unit:
    return Unit.KR if row.indikator.startswith("kostnad") else Unit.ANDEL


def _method(report: Report) -> Iterator[Block]:
    yield Heading(1, words.METHOD)
    for name in TEXTS:
        yield from read_markdown(read_text(name), 2)
    yield TableBlock(
        "Så räknas måtten",
        words.METHOD_HEADER,
        tuple((Cell(row.label, strong=True), Cell(row.description), Cell(row.counted)) for row in list_method()),
        (False,) * 3,
        widths=(0.22, 0.42, 0.36),
        notes=(METHOD_NOTE,),
        key="matten",
    )
    yield Heading(2, words.SOURCES)
    yield BulletList(
        tuple(
            f"{delivery.name}. Uttag: {delivery.known_from.isoformat()}."
            for delivery in report.deliveries[-_LISTED_DELIVERIES:]
        )
        or ("Inga leveranser.",)
    )


_LISTED_DELIVERIES = 40


def read_markdown(text: str, level: int) -> Iterator[Block]:
    """Headings, paragraphs and lists of the texts in finsam_dash/texts; bold and italics become plain."""
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.strip().split("\n")
        if lines[0].startswith("#"):
            yield Heading(level, lines[0].lstrip("# ").strip())
            lines = lines[1:]
        if not lines:
            continue
        joined = "\n".join(lines)
        if lines[0].lstrip().startswith(("- ", "* ")):
            items = re.split(r"\n\s*[-*] ", "\n" + joined)[1:]
            yield BulletList(tuple(_plain_markdown(item) for item in items))
        else:
            yield Paragraph(_plain_markdown(joined))


def _plain_markdown(text: str) -> str:
    flat = " ".join(text.split())
    return re.sub(r"(\*\*|\*|`)(.+?)\1", r"\2", flat)


def _hidden(report: Report, blocks: Sequence[Block], names: Mapping[str, str]) -> Iterator[Block]:
    yield Heading(1, words.HIDDEN)
    hidden = sum(
        cell.text.startswith("..") for block in blocks if isinstance(block, TableBlock) for row in block.rows
        for cell in row
    )  # fmt: skip
    if report.lage is Lage.PUBLICERING:
        yield Paragraph(words.format_hidden_count(hidden))
    missing = format_missing_items(report.overview.missing, names) if report.overview is not None else []
    if missing:
        yield BulletList(tuple(missing))
    yield TableBlock(
        "Samma tecken i diagram, tabeller och meningar",
        words.STATES_HEADER,
        tuple(tuple(Cell(text) for text in row) for row in STATES),
        (False,) * 4,
        widths=(0.18, 0.24, 0.2, 0.38),
        key="tecken",
    )


def mark_text(document: Document) -> str:
    """The marks that every page and slide bears: invented data and läge intern; "" for a publication of real data."""
    return " ".join(part for part in (EXAMPLE_MARK if document.invented else "", document.mark) if part)
