"""Everything that leaves the house, byte by byte: two förbund that differ only in what is hidden print the same.

The attacker of the rows (test_rojandekontroll_attack.py) shows that the counts in sight do not give the hidden ones
away. Here a file may hold nothing but those counts: a twin förbund with the same counts in sight, and others behind,
must give the same bytes in every format - text, order, bars, embedded workbooks, alternative texts and all.
"""

import io
import json
import os
import re
import zipfile
from dataclasses import replace
from itertools import islice

import build_store
import pytest
import streamlit as st
from build_figures import figure_set, insats
from list_pages import list_pages
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest
from test_protection_grid import HALVES, month_figures, random_forbund, unknowns_of
from test_rojandekontroll_attack import AS_OF, SHARE, YEAR, make_store
from twin import FLOWS, find_twin

from finsam_dash.charts.theme import PRINT
from finsam_dash.deliveries import prepare_store
from finsam_dash.export.contract import to_indicator_json, to_target_json
from finsam_dash.export.document import build_document
from finsam_dash.export.files import to_file
from finsam_dash.export.images import list_files
from finsam_dash.indicators.compute import compute_indicator
from finsam_dash.judgement.protection import publish
from finsam_dash.judgement.protection.protect import HidingReason
from finsam_dash.judgement.protection.publish import plan_to_text
from finsam_dash.model import Gender, Lage, Measured, Period, Suppressed
from finsam_dash.report import hiding, publication
from finsam_dash.report.build import build_report, load_figure_set
from finsam_dash.report.protection import load_plan, make_key
from finsam_dash.report.publication import build_publication
from finsam_dash.store import save_plan_text
from finsam_dash.ui.middleware import ROUTER
from finsam_dash.ui.slides import SECTIONS
from finsam_dash.wording.slides import build_slides

HALF = Period.parse("2024-H1")


def read_archive(content):
    """The parts of an Office file, those of its embedded workbooks too, but for when it was written."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "docProps/core.xml":
                continue
            parts[name] = read_archive(part) if name.endswith(".xlsx") else part
    return parts


def read_pdf(content):
    """Every object of the file as it stands, page contents unpacked; but for when it was written."""
    reader = PdfReader(io.BytesIO(content))
    pages = [page.get_contents().get_data() for page in reader.pages]
    texts = []
    for number in range(1, reader.trailer["/Size"]):
        found = reader.get_object(number)
        if found is not None and "/CreationDate" not in str(found):
            texts.append(re.sub(r"0x[0-9a-f]+|IndirectObject\(.*?\)", "", str(found)))
    return pages, texts


def print_all(store, period=YEAR):
    """{format: what it holds} of everything that is handed out for the period.

    A picture is what its figure says and its texts, so no browser draws it here.
    """
    printed = build_publication(store, "provet", period, lage=Lage.PUBLICERING, as_of=AS_OF)
    document = build_document(printed)
    charts = document.charts()
    texts = [(chart.title, chart.subtitle, chart.note, chart.source, chart.alt) for chart in charts]
    figures = load_figure_set(store, "provet", as_of=AS_OF)

    def build(one, sections):
        return build_report(
            store, "provet", one, lage=Lage.PUBLICERING, as_of=AS_OF, sections=sections, figures=figures
        )

    report = build(period, SECTIONS)
    rows = [build(one, ("targets",)) for one in (period, Period.parse("2024-03"), Period.parse("2024-K1"))]
    return {
        **{suffix: read_archive(to_file(document, suffix)) for suffix in (".docx", ".pptx", ".xlsx")},
        ".pdf": read_pdf(to_file(document, ".pdf", pictures={})),
        ".html": to_file(document, ".html", pictures={}),
        "bilder": repr(build_slides(report, printed.insatser)),
        "csv": dict(islice(list_files(document), 2 * len(charts))),
        "diagram": ([chart.draw(PRINT).to_json() for chart in charts], texts),
        "indikatorer": [json.dumps(to_indicator_json(one)) for one in rows],
        "malbild": [json.dumps(to_target_json(one)) for one in rows],
    }


FORMATS = (".docx", ".pptx", ".xlsx", ".pdf", ".html", "bilder", "csv", "diagram", "indikatorer", "malbild")


def worked_forbund():
    """The worked table (method note, section 4) as outcomes of three times as many avslutade, spread over months."""
    figures = []
    for kod in "abcd":
        for place, gender in enumerate(("kvinna", "man")):
            stock = 60
            for month in range(1, 13):
                whole = HALVES["2024-H1" if month < 7 else "2024-H2"][kod][place]
                k, left = (part // 6 + ((month - 1) % 6 < part % 6) for part in (whole, 3 * whole))
                k = min(k, left)
                counts = dict.fromkeys(FLOWS, 0) | {"nya": left + 1, "avslutade": left, "till_arbete_studier": k}
                counts |= {"till_arbete": k // 2, "till_studier": k - k // 2}
                figures += month_figures(kod, gender, f"2024-{month:02d}", stock, counts)
                stock += 1
    return figure_set(figures, *(insats(kod) for kod in "abcd"))


class Twins:
    """A förbund, its plan, and a twin under the same plan that differs in `moved` of the `hidden` counts."""

    def __init__(self, figures, seed=1, wanted=None):
        self.figures = figures
        self.first = make_store(figures)
        self.plan = load_plan(self.first, "provet")
        seen = {name for row in self.plan.shown for name in unknowns_of(row)}
        self.hidden = {name for row in self.plan.hidden for name in unknowns_of(row)} - seen
        found = find_twin(figures, seen, self.hidden, seed, wanted)
        assert found is not None
        self.others, self.moved = found
        self.second = make_store(self.others)
        self.give_plan(self.second, self.plan)

    def give_plan(self, store, plan):
        save_plan_text(store, "provet", make_key(store, "provet"), plan_to_text(plan))

    def differing(self, period=YEAR):
        """The formats that tell the two apart."""
        one, other = (print_all(store, period) for store in (self.first, self.second))
        return {name for name in one if one[name] != other[name]}


@pytest.fixture(scope="module")
def worked():
    return Twins(worked_forbund())


def test_every_format_is_read(worked):
    """Every chart, embedded workbook and table of the files is among what is compared."""
    read = print_all(worked.first)
    assert tuple(read) == FORMATS
    for suffix, folder in ((".docx", "word"), (".pptx", "ppt")):
        books = [part for name, part in read[suffix].items() if re.fullmatch(folder + r"/embeddings/.*\.xlsx", name)]
        assert len(books) > 3
        assert all("xl/worksheets/sheet1.xml" in book for book in books)
    assert len(read["csv"]) == 2 * len(read["diagram"][0]) > 6
    assert ".." in read[".html"].decode("utf-8")


def test_no_format_tells_the_worked_case_from_its_twin(worked):
    assert len(worked.moved) > 10
    assert worked.differing() == set()
    assert worked.differing(HALF) == set()


@pytest.mark.parametrize("seed", range(20 if os.environ.get("CI") == "true" else 6))
def test_no_format_tells_a_random_forbund_from_its_twin(seed):
    twins = Twins(random_forbund(100 + seed, 2 + seed % 3, 12, (2, 4, 1.5)[seed % 3]), seed)
    assert len(twins.moved) > len(twins.hidden) / 2 > 5
    assert twins.differing((YEAR, HALF)[seed % 2]) == set()


@pytest.mark.parametrize("period", [YEAR, HALF])
def test_no_format_tells_whether_anybody_left_at_all(period):
    """Nobody in a denominator is a reason of its own; hidden, it may not show as one, in a goal or in a gap."""
    name = ("avslutade", "i2", Gender.ALLA, YEAR)
    figures = random_forbund(102, 4, 12, 1.5)
    twins = Twins(figures, wanted={name: 0})
    assert name in twins.moved
    assert twins.differing(period) == set()


# What a careless change would let out must be seen in every format that prints it


@pytest.fixture(scope="module")
def small():
    """A förbund with hidden insatser in its year, small ones and one that covers them; another order in the twin."""
    return Twins(random_forbund(12, 4, 12, 2), 2)


def open_row(twins, row):
    """Show the row in both plans."""
    for store, figures in ((twins.first, twins.figures), (twins.second, twins.others)):
        indikator = figures.registry.indikatorer[row.indikator]
        value = compute_indicator(figures, indikator, row.subject, row.gender, row.period).value
        counts = (value.value,) if value.numerator is None else (value.numerator, value.denominator)
        twins.give_plan(store, replace(twins.plan, shown=twins.plan.shown | {row: counts}))


def close_rows(twins):
    for store in (twins.first, twins.second):
        twins.give_plan(store, twins.plan)


def find_row(twins, indikator, reason):
    """A hidden row of an insats's year whose counts are others in the twin."""
    return next(
        row
        for row, why in twins.plan.hidden.items()
        if (row.indikator, row.gender, row.period, why) == (indikator, Gender.ALLA, YEAR, reason)
        and row.subject is not None
        and twins.moved.intersection(unknowns_of(row))
    )


def test_a_complementary_cell_that_is_shown_is_seen_in_every_format(small):
    open_row(small, find_row(small, SHARE, HidingReason.COMPLEMENTARY))
    assert small.differing() == set(FORMATS)
    close_rows(small)


def test_a_denominator_that_is_shown_is_seen_in_every_format_that_prints_it(small):
    open_row(small, find_row(small, "avslutade", HidingReason.COMPLEMENTARY))
    assert small.differing() >= {".docx", ".xlsx", ".pdf", ".html", "indikatorer"}
    close_rows(small)


def test_an_interval_that_is_left_in_is_seen_in_every_format(small, monkeypatch):
    whole = publish.hide_row

    def hide_all_but_the_interval(row, plan, figures):
        cut = whole(row, plan, figures)
        is_left = cut.value == Suppressed() and isinstance(row.value, Measured) and row.value.lower is not None
        return replace(cut, value=replace(row.value, numerator=None, denominator=None)) if is_left else cut

    monkeypatch.setattr(publish, "hide_row", hide_all_but_the_interval)
    monkeypatch.setattr(hiding, "hide_row", hide_all_but_the_interval)
    assert small.differing() == set(FORMATS)


def test_an_order_by_value_is_seen_in_every_format_that_draws_insatser_in_a_row(small, monkeypatch):
    whole = publication.build_report

    def build_ordered_by_value(store, *args, **kwargs):
        figures = small.figures if store is small.first else small.others
        share = figures.registry.indikatorer[SHARE]

        def read_value(dot):
            return getattr(compute_indicator(figures, share, dot.key, Gender.ALLA, YEAR).value, "value", 0.0)

        report = whole(store, *args, **kwargs)
        rows = [replace(one, rows=tuple(sorted(one.rows, key=read_value))) for one in report.comparison or ()]
        return replace(report, comparison=tuple(rows))

    monkeypatch.setattr(publication, "build_report", build_ordered_by_value)
    assert small.differing() >= {".docx", ".xlsx", ".pdf", ".html", "csv", "diagram"}


# The pages


def read_page(app):
    """Everything the page was given: texts, tables, figures, downloads' names; not drawn numbers and moments."""
    return [re.sub(r"\b\d\d[.:]\d\d\b|deferred_file_id: .*", "", str(element.proto)) for element in app.main]


@pytest.fixture(scope="module")
def page_stores(worked, tmp_path_factory):
    """The addresses of the worked case and its twin, as files."""
    made = []
    for figures in (worked.figures, worked.others):
        url = f"sqlite:///{tmp_path_factory.mktemp('sidor') / 'finsam.db'}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build_store, "open_store", lambda _, url=url: prepare_store(url, empty=True))
            store = make_store(figures)
        worked.give_plan(store, worked.plan)
        store.close()
        made.append(url)
    return made


@pytest.mark.parametrize("screen", [page.file for page in list_pages()])
def test_no_page_in_publicering_tells_the_worked_case_from_its_twin(screen, page_stores, monkeypatch):
    read = []
    for url in page_stores:
        monkeypatch.setenv("FINSAM_DATABAS", url)
        st.cache_resource.clear()
        app = AppTest.from_file(str(ROUTER), default_timeout=180)
        for name, value in {"forbund": "provet", "period": "2024", "lage": "publicering"}.items():
            app.query_params[name] = value
        app.run()
        if screen != "oversikt.py":
            app = app.switch_page(f"../../pages/{screen}").run()
        assert not app.exception
        read.append(read_page(app))
    st.cache_resource.clear()
    assert len(read[0]) > 1
    assert read[0] == read[1]
