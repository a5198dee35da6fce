"""The pages that hand out: the slides as the page draws them, Uppföljning Finsam with its file, the förbund's looks."""

import io
import zlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import streamlit as st
from PIL import Image
from published_store import published_store
from streamlit.testing.v1 import AppTest

from finsam_dash.deliveries import prepare_store
from finsam_dash.export.finsam_workbook import to_finsam_xlsx
from finsam_dash.model import Actor, Forbund, Lage, Period, Settings, Suppressed
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.report.finsam import load_finsam
from finsam_dash.report.targets import hide_target
from finsam_dash.store import load_all_forbund, load_log, load_settings, save_forbund, save_settings
from finsam_dash.ui.appearance import check_logo, format_accent_style, format_logo
from finsam_dash.ui.middleware import ROUTER
from finsam_dash.ui.slides import SECTIONS
from finsam_dash.wording.finsam import HEADER, FinsamCell, format_finsam_cells, list_gaps
from finsam_dash.wording.numbers import format_plain
from finsam_dash.wording.protection import WAITING
from finsam_dash.wording.slides import ROWS, build_slides

AS_OF = Period.year(2026).end


def report_of(forbund: str, period: str, lage: Lage, *sections: str, insats: str | None = None) -> Report:
    return build_report(
        published_store(), forbund, Period.parse(period), lage=lage, as_of=AS_OF, sections=sections, insats=insats
    )


def slides_of(lage: Lage):
    report = report_of("uppsala-lan", "2014", lage, *SECTIONS)
    own = [report_of("uppsala-lan", "2014", lage, "insats", insats=insats.kod) for insats in report.insatser]
    return build_slides(report, own)


@pytest.mark.parametrize("lage", list(Lage))
def test_a_slide_says_one_thing_in_its_title_and_holds_no_more_than_can_be_read(lage: Lage):
    slides = slides_of(lage)
    assert slides[0].name == "Förbundet"
    assert len({slide.key for slide in slides}) == len(slides)
    for slide in slides:
        assert 10 < len(slide.title) <= 90
        assert slide.intern == (lage is Lage.INTERN)
        assert len(slide.table.rows if slide.table else ()) <= ROWS
        assert len(slide.dots.rows if slide.dots else ()) <= ROWS
        assert (slide.dots is None) or (slide.trend is None)
        assert len(slide.numbers) <= 4
        assert f"Läge: {lage.value}." in slide.source


def test_the_slides_of_uppsala_2014_say_what_the_report_says():
    slides = {slide.key: slide for slide in slides_of(Lage.INTERN)}
    first = slides["forbundet"]
    assert first.hero.number == "32\u00a0%"
    assert first.hero.strong == "88 av 277 avslutade"
    assert first.numbers[0] == ("454", "deltagare")
    decided = [tuple(cell.text for cell in row) for row in slides["beslut-1"].table.rows]
    assert ("Stig 2", "31\u00a0dec 2014", "23\u00a0%", "11 av 48", "50\u00a0%", "", "säkert under") in decided
    assert slides["jamforelse-1-1"].title == (
        "Två av sex insatser ligger tydligt över riket. Övriga fyra avviker inte tydligt. (1 av 2)"
    )


def test_slides_that_come_before_rojandekontroll_say_so_and_nothing_else():
    report = replace(report_of("uppsala-lan", "2014", Lage.PUBLICERING, *SECTIONS), protection="vantar")
    (slide,) = build_slides(report)
    assert slide.title == "Röjandekontrollen räknas om"
    assert slide.lines == (WAITING,)
    assert (slide.dots, slide.table, slide.numbers, slide.hero) == (None, None, (), None)


def test_a_hidden_goal_keeps_its_place_among_those_that_are_shown():
    report = report_of("uppsala-lan", "2014", Lage.INTERN, *SECTIONS)
    missed = next(row for row in report.targets if row.target.kod == "ul14-stig-2-3")
    targets = tuple(hide_target(row, Suppressed()) if row is missed else row for row in report.targets)
    shown, hiding = (
        {slide.key: slide for slide in build_slides(one) if slide.name == "Målen"}
        for one in (report, replace(report, targets=targets))
    )
    assert list(hiding) == list(shown)
    key, place = next(
        (key, place)
        for key, slide in hiding.items()
        for place, row in enumerate(slide.table.rows)
        if row[0].text == "Stig 2" and row[1].text == ".."
    )
    assert shown[key].table.rows[place][0].text == "Stig 2"
    assert [cell.text for cell in hiding[key].table.rows[place][5:]] == ["..", "..", ".."]
    assert "som visas nåddes i siffror" in hiding[key].title
    assert "missades" not in hiding[key].title
    shown_note = format_plain(shown[key].note)
    assert format_plain(hiding[key].note) == f".. visas inte: för få personer. {shown_note}".strip()


def test_slides_of_a_period_that_is_not_handed_out_say_what_to_choose():
    report = replace(report_of("uppsala-lan", "2014", Lage.PUBLICERING, *SECTIONS), protection="utanfor")
    first, *rest = build_slides(report)
    assert format_plain(first.title) == "2014 lämnas inte ut"
    assert {slide.name for slide in rest} == {"Ekonomi och beslutsutrymme"}
    assert first.lines[-1].endswith("Välj en sådan period.")


def test_the_workbook_holds_the_numbers_of_the_page_as_numbers():
    report = report_of("uppsala-lan", "2014", Lage.INTERN, "targets", "economy")
    basis = load_finsam(published_store(), report)
    book = openpyxl.load_workbook(io.BytesIO(to_finsam_xlsx(basis, "2014", "källa")))
    assert book.sheetnames == ["Insatser för individer", "Strukturövergripande insatser"]
    for sheet, rows in zip(book, (basis.individual, basis.structural), strict=True):
        assert [cell.value for cell in sheet[4]] == [name for name, _ in HEADER]
        for place, row in enumerate(rows, start=5):
            for written, cell in zip(sheet[place], format_finsam_cells(row), strict=True):
                if cell.number is not None:
                    assert written.value == pytest.approx(cell.number)
                else:
                    assert (written.value or "") == cell.text.replace("\u00a0", " ")


def test_what_cannot_be_typed_in_is_said_with_its_reason():
    report = report_of("uppsala-lan", "2014", Lage.INTERN, "targets", "economy")
    rows = {row.insats.kod: row for row in load_finsam(published_store(), report).individual}
    named = rows["3-4-4"]
    assert format_finsam_cells(named)[6].text == "89"
    assert format_finsam_cells(named)[9].number == 938_856, "the note in kronor, not 939 tkr; never both"
    assert any(gap.startswith("deltagare, kvinnor och män: uppgift saknas") for gap in list_gaps(named))
    assert "budget: inget belopp per insats är lagrat" in list_gaps(named)
    hidden = replace(named, deltagare=(Suppressed(),) * 4)
    assert format_finsam_cells(hidden)[6] == FinsamCell("..")
    assert "deltagare, kvinnor, män och alla: visas inte i läget publicering" in list_gaps(hidden)


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#004A89").save(stream, "PNG")
    return stream.getvalue()


def test_a_logo_is_a_small_png():
    assert check_logo(png(200, 60)) == ""
    assert check_logo(b"%PDF-1.7") == "Filen är ingen png-bild. Spara loggan som png och försök igen."
    assert check_logo(png(2001, 1)) == "Bilden är för stor: högst 2000 bildpunkter på längsta sidan."
    # So large when unpacked that Pillow does not open it: the size stands first in the file.
    vast = bytearray(png(1, 1))
    vast[16:24] = (40_000).to_bytes(4, "big") * 2
    vast[29:33] = zlib.crc32(vast[12:29]).to_bytes(4, "big")
    assert check_logo(bytes(vast)) == "Bilden är för stor: högst 2000 bildpunkter på längsta sidan."
    assert check_logo(bytes(200_001)) == "Filen är för stor: högst 200 kB. Spara bilden i mindre format."


def test_a_colour_is_used_only_where_it_can_be_seen():
    assert format_accent_style(Settings(accent="#8A1C4A")) == "<style>:root{--accent:#8A1C4A}</style>"
    assert format_accent_style(Settings(accent="#FFE000")) == ""
    assert 'src="data:image/png;base64,' in format_logo(Settings(logo_png=png(20, 20)))


def test_looks_are_saved_logged_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    address = f"sqlite:///{tmp_path / 'finsam.db'}"
    store = prepare_store(address, empty=True)
    save_forbund(store, Forbund("provet", "Provet"), Actor())
    monkeypatch.setenv("FINSAM_DATABAS", address)
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.query_params["forbund"] = "provet"
    app.run()
    app.switch_page("../../pages/installningar.py").run()
    app.text_input[0].input("Samordningsförbundet Provet")
    app.text_input[1].input("#FFE000")
    app.button[0].click().run()
    assert load_settings(store, "provet").accent == "#FFE000"
    assert load_all_forbund(store)[0].namn == "Samordningsförbundet Provet"
    assert [entry.reason for entry in load_log(store, "provet") if entry.what == "installningar"] == [
        "förbundets utseende"
    ]
    said = "\n".join(element.proto.body for element in app.main if element.type == "html")
    assert "Färgen #FFE000 används inte: den syns för svagt mot vitt" in said
    assert "Inställningar ändrade: färgen" not in said
    app.session_state["andringslogg"] = True
    app.run()
    said = "\n".join(element.proto.body for element in app.main if element.type == "html")
    assert "Inställningar ändrade: färgen" in said
    app.query_params["lage"] = "publicering"
    app.run()
    assert "ndringslogg" not in "".join(one.label for one in app.expander)
    app.query_params["lage"] = "intern"
    save_settings(store, "provet", Settings(accent="#8A1C4A"), Actor())
    app.run()
    side = "\n".join(element.proto.body for element in app.sidebar if element.type == "html")
    assert "--accent:#8A1C4A" in side
    store.close()
    st.cache_resource.clear()
