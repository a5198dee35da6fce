"""Every change that the store can log is one Swedish line, on Stockholm's clock."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from build_figures import insats
from build_store import ME, deliver, empty_store
from published_store import published_store

import finsam_dash.store
from finsam_dash import model
from finsam_dash.deliveries import PROGRAM
from finsam_dash.model import Actor, Period, Settings, Target, TargetComment
from finsam_dash.store import (
    LogEntry,
    load_all_forbund,
    load_insatser,
    load_log,
    remove_entry,
    save_entries,
    save_grupp,
    save_insats,
    save_new_insatser,
    save_settings,
    undo_delivery,
)
from finsam_dash.wording.log import REGISTERS, WHAT, format_log_row

YEAR = Period.year(2025)
GOAL = Target("mal-1", "Plan", "resultatmal", "Samverkan ska stärkas.", YEAR)


def tell(what: str, after: str, before: str = "", actor: Actor = ME, reason: str = "") -> tuple[str, ...]:
    return format_log_row(LogEntry(1, "2026-05-02T22:30:00Z", "provet", actor, what, before, after, reason, 1))


def test_every_code_of_the_log_and_every_register_has_its_words() -> None:
    folder = Path(finsam_dash.store.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert set(re.findall(r'\bwrite\(\w+, actor, "([a-z]+)"', source)) == set(WHAT)
    assert all(hasattr(model, kind) for kind in REGISTERS)
    # All that a new store is filled with can be told.
    for forbund in load_all_forbund(published_store()):
        for entry in load_log(published_store(), forbund.kod):
            assert all(format_log_row(entry)[:3]), entry.what


def test_changes_are_told_with_what_was_changed() -> None:
    store = empty_store(insats("bro"))
    first = deliver(store, ("bro", "nya", "alla", "2025-03", 4), name="mars.csv")
    undo_delivery(store, first, ME)
    save_insats(store, "provet", replace(load_insatser(store, "provet")[0], ort="Orten"), ME)
    save_new_insatser(store, "provet", [replace(insats("stegen"), namn="Stegen")], ME)
    save_grupp(store, "provet", "norra", "Norra", ME)
    save_entries(store, "provet", [GOAL, TargetComment("mal-1", YEAR, "Bättre.")], ME, reason="mål inlagt")
    save_entries(store, "provet", [replace(GOAL, text="Samverkan stärks.")], ME)
    remove_entry(store, "provet", Target, "mal-1", ME)
    save_settings(store, "provet", Settings(accent="#123456", report_day=15), ME)
    told = [format_log_row(entry)[1] for entry in load_log(store, "provet")]
    assert told[-9:] == [
        "Leverans 1 inläst: mars.csv",
        "Leverans 1 ångrad: mars.csv",
        "Insatsen BRO ändrad",
        "Insatser inlagda: stegen",
        "Lokusgruppen Norra inlagd",
        "Inlagt: mål (1) och analyser av mål (1)",
        "Ändrat: mål (1)",
        "Borttaget: mål (1)",
        "Inställningar ändrade: färgen och redovisningsdagen",
    ]
    (latest,) = load_log(store, "provet", newest=1)
    assert latest == load_log(store, "provet")[-1]


def test_a_start_that_follows_the_figures_and_what_is_done_to_the_store_are_told() -> None:
    after = '{"leverans": 7, "fil": "jan.csv", "starter": {"navet": "2026-01-01"}}'
    assert tell("leverans", after, '{"starter": {"navet": "2026-03-01"}}', reason="sen fil") == (
        "2026-05-03 00:30", "Leverans 7 inläst: jan.csv; insatsen navet börjar 2026-01-01", ME.name, "Sen fil"
    )  # fmt: skip
    assert tell("aterstall", '{"fil": "kopia.db"}')[1] == "Säkerhetskopian kopia.db återställd"
    assert tell("forbund", '{"namn": "Norr"}', '{"namn": "Nord"}')[1] == "Förbundet Norr ändrat"
    assert tell("publicering", '{"vad": "rapport.docx", "period": "2025-H1"}')[1] == (
        "Utlämnat: rapport.docx, första halvåret 2025"
    )
    assert tell("fyllning", "{}", actor=PROGRAM)[1:3] == (
        "Det som följer med programmet är inlagt", "Följer med programmet"
    )  # fmt: skip
