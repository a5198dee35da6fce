"""Avstämning in words: what is printed, what the parts give, and why they agree or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from finsam_dash.model import Qualifier, Unit
from finsam_dash.report.content_avstamning import AvstamningRow, AvstamningStatus, Ground
from finsam_dash.wording.numbers import (
    EN_DASH,
    MINUS,
    NO_BREAK,
    format_count,
    format_number_word,
    format_percent_number,
    format_points,
    round_half_up,
)

STATUS_WORDS: Final = MappingProxyType(
    {
        AvstamningStatus.STAMMER: "Stämmer",
        AvstamningStatus.AVVIKER: "Avviker",
        AvstamningStatus.KAN_EJ_RAKNAS: "Kan inte räknas",
    }
)
STATUS_SIGNS: Final = MappingProxyType(
    {AvstamningStatus.STAMMER: "■", AvstamningStatus.AVVIKER: "▲", AvstamningStatus.KAN_EJ_RAKNAS: EN_DASH}
)
_SIGNS: Final = MappingProxyType({"-": MINUS, "*": "·", "/": "/"})
_HEDGES: Final = MappingProxyType(
    {Qualifier.CA: "ca", Qualifier.DRYGT: "drygt", Qualifier.OVER: "över", Qualifier.NARMARE: "närmare"}
)


def format_status(status: AvstamningStatus) -> str:
    """The status with its sign: "▲ Avviker"."""
    return f"{STATUS_SIGNS[status]}{NO_BREAK}{STATUS_WORDS[status]}"


def count_decimals(precision: Decimal) -> int:
    """How many decimals a step of rounding shows: 0.01 has two, 1 and 100 none."""
    exponent = precision.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def format_amount(value: Decimal, unit: Unit, decimals: int = 0) -> str:
    """A value in its unit with so many decimals: "34,66 %", "20 440 tkr", "981"."""
    if unit is Unit.ANDEL:
        return f"{format_percent_number(float(value), decimals)}{NO_BREAK}%"
    rounded = round_half_up(value, decimals)
    text = format_count(rounded)
    return f"{text}{NO_BREAK}{unit.value}" if unit in (Unit.KR, Unit.TKR) else text


def format_published(row: AvstamningRow) -> str:
    """The printed value at its own precision."""
    result = row.result
    decimals = count_decimals(result.precision)
    if result.unit is Unit.ANDEL:
        return format_amount(result.published, result.unit, max(0, decimals - 2))
    return format_amount(result.published, result.unit, decimals)


def format_recomputed(row: AvstamningRow, extra: int = 1) -> str:
    """What the parts give, with `extra` decimals beyond the printed ones; a dash where nothing can be computed."""
    if row.recomputed is None:
        return EN_DASH
    result = row.result
    decimals = count_decimals(result.precision)
    if result.unit is Unit.ANDEL:
        return format_amount(row.recomputed, result.unit, max(0, decimals - 2) + extra)
    whole = row.recomputed == row.recomputed.to_integral_value()
    return format_amount(row.recomputed, result.unit, decimals if whole else decimals + extra)


def format_expression_plain(tokens: Iterable[str]) -> str:
    """The expression as scripts read it: "340/981", "51/(77 - 8)"."""
    text = " ".join(tokens)
    for before, after in ((" / ", "/"), (" * ", "*"), ("( ", "("), (" )", ")")):
        text = text.replace(before, after)
    return text if not text.startswith("- ") else "-" + text[2:]


def format_parts(row: AvstamningRow) -> str:
    """The parts for scripts: a division worked out ("51/69"), else the expression; "" where there is none."""
    return "/".join(row.ratio) if row.ratio else format_expression_plain(row.tokens)


def format_expression(tokens: Iterable[str]) -> str:
    """The expression as a Swede writes it: "1 391 + 18 225", "51 / (77 − 8)"."""
    words: list[str] = []
    for token in tokens:
        number = token.lstrip("-")[:1].isdigit()
        word = _digits(token) if number else _SIGNS.get(token, token)
        words.append(f"({word})" if number and token[0] == "-" and words else word)
    text = " ".join(words).replace("( ", "(").replace(" )", ")")
    return text if not text.startswith(f"{MINUS} ") else MINUS + text[2:]


def _digits(token: str) -> str:
    whole, _, decimals = token.lstrip("-").partition(".")
    grouped = format_count(int(whole))
    return (MINUS if token[0] == "-" else "") + (f"{grouped},{decimals}" if decimals else grouped)


def format_explanation(row: AvstamningRow) -> str:
    """Why the row has its status, so that a reader can follow it with pen and paper."""
    result = row.result
    note = _sentence(result.note)
    if row.status is AvstamningStatus.KAN_EJ_RAKNAS:
        if row.lacking == "/ 0":
            return "Nämnaren är noll, så det finns inget att räkna ut."
        if row.lacking:
            return f"Kan inte räknas: {row.lacking} finns inte i det som är lagrat, eller är inget uttryck."
        return note or "Delarna är inte tryckta."
    assert row.recomputed is not None
    exact = row.recomputed == result.published
    value = format_published(row) if exact else format_recomputed(row, 2)
    work = format_expression(row.tokens)
    if row.ratio and "(" in row.tokens:
        work += f" = {_digits(row.ratio[0])} / {_digits(row.ratio[1])}"
    lead = f"{_upper(result.formel)}: " if result.formel else ""
    computed = f"{lead}{work} = {value}." if len(row.tokens) > 1 else f"{lead}{value}."
    printed = format_published(row)
    match row.ground:
        case Ground.LIKA:
            sentence = "Tryckt är samma tal." if exact else f"Avrundat blir det {printed}, som är tryckt."
            ending = "" if result.qualifier not in _HEDGES else _hedge(row)
        case Ground.UNGEFAR:
            sentence, ending = f"Tryckt är {printed}.", _hedge(row)
        case Ground.AVRUNDNING:
            sentence = f"Tryckt är {printed}."
            ending = "Avrundning: delarna är avrundade var för sig, och det räcker för att förklara skillnaden."
        case _:
            sentence, ending = f"Tryckt är {printed}: {_format_difference(row)}.", ""
    if row.ground is Ground.AVRUNDNING and note.startswith("Avrundning"):
        note = ""
    return " ".join(part for part in (computed, sentence, ending, note) if part)


def _hedge(row: AvstamningRow) -> str:
    word = _HEDGES[row.result.qualifier]
    return f"Dokumentet skriver ”{word}”, så ett steg åt endera hållet räknas som samma."


def _format_difference(row: AvstamningRow) -> str:
    """How far the printed value lies from the recomputed one, at the printed precision."""
    result = row.result
    assert row.recomputed is not None
    decimals = count_decimals(result.precision)
    if result.unit is Unit.ANDEL:
        # One decimal more than is printed: 34 against 34,66 is 0,7 and not 1.
        words = format_points(abs(result.published - row.recomputed), max(0, decimals - 2) + 1)
        below = result.published < row.recomputed
    else:
        away = abs(result.published - round_half_up(row.recomputed, decimals))
        words, below = format_amount(away, result.unit, decimals), result.published < row.recomputed
    return f"{words} {'mindre' if below else 'mer'} än delarna ger"


def format_line(row: AvstamningRow) -> str:
    """One row for the command line: "▲ Avviker  34 % (340 st)  tryckt 34 %, omräknat 34,7 %. …"."""
    result = row.result
    column = f" [{result.column}]" if result.column else ""
    numbers = f"tryckt {format_published(row)}, omräknat {format_recomputed(row)}"
    return f"{format_status(row.status)}  {result.uttryck}{column}  {numbers}. {format_explanation(row)}"


def format_title(rows: Iterable[AvstamningRow]) -> str:
    """The page's finding: "20 av 555 omräknade uppgifter avviker från det som är tryckt"."""
    counts = Counter(row.status for row in rows)
    computed = counts[AvstamningStatus.STAMMER] + counts[AvstamningStatus.AVVIKER]
    if not computed:
        return "Inget tryckt resultat kan räknas om ännu"
    deviating = counts[AvstamningStatus.AVVIKER]
    if not deviating and computed == 1:
        return "Den enda omräknade uppgiften stämmer med det som är tryckt"
    if not deviating:
        return f"Alla {format_count(computed)} omräknade uppgifter stämmer med det som är tryckt"
    number = format_number_word(deviating).capitalize() if deviating < 13 else format_count(deviating)
    return f"{number} av {format_count(computed)} omräknade uppgifter avviker från det som är tryckt"


def _sentence(text: str) -> str:
    text = text.strip()
    return _upper(text) + ("" if text.endswith((".", "!", "?")) else ".") if text else ""


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
