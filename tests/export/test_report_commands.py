"""The commands rapport and diagram: files, what is recorded, and what is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from finsam_dash.cli import documents, main
from finsam_dash.model import Actor
from finsam_dash.store import load_publications, load_settings, open_store, save_settings


@pytest.fixture(scope="module")
def url(filled_store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{shutil.copy(filled_store, tmp_path_factory.mktemp('store') / 'prov.db')}"


def run(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--databas", url, *arguments], prog_name="finsam_dash")


def test_a_report_is_written_and_what_is_published_is_recorded(url: str, tmp_path: Path) -> None:
    file = tmp_path / "ny mapp" / "arsredovisning.docx"
    done = run(url, "rapport", "--forbund", "ange", "--period", "2014", "--till", str(file))
    assert done.exit_code == 0, done.output
    assert file.read_bytes()[:2] == b"PK"
    assert "Rapporten är skriven till arsredovisning.docx." in done.stdout
    assert "Läge: publicering." in done.stdout
    store = open_store(url)
    assert [entry.what for entry in load_publications(store, "ange")] == ["arsredovisning.docx"]


def test_a_report_whose_figures_change_meanwhile_is_not_a_publication(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*asked: object, **named: object) -> bytes:
        store = open_store(url)
        settings = load_settings(store, "skelleftea")
        save_settings(store, "skelleftea", replace(settings, threshold=settings.threshold + 1), Actor())
        return b"PK"

    monkeypatch.setattr(documents, "to_file", write)
    file = tmp_path / "rapport.docx"
    done = run(url, "rapport", "--forbund", "skelleftea", "--period", "2014", "--till", str(file))
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == (
        "Uppgifterna ändrades medan det gjordes, och inget är antecknat som utlämnat. Lämna inte ut det som skrevs: "
        "kör kommandot igen."
    )
    assert load_publications(open_store(url), "skelleftea") == ()


def test_a_report_of_one_insats_in_chosen_parts_holds_that_alone(url: str, tmp_path: Path) -> None:
    file = tmp_path / "stig.docx"
    done = run(
        url, "rapport", "--forbund", "uppsala-lan", "--period", "2014", "--lage", "intern", "--insats", "stig-2",
        "--delar", "insatser, ekonomi", "--till", str(file),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    word = docx.Document(str(file))
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings == ["Insatsredovisning", "Stig 2", "Ekonomi", "Det som är dolt eller saknas, och varför"]
    assert word.core_properties.title == "Stig 2, uppföljning 2014, Samordningsförbundet Uppsala län"


def test_an_intern_report_is_not_a_publication(url: str, tmp_path: Path) -> None:
    file = tmp_path / "intern.xlsx"
    done = run(url, "rapport", "--forbund", "sydnarke", "--period", "2016", "--lage", "intern", "--till", str(file))
    assert done.exit_code == 0, done.output
    assert file.is_file()
    assert load_publications(open_store(url), "sydnarke") == ()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.odt"), 2, "”x.odt” gör inte det."),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.pdf", "--mall", "m.docx"),
            2,
            "En mall går bara att använda för .docx och .pptx.",
        ),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.docx", "--mall", "finns-inte.docx"),
            1,
            "Mallen ”finns-inte.docx” finns inte.",
        ),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.pptx", "--mall", "mall.docx"),
            2,
            "Mallen för .pptx ska sluta på .pptx eller .potx. ”mall.docx” gör inte det.",
        ),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.docx", "--grupp", "norr"),
            1,
            "Ingen insats i lokusgruppen ”norr” pågår 2014. Ingen insats har någon lokusgrupp registrerad.",
        ),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.docx", "--kommun", "a", "--insats", "b"),
            2,
            "Välj en av --insats, --grupp och --kommun.",
        ),
        (
            ("rapport", "--forbund", "ange", "--period", "2014", "--till", "x.docx", "--delar", "mål"),
            2,
            "”mål” går inte att förstå. Välj bland sammanfattning, deltagare, mal,",
        ),
        (("diagram", "--forbund", "ange", "--period", "2014", "--till", "x", "--format", "gif"), 2, "Välj bland png"),
        (("rapport", "--forbund", "finns-inte", "--period", "2014", "--till", "x.docx"), 1, "finns-inte"),
    ],
)
def test_what_cannot_be_done_is_said_in_swedish(
    url: str, arguments: tuple[str, ...], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(url, *arguments)
    assert done.exit_code == code, done.output
    assert message in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_diagram_without_a_browser_writes_what_it_can_and_says_so(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM_PATH", "/finns/inte")
    folder = tmp_path / "bilder"
    done = run(
        url, "diagram", "--forbund", "uppsala-lan", "--period", "2014", "--lage", "intern", "--till", str(folder)
    )
    assert done.exit_code == 1
    assert "Bilder kan inte göras här" in done.stderr
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".txt"}
