"""What the synthetic förbund `exempel` is meant to look like: its kommuner, lokusgrupper, insatser and events."""

from __future__ import annotations

from dataclasses import dataclass

FORBUND = "exempel"
FIRST_YEAR = 2021
MONTHS = 60
"""Months are numbered from 0 (2021-01) to 59 (2025-12); a negative month lies before."""

KOMMUNER = {
    "tallhed": "Tallheds kommun",
    "kvarnsund": "Kvarnsunds kommun",
    "lindhamra": "Lindhamra kommun",
    "bjorkholma": "Björkholma kommun",
    "asmyra": "Åsmyra kommun",
}
GRUPPER = {"norr": "Lokusgrupp Norr", "mitt": "Lokusgrupp Mitt", "soder": "Lokusgrupp Söder"}
KOMMUNER_OF_GRUPP = {
    "norr": ("tallhed", "kvarnsund"),
    "mitt": ("lindhamra", "bjorkholma"),
    "soder": ("asmyra",),
    "": tuple(KOMMUNER),
}
ALDER = ("under_30", "30_och_over")
UTBILDNING = ("grundskola_eller_lagre", "gymnasial", "eftergymnasial")
FORSORJNINGSTID = ("under_1_ar", "1_till_3_ar", "over_3_ar")
FODELSELAND = ("utrikes", "inrikes")
FORE = (
    "forsorjningsstod",
    "sjukpenning",
    "aktivitetsersattning",
    "aktivitetsstod",
    "arbetsloshetsersattning",
    "ingen_ersattning",
)
EFTER = ("lon", "studiestod", *FORE, "okand")
KON = ("kvinna", "man")


@dataclass(frozen=True)
class Plan:
    """What an insats is meant to look like. `levels` are the share to arbete or studier in January of 2021–2026."""

    kod: str
    namn: str
    purpose: str
    grupp: str
    huvudman: str
    malgrupp: str
    syfte: str
    exits_a_year: float
    levels: tuple[float, ...]
    draw: int = 1
    """Which drawing: for the quiet insatser one without a signal over time, so that they are known to be quiet."""

    form: str = "ordinarie"
    counting_mode: str = "med_personuppgifter"
    gender_scope: str = "bada"
    length: float = 8.0
    women: float = 0.55
    under_30: float = 0.35
    long_dependence: float = 0.40
    foreign_born: float = 0.35
    low_education: float = 0.35
    dropout: float = 0.12
    counts_persons: bool = True
    cost_an_exit: int = 46_000
    spending: float = 1.0
    start: str = "2021-01-01"
    end: str = ""
    first: int = 0
    last: int = MONTHS - 1
    """The first and last month that the insats runs, or reports."""
    stops_reporting: bool = False


QUIET = (0.33,) * 6

PLANS = (
    Plan(
        "vagen-vidare", "Vägen vidare", "atergang", "mitt", "Lindhamra kommun",
        "Arbetslösa och sjukskrivna 20–60 år som behöver stöd från minst två parter",
        "Hitta, få och behålla ett arbete",
        105, QUIET, length=8, draw=35, women=0.54,
    ),
    Plan(
        "arbetsbron", "Arbetsbron", "atergang", "norr", "Tallheds kommun",
        "Sjukskrivna som har en arbetsgivare eller nyligen har förlorat arbetet",
        "Gå tillbaka till arbete, helt eller delvis",
        72, (0.34,) * 6, length=6, draw=43,
        women=0.60, under_30=0.18, long_dependence=0.18, foreign_born=0.22, low_education=0.25,
    ),
    Plan(
        "unga-framat", "Unga framåt", "atergang", "soder", "Åsmyra kommun",
        "Unga 16–29 år som varken arbetar eller studerar", "Börja studera eller arbeta",
        88, (0.19, 0.20, 0.27, 0.40, 0.52, 0.58), length=7, draw=11,
        women=0.46, under_30=0.93, long_dependence=0.20, foreign_born=0.28,
    ),
    Plan(
        "ratt-spar", "Rätt spår", "atergang", "mitt", "Björkholma kommun",
        "Personer med försörjningsstöd i mer än ett år", "Gå från försörjningsstöd till egen försörjning",
        82, (0.44, 0.45, 0.44, 0.38, 0.19, 0.10), length=9, draw=8,
        women=0.47, under_30=0.25, long_dependence=0.52, foreign_born=0.52,
    ),
    Plan(
        "kvinnokraft", "Kvinnokraft", "atergang", "soder", "Åsmyra kommun",
        "Kvinnor som står långt från arbetsmarknaden", "Närma sig och nå ett arbete",
        41, (0.32,) * 6, gender_scope="kvinnor", draw=47, length=10, women=1.0, foreign_born=0.62, long_dependence=0.55,
    ),
    Plan(
        "jobbnyckeln", "Jobbnyckeln", "atergang", "norr", "Kvarnsunds kommun",
        "Personer med långvarig psykisk ohälsa som vill arbeta", "Få ett arbete med stöd av en arbetsspecialist",
        52, (0.31,) * 6, length=9, draw=166, women=0.51, under_30=0.40, dropout=0.10,
    ),
    Plan(
        "navet", "Navet", "atergang", "norr", "Kvarnsunds kommun",
        "Personer med flera samtidiga kontakter hos parterna",
        "En gemensam planering som leder till arbete eller studier",
        46, QUIET, length=7, draw=133, last=54, stops_reporting=True, spending=1.19,
    ),
    Plan(
        "glantan", "Gläntan", "forberedelse", "soder", "Åsmyra kommun",
        "Unga vuxna som lever isolerat", "Bryta isoleringen och orka med en första kontakt",
        3, (0.30,) * 6, length=11, under_30=0.8, dropout=0.0, cost_an_exit=210_000,
    ),
    Plan(
        "vardagskraft", "Vardagskraft", "forberedelse", "mitt", "Regionen",
        "Personer med långvarig smärta eller utmattning", "Klara vardagen och börja en planering mot arbete",
        31, (0.31,) * 6, length=6, draw=108, women=0.70, under_30=0.15, long_dependence=0.48, dropout=0.14,
    ),
    Plan(
        "oppna-dorren", "Öppna dörren", "forberedelse", "", "Lindhamra kommun",
        "Alla som behöver vägledning mellan parterna", "Ett första samtal och rätt kontakt vidare",
        380, (0.0,) * 6, counting_mode="volym", cost_an_exit=2_600, counts_persons=False,
    ),
    Plan(
        "motesplatsen", "Mötesplatsen", "forberedelse", "norr", "Tallheds kommun",
        "Personer som inte vill eller kan registreras med namn", "En öppen verksamhet med möjlighet att gå vidare",
        68, (0.0,) * 6, counting_mode="anonym", length=4, women=0.5, cost_an_exit=17_000, counts_persons=False,
    ),
    Plan(
        "sprangbradan", "Språngbrädan", "esf", "mitt", "Samordningsförbundet Exempel",
        "Nyanlända och utrikesfödda 25–55 år med kort utbildning", "Praktik, språk och arbete hos en arbetsgivare",
        60, (0.34,) * 6, form="ESF", draw=38, length=8, foreign_born=0.95, low_education=0.6, cost_an_exit=31_000,
        start="2022-01-01", end="2024-12-31", first=12, last=47,
    ),
)  # fmt: skip

HANDELSER = (
    ("", "2021-03-01", "Besök tog emot på distans under våren på grund av pandemin."),
    ("unga-framat", "2022-08-15", "Ny arbetsmetod: en fast kontaktperson genom hela tiden."),
    ("", "2023-04-30", "SUS stängdes. Förbundet samlar in uppgifterna själv."),
    ("ratt-spar", "2024-02-01", "Samarbetet med den största arbetsgivaren upphörde."),
    ("kvinnokraft", "2024-09-01", "Flyttade till nya lokaler."),
    ("sprangbradan", "2024-12-31", "ESF-projektet avslutades enligt plan."),
    ("navet", "2025-08-20", "Två av tre handläggare slutade. Ingen redovisning tills vidare."),
)
