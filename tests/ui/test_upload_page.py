"""A file on Läs in: what it holds beside the e-mail that came with it, its mistakes, and undoing it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from build_store import ME, deliver
from page_run import open_page, press, read_html
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import Contents, list_contents, read_file
from finsam_dash.model import GenderScope, Insats, InsatsPeriod, Period
from finsam_dash.store import DeliveryState, Store, load_deliveries, save_insats

HEADER = "Insats;Månad;Kön;Pågående vid start;Nya;Avslutade;Till arbete och/eller studier;Bortfall"
OPEN = (InsatsPeriod(date(2025, 1, 1), None),)


@pytest.fixture
def store(store: Store) -> Store:
    """A store with two insatser."""
    bron = Insats("bron", "Bron", OPEN, gender_scope=GenderScope.KVINNOR, order=1)
    save_insats(store, "provet", Insats("kallan", "Källan", OPEN), ME)
    save_insats(store, "provet", bron, ME)
    return store


def write_csv(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def list_all(store: Store, *lines: str) -> tuple[Contents, ...]:
    read = read_file(store, "provet", write_csv(*lines), "fil.csv", today=date(2026, 6, 1))
    assert not read.problems
    return list_contents(store, "provet", read)


def rows_of(insats: str, month: str, *kon: str) -> list[str]:
    return [f"{insats};{month};{one};5;3;2;1;0" for one in kon]


def test_the_months_the_gap_and_the_totals_of_each_insats(store: Store) -> None:
    lines = [line for month in ("2025-01", "2025-03") for line in rows_of("Källan", month, "Kvinna", "Man")]
    lines += rows_of("Bron", "2025-01", "Kvinna") + rows_of("Bron", "2025-02", "Kvinna")
    assert list_all(store, *lines) == (
        Contents(
            "kallan",
            (Period.month(2025, 1), Period.month(2025, 3)),
            (Period.month(2025, 2),),
            20,
            {"nya": 12.0, "avslutade": 8.0, "till_arbete_studier": 4.0},
        ),
        Contents(
            "bron",
            (Period.parse("2025-01/2025-02"),),
            (),
            10,
            {"nya": 6.0, "avslutade": 4.0, "till_arbete_studier": 2.0},
        ),
    )


def test_what_is_stored_already_is_no_gap_and_what_lacks_since_then_is_one(store: Store) -> None:
    deliver(store, ("kallan", "nya", "alla", "2025-02", 4))
    (found,) = list_all(store, *rows_of("Källan", "2025-01", "Alla"), *rows_of("Källan", "2025-03", "Alla"))
    assert found.gaps == ()
    (found,) = list_all(store, *rows_of("Källan", "2025-06", "Alla"))
    assert found.gaps == (Period.parse("2025-03/2025-05"),)


def test_an_insats_that_did_not_run_lacks_nothing(store: Store) -> None:
    twice = (InsatsPeriod(date(2025, 1, 1), date(2025, 1, 31)), InsatsPeriod(date(2025, 3, 1), None))
    save_insats(store, "provet", Insats("kallan", "Källan", twice), ME)
    (found,) = list_all(store, *rows_of("Källan", "2025-01", "Alla"), *rows_of("Källan", "2025-03", "Alla"))
    assert found.gaps == ()


def test_a_total_is_not_known_where_a_month_of_it_is_not(store: Store) -> None:
    (found,) = list_all(store, *rows_of("Källan", "2025-01", "Kvinna", "Man"), "Källan;2025-02;Alla;5;;2;1;0")
    assert found.totals == {"nya": None, "avslutade": 6.0, "till_arbete_studier": 3.0}
    (found,) = list_all(store, *rows_of("Källan", "2025-01", "Kvinna"))
    assert found.totals == {"nya": None, "avslutade": None, "till_arbete_studier": None}
    (found,) = list_all(store, "Källan;2025-01;Kvinna;5;3;2;1;0", "Källan;2025-01;Man;5;3;2;1;0",
                        "Källan;2025-01;Alla;5;7;4;2;0")  # fmt: skip
    assert found.totals == {"nya": 7.0, "avslutade": 4.0, "till_arbete_studier": 2.0}


def open_upload(content: bytes) -> AppTest:
    app = open_page("las_in.py")
    app.file_uploader[0].set_value(("fil.csv", content, "text/csv"))
    return app.run()


def read_text(app: AppTest) -> str:
    return re.sub(r"<[^>]+>", " ", read_html(app)).replace("\xa0", " ")


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_preview_has_counts_that_agree_and_names_the_gap(store: Store) -> None:
    lines = [line for month in ("2025-01", "2025-03") for line in rows_of("Källan", month, "Kvinna", "Man")]
    lines += [*rows_of("Bron", "2025-01", "Kvinna"), "Bron;2025-02;Kvinna;5;3;;1;0"]
    app = open_upload(write_csv(*lines))
    assert app.title[0].value == "29 nya tal. Inget är sparat än."
    said = squeeze(read_text(app))
    assert "Källan jan 2025 och mars 2025 12 8 4 20 Bron jan–feb 2025 6 – 2 9 Alla insatser i filen 18 – 6 29" in said
    assert "Av talen: 29 är nya. Ett streck betyder att uppgiften saknas, för någon månad eller i hela filen." in said
    assert (
        "Kontrollera: Källan: februari 2025 saknas, både i filen och bland det som är inläst. "
        "Utan den tiden kan kvartal, halvår och år inte räknas."
    ) in said
    assert "första kvartalet 2025" not in said


def test_a_corrected_file_says_what_becomes_of_its_figures(store: Store) -> None:
    deliver(store, ("bron", "nya", "kvinna", "2025-01", 3), ("bron", "avslutade", "kvinna", "2025-01", 9))
    said = squeeze(read_text(open_upload(write_csv(*rows_of("Bron", "2025-01", "Kvinna")))))
    assert "Av talen: 3 är nya, 1 ändrar det som är lagrat och 1 är desamma som förut. " in said
    assert "Ett streck" not in said


def test_one_unknown_insats_is_one_row_of_the_table_and_every_row_of_the_list(store: Store) -> None:
    app = open_upload(
        write_csv(*rows_of("Kallaren", "2025-01", "Kvinna", "Man"), *rows_of("Kallaren", "2025-02", "Man"))
    )
    assert app.title[0].value == "Filen lästes inte in. Ett fel på tre ställen behöver rättas först."
    said = squeeze(read_text(app))
    assert said.count("rad 2, 3, 4 Insats Kallaren ”Kallaren” är ingen känd insats.") == 1
    for row in (2, 3, 4):
        assert f"rad {row}, kolumn Insats: ”Kallaren” är ingen känd insats." in said


def test_undoing_asks_first_and_then_says_which_one(store: Store) -> None:
    app = open_upload(write_csv(*rows_of("Bron", "2025-01", "Kvinna")))
    next(button for button in app.button if button.label == "Spara leveransen").click().run()
    app.button(key="angra_sparad").click().run()
    assert "Ska leveransen ångras? 5 tal ur fil.csv (leverans 1) slutar gälla." in squeeze(read_text(app))
    app.button(key="angra_nej").click().run()
    assert "Ska leveransen ångras?" not in read_text(app)
    assert load_deliveries(store, "provet")[0].state is DeliveryState.AKTIV
    app.button(key="angra_sparad").click().run()
    app.button(key="angra_ja").click().run()
    assert load_deliveries(store, "provet")[0].state is DeliveryState.ANGRAD
    assert "Ångrat. fil.csv (leverans 1) gäller inte längre." in squeeze(read_text(app))


def test_what_is_written_beside_the_figures_is_read_on_the_page_until_it_is_undone(store: Store) -> None:
    lines = [HEADER + ";Kommentar", "Bron;2025-01;Kvinna;5;3;2;1;0;Sommarstängt <i> & tyst",
             "Källan;2025-02;Kvinna;5;3;2;1;0;Ny lokal", "Källan;2025-02;Man;5;3;2;1;0;Ny lokal"]  # fmt: skip
    app = open_upload("\n".join(lines).encode())
    written = "Bron januari 2025 Sommarstängt &lt;i&gt; &amp; tyst", "Källan februari 2025 Ny lokal"
    assert f"Insats Period Kommentar {written[0]} {written[1]}" in squeeze(read_text(app))
    press(app, "Spara leveransen")
    assert f"Insats Period Kommentar Leverans {written[0]} 1 {written[1]} 1" in squeeze(read_text(app))
    assert "Kommentarer i leveranserna (2)" in [fold.label for fold in app.expander]
    app.button(key="angra_sparad").click().run()
    app.button(key="angra_ja").click().run()
    assert "Sommarstängt" not in read_text(app)
    assert "Sommarstängt" not in read_html(open_page("las_in.py", lage="publicering"))
