"""What may be a person's: personnummer, samordningsnummer, columns of names and of contact details.

Every cell of every sheet is looked at, headers, title lines, comments, sheet names, text boxes and the file name too.
What is found is reported by place only, and replaced by `REPORTED` before anything else reads the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from finsam_dash.intake.cells import REPORTED, TextColumn, clean_text, fold
from finsam_dash.intake.findings import Findings
from finsam_dash.intake.headers import recognise, score_headers
from finsam_dash.intake.workbook import HEADER_ROWS, RawFile, RawTable, column_letter

# Year, month 01-12, day 01-31 or 61-91 (samordningsnummer), four last: with or without century, with a dash, a plus or
# spaces. An organisationsnummer has 20 or more where the month stands. A letter first among the four last is an
# interim number, and a masked number still tells the day of birth. The dots and dashes between year, month and day are
# those of a written date.
_NUMBER = re.compile(
    r"(?<![0-9])(?<![0-9][.,])"
    r"(?:(?P<century>1[89]|20) ?)?(?P<year>[0-9]{2})(?P<between>[ ./-]?)(?P<month>0[1-9]|1[0-2])(?P=between)"
    r"(?P<day>0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
    r"(?P<mark> ?[-+] ?| ?|[/._:,)'])(?P<last>[0-9]{4}|(?<=[-+])(?:[A-Z][0-9]{3}|[Xx]{4}|[*]{4}))"
    r"(?![0-9])(?![-./][0-9]{2})"
)
# The same digits with spaces or dashes wherever the writer put them: "85 07 09 98 05".
_SPREAD = re.compile(r"(?<![0-9])(?<![0-9][ -])(?:[0-9][ -]?){9}(?:(?:[0-9][ -]?){2})?[0-9](?![ -]?[0-9])")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2012\u2013\u2014\u2015\u2212"), "-")
_GROUPED_AMOUNT = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]+)?(?: ?(?:kr|tkr|mkr))?")
# The leading zero of a person born 2000-2009 is lost where a program took the number for an amount.
_NUMBER_WITHOUT_ZERO = re.compile(r"[1-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[0-9]{4}")
_AMOUNT_COLUMNS = ("varde", "taljare", "namnare")
_PLAIN_AMOUNT = re.compile(r"(?:1[89]|20)?([0-9]{10})(?:[.,]0+)?")
_GROUPED_NUMBER = re.compile(r"[0-9]{1,3}(?: [0-9]{3}){3}")

_NAMES = re.compile(
    r"(för|efter|till|mellan|person|deltagar(e|n|ens?)?|klient(en)?s?|brukar(e|en)?s?)?namn(et)?"
    r"|för- och efternamn|för/efternamn|förnamn.*efternamn|efternamn.*förnamn|initialer"
    r"|first ?name|last ?name|surname|full ?name"
)
_NAME_WORDS = frozenset(("namn", "namnet", "namnen", "name"))
_PERSONS_NAME = re.compile(r"(deltagar|person|klient|brukar|elev|patient|handläggar|coach|samordnar)\w*namn\w*")
# Names of these are no person's: "Namn på insatsen", "Gruppens namn".
_NAMED_THINGS = (
    "insats", "projekt", "grupp", "kommun", "förbund", "aktivitet", "verksamhet", "organisation", "enhet", "aktör",
    "huvudman", "part", "fil", "blad", "mått", "indikator", "myndighet",
)  # fmt: skip
_IDENTITY = re.compile(
    r"(pers(on)?\.?[ -]?(nr|num(mer|ret)?)|pnr|p-nr|personid|person-id|samordnings(nr|nummer)|samordn\.?nr|ssn"
    r"|födelsenummer|reservnummer|(de )?(fyra|4) sista|sista (fyra|4))\b.*"
)
_BIRTHDAY = re.compile(r"födelse(datum|dag)(en|et)?")
_CONTACT = re.compile(
    r"(e-?post|e-?mail|e-?mejl|mail|mejl|tel|telefon|mobil|mobiltelefon|tfn|hemadress|postadress|adress|gatuadress|bostadsadress)"
    r"([-. ]?(nr|nummer|adress|adresser))?\.?( till .*)?"
)
_TIMESTAMP = re.compile(r"(?<![0-9])20[2-9][0-9]-?[01][0-9]-?[0-3][0-9][- T]?[0-2][0-9][0-5][0-9](?![0-9])")
_PERSONS = frozenset(
    ("deltagare", "deltagaren", "klient", "brukare", "person", "elev", "patient", "handlaggare", "handledare", "coach",
     "jobbcoach", "kontaktperson")
)  # fmt: skip
_TWO_NAMES = re.compile(r"[A-ZÅÄÖ][^\W\d_]+(?:[ ,-]+[A-ZÅÄÖ][^\W\d_]+)+")


def is_personnummer(text: str) -> bool:
    """Whether the text holds something that looks like a personnummer, samordningsnummer or interim number."""
    if len(text) < 10 or _GROUPED_AMOUNT.fullmatch(text):
        return False
    plain = _to_ascii(text)
    return any(map(_is_plausible, _NUMBER.finditer(plain))) or any(map(_is_spread, _SPREAD.findall(plain)))


def _to_ascii(text: str) -> str:
    """The text with the digits of other alphabets, and wide ones, as 0-9, and every dash as a hyphen."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)


def _is_spread(text: str) -> bool:
    """Whether digits with spaces or dashes anywhere between them are a day and a right check digit."""
    digits = text.replace(" ", "").replace("-", "")
    return bool(_NUMBER.fullmatch(digits)) and _has_check_digit(digits[-10:])


def _is_plausible(match: re.Match[str]) -> bool:
    """Whether the check digit is right, where the same signs are usual in something else.

    They are in a written date that is followed by a year ("2014-12-31 2015"), and around a slash, a full stop, a comma,
    a colon, an underscore, a bracket or an apostrophe.
    """
    is_date = match["century"] and match["between"] and " " in match["mark"] and match["last"][:2] in ("19", "20")
    if not is_date and match["mark"] not in ("/", ".", ",", "_", ":", ")", "'"):
        return True
    return _has_check_digit(match["year"] + match["month"] + match["day"] + match["last"])


def _has_check_digit(ten: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_without_zero(text: str) -> bool:
    return bool(_NUMBER_WITHOUT_ZERO.fullmatch(text)) and _has_check_digit("0" + text)


def _is_suspect(text: str, is_amount: bool) -> bool:
    """Whether a cell may hold a personnummer: an amount in plain digits only if its check digit is right.

    In a column that is not of amounts, a number with spaces between its thousands is looked at without them.
    """
    if not is_amount:
        return is_personnummer(text) or _is_without_zero(text) or _is_grouped(text)
    amount = _PLAIN_AMOUNT.fullmatch(text)
    return is_personnummer(text) and (amount is None or _has_check_digit(amount[1]))


def _is_grouped(text: str) -> bool:
    digits = text.replace(" ", "")
    return bool(_GROUPED_NUMBER.fullmatch(text)) and is_personnummer(digits) and _has_check_digit(digits[-10:])


def name_kind(header: str) -> str:
    """The code of the problem that a column with this header is, "" for none.

    namnkolumn, kontaktkolumn or fodelsekolumn.
    """
    text = header.casefold().strip(" :.*")
    if recognise(header)[0]:
        return ""
    words = re.findall(r"\w+", text)
    names = _NAMES.fullmatch(text) or any(map(_PERSONS_NAME.fullmatch, words)) or _NAME_WORDS.intersection(words)
    if _IDENTITY.fullmatch(text) or (names and not any(word.startswith(_NAMED_THINGS) for word in words)):
        return "namnkolumn"
    if _BIRTHDAY.fullmatch(text):
        return "fodelsekolumn"
    return "kontaktkolumn" if _CONTACT.fullmatch(text) else ""


def check_privacy(file: RawFile, filename: str, findings: Findings) -> tuple[RawTable, ...]:
    """Report every place that may hold a person's data; the tables come back with those places blotted out."""
    check_filename(filename, findings)
    for _ in filter(is_personnummer, file.loose_texts):
        findings.refuse("personnummer_lost")
    return tuple(_blot(table, findings) for table in file.tables)


def check_filename(filename: str, findings: Findings) -> None:
    """Report a file name that holds a personnummer.

    A day with an hour behind it (YYYYMMDD-HHMM) is taken out first: only a child of this century could bear it.
    """
    if is_personnummer(_TIMESTAMP.sub("", clean_text(filename).replace("_", " "))):
        findings.refuse("personnummer_filnamn")


def _blot(table: RawTable, findings: Findings) -> RawTable:
    sheet = table.sheet
    if is_personnummer(sheet):
        sheet = f"Blad nr {findings.sheets.index(table.sheet) + 1}"
        findings.sheets[findings.sheets.index(table.sheet)] = sheet
        findings.refuse("personnummer_bladnamn", sheet)
    top = _header_row(table)
    columns = []
    for index, column in enumerate(table.columns):
        header = "" if top is None else column[top]
        letter = column_letter(index)
        name = letter if not header or is_personnummer(header) else header
        if top is not None and (kind := name_kind(header) or _persons_kind(header, column)):
            line = int(table.lines[top])
            if _is_filled(column, top):
                findings.refuse(kind, sheet, line, name)
                column = _blot_below(column, top)
            elif not _is_sentence(header):
                findings.warn("tom_personkolumn", sheet, line, name)
                column = replace(column, texts=tuple(REPORTED if text == header else text for text in column.texts))
        is_amount = recognise(header)[0] in _AMOUNT_COLUMNS
        suspect = [_is_suspect(text, is_amount) for text in column.texts]
        if any(suspect):
            for row in np.flatnonzero(np.array(suspect)[column.codes]).tolist():
                findings.refuse("personnummer", sheet, int(table.lines[row]), letter if row == top else name)
            texts = (REPORTED if bad else text for bad, text in zip(suspect, column.texts, strict=True))
            column = TextColumn(column.codes, tuple(texts))
        columns.append(column)
    for line, index, text in table.notes:
        if is_personnummer(text):
            findings.refuse("personnummer_anteckning", sheet, line, column_letter(index))
    return replace(table, sheet=sheet, columns=tuple(columns))


def _blot_below(column: TextColumn, top: int) -> TextColumn:
    """The column with every filled cell below the header blotted out, and their texts forgotten."""
    above = set(column.codes[: top + 1].tolist())
    texts = (text if place in above or not text else REPORTED for place, text in enumerate(column.texts))
    blotted = (np.arange(len(column)) > top) & column.where(bool)
    return TextColumn(np.where(blotted, len(column.texts), column.codes), (*texts, REPORTED))


def _persons_kind(header: str, column: TextColumn) -> str:
    """namnkolumn for a column such as Deltagare, Klient or Handläggare that holds names."""
    if fold(header) not in _PERSONS:
        return ""
    return "namnkolumn" if any(map(_TWO_NAMES.fullmatch, column.texts)) else ""


def _is_sentence(text: str) -> bool:
    # The template's own advice not to write names is no column of them.
    return text.endswith(".") and len(text.split()) >= 6


def _is_filled(column: TextColumn, top: int) -> bool:
    return bool(column.part(top + 1).where(bool).any())


def _header_row(table: RawTable) -> int | None:
    """The row that most looks like headers, names of persons counted as headers."""

    def score(texts: Sequence[str]) -> int:
        return score_headers(texts) + sum(bool(name_kind(text)) for text in texts)

    rows = range(min(HEADER_ROWS, len(table)))
    best = max(rows, key=lambda index: score(table.row(index)), default=None)
    return best if best is not None and score(table.row(best)) else None
