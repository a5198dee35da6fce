"""What the förbund counts itself is written in on Samverkan: stored as it was written, refused with nothing saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from build_figures import insats
from build_store import ME
from page_run import find, open_page, press, read_html

from finsam_dash.model import Enkat, ExternalFunding, Lotsarende, Period, Risk, SamverkanFigure, Unit
from finsam_dash.store import Store, load_entries, save_insats


@pytest.fixture
def store(store: Store) -> Store:
    """A store with one insats."""
    save_insats(store, "provet", insats("bron"), ME)
    return store


def save(key: str, written: dict[str, Any], button: str) -> str:
    """What the page says once the form under the fold has been filled in and saved."""
    app = open_page("samverkan.py", folds=(key,))
    widgets = [*app.text_input, *app.number_input, *app.date_input, *app.selectbox]
    for label, value in written.items():
        find(widgets, label).set_value(value)
    return read_html(press(app, button))


YEAR = Period.year(2025)
FORMS: list[tuple[str, str, dict[str, Any], type, Callable[[str], object]]] = [
    (
        "nytt_antal", "Spara antalet",
        {"Vad": "Frukostmöte", "Vad som räknas": "tillfällen", "Hur många": 4, "Medlemsorganisation": "Regionen"},
        SamverkanFigure,
        lambda kod: SamverkanFigure(
            kod, "kompetensaktivitet", "Frukostmöte", "tillfallen", YEAR, Decimal(4), Unit.ANTAL, "",
            medlem="Regionen",
        ),
    ),
    (
        "nya_medel", "Spara medlen",
        {"Finansiär": "ESF", "Vad pengarna avser": "Projekt", "Beslut": "beviljad", "Belopp i kronor": 250_000,
         "Beslutsdag": date(2025, 5, 2), "För insats": "bron"},
        ExternalFunding,
        lambda kod: ExternalFunding(kod, "ESF", "Projekt", date(2025, 5, 2), Decimal(250_000), "beviljad", "bron"),
    ),
    (
        "nytt_arende", "Spara ärendet",
        {"Öppnat": date(2025, 2, 3), "Varifrån": "Socialtjänsten", "Slag av ärende": "Ersättning", "Löst": "ja"},
        Lotsarende,
        lambda kod: Lotsarende(kod, date(2025, 2, 3), "", "", "Socialtjänsten", "Ersättning", "", "", "", True),
    ),
    (
        "ny_enkat", "Spara enkäten",
        {"Enkätens namn": "Vår enkät", "Fråga": "Fick du stöd?",
         "Antal svar på varje steg, från lägst till högst": "2 5 11 30 18"},
        Enkat,
        lambda kod: Enkat(kod, "Vår enkät", "Fick du stöd?", YEAR, "deltagare", (2, 5, 11, 30, 18), 4, None, ""),
    ),
    (
        "ny_risk", "Spara risken",
        {"Risk": "Få anvisningar", "Ansvarig (roll)": "Förbundschefen", "Åtgärd mot risken": "Möte",
         "Följs upp": date(2026, 9, 1)},
        Risk,
        lambda kod: Risk(kod, "Få anvisningar", "Förbundschefen", date(2026, 9, 1), "Möte"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "button", "written", "kind", "expected"), FORMS, ids=[form[0] for form in FORMS])
def test_what_is_written_is_stored_and_said(
    store: Store, key: str, button: str, written: dict[str, Any], kind: type, expected: Callable[[str], object]
) -> None:
    shown = save(key, written, button)
    assert "<strong>Sparat.</strong> Uppgiften är med i tabellerna." in shown
    (entry,) = load_entries(store, "provet", kind)
    assert entry == expected(entry.kod)


@pytest.mark.parametrize(
    ("key", "button", "written", "says"),
    [
        ("nytt_antal", "Spara antalet", {}, "Skriv vad det gäller."),
        ("nya_medel", "Spara medlen", {"Finansiär": "ESF"}, "Skriv vem som ger pengarna och vad de avser."),
        ("nytt_arende", "Spara ärendet", {"Varifrån": "FK"}, "Skriv varifrån ärendet kom och vad det gällde."),
        (
            "ny_enkat", "Spara enkäten", {"Fråga": "Fick du stöd?"},
            "Skriv en fråga och ett antal för varje steg, som 2 5 11.",
        ),
        (
            "ny_enkat", "Spara enkäten",
            {"Fråga": "Fick du stöd?", "Antal svar på varje steg, från lägst till högst": "2 5",
             "Antal utskick (0 om det inte är känt)": 6},
            "Steget finns inte, eller fler har svarat än tillfrågats.",
        ),
        ("ny_risk", "Spara risken", {"Risk": "Få anvisningar"}, "Skriv risken och vem som ansvarar för den."),
        (
            "ny_risk", "Spara risken", {"Risk": "Frånvaro för 850709-9805", "Ansvarig (roll)": "Chefen"},
            "Texten ser ut att innehålla ett personnummer. Ta bort det.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_said_and_nothing_is_saved(
    store: Store, key: str, button: str, written: dict[str, Any], says: str
) -> None:
    shown = save(key, written, button)
    assert f"<strong>Inget har sparats.</strong> {says}" in shown
    kinds = (SamverkanFigure, ExternalFunding, Lotsarende, Enkat, Risk)
    assert all(load_entries(store, "provet", kind) == () for kind in kinds)
