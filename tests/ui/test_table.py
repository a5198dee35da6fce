"""Tables: semantic HTML that hides nothing, and a csv that Excel opens in Swedish."""

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_dash.ui.table import Cell, Column, build_table, format_table, to_csv


class Reader(HTMLParser):
    """A stupid second reading of the HTML: every cell's text, row by row."""

    def __init__(self):
        super().__init__()
        self.rows, self.scopes, self.caption, self._tag = [], [], "", ""

    def handle_starttag(self, tag, attrs):
        self._tag = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.scopes.append(dict(attrs).get("scope"))

    def handle_endtag(self, tag):
        self._tag = ""

    def handle_data(self, data):
        if self._tag in ("td", "th"):
            self.rows[-1][-1] += data
        elif self._tag == "caption":
            self.caption += data


texts = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(texts, texts), max_size=6), texts)
def test_every_cell_of_any_text_comes_out_as_it_went_in(rows, caption):
    reader = Reader()
    reader.feed(format_table(build_table(caption, ["Insats", Column("Andel", numeric=True)], rows)))
    assert reader.rows == [["Insats", "Andel"], *[list(row) for row in rows]]
    assert reader.caption == caption


def test_heads_have_scope_and_numbers_stand_to_the_right():
    html = format_table(build_table("Utfall", ["Insats", Column("Andel", numeric=True)], [["Stig 2", "23 %"]]))
    assert '<th scope="col">Insats</th><th scope="col" class=num>Andel</th>' in html
    assert '<th scope="row">Stig 2</th><td class="num">23 %</td>' in html


def test_a_cell_says_by_class_and_never_by_style_that_it_is_strong():
    html = format_table(build_table("Utfall", ["Mål", "Nått"], [["35 %", Cell("Säkert under", strong=True)]]))
    assert '<td class="stark">Säkert under</td>' in html
    assert "style=" not in html


def test_an_image_has_an_empty_alt_because_the_row_has_the_words():
    html = format_table(build_table("Utfall", ["Mål", "Bild"], [["35 %", Cell("", image=b"<svg/>")]]))
    assert '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="">' in html


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="Utfall: a row is not 2 cells long"):
        build_table("Utfall", ["Insats", "Andel"], [["Stig 2"]])


def test_csv_is_what_a_swedish_excel_opens():
    table = build_table("Utfall", ["Insats", "Antal"], [["Stig 2; Håbo", "1\u00a0159"], ["=1+1", "\u221236"]])
    data = to_csv(table, "Källa: Årsredovisning 2014.")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows == [
        ["Insats", "Antal"],
        ["Stig 2; Håbo", "1 159"],
        ["'=1+1", "\u221236"],
        [],
        ["Källa: Årsredovisning 2014."],
    ]
