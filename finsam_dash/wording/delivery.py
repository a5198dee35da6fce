"""The words of a delivery: what it would change, the questions it raises, its state in the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from finsam_dash.deliveries import CHECKED, PROGRAM, ChangedFigure, Contents, DeliveryWarning, Point, Preview
from finsam_dash.indicators.registry import load_registry
from finsam_dash.model import Actor, Gender, Measured, Missing, Period, Reason
from finsam_dash.report.latest_month import LatestMonth
from finsam_dash.store import Delivery, DeliveryState
from finsam_dash.wording.labels import format_class
from finsam_dash.wording.names import capitalise, format_list, format_name, name_subject
from finsam_dash.wording.numbers import (
    MISSING_SIGN,
    format_count,
    format_counts,
    format_number_word,
    format_sign,
    format_value,
)
from finsam_dash.wording.periods import format_period, format_period_months, format_stored_moment

CHANGE_HEADER: Final = ("Insats", "Mått", "Period", "Kön", "Från", "Till")
CONTENTS_HEADER: Final = ("I filen", "Månader", "Nya", "Avslutade", "Till arbete eller studier", "Tal")
CONTENTS_SUM: Final = "Alla insatser i filen"
COMMENT_HEADER: Final = ("Insats", "Period", "Kommentar", "Leverans")
DELIVERY_HEADER: Final = ("Nr", "Fil", "Inläst", "Av", "Rader", "Tal", "Tillstånd")
_NAMED_POINTS: Final = 3

_STATES: Final = MappingProxyType(
    {DeliveryState.AKTIV: "Gäller", DeliveryState.ERSATT: "Ersatt av senare", DeliveryState.ANGRAD: "Ångrad"}
)


def format_delivery_row(delivery: Delivery) -> tuple[str, ...]:
    """A delivery as a row under DELIVERY_HEADER; the day is the one on which its figures were known."""
    return (
        str(delivery.id),
        delivery.namn or delivery.fil,
        delivery.known_from.isoformat(),
        format_actor(delivery.actor),
        format_count(delivery.rows),
        format_current(delivery),
        _format_state(delivery),
    )


def _format_state(delivery: Delivery) -> str:
    """The state of a delivery, with who undid it when: "Gäller", "Ångrad 2026-04-10 10:05 av lokal användare"."""
    state = _STATES[delivery.state]
    if delivery.undone_by is None:
        return state
    return f"{state} {format_stored_moment(delivery.undone_time)} av {format_actor(delivery.undone_by)}"


def format_comment_rows(
    comments: Sequence[tuple[int | None, str, Period | None, str]], names: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """Comments as rows under COMMENT_HEADER, from (delivery, insats, period, text); the delivery is left out if None.

    What was written beside several rows of the same insats and month stands once.
    """
    return [
        (
            name_subject(insats, names),
            format_period(period) if period is not None else "",
            text,
            *(() if number is None else (str(number),)),
        )
        for number, insats, period, text in dict.fromkeys(comments)
    ]


def format_actor(actor: Actor) -> str:
    """Who did something, as the lists say it: the name, or that it came with the program."""
    return "Följer med programmet" if actor == PROGRAM else actor.name


def format_current(delivery: Delivery) -> str:
    """How many figures a delivery has, and how many of them a later one has replaced: "332, 180 ersatta senare"."""
    replaced = delivery.figures - delivery.current
    if delivery.state is DeliveryState.ANGRAD or not delivery.current or not replaced:
        return format_count(delivery.figures)
    return f"{format_count(delivery.figures)}, {format_count(replaced)} ersatta senare"


def name_delivery(delivery: Delivery) -> str:
    """What a delivery is called where one is chosen or undone: "3: mars.xlsx"."""
    return f"{delivery.id}: {delivery.namn or delivery.fil}"


def format_undo_question(delivery: Delivery) -> str:
    """What undoing a delivery would do."""
    count = delivery.current
    figures = "Ett tal" if count == 1 else f"{format_count(count)} tal"
    return (
        f"{figures} ur {delivery.namn or delivery.fil} (leverans {delivery.id}) slutar gälla. Det som leveransen "
        "ersatte gäller igen. Leveransen finns kvar i listan."
    )


def format_undone(delivery: Delivery) -> str:
    """Which delivery was undone."""
    return f"{delivery.namn or delivery.fil} (leverans {delivery.id}) gäller inte längre."


def format_contents_row(contents: Contents, names: Mapping[str, str]) -> tuple[str, ...]:
    """What a file holds of one insats, as a row under CONTENTS_HEADER."""
    return (
        name_subject(contents.subject, names),
        format_list(
            [format_period_months(one) if one.is_whole_months else format_period(one) for one in contents.periods]
        )
        or MISSING_SIGN,
        *(_format_total([contents], matt) for matt in CHECKED),
        format_count(contents.figures),
    )


def format_contents_sum(contents: Sequence[Contents]) -> tuple[str, ...]:
    """All insatser of a file added up, as a row under CONTENTS_HEADER."""
    parts = [one for one in contents if one.subject]
    return (
        CONTENTS_SUM,
        "",
        *(_format_total(parts, matt) for matt in CHECKED),
        format_count(sum(one.figures for one in contents)),
    )


def _format_total(contents: Sequence[Contents], matt: str) -> str:
    totals = [one.totals[matt] for one in contents if matt in one.totals]
    known = [total for total in totals if total is not None]
    return format_count(sum(known)) if known and len(known) == len(totals) else MISSING_SIGN


def format_contents_note(preview: Preview, contents: Sequence[Contents]) -> str:
    """What becomes of the figures of a file, and what a sign among its totals means."""
    counts = (
        (preview.new, "är nya"),
        (len(preview.changes), "ändrar det som är lagrat"),
        (preview.unchanged, "är desamma som förut"),
    )
    parts = [f"{format_count(count)} {what}" for count, what in counts if count]
    sentences = [f"Av talen: {format_list(parts)}."] if parts else []
    if any(one.totals.get(matt) is None for one in contents for matt in CHECKED):
        sentences.append("Ett streck betyder att uppgiften saknas, för någon månad eller i hela filen.")
    return " ".join(sentences)


def format_gaps(contents: Contents, names: Mapping[str, str]) -> str:
    """The months that lack before the last one of the file: "Källan: februari 2026 saknas, både i filen och …"."""
    who = name_subject(contents.subject, names)
    gaps = format_list([format_period(gap) for gap in contents.gaps])
    return (
        f"{who}: {gaps} saknas, både i filen och bland det som är inläst. "
        "Utan den tiden kan kvartal, halvår och år inte räknas."
    )


def format_change_row(change: ChangedFigure, names: Mapping[str, str]) -> tuple[str, ...]:
    """A changed figure as a row under CHANGE_HEADER."""
    before, after = _format_both(change)
    return (
        name_subject(change.subject, names),
        _format_matt(change),
        format_period(change.period),
        capitalise(format_name(change.gender)),
        before,
        after,
    )


def format_change_line(change: ChangedFigure, names: Mapping[str, str]) -> str:
    """A changed figure on one line: "Stig 2, nya, mars 2026, kvinnor: från 7 till 9."."""
    before, after = _format_both(change)
    gender = "" if change.gender is Gender.ALLA else f", {format_name(change.gender)}"
    who = name_subject(change.subject, names)
    what = f"{who}, {_lower_first(_format_matt(change))}, {format_period(change.period)}{gender}"
    return f"{what}: från {before} till {after}."


def format_delivery_warning(warning: DeliveryWarning, names: Mapping[str, str]) -> str:
    """The question that a delivery raises, as sentences on one line.

    "Stig 2, avslutade: 21 i september 2026 är mer än tre gånger det vanliga (6)."
    """
    who = name_subject(warning.subject, names)
    gender = "" if warning.gender in (None, Gender.ALLA) else f", {format_name(warning.gender)}"
    matt = f", {_lower_first(load_registry().matt[warning.matt].label)}" if warning.matt else ""
    head = f"{who}{matt}{gender}"
    points = [_format_point(warning.code, point) for point in warning.points[:_NAMED_POINTS]]
    rest = len(warning.points) - _NAMED_POINTS
    more = f" Samma sak gäller {format_count(rest)} perioder till." if rest > 0 else ""
    match warning.code:
        case "flode":
            return f"{head}: pågående följer inte av månaden före. {' '.join(points)}{more}"
        case "hopp":
            return f"{head}: ovanligt många. {' '.join(points)}{more}"
        case "summa":
            return f"{head}: totalen är en annan än summan av delarna. {' '.join(points)}{more}"
        case "fler_an":
            whole = _lower_first(load_registry().matt[warning.whole].label)
            return f"{head}: fler än {whole}, som de ingår i. {' '.join(points)}{more}"
        case "delar":
            return (
                f"{head}: fler än till arbete och till studier tillsammans. {' '.join(points)}{more} "
                "Den som gör båda räknas en gång, så talet kan vara lägre än summan men inte högre."
            )
        case "utfall":
            return (
                f"{head}: de som gick till arbete eller studier och de utan uppgift är tillsammans fler än avslutade. "
                f"{' '.join(points)}{more}"
            )
        case "efterslapning":
            lines = [format_change_line(change, names) for change in warning.changes[:_NAMED_POINTS]]
            count = len(warning.changes)
            more = f" … och {format_count(count - _NAMED_POINTS)} till." if count > _NAMED_POINTS else ""
            return f"{who}: tidigare månader ändras (sen registrering). {' '.join(lines)}{more}"
    raise ValueError(warning.code)


def _format_point(code: str, point: Point) -> str:
    when, found, expected = format_period(point.period), format_count(point.found), format_count(point.expected)
    match code:
        case "flode":
            return f"{capitalise(when)}: {found} pågående, väntat {expected}."
        case "hopp":
            return f"{capitalise(when)}: {found}, vanligt är {expected}."
        case "fler_an":
            return f"{capitalise(when)}: {found} av {expected}."
        case "delar":
            return f"{capitalise(when)}: {found}, delarna {expected}."
        case "utfall":
            return f"{capitalise(when)}: {found}, avslutade {expected}."
        case _:
            return f"{capitalise(when)}: totalen är {found}, delarna {expected}."


def format_preview_title(preview: Preview) -> str:
    """What saving would do, as the page's title: "24 nya tal och 2 ändringar. Inget är sparat än."."""
    if preview.is_empty:
        return "Inga ändringar: allt i filen är redan inläst"
    return f"{capitalise(_count_both(preview.new, len(preview.changes)))}. Inget är sparat än."


def format_saved_title(preview: Preview) -> str:
    """What was saved, as the page's title."""
    return f"Filen är inläst: {_count_both(preview.new, len(preview.changes))}"


def format_latest_month(found: LatestMonth, names: Mapping[str, str]) -> str:
    """Who has handed in the latest month: "Senaste månaden, oktober 2026: 5 av 6 insatser har lämnat. Det saknas …"."""
    when, told = f"Senaste månaden, {format_period(found.month)}", len(found.handed_in)
    if found.lacking:
        count = format_counts(told, told + len(found.lacking))
        lacking = format_list([names.get(kod, kod) for kod in found.lacking])
        return f"{when}: {count} insatser har lämnat. Det saknas från {lacking}."
    everyone = {1: "insatsen", 2: "båda insatserna"}.get(told, f"alla {format_count(told)} insatser")
    return f"{when}: {everyone} har lämnat."


def format_way_to_overview(period: Period) -> str:
    """The link to what a saved file changed: "Se Översikt för jan–okt 2026"."""
    return f"Se Översikt för {format_period_months(period)}"


def format_refused_title(count: int, kinds: int) -> str:
    """The page's title for a refused file: "Filen lästes inte in. Fyra fel behöver rättas först.".

    `kinds` is how many of the problems differ: "Ett fel på tio ställen behöver rättas först.".
    """
    word = capitalise(format_number_word(kinds, neuter=True))
    places = f" på {format_number_word(count)} ställen" if kinds < count else ""
    return f"Filen lästes inte in. {word} fel{places} behöver rättas först."


def format_warnings_title(count: int) -> str:
    """The heading above what does not keep a file from being saved."""
    word = capitalise(format_number_word(count))
    return f"{word} {'upplysning' if count == 1 else 'upplysningar'}, hindrar inte inläsning"


def _count_both(new: int, changed: int) -> str:
    added = f"{format_count(new)} {'nytt tal' if new == 1 else 'nya tal'}"
    altered = f"{format_count(changed)} {'ändring' if changed == 1 else 'ändringar'}"
    if not changed:
        return added
    return f"{added} och {altered}" if new else altered


def _format_both(change: ChangedFigure) -> tuple[str, str]:
    unit = load_registry().matt[change.matt].unit if change.matt in load_registry().matt else None
    texts = []
    for value, reason in ((change.before, change.before_reason), (change.after, change.after_reason)):
        if value is None:
            missing = Missing(reason or Reason.UPPGIFT_SAKNAS)
            texts.append(f"{format_sign(missing)} ({format_name(missing.reason)})")
        else:
            texts.append(format_value(Measured(value), unit) if unit else format_count(value))
    return texts[0], texts[1]


def _format_matt(change: ChangedFigure) -> str:
    registry = load_registry()
    known = registry.matt.get(change.matt) or registry.indikatorer.get(change.matt)
    label = known.label if known else change.matt
    return f"{label}, {format_class(f'{change.indelning}:{change.klass}')}" if change.klass else label


def _lower_first(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
