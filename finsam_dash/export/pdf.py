"""The report as a tagged PDF in Swedish: bookmarks, page numbers, header rows, alt texts; vector charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import typst

from finsam_dash.charts.theme import FONT_FOLDER, FONT_NAME, Palette, judge_accent
from finsam_dash.export.document import (
    BulletList,
    ChartBlock,
    Document,
    Heading,
    KeyNumbers,
    PageBreak,
    Paragraph,
    TableBlock,
    Told,
    mark_text,
)
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK

_KEPT_TOGETHER = 8
"""A table with no more rows than this is not divided between pages."""
STANDARD = "ua-1"
"""PDF/UA-1 (ISO 14289-1): the typesetter refuses to write a file that breaks the rules it can check."""


def to_pdf(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The report as PDF/UA-1. `pictures` are the charts' SVG by key; a chart without one is its table."""
    source = "".join(_Writer(document, pictures).write())
    # The stub asks that fonts are named in the type of the source, which is bytes.
    content = typst.compile(  # type: ignore[call-overload]
        source.encode("utf-8"),
        format="pdf",
        font_paths=[str(FONT_FOLDER)],
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
    )
    assert isinstance(content, bytes)
    return content


class _Writer:
    def __init__(self, document: Document, pictures: Mapping[str, bytes]) -> None:
        self.document, self.pictures = document, pictures
        self.palette: Palette = judge_accent(document.accent).palette
        self.charts = self.tables = 0
        self.told = Told()
        self.begun = False

    def write(self) -> Iterator[str]:
        document, palette = self.document, self.palette
        footer = f"{_mark(document.footer)}{f' #strong[{_text(document.mark)}]' if document.mark else ''}"
        yield (
            f"#set document(title: {_string(f'{document.title}, {document.forbund}')}, "
            f"author: {_string(document.forbund)}, description: {_string(document.lead)}, "
            f"keywords: ({_string(mark_text(document) or document.forbund)},), date: none)\n"
            f'#set text(lang: "sv", region: "SE", font: {_string(FONT_NAME)}, size: 10.5pt, '
            f'fill: rgb("{palette.text}"), number-width: "tabular")\n'
            f'#set page(paper: "a4", margin: 25mm, footer: context [#set text(size: 8.5pt, '
            f'fill: rgb("{palette.text_2}"))\n{footer} #h(1fr) #counter(page).display()])\n'
            "#set par(leading: 0.55em, spacing: 0.8em)\n"
            "#show title: set text(size: 24pt, weight: 600)\n#show heading: set text(weight: 600)\n"
            "#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)\n"
            "#show heading.where(level: 1): set text(size: 18pt)\n#show heading.where(level: 2): set text(size: 14pt)\n"
            "#show heading.where(level: 1): it => block(above: 2em, below: 1em, sticky: true, width: 100%, "
            f'stroke: (bottom: 1pt + rgb("{palette.accent}")), inset: (bottom: 4pt), it)\n'
            "#show heading.where(level: 3): set text(size: 11pt)\n"
            "#set table.cell(breakable: false)\n"
            "#set table(stroke: none, inset: (x: 0pt, y: 4pt), column-gutter: 6pt)\n"
            "#show table: set text(size: 9pt)\n#show table: set par(leading: 0.45em)\n"
            "#show figure: set block(breakable: true)\n#show figure: set align(left)\n"
            "#let fot(it) = block(above: 0.5em, below: 0.6em)["
            f'#set text(size: 8.5pt, fill: rgb("{palette.text_2}"))\n#it]\n'
            "#let fynd(it) = block(above: 1.4em, below: 0.6em, sticky: true)[#set text(size: 11pt, weight: 600)\n#it]\n"
            "#let hel(it) = block(breakable: false, width: 100%, above: 1.4em)[#it]\n"
        )
        if document.logo:
            data = ", ".join(str(byte) for byte in document.logo)
            yield f"#image(bytes(({data},)), height: 14mm, alt: {_string(document.forbund)})\n"
        yield f"#title[{_text(document.title)}]\n\n{_mark(document.lead)}\n\n"
        if mark := mark_text(document):
            yield _box(mark)
        yield f"#outline(title: [{words.CONTENTS}], depth: 2)\n"
        for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
            if isinstance(block, Paragraph) and block.kind == "text" and isinstance(following, ChartBlock | TableBlock):
                yield f"#block(sticky: true)[{_mark(block.text)}]\n"
                continue
            yield from self._write_block(block)
        yield f"\n#fot[{_mark(document.source)}]\n"

    def _write_block(self, block: object) -> Iterator[str]:
        match block:
            case Heading():
                if not self.begun:
                    yield "#pagebreak(weak: true)\n"
                self.begun = True
                self.told.forget()
                yield f"#heading(level: {block.level})[{_text(block.text)}]\n"
            case Paragraph(kind="lead"):
                yield f"#fynd[{_mark(block.text)}]\n"
            case Paragraph(kind="note"):
                yield f"#fot[{_mark(block.text)}]\n"
            case Paragraph(kind="warning"):
                yield _box(block.text)
            case Paragraph():
                yield f"{_mark(block.text)}\n\n"
            case BulletList():
                yield f"#list({', '.join(f'[{_text(item)}]' for item in block.items)})\n"
            case KeyNumbers():
                yield from self._numbers(block)
            case TableBlock():
                self.tables += 1
                yield self._table(block, words.format_table_caption(self.tables, block.title))
            case ChartBlock():
                yield from self._chart(block)
            case PageBreak():
                yield "#pagebreak(weak: true)\n"

    def _numbers(self, block: KeyNumbers) -> Iterator[str]:
        cells = ", ".join(f"[#text(size: 20pt, weight: 600)[{_text(n)}] \\ {_text(w)}]" for n, w in block.numbers)
        yield f"#grid(columns: (1fr, 1fr, 1fr), gutter: 12pt, {cells})\n"

    def _chart(self, block: ChartBlock) -> Iterator[str]:
        if block.native is None:
            # Nothing that is known can be drawn: the finding says why.
            yield f"#fynd[{_text(block.title)}.]\n"
            return
        self.charts += 1
        head = f"#fynd[{_text(words.format_chart_caption(self.charts, block.title))}]\n"
        picture = self.pictures.get(block.key)
        if picture is None:
            yield f"{head}#fot[{_text(block.subtitle.rstrip('.'))}.]\n{self._table(block.table, '')}"
            return
        alt, data = _string(block.alt), _string(picture.decode("utf-8"))
        self.told.say((block.source,))
        yield (
            f"#hel[{head}#fot[{_text(block.subtitle.rstrip('.'))}.]\n"
            f'#figure(image(bytes({data}), format: "svg", width: 160mm, alt: {alt}), alt: {alt})\n'
            f"#fot[{_text(block.note)}]\n#fot[{_mark(block.source)}]]\n"
        )

    def _table(self, block: TableBlock, caption: str) -> str:
        widths = block.widths or tuple(1 / len(block.header) for _ in block.header)
        columns = ", ".join(f"{width:.3f}fr" for width in widths)
        align = ", ".join("right" if numeric else "left" for numeric in block.numeric)
        head = ", ".join(f"[#strong[{_text(text)}]]" for text in block.header)
        ink, rule = f'1pt + rgb("{self.palette.text}")', f'0.5pt + rgb("{self.palette.rule}")'
        rows = []
        for row in block.rows:
            cells = []
            for place, cell in enumerate(row):
                first, *rest = cell.text.split("\n")
                lead = f"#strong[{_text(first)}]" if cell.strong or place == 0 else _text(first)
                content = " \\ ".join((lead, *map(_text, rest)))
                cells.append(f"[{content}]")
            rows.append(f"{', '.join(cells)}, table.hline(stroke: {rule})")
        body = ",\n".join(rows)
        title = f"#fynd[{_text(caption)}]\n" if caption else ""
        notes = "".join(f"#fot[{_mark(note)}]\n" for note in self.told.list_new(block.notes))
        self.told.say(block.notes)
        table = (
            f"{title}#table(columns: ({columns},), align: ({align},),\n"
            f"table.header({head}, table.hline(stroke: {ink})),\n{body}{',' if body else ''})\n{notes}"
        )
        return f"#hel[{table}]\n" if len(block.rows) <= _KEPT_TOGETHER else table


def _box(text: str) -> str:
    return f"#block(stroke: 1pt, inset: 6pt, width: 100%)[#strong[{_text(text)}]]\n"


def _text(text: str) -> str:
    """The text as markup that means only itself."""
    return re.sub(r"([\\#\[\]*_`$<>@~=\-+/'\"])", r"\\\1", text).replace("\n", " ")


def _mark(text: str) -> str:
    if text.startswith(EXAMPLE_MARK):
        return f"#strong[{_text(EXAMPLE_MARK)}]{_text(text.removeprefix(EXAMPLE_MARK))}"
    return _text(text)


def _string(text: str) -> str:
    """The text as a string of the typesetter's language."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'
