"""The insatsredovisning: each insats in the förbunden's own table form, its charts and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from finsam_dash.export.document.blocks import Block, Cell, Heading, TableBlock
from finsam_dash.export.document.cells import lower_first
from finsam_dash.export.document.dot_chart import build_dot_block
from finsam_dash.export.document.insats_charts import build_insats_charts, build_insats_tables
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import OF_DELTAGANDEN, Gender, IndicatorRow, Measured, Period, Suppressed, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_insats import InsatsSection
from finsam_dash.report.content_samverkan import InsatsAccount
from finsam_dash.report.publication import Publication
from finsam_dash.wording import document as words
from finsam_dash.wording.insats import format_insats_title, name_insats, name_outcome
from finsam_dash.wording.names import WHOLE_FORBUND, capitalise
from finsam_dash.wording.numbers import HIDDEN_SIGN, format_share_value, format_value
from finsam_dash.wording.overview import format_report_source
from finsam_dash.wording.periods import format_period
from finsam_dash.wording.sentences import format_hidden_sentence
from finsam_dash.wording.targets import format_target_sentence


def build_insatser(publication: Publication) -> Iterator[Block]:
    """What is said of the whole förbund, then each insats with its account, charts and tables."""
    yield Heading(1, words.INSATSER)
    accounts = publication.report.accounts
    common = accounts.whole.texts if accounts is not None else ()
    if common:
        yield TableBlock(
            words.COMMON,
            ("Insatsredovisning", WHOLE_FORBUND),
            tuple((Cell(words.FIELDS.get(text.field, text.field), strong=True), Cell(text.text)) for text in common),
            (False, False),
            widths=(0.22, 0.78),
            key="hela-forbundet",
        )
    for report in publication.insatser:
        if report.insats is not None:
            yield from _insats(publication, report, report.insats)


def _insats(publication: Publication, report: Report, section: InsatsSection) -> Iterator[Block]:
    insats = section.insats
    yield Heading(2, insats.namn)
    sources = tuple(source for row in section.facts for source in row.sources)

    def source_of(period: Period) -> str:
        return format_report_source(report, sources, period)

    if section.outcome:
        rows = name_outcome(section)
        title = format_insats_title(section, report.period).rstrip(".")
        key = f"{insats.kod}-utfall"
        source = source_of(section.outcome[0].period)
        yield build_dot_block(key, title, rows, source, benchmark=section.riket, of_goal=True)
    yield _insats_table(publication, report, section)
    yield from build_insats_charts(report, section, source_of)
    yield from build_insats_tables(section, source_of)


def _insats_table(publication: Publication, report: Report, section: InsatsSection) -> TableBlock:
    """The insatsredovisning in the förbunden's own table form."""
    insats = section.insats
    texts: dict[str, list[str]] = {}
    account = next((one for one in list_accounts(publication.report) if one.insats == insats.kod), None)
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
        if "mål" not in label.lower():
            # The document's heading is also the name of another row.
            label = f"Mål, {label[:1].lower()}{label[1:]}"
        outcome = label.replace("Mål", "Utfall", 1) if label.startswith("Mål") else f"Utfall, {label.lower()}"
        rows.append((label, goal.target.text))
        sentence = format_target_sentence(goal, names) or format_hidden_sentence(goal.value)
        told = goal.outcome_text if goal.outcome_text.rstrip(".") not in sentence else ""
        rows.append((outcome, ". ".join(part.rstrip(".") for part in (sentence, told) if part) + "."))
    rows += [(label, _list_facts(report, section, kinds)) for label, kinds in _FACTS]
    withheld = account.withheld if account is not None else ()
    rows += [
        (
            words.FIELDS[name],
            "; ".join(texts.get(name, ())) or (words.TEXT_WITHHELD if name in withheld else words.TEXT_MISSING),
        )
        for name in words.AFTER_GOALS
        if name in texts or name in withheld or name in words.AUTHORED
    ]
    if account is not None and account.fate:
        rows.append(("Vad som blev av insatsen", capitalise(account.fate)))
    rows.append(("Insatsperiod", words.format_insats_periods(insats)))
    rows.append(("Om perioden", "; ".join(part.note for part in insats.periods if part.note)))
    earlier = takewhile(lambda one: one.kod != insats.kod, section.chain)
    rows.append(
        ("Föregångare", "; ".join(f"{name_insats(one)}, {words.format_insats_periods(one)}" for one in earlier))
    )
    return TableBlock(
        f"{name_insats(insats)}: insatsredovisning",
        ("Insatsredovisning", format_period(report.period)),
        tuple((Cell(label, strong=True), Cell(text)) for label, text in rows if text),
        (False, False),
        widths=(0.22, 0.78),
        key=f"{insats.kod}-redovisning",
    )


_FACTS = (
    ("Antal", ("deltagare", "deltagare_utan_personuppgifter", "deltaganden", "nya", "avslutade")),
    ("Bakgrund", ("andel_kvinnor", "andel_under_30", "andel_utrikesfodda", "andel_forsorjning_over_3_ar")),
    ("Övrigt utfall", ("till_arbete", "till_studier", "andel_arbete_studier_fullfoljda", "andel_bortfall")),
    ("Förbundets pengar", ("forbrukningskvot", "forbrukad_andel", "kostnad_per_deltagande", "kostnad_per_resultat")),
)
"""The rows of the insatsredovisning that figures fill, and their indicators."""
_COUNT_OF = {"andel_bortfall": "bortfall"}
"""The count that stands where its share is not known."""


def _list_facts(report: Report, section: InsatsSection, indicators: Sequence[str]) -> str:
    """Figures in one line: "Kvinnor 20 av 58 (34 %), utrikesfödda 11 av 58 (19 %)."; nothing that is missing."""
    known = {
        row.indikator: row
        for row in section.facts
        if row.gender is Gender.ALLA and isinstance(row.value, Measured | Suppressed)
    }
    found = (known.get(kod) or known.get(_COUNT_OF.get(kod, "")) for kod in indicators)
    by_period: dict[Period, list[str]] = {}
    for row in found:
        if row is not None:
            by_period.setdefault(row.period, []).append(_format_fact(row))
    sentences = []
    for period, facts in by_period.items():
        when = "" if period == report.period else f" ({format_period(period)})"
        listed = f"{capitalise(', '.join(facts))}{when}"
        # A full stop after the sign of the hidden would make an ellipsis of it: a text cut short.
        sentences.append(listed if listed.endswith(HIDDEN_SIGN) else f"{listed}.")
    return " ".join(sentences)


def _format_fact(row: IndicatorRow) -> str:
    indikator = load_registry().indikatorer[row.indikator]
    if indikator.form == "andel":
        # Beside the deltagare of the same insats the numbers are of others.
        counted = " deltaganden (" if OF_DELTAGANDEN in row.codes else " ("
        text = format_share_value(row.value).replace(" (", counted)
    elif indikator.form == "ekonomi":
        text = format_value(row.value, Unit.KR if row.indikator.startswith("kostnad") else Unit.ANDEL)
    else:
        text = format_value(row.value, Unit.ANTAL)
    return f"{lower_first(indikator.label.removeprefix('Andel '))} {text}"


def list_accounts(report: Report) -> tuple[InsatsAccount, ...]:
    """The stored texts of each insats; none where nothing is stored."""
    return report.accounts.insatser if report.accounts is not None else ()
