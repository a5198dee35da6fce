"""Att uppmärksamma out of a store: each rule on a worked case, its sentence whole, and silence beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from build_figures import insats, share_goal
from build_store import ME, deliver, empty_store
from published_store import published_store

from finsam_dash.judgement.attention import Rule
from finsam_dash.model import Lage, Period, Purpose, TargetKind, Unit
from finsam_dash.report.build import build_report
from finsam_dash.report.content import Report
from finsam_dash.store import Store, save_entries
from finsam_dash.wording.attention import RULES, AttentionLine, format_attention
from finsam_dash.wording.numbers import format_plain

Row = tuple[str, str, str, str, float | None]
YEAR = Period.parse("2025")
EARLY = date(2026, 1, 10)
SHARE_GOAL = share_goal(
    level="insatsmal",
    text="Hälften ska gå vidare till arbete eller studier.",
    period=Period.parse("2025-01/2026-12"),
    malvarde=0.5,
    insats="ett",
)
COUNT_GOAL = replace(
    SHARE_GOAL, kod="mal-2", text="150 ska avsluta.", kind=TargetKind.ANTAL, indikator="avslutade", namnare_typ=None,
    malvarde=150, unit=Unit.ANTAL,
)  # fmt: skip


def month(year: int, number: int) -> str:
    return f"{year}-{number:02d}"


def fill_months(kod: str, years: dict[int, tuple[int, int]], *, stock: int = 20, new: int | None = None) -> list[Row]:
    """Per year so many of so many avslutade each month went to arbete or studier; as many come as leave."""
    rows: list[Row] = []
    for year, (hits, left) in years.items():
        for number in range(1, 13):
            counts = {
                "pagaende": stock, "nya": left if new is None else new, "avslutade": left, "avslutade_utan_uppgift": 0,
                "till_arbete_studier": hits, "bortfall": 0,
            }  # fmt: skip
            rows += [(kod, matt, "alla", month(year, number), value) for matt, value in counts.items()]
    return rows


def change(rows: list[Row], period: str, matt: str, value: float) -> list[Row]:
    """The same rows with one figure another."""
    return [(*row[:4], value) if (row[1], row[3]) == (matt, period) else row for row in rows]


def build(store: Store, as_of: date = date(2026, 1, 20), period: Period = YEAR) -> Report:
    return build_report(store, "provet", period, lage=Lage.INTERN, as_of=as_of, sections=("attention",))


def list_lines(store: Store, as_of: date = date(2026, 1, 20), period: Period = YEAR) -> list[AttentionLine]:
    found = build(store, as_of, period).attention
    assert found is not None
    return format_attention(found, {"ett": "Ettan", "tva": "Tvåan", "tre": "Trean"})


def list_texts(store: Store, as_of: date = date(2026, 1, 20)) -> list[str]:
    return [format_plain(line.text) for line in list_lines(store, as_of)]


def test_a_quiet_insats_says_nothing_and_publicering_has_no_list() -> None:
    store = empty_store(insats("ett"))
    deliver(store, *fill_months("ett", {2023: (3, 8), 2024: (3, 8), 2025: (3, 8)}), known_from=EARLY)
    assert list_texts(store) == []
    public = build_report(store, "provet", YEAR, lage=Lage.PUBLICERING, as_of=EARLY, sections=("attention",))
    assert public.attention is None


def test_a_share_out_of_reach() -> None:
    """12 of 120, 5 still inskrivna: (12 + 5)/(120 + 5) = 13.6 % < 50 %."""
    store = empty_store(insats("ett"))
    deliver(store, *fill_months("ett", {2025: (1, 10)}, stock=5), known_from=EARLY)
    save_entries(store, "provet", [SHARE_GOAL], ME)
    assert list_texts(store) == [
        "Ettan: målet 50 % går inte att nå med dem som är inskrivna nu. 12 av 120 hittills, och om alla 5 som är kvar "
        "lyckas blir det 14 %."
    ]


def test_a_share_within_reach_says_nothing() -> None:
    """12 of 120, 100 still inskrivna: 112/220 = 51 %."""
    store = empty_store(insats("ett"))
    deliver(store, *fill_months("ett", {2025: (1, 10)}, stock=100), known_from=EARLY)
    save_entries(store, "provet", [SHARE_GOAL], ME)
    assert list_texts(store) == []


def test_a_count_out_of_reach_and_one_that_the_pace_may_fill() -> None:
    """60 left and 20 are inskrivna: 70 lack to 150 in the same time again. 12 new say no, 60 new may do."""
    for new, expected in ((1, 1), (5, 0)):
        store = empty_store(insats("ett"))
        rows = fill_months("ett", {2025: (2, 5)}, new=new)
        deliver(store, *change(rows, "2025-12", "pagaende", 24 - new), known_from=EARLY)
        save_entries(store, "provet", [COUNT_GOAL], ME)
        found = [line for line in list_lines(store) if line.rule == RULES[Rule.MAL]]
        assert len(found) == expected
    store = empty_store(insats("ett"))
    rows = fill_months("ett", {2025: (2, 5)}, new=1)
    deliver(store, *change(rows, "2025-12", "pagaende", 24), known_from=EARLY)
    save_entries(store, "provet", [COUNT_GOAL], ME)
    assert format_plain(list_lines(store)[0].text) == (
        "Ettan: målet 150 går inte längre att nå. 60 hittills, och 20 är kvar. Med samma takt som hittills, 12 nya, "
        "räcker inte tolv månader till."
    )


def test_those_inskrivna_are_not_counted_again_in_a_goal_of_those_who_began() -> None:
    """60 began and 500 are inskrivna: they are among those who began, in this time or before."""
    store = empty_store(insats("ett"))
    deliver(store, *fill_months("ett", {2025: (2, 5)}, stock=500), known_from=EARLY)
    goal = replace(COUNT_GOAL, indikator="nya", text="300 ska börja.", malvarde=300)
    save_entries(store, "provet", [goal], ME)
    found = build(store).attention or ()
    assert [(item.rule, item.number("k"), item.number("kvar")) for item in found] == [(Rule.MAL, 60, 0)]


def test_a_signal_over_time() -> None:
    """Two years of 6 of 20 a month, then 18 of 20: the month lies outside the limits."""
    store = empty_store(insats("ett"))
    rows = fill_months("ett", {2023: (6, 20), 2024: (6, 20), 2025: (6, 20)})
    deliver(store, *change(rows, "2025-09", "till_arbete_studier", 18), known_from=EARLY)
    lines = list_lines(store)
    assert [(line.rule, line.path, line.insats) for line in lines] == [("Signal över tid", "insats", "ett")]
    assert format_plain(lines[0].text) == (
        "Ettan: andelen till arbete eller studier är högre än tidigare, mer än slumpen brukar ge (utanför gränsen). "
        "Senaste månad: 18 av 20, i snitt 32 % över 33 mätpunkter."
    )


def test_a_level_that_falls_and_hides_in_its_own_limits() -> None:
    """Two years of which the last is lower: too few points for limits by quarter, yet 12 of 72 against 36 of 72."""
    store = empty_store(insats("ett"))
    deliver(store, *fill_months("ett", {2024: (3, 6), 2025: (1, 6)}), known_from=date(2026, 5, 10))
    assert list_texts(store) == [
        "Ettan: andelen till arbete eller studier är lägre än året före. 12 av 72 avslutade 2025, mot 36 av 72 de tolv "
        "månaderna före (säkert på 99,8-procentsnivån)."
    ]
    assert [line.rule for line in list_lines(store)] == ["Ny nivå"]


def test_bortfall_unlike_itself() -> None:
    """2 of 10 a month after none."""
    store = empty_store(insats("ett"))
    rows = [
        (*row[:4], 2.0) if row[1] == "bortfall" and row[3].startswith("2025") else row
        for row in fill_months("ett", {2024: (3, 10), 2025: (3, 10)})
    ]
    deliver(store, *rows, known_from=date(2026, 5, 10))
    assert list_texts(store) == [
        "Ettan: bortfallet skiljer sig från året före. 24 av 120 avslutade 2025, mot 0 av 120 de tolv månaderna före "
        "(säkert på 99,8-procentsnivån)."
    ]


def test_consumption_off_plan_from_half_a_year() -> None:
    """1.3 times an even consumption; in May it is not asked about yet."""
    store = empty_store(insats("ett"))
    cost: list[Row] = [("ett", "kostnad", "alla", month(2025, number), 130_000) for number in range(1, 13)]
    deliver(store, ("ett", "budget", "alla", "2025", 1_200_000), *cost, known_from=EARLY)
    assert list_texts(store) == [
        "Hela förbundet: förbrukningskvoten är 130 % 2025. 100 % är enligt plan; regeln gäller utanför 80–120 %.",
        "Ettan: förbrukningskvoten är 130 % 2025. 100 % är enligt plan; regeln gäller utanför 80–120 %.",
    ]
    assert list_lines(store, period=Period.parse("2025-05")) == []
    assert [line.path for line in list_lines(store, period=Period.parse("2025-06"))] == ["ekonomi", "ekonomi"]


def test_a_month_that_others_have_delivered() -> None:
    store = empty_store(insats("ett"), insats("tva"))
    ett = [row for row in fill_months("ett", {2025: (2, 5)}) if row[3] < "2025-11"]
    deliver(store, *ett, *fill_months("tva", {2025: (2, 5)}), known_from=EARLY)
    assert list_texts(store, date(2025, 12, 10)) == []
    assert list_texts(store, date(2025, 12, 11)) == [
        "Ettan: november 2025 är inte redovisad, fast andra insatser har redovisat."
    ]
    assert list_texts(store, date(2026, 1, 20)) == [
        "Ettan: två månader, senast december 2025, är inte redovisade, fast andra insatser har redovisat."
    ]
    assert [line.path for line in list_lines(store)] == ["las-in"]


def test_months_that_nobody_has_delivered_are_said_once() -> None:
    """October is due on 10 November."""
    both = [*fill_months("ett", {2025: (2, 5)}), *fill_months("tva", {2025: (2, 5)})]
    store = empty_store(insats("ett"), insats("tva"))
    deliver(store, *[row for row in both if row[3] < "2025-10"], known_from=EARLY)
    assert list_texts(store, date(2025, 11, 10)) == []
    assert list_texts(store, date(2025, 11, 11)) == ["Hela förbundet: oktober 2025 är inte redovisad av någon insats."]
    alone = empty_store(insats("ett"))
    deliver(alone, *[row for row in both if row[0] == "ett" and row[3] < "2025-10"], known_from=EARLY)
    assert list_texts(alone, date(2025, 12, 20)) == ["Ettan: två månader, senast november 2025, är inte redovisade."]


def test_what_all_lack_and_what_one_lacks_are_said_apart() -> None:
    both = [*fill_months("ett", {2025: (2, 5)}), *fill_months("tva", {2025: (2, 5)})]
    store = empty_store(insats("ett"), insats("tva"))
    deliver(store, *[row for row in both if row[3] < ("2025-10" if row[0] == "ett" else "2025-11")], known_from=EARLY)
    assert list_texts(store, date(2025, 12, 20)) == [
        "Hela förbundet: november 2025 är inte redovisad av någon insats.",
        "Ettan: oktober 2025 är inte redovisad, fast andra insatser har redovisat.",
    ]


def test_volym_by_quarter_is_not_late_because_others_report_by_month() -> None:
    store = empty_store(insats("ett"), insats("tva"))
    volume: list[Row] = [("tva", "deltagare_utan_personuppgifter", "alla", month(2025, n), 30) for n in range(1, 10)]
    deliver(store, *fill_months("ett", {2025: (2, 5)}), *volume, known_from=EARLY)
    assert list_texts(store, date(2026, 1, 20)) == []
    assert list_texts(store, date(2026, 2, 11)) == ["Tvåan: oktober 2025 är inte redovisad."]


def test_what_was_final_and_is_changed() -> None:
    store = empty_store(insats("ett"))
    rows = fill_months("ett", {2025: (2, 6)})
    deliver(store, *rows, known_from=EARLY)
    deliver(store, ("ett", "nya", "alla", "2025-03", 9), ("ett", "nya", "alla", "2025-12", 9), name="Rättelse")
    assert list_texts(store) == [
        "Ettan: in och ut går inte ihop efter mars 2025. Pågående vid nästa månads början är 3 färre än pågående + nya "
        "− avslutade.",
        "Ettan: ett tal som redan var klart ändrades av den senaste leveransen (Rättelse), senast för mars 2025.",
    ]
    deliver(store, ("ett", "nya", "alla", "2025-03", 8), name="En till")
    assert list_texts(store) == []


def test_a_flow_that_does_not_add_up() -> None:
    """20 + 5 − 5 is 20; 26 in April are six too many, and the three of June are fewer."""
    store = empty_store(insats("ett"))
    rows = change(fill_months("ett", {2025: (2, 5)}), "2025-04", "pagaende", 26)
    deliver(store, *change(rows, "2025-07", "pagaende", 17), known_from=EARLY)
    found = build(store).attention or ()
    assert [(item.rule, item.period.code, item.number("skillnad")) for item in found] == [(Rule.FLODE, "2025-03", 6)]


def test_one_insats_unlike_the_others() -> None:
    """96, 36 and 48 of 120: the line of all three is 180 of 360."""
    store = empty_store(*(insats(kod, purpose=Purpose.ATERGANG) for kod in ("ett", "tva", "tre")))
    deliver(store, *fill_months("ett", {2025: (8, 10)}), *fill_months("tva", {2025: (3, 10)}),
            *fill_months("tre", {2025: (4, 10)}), known_from=EARLY)  # fmt: skip
    lines = [line for line in list_lines(store) if line.rule == RULES[Rule.AVVIKER]]
    assert [(line.path, line.insats) for line in lines] == [("jamforelse", "ett"), ("jamforelse", "tva")]
    assert format_plain(lines[0].text) == (
        "Ettan ligger tydligt över insatser med samma syfte 2025: 96 av 120 mot 50 %. Tre jämförelser gjordes, "
        "gräns 99,8 %."
    )


def test_a_subgroup_that_stands_for_its_insats_is_unlike_as_on_jamforelse() -> None:
    """United Action prints its share by age alone; the page and the list point at the same rows."""
    report = build_report(
        published_store(), "uppsala-lan", Period.year(2014), lage=Lage.INTERN, as_of=date(2026, 11, 23),
        sections=("attention", "comparison"),
    )  # fmt: skip
    pooled = [line for comparison in report.comparison or () for line in comparison.lines if line.line.kind == "pooled"]
    found = [item for item in report.attention or () if item.rule is Rule.AVVIKER]
    keys = [f"{item.insats}/{item.text}" if item.text else item.insats for item in found]
    assert keys == [key for line in pooled for key in (*line.over, *line.under)]
    assert format_plain(format_attention(found, {"united-action": "United Action"})[0].text) == (
        "United Action 20–64 år ligger tydligt över hela förbundet i juni 2013–dec 2014: 51 av 77 mot 32 %. Sex "
        "jämförelser gjordes, gräns 99,8 %."
    )
