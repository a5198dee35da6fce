"""The command line to the letter of the contract: exit codes, pure JSON, Swedish everywhere."""

from __future__ import annotations

import ast
import errno
import json
import runpy
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from finsam_dash.cli import deliveries, main
from finsam_dash.cli.frame import print_json, write_file
from finsam_dash.model import Actor, Forbund
from finsam_dash.store import Store, load_data_version, open_store, save_forbund
from finsam_dash.wording.commandline import CLICK_SWEDISH

HEADER = "Insats;Månad;Kön;Pågående vid start;Nya;Avslutade;Till arbete och/eller studier;Bortfall\n"
FILE = HEADER + "".join(
    f"Bron;2025-{month:02d};{gender};10;3;3;{k};0\n"
    for month in range(1, 13)
    for gender, k in (("Kvinna", 1), ("Man", 2))
)


@pytest.fixture
def run(tmp_path: Path):
    """Run one command on a store of its own, which begins empty."""
    url = f"sqlite:///{tmp_path / 'prov.db'}"

    def call(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["--databas", url, "--tom", *words])
        assert result.exit_code == code, result.output
        return result

    call("forbund", "ny", "--kod", "prov", "--namn", "Provförbundet")
    return call


@pytest.fixture
def delivered(run, tmp_path: Path):
    """The same, with one delivery in it."""
    path = tmp_path / "2025.csv"
    path.write_text(FILE, encoding="utf-8")
    run("importera", str(path), "--forbund", "prov", "--skapa-insatser")
    return run


def rows(result: Result) -> dict[tuple[str | None, str, str], dict]:
    found = json.loads(result.stdout)
    return {(row["insats"], row["indikator"], row["gender"]): row for row in found["rader"]}


def test_indicators_as_json(delivered) -> None:
    result = delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--json")
    content = json.loads(result.stdout)
    assert (content["forbund"], content["lage"]) == ("prov", "intern")
    assert content["period"] == {"start": "2025-01-01", "slut": "2025-12-31"}
    row = rows(result)[None, "andel_arbete_studier", "alla"]
    assert (row["status"], row["taljare"], row["namnare"], row["namnare_typ"]) == ("matt", 36, 72, "avslutade")
    assert row["varde"] == 0.5
    assert (row["undre"], row["ovre"]) == pytest.approx((0.387471, 0.612529), abs=1e-6)
    assert (row["orsak"], row["tackning"]) == (None, None)
    assert row["kalla"] == "2025.csv. Avslutade utan uppgift har aldrig lämnats: nämnaren är alla avslutade."
    cut = rows(result)["bron", "andel_kvinnor", "man"]
    assert (cut["status"], cut["orsak"], cut["varde"]) == ("saknas", "ej tillämpligt", None)
    money = rows(result)[None, "kostnad_per_resultat", "alla"]
    assert (money["status"], money["orsak"]) == ("saknas", "ingen uppgift ännu: ingen kostnad är lagrad för tiden")


def test_one_insats_only(delivered) -> None:
    result = delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--insats", "bron", "--json")
    assert {key[0] for key in rows(result)} == {"bron"}


def test_publicering_shows_what_the_grid_holds(delivered) -> None:
    result = delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--lage", "publicering", "--json")
    assert result.stderr == (
        "Röjandekontrollen räknas om för de nya uppgifterna. Det tar några sekunder, en gång för varje ändring.\n"
    )
    year = rows(result)
    assert year[None, "andel_arbete_studier", "alla"]["taljare"] == 36
    assert year["bron", "till_arbete_studier", "kvinna"]["varde"] == 12
    again = delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--lage", "publicering", "--json")
    assert (again.stdout, again.stderr) == (result.stdout, "")


def test_a_cut_outside_the_grid_is_refused_with_a_sentence(delivered) -> None:
    delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--lage", "publicering", "--json")
    whole = "Insatserna lämnas ut per halvår, per kalenderår och för sina egna beslutade perioder."
    quarter = delivered("indikatorer", "--forbund", "prov", "--period", "2025-K1", "--lage", "publicering", "--json")
    assert quarter.stderr == (
        "Första kvartalet 2025 ingår inte i det som förbundet lämnar ut, så uppgifterna för den perioden är dolda. "
        f"{whole} Hela förbundet lämnas ut också per månad. Välj en sådan period.\n"
    )
    assert {row["status"] for row in rows(quarter).values()} == {"dold", "saknas"}
    for row in rows(quarter).values():
        numbers = ("taljare", "namnare", "varde", "undre", "ovre", "tackning")
        assert all(row[name] is None for name in numbers)
    month = delivered("indikatorer", "--forbund", "prov", "--period", "2025-03", "--lage", "publicering", "--json")
    assert month.stderr == f"För mars 2025 lämnas bara hela förbundets uppgifter ut. {whole}\n"
    assert rows(month)[None, "avslutade", "alla"]["varde"] == 6
    assert rows(month)["bron", "avslutade", "alla"]["status"] == "dold"


def test_deliveries_undo_and_replace(delivered, tmp_path: Path) -> None:
    path = tmp_path / "2025.csv"
    again = delivered("importera", str(path), "--forbund", "prov")
    assert again.stdout == "Inga ändringar: allt i filen finns redan. Ingen leverans har sparats.\n"
    assert delivered("importera", str(path), "--forbund", "prov", "--torrkor").stdout == again.stdout
    path.write_text(HEADER + "Bron;2025-12;Man;10;3;3;1;0\n", encoding="utf-8")
    refused = delivered("importera", str(path), "--forbund", "prov", code=1)
    assert refused.stdout == ""
    assert refused.stderr.splitlines()[0] == ("Bron, till arbete och/eller studier, december 2025, män: från 2 till 1.")
    delivered("importera", str(path), "--forbund", "prov", "--ersatt")
    listed = json.loads(delivered("leveranser", "--forbund", "prov", "--json").stdout)["leveranser"]
    assert [(row["id"], row["rader"], row["tillstand"]) for row in listed] == [(1, 24, "aktiv"), (2, 1, "aktiv")]
    delivered("angra", "2")
    result = delivered("indikatorer", "--forbund", "prov", "--period", "2025", "--json")
    assert rows(result)[None, "till_arbete_studier", "alla"]["varde"] == 36
    listed = json.loads(delivered("leveranser", "--forbund", "prov", "--json").stdout)["leveranser"]
    assert [(row["tillstand"], row["angrad_av"]) for row in listed] == [("aktiv", None), ("angrad", "lokal användare")]
    assert listed[0]["angrad_tid"] is None
    assert listed[1]["tid"] <= listed[1]["angrad_tid"]
    delivered("kontrollera")


def test_months_that_lack_are_told(run, tmp_path: Path) -> None:
    path = tmp_path / "hoppar.csv"
    gap = "Bron: jan–feb 2025 saknas, både i filen och bland det som är inläst. Utan den tiden kan kvartal, halvår "
    path.write_text(
        HEADER + "".join(f"Bron;{month};{kon};10;3;3;1;0\n" for month in ("2024-12", "2025-03") for kon in "KM"),
        encoding="utf-8",
    )
    words = ("importera", str(path), "--forbund", "prov", "--skapa-insatser", "--json")
    told = run(*words)
    assert told.stderr == f"{gap}och år inte räknas.\n"
    assert json.loads(told.stdout)["varningar"] == [
        {"blad": None, "rad": None, "kolumn": None, "varde": None, "text": f"{gap}och år inte räknas."}
    ]


def test_a_part_that_is_delivered_without_its_number_makes_the_total_unknown(run, tmp_path: Path) -> None:
    """An empty cell is missing, never nobody: annat or okänt kön too, in the months where its row tells anything."""
    path = tmp_path / "annat.csv"
    told = "Bron;2025-01;Kvinna;10;4;5;1;0\nBron;2025-01;Man;10;4;5;1;0\nBron;2025-01;Annat/Okänt;1;1;;0;0\n"
    blank = told.replace("-01;", "-02;").replace("Okänt;1;1;;0;0", "Okänt;;;;;")
    path.write_text(HEADER + told + blank, encoding="utf-8")
    run("importera", str(path), "--forbund", "prov", "--skapa-insatser")

    def seen(month: str, indikator: str) -> tuple[int | None, str | None]:
        found = rows(run("indikatorer", "--forbund", "prov", "--period", month, "--json"))["bron", indikator, "alla"]
        return found["varde"], found["orsak"]

    assert seen("2025-01", "nya") == (9, None)
    assert seen("2025-01", "avslutade") == (None, "uppgift saknas: tomt för januari 2025")
    assert seen("2025-02", "avslutade") == (10, None)


def test_a_delivery_that_another_overtakes_is_compared_anew_and_saved(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = deliveries.save_read
    overtaken = []

    def save_after_another(store: Store, *args: object, **kwargs: object) -> int | None:
        if not overtaken:
            overtaken.append(True)
            save_forbund(store, Forbund("annat", "Annat"), Actor())
        return saved(store, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(deliveries, "save_read", save_after_another)
    path = tmp_path / "2025.csv"
    path.write_text(FILE, encoding="utf-8")
    found = run("importera", str(path), "--forbund", "prov", "--skapa-insatser", "--json")
    assert (json.loads(found.stdout)["leverans"], overtaken) == (1, [True])


def test_a_dry_run_saves_nothing(run, tmp_path: Path) -> None:
    path = tmp_path / "2025.csv"
    path.write_text(FILE, encoding="utf-8")
    found = run("importera", str(path), "--forbund", "prov", "--skapa-insatser", "--torrkor", "--json")
    assert json.loads(found.stdout)["leverans"] is None
    assert json.loads(run("leveranser", "--forbund", "prov", "--json").stdout) == {"leveranser": []}


def test_one_good_row_and_forty_bad_ones(run, tmp_path: Path) -> None:
    path = tmp_path / "fel.csv"
    bad = "".join(
        f"Bron;2025-{1 + row % 12:02d};{'Kvinna' if row < 12 else 'Flicka'};1;1,5;3;1;0\n" for row in range(28)
    )
    path.write_text(HEADER + "Bron;2024-01;Kvinna;10;3;3;1;0\n" + bad, encoding="utf-8")
    refused = run("importera", str(path), "--forbund", "prov", "--skapa-insatser", "--json", code=1)
    problems = json.loads(refused.stdout)["problem"]
    assert len(problems) == 28 + 16
    assert problems[0] == {
        "kod": "inte_heltal",
        "blad": None,
        "rad": 3,
        "kolumn": "Nya",
        "varde": "1,5",
        "text": (
            'rad 3, kolumn Nya: "1,5" är inte ett heltal. Skriv ett helt antal utan decimaler: 0 om ingen, '
            "och lämna cellen tom om uppgiften saknas."
        ),
    }
    assert len(refused.stderr.splitlines()) == len(problems)
    assert json.loads(run("leveranser", "--forbund", "prov", "--json").stdout) == {"leveranser": []}


def test_backup_and_restore(delivered, tmp_path: Path) -> None:
    copy = tmp_path / "kopia.db"
    delivered("sakerhetskopiera", "--till", str(copy))
    delivered("angra", "1")
    broken = tmp_path / "annat.db"
    broken.write_bytes(b"inte en databas")
    delivered("aterstall", str(broken), code=1)
    delivered("aterstall", str(copy))
    listed = json.loads(delivered("leveranser", "--forbund", "prov", "--json").stdout)["leveranser"]
    assert [row["tillstand"] for row in listed] == ["aktiv"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("indikatorer", "--forbund", "nix", "--period", "2025"), 1, "Förbundet ”nix” finns inte."),
        (
            ("indikatorer", "--forbund", "prov", "--period", "2025", "--insats", "nix"),
            1,
            "Insatsen ”nix” finns inte i förbundet ”prov”.",
        ),
        (("angra", "9" * 23), 1, f"Leverans {'9' * 23} finns inte. Se numren i listan över leveranser."),
        (("angra", "99"), 1, "Leverans 99 finns inte. Se numren i listan över leveranser."),
        (
            ("importera", "saknas.xlsx", "--forbund", "prov"),
            1,
            "Filen ”saknas.xlsx” finns inte. Kontrollera namnet och mappen.",
        ),
        (("forbund", "ny", "--kod", "prov", "--namn", "X"), 1, "Förbundet ”prov” finns redan."),
        (
            ("forbund", "ny", "--kod", "ny", "--namn", "Förbundet 850709-9805"),
            1,
            "Inget har sparats. Texten ser ut att innehålla ett personnummer. Ta bort det.",
        ),
        (
            (
                "insats",
                "ny",
                "--forbund",
                "prov",
                "--kod",
                "ny",
                "--namn",
                "Ny",
                "--start",
                "2025-01-01",
                "--malgrupp",
                "Unga, som 850709-9805",
            ),
            1,
            "Inget har sparats. Texten ser ut att innehålla ett personnummer. Ta bort det.",
        ),
        (("indikatorer", "--forbund", "prov", "--period", "20145"), 2, "”20145” är ingen period."),
        (("indikatorer", "--forbund", "prov", "--period", "9999"), 2, "”9999” är ingen period."),
        (
            ("rapport", "--forbund", "prov", "--period", "2025", "--till", "x.odt"),
            2,
            "Filen ska sluta på .docx, .pptx, .xlsx, .pdf eller .html. ”x.odt” gör inte det.",
        ),
        (("indikatorer", "--forbund", "prov"), 2, "Ett val saknas: '--period'."),
        (("indikatorer", "--forbund", "prov", "--period", "2025", "--nix"), 2, "Valet '--nix' finns inte."),
        (("nix",), 2, "Kommandot 'nix' finns inte."),
        (("--databas", "inte en adress", "kontrollera"), 2, "Fel: Databasens adress går inte att läsa. Skriv som "),
        (
            ("mall", "--forbund", "prov", "--ar", "1999", "--till", "m.xlsx"),
            2,
            "Fel: Ogiltigt värde för '--ar': 1999 ligger utanför 2000–2100.",
        ),
        (("importera",), 2, "Ett argument saknas: 'FIL'."),
        (("indikatorer", "--forbund", "prov", "--period", "2025", "--lage", "x"), 2, "'x' är inte något av"),
    ],
)
def test_refusals_in_swedish(run, words: tuple[str, ...], code: int, sentence: str) -> None:
    result = run(*words, code=code)
    assert sentence in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output
    for english in ("Usage", "Error", "Try ", "OPTIONS", "ARGS", "COMMAND"):
        assert english not in result.output


def test_help_is_swedish(run) -> None:
    for words in ((), ("importera",), ("insats",), ("insats", "ny"), ("malbild",), ("mall",)):
        text = run(*words, "--help").stdout
        for english in ("Usage", "Options", "Commands", "Show this", "[OPTIONS]", "default:", "required", "<="):
            assert english not in text
    assert "--ar ÅR        året som fylls i  [2000–2100; måste anges]" in text


def test_the_list_of_commands_says_what_each_does_in_a_whole_sentence(run) -> None:
    for words in ((), ("insats",), ("forbund",)):
        lines = run(*words, "--help").stdout.partition("Kommandon:")[2].partition("\n\n")[0].splitlines()
        assert len(lines) > 1
        assert [line for line in lines if (line and not line.endswith(".")) or line.endswith("...")] == []


def test_every_sentence_of_the_library_that_a_user_can_meet_is_translated() -> None:
    met = {"core.py", "exceptions.py", "formatting.py", "parser.py", "types.py"}
    never = ("defined twice", "No options defined", "Could not determine name", "Boolean option", "DeprecationWarning",
             "one parameter declaration", "iterable", "start character", "Choice(", "UUID", "values are required",
             "not executable")  # fmt: skip
    lacking = []
    for path in Path(click.__file__).parent.glob("*.py"):
        if path.name not in met:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
                lacking += [
                    text for text in texts if text not in CLICK_SWEDISH and not any(part in text for part in never)
                ]
    assert lacking == []


def test_stdout_is_pure_json_at_first_start_in_a_narrow_console(tmp_path: Path) -> None:
    """A new store is created and filled while the answer is asked for; stdout holds the JSON in UTF-8 all the same."""
    command = [sys.executable, "-m", "finsam_dash", "--databas", f"sqlite:///{tmp_path / 'ny.db'}"]
    done = subprocess.run(
        [*command, "indikatorer", "--forbund", "uppsala-lan", "--period", "2014", "--json"],
        capture_output=True,
        cwd=Path(__file__).parents[1],
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "SYSTEMROOT": ""},
        check=True,
    )
    content = json.loads(done.stdout.decode("utf-8"))
    values = {(row["insats"], row["indikator"], row["gender"]): row for row in content["rader"]}
    headline = values[None, "andel_arbete_studier", "alla"]
    assert (headline["taljare"], headline["namnare"]) == (88, 277)
    assert (headline["varde"], headline["undre"], headline["ovre"]) == pytest.approx(
        (0.317689, 0.265675, 0.374692), abs=1e-6
    )
    for indikator, gender, expected in (
        ("deltagare", "alla", 454),
        ("andel_kvinnor", "alla", 0.53),
        ("andel_under_30", "alla", 0.56),
        ("andel_forsorjning_over_3_ar", "alla", 0.41),
        ("andel_arbete_studier", "kvinna", 0.29),
        ("andel_arbete_studier", "man", 0.34),
    ):
        assert values[None, indikator, gender]["varde"] == expected
    assert done.stderr.decode("utf-8") == (
        "Databasen fylls med det som följer med programmet: publicerade uppgifter och ett exempel. Vänta lite.\n"
    )


def test_ctrl_c_while_the_program_is_read_leaves_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "finsam_dash.cli", Interrupted("finsam_dash.cli"))
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("finsam_dash", run_name="__main__")
    assert ended.value.code == "Avbrutet. Inget har sparats."


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "rapport.docx"
    write_file(place, b"whole")

    def write_half(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(click.exceptions.Exit) as refused:
        write_file(place, b"other")
    assert refused.value.exit_code == 1
    told = f"”{place}” kan inte skrivas: disken är full. Frigör plats och försök igen.\n"
    assert capsys.readouterr().err == told
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("rapport.docx", b"whole")]


def test_an_empty_store_is_read_without_being_written(delivered, tmp_path: Path) -> None:
    """A store that may only be read answers what is asked of it."""
    store = open_store(f"sqlite:///{tmp_path / 'prov.db'}")
    before = load_data_version(store)
    store.close()
    with sqlite3.connect(tmp_path / "prov.db") as connection:
        connection.execute(
            "CREATE TRIGGER read_only BEFORE UPDATE ON state BEGIN SELECT RAISE(ABORT, 'read only'); END"
        )
    delivered("leveranser", "--forbund", "prov")
    store = open_store(f"sqlite:///{tmp_path / 'prov.db'}")
    assert load_data_version(store) == before
    store.close()


def test_an_answer_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(click.exceptions.Exit) as refused:
        print_json({})
    monkeypatch.undo()
    assert refused.value.exit_code == 1
    assert capsys.readouterr().err == "Svaret gick inte att skriva ut. Är disken full, eller är utmatningen stängd?\n"
