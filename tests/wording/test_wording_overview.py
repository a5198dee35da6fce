"""The words of Översikt: what is missing and changed, beside the figures of Uppsala län 2014."""

from datetime import date

from finsam_dash.judgement.verdict import Sakerhet, Verdict
from finsam_dash.model import (
    Coverage,
    DenominatorType,
    Forbund,
    Gender,
    IndicatorRow,
    Lage,
    Measured,
    Missing,
    Period,
    Qualifier,
    Reason,
    Source,
    Suppressed,
)
from finsam_dash.report.content import Changes, FigureChange, KeyNumber, MissingItem, Report
from finsam_dash.report.content_parts import Benchmark, DeliveryInfo, DotRow
from finsam_dash.wording.overview import (
    format_changes,
    format_headline_notes,
    format_key_number,
    format_missing_items,
    format_report_source,
    name_strip,
)

YEAR = Period.year(2014)
NAMES = {"stig-2": "Stig 2", "enter": "ENTER", "athena": "Athena"}
UPPSALA = Measured(88 / 277, 88, 277, 0.265675, 0.374692)
DELIVERY = DeliveryInfo(1, "Årsredovisning 2014", date(2015, 3, 19))


def headline(value, **fields):
    row = IndicatorRow(None, Gender.ALLA, "andel_arbete_studier", value, YEAR, DenominatorType.AVSLUTADE)
    return IndicatorRow(**{**row.__dict__, **fields})


def plain(texts):
    return [text.replace("\u00a0", " ") for text in texts]


def test_the_strip_names_its_rows_by_gender_and_period():
    rows = (DotRow("alla", "alla", UPPSALA, YEAR), DotRow("kvinna", "kvinna", UPPSALA, Period.parse("2010-01/2014-12")))
    assert [row.label for row in name_strip(rows)] == ["Alla 2014", "Kvinnor 2010–2014"]


def test_a_key_number_is_printed_as_the_document_hedges_it():
    number = KeyNumber("deltagare_utan_personuppgifter", Measured(800, qualifier=Qualifier.NARMARE))
    assert plain(format_key_number(number)) == ["närmare 800", "deltagare utan personuppgifter"]


def test_those_who_left_say_how_many_of_them_the_share_counts():
    share = IndicatorRow(
        None, Gender.ALLA, "andel_arbete_studier", Measured(149 / 444, 149, 444), YEAR, DenominatorType.AVSLUTADE
    )  # fmt: skip
    left = KeyNumber("avslutade", Measured(543))
    assert plain(format_key_number(left, share)) == [
        "543", "avslutade deltaganden, varav 444 med känt utfall i insatser som redovisar det",
    ]  # fmt: skip
    assert plain(format_key_number(KeyNumber("avslutade", Measured(444)), share)) == ["444", "avslutade deltaganden"]
    about = KeyNumber("deltaganden", Measured(719, qualifier=Qualifier.CA))
    assert plain(format_key_number(about)) == ["cirka 719", "deltaganden, ungefärligt i underlaget"]


def test_a_partial_sum_says_of_how_many_insatser_it_is():
    part = Coverage(8, 9, ("navet",))
    assert plain(format_key_number(KeyNumber("bortfall", Measured(44), coverage=part))) == [
        "44", "bortfall i 8 av 9 insatser",
    ]  # fmt: skip
    assert plain(format_key_number(KeyNumber("bortfall", Measured(44)))) == ["44", "bortfall för hela förbundet"]
    share = headline(Measured(149 / 444, 149, 444))
    assert plain(format_key_number(KeyNumber("avslutade", Measured(543), coverage=part), share)) == [
        "543", "avslutade deltaganden i 8 av 9 insatser, varav 444 med känt utfall i insatser som redovisar det",
    ]  # fmt: skip


def test_a_key_number_that_is_not_shown_says_why():
    missing = KeyNumber("bortfall", Missing(Reason.UPPGIFT_SAKNAS))
    assert format_key_number(missing) == ("–", "bortfall för hela förbundet: uppgift saknas")
    assert format_key_number(KeyNumber("deltagare", Suppressed())) == (
        "..",
        "deltagare med personuppgifter: visas inte",
    )


def test_the_headline_of_uppsala_2014_against_riket():
    verdict = Verdict(False, Sakerhet.EJ_AVGORBART, -7)
    notes = format_headline_notes(headline(UPPSALA), verdict, Benchmark("riket", "Riket", 0.34, 2014), NAMES)
    assert plain(notes) == [
        "88 av 277 avslutade",
        "95 %-intervall 27–37 %. Sju personer från rikets 34 %.",
    ]


def test_a_partial_headline_names_who_is_not_in_it():
    partial = headline(UPPSALA, coverage=Coverage(11, 12, ("stig-2",)))
    notes = format_headline_notes(partial, Verdict(None, Sakerhet.EJ_TILLAMPLIGT), Benchmark("riket", "", None), NAMES)
    assert plain(notes)[1] == "95 %-intervall 27–37 %. 11 av 12 insatser ingår. Utan: Stig 2."


def test_a_hidden_headline_tells_nothing():
    notes = format_headline_notes(
        headline(Suppressed()), Verdict(True, Sakerhet.SAKERT_OVER, 5), Benchmark("riket", "R", 0.3), {}
    )
    assert notes == ("Visas inte: för få personer.", "")


def test_what_is_missing_is_said_once_for_those_who_lack_the_same():
    items = [
        MissingItem(None, "avslutade", Reason.UPPGIFT_SAKNAS, "insatser:a,b,c,d"),
        MissingItem(None, "bortfall", Reason.UPPGIFT_SAKNAS, "insatser:a,b,c,d"),
        MissingItem("enter", "andel_arbete_studier", Reason.EJ_REDOVISAT),
        MissingItem("athena", "andel_arbete_studier", Reason.EJ_REDOVISAT),
        MissingItem("stig-2", "andel_arbete_studier", Reason.UPPGIFT_SAKNAS, "lucka:2014-K2"),
    ]
    assert format_missing_items(items, NAMES) == [
        "Hela förbundet: avslutade och bortfall, uppgift saknas från 4 insatser.",
        "ENTER och Athena: andel till arbete eller studier, ej redovisat.",
        "Stig 2: andel till arbete eller studier, uppgift saknas: inget inlämnat för andra kvartalet 2014.",
    ]


def test_changes_are_listed_from_to_and_the_rest_counted():
    one = FigureChange("stig-2", "nya", Gender.KVINNA, Period.month(2026, 8), 7, 9)
    gone = FigureChange(None, "bortfall", Gender.ALLA, YEAR, 3, None)
    lines = format_changes(Changes(DELIVERY, 12, (one, gone, *[one] * 5)), NAMES)
    assert lines[:2] == [
        "Stig 2, nya, augusti 2026, kvinnor: från 7 till 9.",
        "Bortfall, 2014: från 3 till –.",
    ]
    assert lines[6:] == ["… och 1 ändring till.", "Genom Årsredovisning 2014. 12 nya tal."]


def test_no_change_is_said_with_the_delivery():
    assert format_changes(Changes(DELIVERY, 1, ()), NAMES) == [
        "Inget tidigare tal ändrades av Årsredovisning 2014. 1 nytt tal."
    ]
    assert format_changes(None, NAMES) == []


def test_the_source_line_names_the_deliveries_behind_the_figures():
    later = DeliveryInfo(2, "mars.xlsx", date(2015, 4, 10))
    report = Report(
        Forbund("uppsala-lan", "Uppsala län"), YEAR, Lage.INTERN, date(2026, 1, 1), 3, 5, (), (DELIVERY, later), ()
    )
    assert plain([format_report_source(report, (Source(1),), YEAR), format_report_source(report, (), YEAR)]) == [
        "Källa: Årsredovisning 2014, Uppsala län. Period: 1 jan–31 dec 2014. Läge: intern. Uttag: 2015-03-19.",
        "Källa: Årsredovisning 2014 och mars.xlsx, Uppsala län. Period: 1 jan–31 dec 2014. Läge: intern. "
        "Uttag: 2015-04-10.",
    ]


def test_a_delivery_named_by_its_month_begins_with_a_small_letter_inside_the_source_line():
    def source(*names: str) -> str:
        deliveries = tuple(DeliveryInfo(number, name, date(2026, 1, 10)) for number, name in enumerate(names))
        report = Report(
            Forbund("uppsala-lan", "Uppsala län"), YEAR, Lage.INTERN, date(2026, 1, 1), 3, 5, (), deliveries, ()
        )
        return plain([format_report_source(report, (), YEAR)])[0].partition(", Uppsala")[0]

    months = ("September 2025", "Oktober 2025", "November 2025", "December 2025")
    assert source(*months) == "Källa: 4 leveranser, senast december 2025"
    assert source(*months[2:]) == "Källa: November 2025 och december 2025"
    assert source(*months, "Offentlig försörjning 2025") == "Källa: 5 leveranser, senast Offentlig försörjning 2025"
    assert source("Maj 2025", "Majs och mer") == "Källa: Maj 2025 och Majs och mer"
