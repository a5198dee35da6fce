"""The words of the page Jämförelse: findings, what a comparison can and cannot tell, rows and choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from finsam_dash.judgement.policy import CONFIDENCE, SMALLEST_EXPECTED, SMALLEST_N
from finsam_dash.model import Measured, Missing, Purpose, Reason, Suppressed
from finsam_dash.report.comparison import row_key
from finsam_dash.report.content_comparison import Comparison, Funnel, FunnelPoint, LineComparison
from finsam_dash.report.content_parts import Benchmark, DotRow, GroupDifference
from finsam_dash.stats.funnel import family_wise_rate, smallest_expected
from finsam_dash.stats.proportions import exact
from finsam_dash.wording.insats import OTHER_DENOMINATOR, format_group
from finsam_dash.wording.labels import format_class, format_row_label
from finsam_dash.wording.names import capitalise, format_list, format_name
from finsam_dash.wording.numbers import (
    NO_BREAK,
    format_count,
    format_hidden,
    format_number_word,
    format_percent_number,
    format_share,
    format_share_value,
)
from finsam_dash.wording.periods import sort_key
from finsam_dash.wording.sentences import format_comparisons_note, format_hidden_sentence, format_target_number
from finsam_dash.wording.titles import format_comparison_title, format_funnel_title

NO_PURPOSE: Final = "Utan angivet syfte"
LEAD: Final = "Andel till arbete eller studier. Insatserna står i planens ordning och rangordnas inte."
LEAD_BY_N: Final = "Andel till arbete eller studier. Insatserna står efter antal i nämnaren och rangordnas inte."
CAVEAT: Final = (
    "Jämförelsen är oviktad. Insatserna möter olika personer, tar in på olika grunder och mäter ibland vid olika tid: "
    "en skillnad säger inte att arbetssättet är bättre eller sämre, bara att det är värt att ta reda på varför."
)
FUNNEL_LEAD: Final = (
    f"Utanför den heldragna linjen (99,8{NO_BREAK}%) avviker en insats tydligt. "
    "Små insatser får avvika mer innan det betyder något."
)
ORDERS: Final = MappingProxyType({"plan": "Planens ordning", "n": "Efter antal i nämnaren"})


def format_purpose(purpose: Purpose | None) -> str:
    """A purpose as it stands in the select."""
    return capitalise(format_name(purpose)) if purpose is not None else NO_PURPOSE


def format_line_choice(line: LineComparison) -> str:
    """What the insatser are held against, as it stands in the select."""
    label = _POOLED_LABELS.get(line.line.label)
    return f"Mot: {label.lower() if label else format_against(line.line)}"


_POOLED: Final = MappingProxyType(
    {
        "forbundet": "förbundets andel",
        "insatserna": "insatserna tillsammans",
        "visade": "de visade insatserna tillsammans",
    }
)
_POOLED_LABELS: Final = MappingProxyType(
    {"forbundet": "Förbundet", "insatserna": "Insatserna tillsammans", "visade": "De visade tillsammans"}
)
_POOLED_SHORT: Final = MappingProxyType({"insatserna": "alla tillsammans", "visade": "de visade tillsammans"})


def format_against_short(line: Benchmark) -> str:
    """The line in a sentence that already speaks of insatser: "alla tillsammans"."""
    return _POOLED_SHORT.get(line.label) or format_against(line)


def format_against(line: Benchmark) -> str:
    """The line in running text: "riket", "insatserna tillsammans", "de visade insatserna tillsammans", "målet 35 %"."""
    if line.kind == "target":
        number = f" {format_target_number(line.value)}" if line.value is not None else ""
        return f"målet{number}"
    if line.kind == "pooled":
        return _POOLED[line.label]
    return "riket"


def name_line(line: Benchmark) -> Benchmark:
    """The line with its label for charts."""
    if line.kind == "pooled":
        return replace(line, label=_POOLED_LABELS[line.label])
    return replace(line, label="Mål") if line.kind == "target" else line


def name_rows(rows: Sequence[DotRow], line: LineComparison | None) -> tuple[DotRow, ...]:
    """The rows with the headings of their groups, their remarks in words, and those outside 99.8 % marked."""
    outside = {*line.over, *line.under} if line is not None else set()
    is_drawn = line is not None and line.line.value is not None
    named = []
    for row in rows:
        later = row.group == "senare"
        note = row.note
        if later and row.klass:
            note = f"uppföljda {format_class(row.klass)}"
        elif isinstance(row.value, Missing) and row.note:
            note = f"mäts {row.note}"
        named.append(
            replace(
                row,
                group=format_group(row.group, with_line=is_drawn),
                klass="" if later else row.klass,
                note=note,
                target_note=OTHER_DENOMINATOR if row.target_note else "",
                look_here=row_key(row) in outside,
            )
        )
    return tuple(named)


def build_funnel(comparison: Comparison, line: LineComparison | None) -> Funnel:
    """The compared rows as points of a funnel around the line; nothing is computed here."""
    outside = {*line.over, *line.under} if line is not None else set()
    points = tuple(
        FunnelPoint(
            row_key(row),
            format_row_label(row.label, row.klass),
            row.value,
            outside=row_key(row) in outside,
            too_few=isinstance(row.value, Measured) and (row.value.denominator or SMALLEST_N) < SMALLEST_N,
        )
        for row in comparison.rows
        if row.compared and not (isinstance(row.value, Missing) and row.value.reason is Reason.EJ_TILLAMPLIGT)
    )
    center = name_line(line.line) if line is not None else Benchmark("riket", "Riket", None)
    return Funnel(center, points, (line.comparisons or 0) if line is not None else 0)


def format_finding(comparison: Comparison, line: LineComparison | None, *, tab: str) -> str:
    """The title of a tab: who lies clearly over or under the line, or why nothing can be said."""
    at_exit = [row.value for row in comparison.rows if row.compared]
    if not any(isinstance(value, Measured) for value in at_exit) and any(
        isinstance(value, Suppressed) for value in at_exit
    ):
        return f"Jämförelsen {format_hidden(*at_exit)}"
    if line is None:
        return f"{format_purpose(comparison.purpose)}: inget att jämföra med för perioden"
    against = format_against(line.line)
    names = {row_key(row): format_row_label(row.label, row.klass) for row in comparison.rows}
    if tab == "Tratt":
        outside = len(line.over) + len(line.under)
        return format_funnel_title(outside=outside, comparisons=line.comparisons or 0, against=against)
    return format_comparison_title(
        over=[names[key] for key in line.over],
        under=[names[key] for key in line.under],
        comparisons=line.comparisons or 0,
        against=against,
    )


def format_line_note(line: LineComparison | None) -> str:
    """What the line is, and how many comparisons were made: "Riket 34 % (2014). Sex jämförelser: …"."""
    if line is None:
        return "Ingen linje att jämföra med: inget riksvärde för perioden, och inte två insatser med tal att slå ihop."
    one = line.line
    if one.value is None:
        return format_hidden_sentence()
    number = format_share(one.value, 0 if round(one.value * 100, 6).is_integer() else 1)
    what = {
        "riket": f"Riket {one.year}: {number}",
        "pooled": f"{capitalise(format_against(one))}: {number}",
        "target": f"Förbundets mål: {number} ({one.source})",
    }[one.kind]
    if one.conflicts:
        others = format_list([format_share(other) for other in one.conflicts])
        what += f"; en annan källa uppger {others}"
    comparisons = line.comparisons or 0
    return f"{what}. {format_comparisons_note(comparisons)}" if comparisons else f"{what}."


def format_undecided(comparison: Comparison, line: LineComparison | None) -> str:
    """Why a point outside the limits is not called so, or "": too few are expected, or how it went is not known."""
    if line is None or not line.undecided or line.line.value is None:
        return ""
    aim = exact(line.line.value)
    few: list[tuple[str, int]] = []
    unknown: list[tuple[str, int]] = []
    for row in comparison.rows:
        if row_key(row) not in line.undecided or not isinstance(row.value, Measured):
            continue
        n = int(row.value.denominator or 0)
        is_small = n < SMALLEST_N or smallest_expected(n, aim) < SMALLEST_EXPECTED
        (few if is_small else unknown).append((format_row_label(row.label, row.klass), row.value.unknown or 0))
    sentences = []
    if unknown:
        count = format_number_word(sum(number for _, number in unknown))
        sentences.append(
            f"{format_list([name for name, _ in unknown])} ligger utanför gränsen men sägs inte avvika: hur det gick "
            f"för {count} av de avslutade är inte känt, och det kan ändra svaret."
        )
    if few:
        sentences.append(
            f"{format_list([name for name, _ in few])} ligger utanför gränsen men sägs inte avvika: underlaget är för "
            f"litet (färre än {format_number_word(SMALLEST_EXPECTED)} väntade)."
        )
    return " ".join(sentences)


def format_outside(comparison: Comparison, line: LineComparison | None) -> list[str]:
    """For each insats outside 99.8 %: its counts, and between which shares chance alone nearly always leaves it."""
    if line is None:
        return []
    rows = {row_key(row): row for row in comparison.rows}
    against = format_against(line.line)
    sentences = []
    for key, lower, upper in line.expected:
        row = rows[key]
        if not isinstance(row.value, Measured) or row.value.denominator is None:
            continue
        side = "över" if key in line.over else "under"
        sentences.append(
            f"{format_row_label(row.label, row.klass)}: {format_share_value(row.value)}, tydligt {side} {against}. "
            f"Om bara slumpen skilde hamnar en insats med {format_count(row.value.denominator)} i nämnaren mellan "
            f"{format_percent_number(lower)} och {format_share(upper)} i 998 fall av 1{NO_BREAK}000."
        )
    return sentences


def format_pair_comparisons(pairs: Sequence[GroupDifference]) -> str:
    """How many differences were judged, and how often chance alone makes at least one of them look like one."""
    judged = sum(pair.sakerhet in ("skiljer", "kan_vara_slump") for pair in pairs)
    if not judged:
        return ""
    risk = format_share(family_wise_rate(judged, 1 - CONFIDENCE))
    if judged == 1:
        return f"En jämförelse: även om inget skiljer är risken {risk} att det ser ut så."
    number = capitalise(format_number_word(judged))
    return f"{number} jämförelser: även om inget skiljer är risken {risk} att minst en av dem ser ut att göra det."


def format_earlier_title(pairs: Sequence[GroupDifference]) -> str:
    """How many of the insatser differ from themselves a year before by more than chance explains."""
    judged = [pair for pair in pairs if pair.sakerhet in ("skiljer", "kan_vara_slump")]
    values = [row.value for pair in pairs for row in (pair.first, pair.second)]
    hidden = any(isinstance(value, Suppressed) for value in values)
    if not judged:
        why = format_hidden(*values, between=", ") if hidden else "för få eller inga uppgifter för en bedömning"
        return f"Mot året före: {why}"
    differing = [pair.label for pair in judged if pair.sakerhet == "skiljer"]
    if not differing:
        count = format_number_word(len(judged))
        return f"Mot året före: ingen av {count} skillnader är större än slumpen förklarar"
    return f"Mot året före: i {format_list(differing)} är skillnaden större än slumpen förklarar"


EARLIER_LEAD: Final = (
    f"Perioden mot samma tid året före: nu minus då, med 95{NO_BREAK}%-intervall enligt Newcombe. Bara avslutade, och "
    f"bara där båda är minst {SMALLEST_N}."
)
NO_EARLIER: Final = (
    "Inget att ställa mot året före",
    "Välj en period på högst ett år i hela månader, där utfallet också är redovisat för samma tid året före.",
)


def format_gender_title(pairs: Sequence[GroupDifference]) -> str:
    """How many of the insatser show a difference between kvinnor and män that chance does not explain."""
    values = [value for pair in pairs for value in (pair.first.value, pair.second.value)]
    if not any(isinstance(value, Measured) for value in values) and any(
        isinstance(value, Suppressed) for value in values
    ):
        return f"Kvinnor och män: {format_hidden(*values, between=', ')}"
    judged = [pair for pair in pairs if pair.sakerhet in ("skiljer", "kan_vara_slump")]
    if not judged:
        return "Kvinnor och män: för få eller inga uppgifter för en bedömning"
    differing = [pair.label for pair in judged if pair.sakerhet == "skiljer"]
    count = format_number_word(len(judged))
    if not differing:
        return f"Kvinnor och män: ingen av {count} skillnader är större än slumpen förklarar"
    return f"Kvinnor och män: i {format_list(differing)} är skillnaden större än slumpen förklarar"


GENDER_LEAD: Final = (
    f"Skillnad: kvinnor minus män, med 95{NO_BREAK}%-intervall enligt Newcombe. Bara där båda är minst {SMALLEST_N}."
)


def list_kommuner(rows: Sequence[DotRow]) -> dict[str, str]:
    """The kommuner that figures are stored for, in Swedish order: class code to name."""
    names = {row.klass: capitalise(format_class(row.klass)) for row in rows}
    return dict(sorted(names.items(), key=lambda entry: sort_key(entry[1])))


def name_kommun_rows(rows: Sequence[DotRow], klass: str) -> tuple[DotRow, ...]:
    """The rows of one kommun."""
    return tuple(replace(row, klass="") for row in rows if row.klass == klass)
