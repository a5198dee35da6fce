"""Titles that say the finding, from verdicts and numbers; never a ranking.

A title is at most 100 characters on screen and 90 on a slide, so long that names do not fit it counts instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from finsam_dash.judgement.policy import SMALLEST_N
from finsam_dash.judgement.verdict import Riktning, Sakerhet, Verdict
from finsam_dash.model import Measured, Missing, Period, Reason, Suppressed, Value
from finsam_dash.wording.names import capitalise, format_list
from finsam_dash.wording.numbers import (
    Number,
    decimals_to_tell_apart,
    format_count,
    format_counts,
    format_hidden,
    format_number_word,
    format_percent_number,
    format_share_words,
    share_of,
)
from finsam_dash.wording.periods import format_in_period, format_period

SCREEN_LENGTH: Final = 100
SLIDE_LENGTH: Final = 90

OUTCOME: Final = "gick till arbete eller studier"
OUTCOME_NOUN: Final = "arbete eller studier"


def format_outcome_title(
    *,
    value: Value,
    period: Period,
    riket: float | None = None,
    sakerhet: Sakerhet = Sakerhet.EJ_TILLAMPLIGT,
    outcome: str = OUTCOME,
) -> str:
    """The headline: "32 procent gick till arbete eller studier 2014. Riket hade 34: skillnaden kan vara slump."

    `riket` is its share (0-1, None when there is nothing to compare with), `sakerhet` the verdict against it.
    Without a value the title says that it is hidden or missing, and no number.
    """
    when = format_in_period(period)
    if isinstance(value, Suppressed):
        return f"Hur många som {outcome} {when} {format_hidden(value)}"
    if isinstance(value, Missing):
        return f"Uppgift saknas om hur många som {outcome} {when}"
    if sakerhet is Sakerhet.FOR_FA and value.numerator is not None and value.denominator is not None:
        return f"{_few(value)} {outcome} {when}. För få för en bedömning."
    decimals = decimals_to_tell_apart(share_of(value), riket) if riket is not None and sakerhet.is_sure else 0
    first = f"{_share_or_none(value, decimals)} {outcome} {when}"
    if riket is None:
        return first
    second = _comparison(riket, sakerhet, decimals, share_of(value))
    return f"{first}. {second}"


def is_few(value: Measured) -> bool:
    """Whether a share is of too few for a verdict: then a title says the counts and no per cent."""
    return value.denominator is not None and value.denominator < SMALLEST_N


def format_few_title(value: Measured, when: str) -> str:
    """Say "1 av 3 gick till arbete eller studier det senaste året. För få för en bedömning."."""
    return f"{_few(value)} {OUTCOME} {when}. För få för en bedömning."


def _few(value: Measured) -> str:
    if value.numerator == 0:
        return f"Ingen av {format_count(value.denominator or 0)}"
    return _counts(value)


def _counts(value: Measured) -> str:
    return format_counts(value.numerator or 0, value.denominator or 0)


def _share_or_none(value: Measured, decimals: int) -> str:
    if value.numerator == 0 and value.denominator:
        return f"Ingen av {format_count(value.denominator)}"
    return format_share_words(share_of(value), decimals)


def _comparison(riket: float, sakerhet: Sakerhet, decimals: int, share: Number) -> str:
    number = format_percent_number(riket, decimals)
    if number == format_percent_number(share, decimals):
        return "Riket hade lika stor andel."
    match sakerhet:
        case Sakerhet.EJ_AVGORBART:
            return f"Riket hade {number}: skillnaden kan vara slump."
        case Sakerhet.SAKERT_OVER:
            return f"Riket hade {number}: nivån ligger säkert över."
        case Sakerhet.SAKERT_UNDER:
            return f"Riket hade {number}: nivån ligger säkert under."
        case _:
            return f"Riket hade {number}."


def format_goals_title(*, reached: int, total: int, certain: int, hidden: Sequence[Value] = ()) -> str:
    """Say "8 av 14 mål nåddes i siffror. För 2 av dem är det också säkert." `certain` counts among the reached.

    With `hidden` goals the count is of those "som visas": a missed goal may be among the others.
    """
    if total == 0:
        return f"Utfallet mot målen {format_hidden(*hidden)}" if hidden else "Inga mål går att följa upp än"
    if total == 1 and not hidden:
        return _format_one_goal(reached=bool(reached), certain=bool(certain))
    goals = "mål som visas" if hidden else "mål"
    if reached == 0:
        return f"Inget av {total} {goals} nåddes i siffror"
    first = f"{reached} av {total} {goals} nåddes i siffror."
    if reached == 1:
        return f"{first} Det är {'också säkert' if certain else 'inte säkert att nivån ligger på rätt sida'}."
    if certain == 0:
        return f"{first} För inget av dem är det säkert."
    return f"{first} För {'alla' if certain == reached else f'{certain} av dem'} är det också säkert."


def _format_one_goal(*, reached: bool, certain: bool) -> str:
    if not reached:
        return "Målet nåddes inte i siffror"
    return f"Målet nåddes i siffror. Det är {'också' if certain else 'inte'} säkert."


def format_goals_title_short(
    *, reached: int, total: int, certain: int, missed: int = 0, hidden: Sequence[Value] = ()
) -> str:
    """Say "8 av 14 mål nåddes i siffror, 2 säkert. 1 missades säkert", for a heading in half a page's width."""
    if total == 0:
        return f"Utfallet mot målen {format_hidden(*hidden)}" if hidden else "Inga mål går att följa upp än"
    title = f"{reached} av {total} mål{' som visas' if hidden else ''} nåddes i siffror, {certain} säkert"
    return f"{title}. {missed} missades säkert" if missed else title


def format_goals_lead(*, missed_certain: int, undecided: int, hidden: Sequence[Value] = ()) -> str:
    """Say "3 mål missades säkert, 5 kan inte avgöras: …" under the goals' title; first how many are not shown."""
    if hidden:
        shown = format_goals_lead(missed_certain=missed_certain, undecided=undecided)
        return f"{len(hidden)} mål {format_hidden(*hidden)}. Av dem som visas: {shown[:1].lower()}{shown[1:]}"
    undecided_text = (
        "kan inte avgöras: för få personer för att skilja utfallet från målet. Det är det vanliga och inget underbetyg."
    )
    if not undecided:
        return f"{missed_certain or 'Inget'} mål missades säkert."
    if not missed_certain:
        return f"Inget mål missades säkert, {undecided} {undecided_text}"
    return f"{missed_certain} mål missades säkert, {undecided} {undecided_text}"


def format_goal_title(*, name: str, value: Value, target: float, riktning: Riktning, verdict: Verdict) -> str:
    """One insats against one share target.

    "Växthuset II nådde målet 35 procent med fyra personers marginal, men om nivån ligger över målet kan inte avgöras";
    "Stig 2: 13 personer saknas till målet 50 procent".
    """
    decimals = 0 if (target * 100).is_integer() else 1
    aim = f"{_aim(riktning)} {format_share_words(target, decimals)}"
    if isinstance(value, Suppressed):
        return f"{name}: utfallet mot {aim} {format_hidden(value, between=', ')}"
    if isinstance(value, Missing):
        return f"{name} har inte redovisat utfallet för {aim}"
    if verdict.sakerhet is Sakerhet.FOR_FA:
        return (
            f"{name}: {format_counts(value.numerator or 0, value.denominator or 0)}, för få för en bedömning mot {aim}"
        )
    if verdict.uppnatt:
        return f"{name} {_reached(riktning, aim, verdict.marginal)}{_but(riktning, verdict.sakerhet)}"
    if verdict.marginal is None:
        share = format_share_words(share_of(value), decimals_to_tell_apart(share_of(value), target))
        return f"{name}: {share} mot {aim}. Målet nåddes inte i siffror."
    lacking = format_number_word(-verdict.marginal)
    person = "person" if verdict.marginal == -1 else "personer"
    short = f"{person} saknas till {aim}" if riktning is Riktning.MINST else f"{person} för många för {aim}"
    unsure = ", men det kan vara slump" if verdict.sakerhet is Sakerhet.EJ_AVGORBART else ""
    return f"{name}: {lacking} {short}{unsure}"


def _aim(riktning: Riktning) -> str:
    return "taket" if riktning is Riktning.HOGST else "målet"


def _reached(riktning: Riktning, aim: str, margin: int | None) -> str:
    verb = "höll" if riktning is Riktning.HOGST else "nådde"
    if margin is None:
        return f"{verb} {aim}"
    if margin == 0:
        return f"{verb} precis {aim}"
    owner = "en persons" if margin == 1 else f"{format_number_word(margin)} personers"
    return f"{verb} {aim} med {owner} marginal"


def _but(riktning: Riktning, sakerhet: Sakerhet) -> str:
    side = "under taket" if riktning is Riktning.HOGST else "över målet"
    if sakerhet is Sakerhet.EJ_AVGORBART:
        return f", men om nivån ligger {side} kan inte avgöras"
    if sakerhet.is_sure:
        return f", och nivån ligger säkert {side}"
    return ""


def format_comparison_title(
    *, over: Sequence[str], under: Sequence[str], comparisons: int, against: str = "riket"
) -> str:
    """Say "Jobbstudion och United Action 20–64 år ligger tydligt över riket"; numbers where the names do not fit.

    `over` and `under` hold the names of those outside 99.8 %, in the plan's order.
    """
    if comparisons == 0:
        return f"Ingen insats går att jämföra med {against}"
    if not over and not under:
        return format_comparison_slide_title(over=0, under=0, comparisons=comparisons, against=against)
    named = []
    if over:
        named.append(f"{format_list(list(over))} ligger tydligt över {against}")
    if under:
        named.append(f"{format_list(list(under))} ligger tydligt under{'' if over else f' {against}'}")
    title = " och ".join(named)
    if len(title) <= SCREEN_LENGTH:
        return title
    return format_comparison_slide_title(over=len(over), under=len(under), comparisons=comparisons, against=against)


def format_comparison_slide_title(
    *, over: int, under: int, comparisons: int, against: str = "riket", undecided: int = 0
) -> str:
    """Say "Två av sex insatser ligger tydligt över riket. Övriga fyra avviker inte tydligt.".

    With `undecided` insatser outside the limits, of whom too little is known, the rest is not said to be alike.
    """
    if comparisons == 0:
        return f"Ingen insats går att jämföra med {against}"
    if comparisons == 1:
        if not over and not under:
            return f"Den jämförda insatsen avviker inte tydligt från {against}"
        return f"Den jämförda insatsen ligger tydligt {'över' if over else 'under'} {against}"
    open_ones = f"{capitalise(format_number_word(undecided))} går inte att avgöra" if undecided else ""
    if not over and not under:
        none = f"Ingen av {format_number_word(comparisons)} insatser avviker tydligt från {against}"
        return f"{none}. {open_ones}." if open_ones else none
    total = format_number_word(comparisons)
    if over and under:
        first = (
            f"{format_number_word(over)} av {total} insatser ligger tydligt över {against} "
            f"och {format_number_word(under)} tydligt under"
        )
    else:
        side = "över" if over else "under"
        first = f"{format_number_word(over or under)} av {total} insatser ligger tydligt {side} {against}"
    if open_ones:
        return f"{capitalise(first)}. {open_ones}."
    rest = comparisons - over - under
    if rest == 0:
        return capitalise(first)
    others = "Den andra avviker" if comparisons == 2 else f"Övriga {format_number_word(rest)} avviker"
    if rest == 1 and comparisons > 2:
        others = "Den återstående avviker"
    return f"{capitalise(first)}. {others} inte tydligt."


def format_funnel_title(*, outside: int, comparisons: int, against: str = "riket") -> str:
    """Say "Två av sex insatser skiljer sig mer från riket än slumpen förklarar"."""
    if comparisons == 0:
        return f"Ingen insats går att jämföra med {against}"
    if comparisons == 1:
        return f"Den jämförda insatsen skiljer sig {'' if outside else 'inte '}mer från {against} än slumpen förklarar"
    subject = format_number_word(outside) if outside else "ingen"
    return capitalise(
        f"{subject} av {format_number_word(comparisons)} insatser skiljer sig mer från {against} än slumpen förklarar"
    )


FlowBalance = Literal["fler_in", "ungefar_lika", "fler_ut"]
_BALANCES: Final[dict[str, str]] = {
    "fler_in": "Fler in än ut",
    "ungefar_lika": "Ungefär lika många in som ut",
    "fler_ut": "Fler ut än in",
}

# Two counts further apart than this nobody calls about the same, even when chance can make the difference.
_ABOUT_THE_SAME: Final = 0.1


def format_flow_title(*, nya: Value, avslutade: Value, balance: FlowBalance | None, when: str) -> str:
    """Say "Ungefär lika många in som ut det senaste året: 83 nya och 86 avslutade".

    `when` is "det senaste året", "2014" …; `balance` is judged by the caller; None where one of the two is not known.
    """
    if isinstance(nya, Measured) and isinstance(avslutade, Measured) and balance is not None:
        counts = f"{format_count(nya.value)} nya och {format_count(avslutade.value)} avslutade"
        far = abs(nya.value - avslutade.value) > _ABOUT_THE_SAME * max(nya.value, avslutade.value)
        if balance == "ungefar_lika" and far:
            larger = _BALANCES["fler_in" if nya.value > avslutade.value else "fler_ut"]
            return f"{larger} {when}, men det kan vara slump: {counts}"
        return f"{_BALANCES[balance]} {when}: {counts}"
    if isinstance(nya, Suppressed) or isinstance(avslutade, Suppressed):
        return f"In och ut {when} {format_hidden(nya, avslutade)}"
    return f"In och ut {when}: uppgift saknas"


_DEFINITE_ENDINGS: Final = {"stöd": "et", "penning": "en", "ersättning": "en", "pension": "en", "lön": "en"}


def format_definite(category: str) -> str:
    """A försörjning in definite form: "Försörjningsstöd" → "Försörjningsstödet"; unknown endings are left."""
    if " " not in category:
        for ending, suffix in _DEFINITE_ENDINGS.items():
            if category.lower().endswith(ending):
                return category + suffix
    return category


def format_forsorjning_title(
    *, to_goal: Value, total: Value, largest_fall: str = "", before: Value | None = None, after: Value | None = None
) -> str:
    """Say "78 av 212 gick till lön eller studier. Försörjningsstödet minskade mest, från 86 till 52."."""
    if isinstance(to_goal, Suppressed) or isinstance(total, Suppressed):
        return f"Försörjning före och efter {format_hidden(to_goal, total)}"
    if not (isinstance(to_goal, Measured) and isinstance(total, Measured)):
        return "Uppgift saknas om försörjning före och efter"
    first = f"{format_counts(to_goal.value, total.value)} gick till lön eller studier"
    if isinstance(before, Measured) and isinstance(after, Measured) and after.value < before.value:
        change = f"från {format_count(before.value)} till {format_count(after.value)}"
        return f"{first}. {format_definite(largest_fall)} minskade mest, {change}."
    return first


def format_spent_title(share: float, period: Period) -> str:
    """Say "Insatserna förbrukade 81 procent av årets budget"; another period than a year names itself."""
    whose = "årets budget" if period.is_calendar_year else f"budgeten för {format_period(period)}"
    return f"Insatserna förbrukade {format_share_words(share)} av {whose}"


def format_trend_title(
    *, value: Value, target: float | None = None, sakerhet: Sakerhet = Sakerhet.EJ_TILLAMPLIGT
) -> str:
    """Say how the latest months went: "37 procent gick till … det senaste året. Målet 40 procent ligger …"."""
    when = "det senaste året"
    if isinstance(value, Suppressed):
        return f"Hur många som {OUTCOME} {when} {format_hidden(value)}"
    if isinstance(value, Missing):
        return f"Uppgift saknas om hur många som {OUTCOME} {when}"
    if sakerhet is Sakerhet.FOR_FA or is_few(value):
        return format_few_title(value, when)
    first = f"{_share_or_none(value, 0)} {OUTCOME} {when}"
    if target is None:
        return first
    aim = f"målet {format_share_words(target)}"
    match sakerhet:
        case Sakerhet.EJ_AVGORBART:
            return f"{first}. {capitalise(aim)} ligger inom osäkerheten."
        case Sakerhet.SAKERT_OVER:
            return f"{first}. Nivån ligger säkert över {aim}."
        case Sakerhet.SAKERT_UNDER:
            return f"{first}. Nivån ligger säkert under {aim}."
        case _:
            return first


def format_groups_title(*, first_name: str, first: Value, second_name: str, second: Value, differs: bool | None) -> str:
    """Say "Kvinnor 29 procent, män 34 till arbete eller studier: skillnaden kan vara slump".

    `differs`: the difference's interval excludes 0; None where no verdict is given (too few, no counts, hidden).
    """
    names = f"{first_name} och {second_name.lower()}"
    if isinstance(first, Suppressed) or isinstance(second, Suppressed):
        return f"{names}: andelen till {OUTCOME_NOUN} {format_hidden(first, second, between=', ')}"
    if not (isinstance(first, Measured) and isinstance(second, Measured)):
        lacking = [value for value in (first, second) if isinstance(value, Missing)]
        if all(value.reason is Reason.EJ_TILLAMPLIGT for value in lacking):
            return f"{names} jämförs inte: ej tillämpligt"
        return f"{names}: uppgift saknas om {OUTCOME_NOUN}"
    if is_few(first) or is_few(second):
        numbers = f"{first_name} {_counts(first)}, {second_name.lower()} {_counts(second)} till {OUTCOME_NOUN}"
    else:
        numbers = (
            f"{first_name} {format_share_words(share_of(first))}, "
            f"{second_name.lower()} {format_percent_number(share_of(second))} till {OUTCOME_NOUN}"
        )
    if differs is None:
        return numbers
    return f"{numbers}: skillnaden {'är större än slumpen förklarar' if differs else 'kan vara slump'}"


def format_recruitment_title(*, first_label: str, first: Value, last_label: str, last: Value) -> str:
    """Say "819 erbjudna att delta, 192 fullföljt: 23 procent hela vägen", from the first and the last step."""
    if isinstance(first, Suppressed) or isinstance(last, Suppressed):
        return f"Vägen in {format_hidden(first, last)}"
    if not (isinstance(first, Measured) and isinstance(last, Measured)):
        return "Uppgift saknas om vägen in"
    return (
        f"{format_count(first.value)} {first_label.lower()}, {format_count(last.value)} {last_label.lower()}: "
        f"{format_share_words(last.value / first.value if first.value else 0.0)} hela vägen"
    )
