"""What a row of a chart or table is called: the insats, the kön, the subgroup, the period."""

from __future__ import annotations

from finsam_dash.intake.codelists import load_codelist
from finsam_dash.model import Gender, Period
from finsam_dash.wording.names import capitalise, format_name
from finsam_dash.wording.numbers import EN_DASH, NO_BREAK
from finsam_dash.wording.periods import format_period


def format_class(klass: str) -> str:
    """A subgroup "indelning:klass" in words: "16–19 år", "grupp 2", "steg 1–2", "12 månader efter avslut".

    The names are those of data/referens/klass.csv. A class that is not there is written as its code with spaces:
    förbunden make their own.
    """
    names = load_codelist("klass").names
    if klass in names:
        return names[klass]
    indelning, _, code = klass.partition(":")
    parts = code.split("_")
    if indelning == "alder" and all(part.isdigit() for part in parts):
        return f"{EN_DASH.join(parts)}{NO_BREAK}år"
    if indelning in ("grupp", "steg") and all(part.isdigit() for part in parts):
        return f"{indelning}{NO_BREAK}{EN_DASH.join(parts)}"
    if indelning == "uppfoljning" and parts[-1] == "man" and parts[-2].isdigit():
        months = f"{parts[-2]}{NO_BREAK}månader"
        return f"{months} efter avslut" if parts[0] == "avslut" else f"efter {months}"
    return code.replace("_", " ")


def format_row_label(label: str, klass: str = "", period: Period | None = None) -> str:
    """A row's name: the insats or kön with its subgroup and, where given, its period.

    "United Action 16–19 år", "Kvinnor 2014", "Alla 2010–2014". A label that is the code of a kön is put in words.
    """
    words = [capitalise(format_name(Gender(label))) if label in set(Gender) else label]
    if klass:
        words.append(format_class(klass))
    name = " ".join(words)
    return name if period is None else format_who_when(name, period)


def format_who_when(who: str, period: Period) -> str:
    """A name and its period: "Kvinnor 2014", with a comma before other words: "Alla, första kvartalet 2026"."""
    when = format_period(period)
    return f"{who}{' ' if when[0].isdigit() else ', '}{when}"
