"""Worked charts for the tests: published rows of Uppsala län 2014, and small invented series."""

from __future__ import annotations

from datetime import date

from finsam_dash.judgement.over_time import read_series
from finsam_dash.model import DenominatorType, Insats, InsatsPeriod, Measured, Missing, Period, Reason, Suppressed
from finsam_dash.report.content_comparison import CaseMixRow, Funnel, FunnelPoint, SmallMultiple
from finsam_dash.report.content_insats import FlowCategory, FlowLink, FlowMonth, RecruitmentStep
from finsam_dash.report.content_over_time import LatePoint
from finsam_dash.report.content_parts import Benchmark, DotRow, EventNote, GroupDifference, TrendPoint
from finsam_dash.stats.proportions import newcombe, wilson

Y2014 = Period.year(2014)
RIKET = Benchmark("riket", "Riket", 0.34, 2014)
AVSLUTADE, DELTAGARE = DenominatorType.AVSLUTADE, DenominatorType.DELTAGARE
AT_EXIT, LATER = "Vid avslut", "Vid senare uppföljning, jämförs inte med riket"


def share(k: int, n: int) -> Measured:
    lower, upper = wilson(k, n)
    return Measured(k / n, k, n, lower, upper)


STRIP = (
    DotRow("alla", "alla", share(88, 277), Y2014, AVSLUTADE),
    DotRow("kvinna", "kvinna", Measured(0.29), Y2014, AVSLUTADE),
    DotRow("man", "man", Measured(0.34), Y2014, AVSLUTADE),
    DotRow("alla_langre", "alla", share(340, 981), Period.parse("2010-01/2014-12"), AVSLUTADE),
)

DOTS = (
    DotRow("sara", "SARA", share(14, 33), Y2014, AVSLUTADE, group=AT_EXIT, target=0.35, note="utskrivna"),
    DotRow(
        "united-action",
        "United Action",
        share(51, 77),
        Y2014,
        AVSLUTADE,
        klass="alder:20_64",
        group=AT_EXIT,
        target_note="annan nämnare",
        look_here=True,
    ),
    DotRow("tierpsmodellen", "Tierpsmodellen 2.0", Measured(0.27), Y2014, DELTAGARE, group=AT_EXIT, target=0.5),
    DotRow("enter", "ENTER", Missing(Reason.INGEN_UPPGIFT_ANNU), Y2014, group=AT_EXIT, target=0.4),
    DotRow(
        "vaxthuset-2",
        "Växthuset II",
        share(25, 58),
        Period.parse("2012-08/2014-08"),
        DELTAGARE,
        group=AT_EXIT,
        target=0.35,
    ),
    DotRow("dold", "Dold insats", Suppressed(), Y2014, AVSLUTADE, group=AT_EXIT, look_here=True),
    DotRow(
        "gron-rehab",
        "Grön Rehab",
        share(29, 130),
        Y2014,
        DenominatorType.ANNAN,
        group=LATER,
        target=0.5,
        note="ett år efter",
        compared=False,
    ),
)

FUNNEL = Funnel(
    RIKET,
    (
        FunnelPoint("sara", "SARA", share(14, 33)),
        FunnelPoint("united-action", "United Action 20–64 år", share(51, 77), outside=True),
        FunnelPoint("stig-2", "Stig 2", share(11, 48)),
        FunnelPoint("liten", "Liten insats", share(2, 6), too_few=True),
        FunnelPoint("dold", "Dold insats", Suppressed(), outside=True),
        FunnelPoint("utan", "Utan antal", Measured(0.3)),
    ),
    comparisons=3,
)

MONTHS = Period.parse("2024-01/2025-06").months()
_OUTCOMES = (2, 3, 1, 4, 0, 2, 3, 5, 2, 1, 3, 2, 4, 2, 3, 1, 2, 3)
_AVSLUTADE = (6, 7, 5, 9, 4, 6, 8, 9, 5, 4, 7, 6, 9, 5, 8, 6, 7, 7)
POINTS = tuple(
    TrendPoint(
        month,
        Missing(Reason.UPPGIFT_SAKNAS) if index == 2 else share(_OUTCOMES[index], _AVSLUTADE[index]),
        preliminary=index >= 16,
    )
    for index, month in enumerate(MONTHS)
)
ROLLING = tuple(
    TrendPoint(
        Period(MONTHS[index - 11].start, MONTHS[index].end),
        share(sum(_OUTCOMES[index - 11 : index + 1]), sum(_AVSLUTADE[index - 11 : index + 1])),
        preliminary=index >= 16,
    )
    for index in range(14, 18)
)
LATE = (LatePoint(MONTHS[16], 0.1, 0.3, 0, 1), LatePoint(MONTHS[17], 0.3, 0.5, 0, 3))
LATE_ROLLING = (LatePoint(ROLLING[-1].period, 0.34, 0.38, 0, 4),)
_READ_KS = (8, 9, 7, 8, 9, 8, 7, 9, 8, 7, 8, 9, 8, 7, 8, 19)
READ_POINTS = (
    *(TrendPoint(month, share(k, 20)) for month, k in zip(MONTHS[:16], _READ_KS, strict=True)),
    *POINTS[16:],
)
READING = read_series(_READ_KS, [20] * 16, 1, 0.4, True)
_JOINED_KS = tuple(5 + place % 3 for place in range(45))
MANY_MONTHS = Period.parse("2021-01/2024-09").months()
MANY_POINTS = tuple(TrendPoint(month, share(k // 3, 5)) for month, k in zip(MANY_MONTHS, _JOINED_KS, strict=True))
JOINED_READING = read_series([k // 3 for k in _JOINED_KS], [5] * 45, 1)
JOINED = tuple(
    TrendPoint(
        Period(MANY_MONTHS[limit.first].start, MANY_MONTHS[limit.last].end),
        share(sum(k // 3 for k in _JOINED_KS[limit.first : limit.last + 1]), 15),
    )
    for limit in JOINED_READING.limits
)
EVENTS = (
    EventNote(date(2024, 4, 30), "Ny metod"),
    EventNote(date(2024, 5, 6), "Ny lokal. Alla flyttade samma vecka."),
    EventNote(date(2025, 6, 1), "Ny chef"),
)

YEARS = (
    TrendPoint(Period.year(2021), share(30, 100)),
    TrendPoint(Period.year(2022), share(41, 97)),
    TrendPoint(Period.year(2023), Suppressed()),
    TrendPoint(Period.year(2024), Measured(0.44)),
)

FLOW = tuple(
    FlowMonth(
        month,
        Missing(Reason.UPPGIFT_SAKNAS) if index == 3 else Measured(54 + index % 4),
        Suppressed() if index == 5 else Measured(index % 6),
        Measured(index % 5 + 1),
        preliminary=index >= 16,
    )
    for index, month in enumerate(MONTHS)
)

MULTIPLES = (
    SmallMultiple("sara", "SARA", YEARS, target=0.35),
    SmallMultiple("stig-2", "Stig 2", YEARS[:2]),
    SmallMultiple("enter", "ENTER", (TrendPoint(Period.year(2024), Missing(Reason.EJ_REDOVISAT)),)),
)

CATEGORIES = (
    FlowCategory("lon", "Lön eller eget företag", Measured(0), Measured(54), is_goal=True),
    FlowCategory("studier", "Studiestöd", Measured(0), Measured(24), is_goal=True),
    FlowCategory("forsorjningsstod", "Försörjningsstöd", Measured(86), Measured(52)),
    FlowCategory("sjukpenning", "Sjukpenning", Measured(52), Suppressed()),
    FlowCategory("okant", "Inte känt", Measured(0), Measured(8), is_unknown=True),
)
LINKS = (
    FlowLink("forsorjningsstod", "lon", Measured(30)),
    FlowLink("forsorjningsstod", "studier", Measured(10)),
    FlowLink("forsorjningsstod", "forsorjningsstod", Measured(46)),
    FlowLink("sjukpenning", "lon", Measured(24)),
    FlowLink("sjukpenning", "sjukpenning", Measured(13)),
)


def _pair(label: str, women: tuple[int, int], men: tuple[int, int]) -> GroupDifference:
    found = newcombe(*women, *men)
    return GroupDifference(
        label,
        DotRow("kvinna", "kvinna", share(*women), Y2014, AVSLUTADE),
        DotRow("man", "man", share(*men), Y2014, AVSLUTADE),
        found[0],
        found[1],
        found[2],
    )


PAIRS = (
    _pair("SARA", (18, 45), (7, 40)),
    GroupDifference(
        "Stig 2",
        DotRow("kvinna", "kvinna", Suppressed(), Y2014, AVSLUTADE),
        DotRow("man", "man", share(8, 19), Y2014, AVSLUTADE),
        0.27,
        0.01,
        0.53,
    ),
)

STEPS = (
    RecruitmentStep("Erbjudna att delta", Measured(819)),
    RecruitmentStep("Tackat ja", Measured(301)),
    RecruitmentStep("Påbörjat", Suppressed()),
    RecruitmentStep("Fullföljt", Measured(192)),
)

CHAIN = (
    Insats("vaxthuset", "Växthuset", (InsatsPeriod(date(2010, 1, 1), date(2012, 7, 31)),)),
    Insats("vaxthuset-2", "Växthuset II", (InsatsPeriod(date(2012, 8, 1), date(2014, 8, 31)),)),
    Insats("samordnad", "Samordnad insats", (InsatsPeriod(date(2014, 9, 1), None),)),
)


MIX = (
    CaseMixRow(
        DotRow("arken", "Arken", share(32, 100), Y2014, AVSLUTADE),
        (DotRow("arken", "nara", share(18, 30), Y2014), DotRow("arken", "langt", share(14, 70), Y2014)),
        Measured(0.41, lower=0.304, upper=0.5219),
    ),
    CaseMixRow(
        DotRow("bron", "Bron", share(12, 49), Y2014, AVSLUTADE),
        (DotRow("bron", "nara", share(2, 9), Y2014), DotRow("bron", "langt", share(10, 40), Y2014)),
        reason="for_fa",
    ),
    CaseMixRow(
        DotRow("dold", "Dold insats", Suppressed(), Y2014, AVSLUTADE),
        (DotRow("dold", "nara", Suppressed(), Y2014), DotRow("dold", "langt", Suppressed(), Y2014)),
        reason="dold",
    ),
)
