"""What is said of a series, of preliminary months, of the year before and of equal mix: whole sentences."""

from datetime import date

import pytest

from finsam_dash.judgement.over_time import LimitPoint, SeriesReading
from finsam_dash.judgement.over_time_lag import Lag, LagStep
from finsam_dash.model import Forbund, Lage, Measured, Missing, Period, Purpose, Reason, Riktning, Suppressed
from finsam_dash.report.content import Report
from finsam_dash.report.content_comparison import CaseMix, CaseMixRow, Comparison, LineComparison
from finsam_dash.report.content_over_time import LatePoint, OverTime, Series
from finsam_dash.report.content_parts import Benchmark, DotRow, EventNote, GroupDifference, TrendPoint
from finsam_dash.stats.proportions import wilson
from finsam_dash.wording import comparison, mix
from finsam_dash.wording import over_time as words
from finsam_dash.wording.numbers import format_plain

YEAR, BEFORE = Period.year(2025), Period.year(2024)
REPORT = Report(
    Forbund("a", "A"), YEAR, Lage.PUBLICERING, date(2026, 1, 1), 1, 5, (), (), (), publishing_grid="halvar"
)  # fmt: skip
QUIET = (LimitPoint(0, 0, 0.1, 0.6, False), LimitPoint(1, 1, 0.1, 0.6, False))
LOUD = (LimitPoint(0, 0, 0.1, 0.6, True), LimitPoint(1, 1, 0.1, 0.6, False))


def share(k: int, n: int) -> Measured:
    return Measured(k / n, k, n, *wilson(k, n))


def series(reading: SeriesReading | None, **changed: object) -> Series:
    points = (TrendPoint(Period.parse("2025-08"), share(3, 10)), TrendPoint(Period.parse("2025-09"), share(4, 10)))
    return Series("manad", points, reading=reading, **changed)


OVER = OverTime(None, (), 0.3, Riktning.MINST)


@pytest.mark.parametrize(
    ("reading", "title"),
    [
        (
            SeriesReading("p_diagram", 20, 1, limits=QUIET),
            "Andelen till arbete eller studier varierar inte mer än slumpen brukar ge",
        ),
        (
            SeriesReading("p_diagram", 20, 1, limits=LOUD),
            "En tidigare punkt avviker mer än slumpen brukar ge, men inte den senaste",
        ),
        (
            SeriesReading("p_diagram", 20, 3, -1, "sju_pa_en_sida", limits=LOUD),
            "Det senaste kvartalet pekar nedåt, mer än slumpen brukar ge",
        ),
        (SeriesReading("lopdiagram", 11, 1, 1), "Nivån har förskjutits mer än slumpen brukar ge"),
        (
            SeriesReading("trend", 9, 6, 1),
            "Andelen till arbete eller studier har ökat mer än slumpen förklarar",
        ),
        (
            SeriesReading("trend", 9, 6),
            "Ingen säker ökning eller minskning av andelen till arbete eller studier",
        ),
        (
            SeriesReading("lopdiagram", 11, 1),
            "Inget tecken på att andelen till arbete eller studier har förskjutits",
        ),
        (SeriesReading("for_fa", 4, 12), "För få mätpunkter för att säga något om utvecklingen"),
        (None, "Andel till arbete eller studier över tid"),
    ],
)
def test_the_title_is_the_finding(reading, title):
    assert words.format_series_title(series(reading)) == title


def test_a_hidden_point_a_refused_cut_and_a_rolling_year_have_titles_of_their_own():
    hidden = Series("halvar", (TrendPoint(Period.parse("2025-H1"), Suppressed()),))
    assert words.format_series_title(hidden) == "Serien läses inte: minst ett tal visas inte"
    assert words.format_series_title(Series("tertial", refused=True)) == "Tertial lämnas inte ut"
    assert words.format_series_title(Series("manad", refused=True)) == "Enskilda månader lämnas inte ut"
    rolling = Series("rullande", (TrendPoint(Period.parse("2024-10/2025-09"), share(31, 94)),))
    assert format_plain(words.format_series_title(rolling)) == (
        "33 procent gick till arbete eller studier de tolv månaderna t.o.m. sep 2025"
    )
    few = Series("rullande", (TrendPoint(Period.parse("2024-10/2025-09"), share(1, 3)),))
    assert format_plain(words.format_series_title(few)) == (
        "1 av 3 gick till arbete eller studier de tolv månaderna t.o.m. sep 2025. För få för en bedömning."
    )


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (
            SeriesReading("p_diagram", 20, 1, 1, "utanfor_grans"),
            "Den senaste månaden är högre än slumpen brukar ge – utanför gränsen (p-diagram, 20 månader).",
        ),
        (
            SeriesReading("p_diagram", 14, 4, -1, "tva_av_tre"),
            "Det senaste tertialet är lägre än slumpen brukar ge – två av tre nära gränsen (p-diagram, 14 tertial).",
        ),
        (
            SeriesReading("p_diagram", 20, 1, -1, "sju_at_samma_hall"),
            "Andelen har sjunkit sju i rad åt samma håll, mer än slumpen brukar ge (p-diagram, 20 månader).",
        ),
        (
            SeriesReading("xmr", 13, 12, 0),
            "Det senaste året skiljer sig inte mer än slumpen brukar ge (XmR-diagram, 13 år).",
        ),
    ],
)
def test_a_reading_names_its_rule(reading, text):
    assert format_plain(words.format_reading(reading)) == text


def test_a_number_of_points_stays_with_its_noun():
    assert words.format_reading(SeriesReading("for_fa", 8, 3)).endswith(": 8\u00a0kvartal, minst 10 behövs.")


@pytest.mark.parametrize(
    ("reach", "limits", "text"),
    [
        (
            "ibland",
            QUIET,
            "Klarar ibland målet minst 30 %: en månad hamnar på den ena eller andra sidan utan att något har ändrats.",
        ),
        (
            "alltid",
            QUIET,
            "Klarar alltid målet minst 30 %: så länge inget ändras hamnar nästan varje punkt (en månad) på rätt sida.",
        ),
        (
            "aldrig",
            QUIET,
            "Klarar aldrig målet minst 30 %: så länge inget ändras hamnar nästan varje punkt (en månad) på fel sida.",
        ),
        ("ibland", LOUD, "Hela tiden tillsammans klarar ibland målet minst 30 %, men nivån har ändrats under tiden."),
        ("", QUIET, ""),
    ],
)
def test_whether_the_target_is_met_is_said_in_words(reach, limits, text):
    reading = SeriesReading("p_diagram", 20, 1, reach=reach, limits=limits)
    assert format_plain(words.format_reach(reading, 0.3, Riktning.MINST)) == text


def test_the_lead_says_what_the_points_are_and_how_far_they_were_read():
    reading = SeriesReading("p_diagram", 19, 3, limits=QUIET)
    joined = series(reading, joined=(TrendPoint(Period.parse("2025-07/2025-09"), share(9, 30)),))
    joined = Series(
        joined.step, joined.points, reading=reading, joined=joined.joined, read_until=Period.parse("2025-09")
    )
    assert format_plain(words.format_series_lead(OVER, joined)) == (
        "Stora punkter: kvartal, för en månad i taget är för få. Grå punkter: månader. Det senaste kvartalet skiljer "
        "sig inte mer än slumpen brukar ge (p-diagram, 19 kvartal). Läst t.o.m. sep 2025."
    )
    assert words.format_series_lead(OVER, Series("rullande")) == (
        "Linje: rullande tolv månader. Inga regler prövas på dem, för grannar delar elva månader."
    )


STEPS = (
    LagStep(1, 57, 57, 4, 13), LagStep(2, 57, 54, 1, 6), LagStep(3, 57, 31, 0, 2),
    LagStep(4, 57, 0, 0, 0),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lag", "text"),
    [
        (
            Lag("forbund", STEPS),
            "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i en månad "
            "brukar den öka med 4–13 avslutade, efter två med 1–6, efter tre med 0–2 och efter fyra inte alls. Så har "
            "det varit åtta gånger av tio (hela förbundets 57 klara månader).",
        ),
        (
            Lag("insats", (LagStep(2, 14, 3, -1, 2),)),
            "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i två månader "
            "brukar den ändras med −1 till 2 avslutade. Så har det varit åtta gånger av tio (insatsens 14 klara "
            "månader).",
        ),
        (
            Lag("insatser", (LagStep(1, 40, 2, 0, 0),)),
            "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i en månad "
            "brukar den inte öka alls. Så har det varit åtta gånger av tio (40 klara månader hos alla insatser, för "
            "insatsens egna är för få).",
        ),
        (
            Lag("insats", ()),
            "Hur mycket preliminära månader brukar ändras är inte känt: det krävs minst 12 månader som lämnades in i "
            "tid och sedan har blivit klara.",
        ),
        (
            Lag("insats", (LagStep(1, 15, 15, 1, 1), *(LagStep(age, 15, 0, 0, 0) for age in (2, 3, 4)))),
            "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i en månad "
            "brukar den öka med 1 avslutad och efter två inte alls. Så har det varit åtta gånger av tio (insatsens 15 "
            "klara månader).",
        ),
        (None, ""),
    ],
)
def test_the_usual_corrections_in_words(lag, text):
    assert format_plain(words.format_lag(lag)) == text


def test_the_notes_name_each_preliminary_point_and_what_lacks_an_insats():
    points = (
        TrendPoint(Period.parse("2025-11"), share(9, 30), True),
        TrendPoint(Period.parse("2025-12"), share(6, 27), True),
    )
    late = (
        LatePoint(points[0].period, 0.3, 0.3, 0, 0),
        LatePoint(points[1].period, 0.18, 0.33, 0, 3),
    )
    found = Series("manad", points, late=late, partial=(points[1].period,))
    over = OverTime(None, (found,), lag=Lag("forbund", STEPS[3:]))
    assert [format_plain(note) for note in words.format_series_notes(over, found)] == [
        "December 2025 brukar öka med 0–3 avslutade, till 18–33 %.",
        "Preliminära månader ändras när sena registreringar kommer in. När en månad har varit slut i fyra månader "
        "brukar den inte öka alls. Så har det varit åtta gånger av tio (hela förbundets 57 klara månader).",
        "En punkt saknar någon insats.",
    ]
    read = Series("manad", points, reading=SeriesReading("for_fa", 2, 1), partial=(points[0].period, points[1].period))
    assert words.format_series_notes(OVER, read)[-1] == (
        "Två punkter saknar någon insats. De ritas men räknas inte i läsningen."
    )
    rolling = Series("rullande", (TrendPoint(YEAR, share(31, 94), True),), late=(LatePoint(YEAR, 0.31, 0.33, 0, 4),))
    assert [format_plain(note) for note in words.format_series_notes(OVER, rolling)] == [
        "Tolv månader t.o.m. dec 2025 brukar öka med 0–4 avslutade, till 31–33 %."
    ]
    assert words.format_series_notes(over, Series("manad", (TrendPoint(YEAR, share(1, 10)),))) == ()


def test_a_refused_cut_says_what_is_given_out_instead():
    assert words.format_refused(REPORT, "manad", insats=True) == (
        "Enskilda månader ingår inte i det som förbundet lämnar ut, så serien visas inte. Insatserna lämnas ut per "
        "halvår och per kalenderår."
    )
    assert words.format_refused(REPORT, "rullande", insats=False) == (
        "Rullande tolv månader ingår inte i det som förbundet lämnar ut, så serien visas inte. Hela förbundet lämnas "
        "ut per månad, per halvår och per kalenderår."
    )


def pair(first, second, sakerhet: str = "", difference: float | None = None) -> GroupDifference:
    return GroupDifference(
        "Arken", DotRow("arken", "2025", first, YEAR), DotRow("arken", "2024", second, BEFORE), difference, None, None,
        sakerhet,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("found", "title", "sentence"),
    [
        (
            pair(share(30, 94), share(37, 103), "kan_vara_slump", -0.04),
            "2025 mot 2024: 32 % mot 36 %, skillnaden kan vara slump",
            "95 %-intervallet för skillnaden (Newcombe) rymmer noll.",
        ),
        (
            pair(share(8, 73), share(29, 87), "skiljer", -0.22),
            "2025 mot 2024: 11 % mot 33 %, skillnaden är större än slumpen förklarar",
            "95 %-intervallet för skillnaden (Newcombe) utesluter noll.",
        ),
        (
            pair(share(3, 9), share(29, 87), "for_fa"),
            "2025 mot 2024: 33 % mot 33 %, för få för en bedömning",
            "Minst 10 behövs båda gångerna.",
        ),
        (
            pair(share(149, 444), share(221, 603), "ofullstandig"),
            "2025 mot 2024: 34 % mot 37 %",
            "Ingen bedömning: minst en insats har inte redovisat hela tiden.",
        ),
        (
            pair(Suppressed(), share(29, 87)),
            "2025 mot 2024: visas inte, för få personer",
            "Visas inte: för få personer.",
        ),
        (
            pair(share(30, 94), Missing(Reason.UPPGIFT_SAKNAS)),
            "2025 mot 2024: uppgift saknas",
            "2024: uppgift saknas.",
        ),
    ],
)
def test_the_year_before_in_words(found, title, sentence):
    assert format_plain(words.format_earlier_title(found)) == title
    assert format_plain(words.format_earlier_sentence(found)) == sentence


def test_the_year_before_names_the_insatser_that_it_lacks():
    found = pair(share(30, 94), Missing(Reason.UPPGIFT_SAKNAS, "insatser:arken,bron"))
    assert words.format_earlier_sentence(found, {"arken": "Arken", "bron": "Bron"}) == (
        "2024: uppgift saknas: inte redovisat av Arken och Bron."
    )


def test_how_many_differences_were_judged_and_what_chance_alone_does():
    judged = pair(share(8, 73), share(29, 87), "skiljer")
    assert comparison.format_pair_comparisons([pair(share(3, 9), share(1, 9), "for_fa")]) == ""
    assert format_plain(comparison.format_pair_comparisons([judged])) == (
        "En jämförelse: även om inget skiljer är risken 5 % att det ser ut så."
    )
    assert format_plain(comparison.format_pair_comparisons([judged] * 12)) == (
        "Tolv jämförelser: även om inget skiljer är risken 46 % att minst en av dem ser ut att göra det."
    )
    assert comparison.format_earlier_title([judged, pair(share(8, 73), share(9, 73), "kan_vara_slump")]) == (
        "Mot året före: i Arken är skillnaden större än slumpen förklarar"
    )


def test_a_point_outside_the_funnel_is_told_with_what_chance_would_give():
    row = DotRow("arken", "Arken", share(53, 92), YEAR, group="vid_avslut")
    line = LineComparison(
        "riket", Benchmark("riket", "Riket", 0.34, 2025), ("arken",), (), 6, (), (("arken", 0.19, 0.49),)
    )
    (sentence,) = comparison.format_outside(Comparison(Purpose.ATERGANG, (row,), (line,)), line)
    assert format_plain(sentence) == (
        "Arken: 53 av 92 (58 %), tydligt över riket. Om bara slumpen skilde hamnar en insats med 92 i nämnaren mellan "
        "19 och 49 % i 998 fall av 1 000."
    )
    assert comparison.format_outside(Comparison(Purpose.ATERGANG, (row,), ()), None) == []


def mix_row(kod: str, k: int, n: int, standardised: float | None, reason: str = "") -> CaseMixRow:
    value = None if standardised is None else Measured(standardised, lower=0.2, upper=0.6)
    return CaseMixRow(DotRow(kod, kod.capitalize(), share(k, n), YEAR), (), value, reason)


SIMPSON = CaseMix(
    Purpose.ATERGANG, "alder", ("under_30", "30_och_over"),
    (mix_row("arken", 32, 100, 0.41), mix_row("bron", 46, 100, 0.37)), (105, 95), (("arken", "bron"),),
    0.09,
)  # fmt: skip


def test_equal_mix_in_words():
    assert format_plain(mix.format_mix_title(SIMPSON)) == (
        "Med samma sammansättning efter ålder vänder skillnaden mellan Arken och Bron"
    )
    assert format_plain(mix.format_mix_lead(REPORT, SIMPSON)) == (
        "Insatserna möter olika personer. Här är varje andel omräknad till samma sammansättning efter ålder: den som "
        "de två omräknade insatserna har tillsammans (yngre än 30 år: 105 och 30 år eller äldre: 95). Andra skillnader "
        "mellan dem är kvar."
    )
    assert [format_plain(one) for one in mix.format_turned(SIMPSON)] == [
        "Arken går från 32 % till 41 % och Bron går från 46 % till 37 % med samma sammansättning. Skillnaden som den "
        "är säger mer om vilka de möter än om hur det går."
    ]
    quiet = CaseMix(Purpose.ATERGANG, "kon", ("kvinna", "man"), (mix_row("arken", 32, 100, 0.35),), (60, 80), (), 0.03)
    assert format_plain(mix.format_mix_title(quiet)) == (
        "Med samma sammansättning efter kön ändras andelarna med högst 3 procentenheter"
    )
    assert [mix.name_klass(quiet, klass) for klass in quiet.klasser] == ["Kvinnor", "Män"]


def test_equal_mix_that_cannot_be_computed_or_shown_says_why():
    few = CaseMix(Purpose.ATERGANG, "alder", ("under_30", "30_och_over"), (mix_row("arken", 3, 9, None, "for_fa"),))
    assert mix.format_mix_title(few) == "För få i grupperna för att räkna om: grupperna står sida vid sida"
    assert mix.format_mix_lead(REPORT, few) == (
        "För att räkna om behövs minst 10 avslutade i varje grupp, i minst två insatser. Jämför i stället inom samma "
        "grupp, i tabellen nedanför."
    )
    refused = CaseMix(Purpose.ATERGANG, "alder", ("under_30", "30_och_over"), (), refused=True)
    assert mix.format_mix_title(refused) == "Sammansättningen efter ålder lämnas inte ut"
    assert mix.format_mix_lead(REPORT, refused) == (
        "Grupper efter ålder ingår inte i det som förbundet lämnar ut. Insatserna lämnas ut per halvår och per "
        "kalenderår, för kvinnor och män."
    )
    assert [
        mix.format_mix_reason(mix_row("a", 3, 9, None, reason)) for reason in ("for_fa", "ofullstandig", "dold", "")
    ] == [
        "färre än 10 i en grupp",
        "grupperna täcker inte alla",
        "visas inte: för få personer",
        "ingen annan att jämföra med",
    ]


def test_dated_notes_are_told_under_the_chart_by_the_letters_above_it() -> None:
    assert [words.name_event(index) for index in (0, 1, 25, 26, 27, 51, 52)] == ["A", "B", "Z", "AA", "AB", "AZ", "BA"]
    assert words.format_events(()) == ""
    moved = EventNote(date(2024, 4, 30), "Flyttade.")
    assert words.format_events([moved]) == "Händelse: A, 30\u00a0apr 2024: Flyttade."
    second = EventNote(date(2025, 3, 1), "Två slutade. Ingen redovisning")
    assert words.format_events([moved, second]) == (
        "Händelser: A, 30\u00a0apr 2024: Flyttade. B, 1\u00a0mars 2025: Två slutade. Ingen redovisning."
    )
