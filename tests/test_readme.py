"""The documents read against the program: commands, files, headers, pages, words and links are there."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import finsam_dash
from finsam_dash.cli import main
from finsam_dash.intake import HEADERS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def list_commands() -> Iterator[str]:
    """Every command in README: those of its shell blocks, one a `&&`, and those in running text."""
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            yield from (part.strip() for part in line.split("&&"))
    yield from (text for text in re.findall(r"`([^`\n]+)`", README) if text.startswith((".venv", "py -m", "python")))


def list_own_commands() -> list[list[str]]:
    """The arguments of every `python -m finsam_dash` in README, and of commands named alone in running text."""
    found = [shlex.split(command) for command in list_commands() if "-m finsam_dash " in command]
    return [words[words.index("finsam_dash") + 1 :] for words in found]


def test_the_two_commands_stand_first_and_name_what_is_there() -> None:
    first_screen = "\n".join(README.splitlines()[:20])
    start, check = re.findall(r"```sh\n(python3 .*)\n```", first_screen)
    for command, requirements, last in (
        (start, "requirements.txt", "streamlit run app.py"),
        (check, "requirements-dev.txt", "python -m pytest -n auto"),
    ):
        assert command == (
            f"python3 -m venv .venv && .venv/bin/pip install -q -r {requirements} && .venv/bin/{last}"
        )  # fmt: skip
        assert (ROOT / requirements).is_file()
    assert (ROOT / "app.py").is_file()


@pytest.mark.parametrize("words", list_own_commands(), ids=" ".join)
def test_a_command_of_the_readme_can_be_understood(words: list[str]) -> None:
    """The words are parsed as the command line would, and nothing is run."""
    command: click.Command = main
    rest = list(words)
    while rest and isinstance(command, click.Group) and rest[0] in command.commands:
        command = command.commands[rest.pop(0)]
    if rest == ["--help"]:
        return
    assert not isinstance(command, click.Group), words
    command.make_context(command.name, rest)


def test_a_command_that_is_not_there_is_not_understood() -> None:
    with pytest.raises(click.UsageError):
        main.commands["importera"].make_context("importera", ["mars.xlsx", "--forbundet", "mitt"])


def test_every_other_command_runs_a_module_or_file_that_is_there() -> None:
    for command in list_commands():
        words = shlex.split(command.replace("\\", "/"))
        if "-m" in words:
            module = words[words.index("-m") + 1]
            known = {"venv", "pytest", "finsam_dash", "finsam_dash.wording.method_page"}
            assert module in known, command
        elif words[0] == "bash":
            assert os.access(ROOT / words[1], os.X_OK)
        else:
            assert Path(words[0]).name in ("pip", "streamlit", "python"), command


def test_the_short_commands_are_in_the_justfile() -> None:
    recipes = set(re.findall(r"^([a-z]+)(?: \*\w+)?:$", (ROOT / "justfile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`just (\w+)`", README))
    assert named
    assert named <= recipes
    for path in re.findall(
        r"(?<!\w)((?:tests|docs|data|finsam_dash)/[\w./-]+)", (ROOT / "justfile").read_text("utf-8")
    ):
        assert (ROOT / path).exists(), path


def test_the_headers_of_the_month_s_file_are_those_that_intake_reads() -> None:
    table = README.split("| Rubrik | Betyder |")[1].split("\n\n")[0]
    named = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)[1:]
    understood = {word.header for word in HEADERS.values() if "manad" in word.forms}
    assert len(named) == 15
    assert [header for header in named if header not in understood] == []


def test_the_pages_of_the_readme_are_those_of_the_router() -> None:
    table = README.split("| Sida | Svarar på |")[1].split("\n\n")[0]
    named = re.findall(r"^\| ([^|]+?) \|", table, re.MULTILINE)[1:]
    router = (ROOT / "finsam_dash" / "ui" / "router.py").read_text("utf-8")
    shown = [title for _, title in re.findall(r'\("(\w+\.py)", "([^"]+)"', router)]
    assert named == shown, "give each page of GROUPS in the router its row in README, in the same order"


def test_every_room_is_in_the_readme() -> None:
    rooms = {
        path.stem
        for path in (ROOT / "finsam_dash").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    table = README.split("| Room | Holds |")[1].split("\n\n")[0]
    named = set(re.findall(r"`(\w+)`", table.replace("finsam_dash/texts", "")))
    assert {room for room in rooms if not room.startswith("__")} <= named


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text("utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", sorted((ROOT / "docs" / "beslut").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_fits_on_one_screen(document: Path) -> None:
    text = document.read_text("utf-8")
    number = int(document.name[:2])
    assert text.startswith(f"# {number}. ")
    assert len(text.splitlines()) <= 40
    assert "**Decision.**" in text
    assert "**Why.**" in text


def test_every_word_of_the_word_list_stands_once_and_is_used() -> None:
    text = (ROOT / "docs" / "ORDLISTA.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)[2:]
    words = [word for word, _, _ in rows]
    assert len(rows) > 50
    assert len(set(words)) == len(words)
    sources = [path for kind in ("*.py", "*.toml") for path in (ROOT / "finsam_dash").rglob(kind)]
    used = {path.stem for path in (ROOT / "data").rglob("*.csv")}
    for source in sources:
        used |= set(re.findall(r"\w+", source.read_text("utf-8")))
    assert [name for _, names, _ in rows for name in names.split(", ") if name not in used] == []


def test_the_list_of_changes_begins_with_what_changes_figures() -> None:
    versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert versions[0].splitlines()[0].startswith(finsam_dash.__version__)
    for version in versions:
        assert re.findall(r"^### (.+)$", version, re.MULTILINE)[0] == "Ändrar siffror"


def test_the_version_is_the_same_everywhere() -> None:
    stated = re.search(r'^version = "([^"]+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert stated is not None
    assert stated[1] == finsam_dash.__version__
