"""The report as one web page that needs nothing else: no request leaves it, and it works from a memory stick."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from html import escape

from finsam_dash.charts.theme import FONT_FOLDER, Palette, judge_accent
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
    fold_name,
    mark_text,
)
from finsam_dash.wording import document as words
from finsam_dash.wording.sentences import EXAMPLE_MARK

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def to_html(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """The report as one HTML file in UTF-8. `pictures` are the charts' SVG by key; a chart without one is its table."""
    return "".join(_Writer(document, pictures).write()).encode("utf-8")


class _Writer:
    def __init__(self, document: Document, pictures: Mapping[str, bytes]) -> None:
        self.document, self.pictures = document, pictures
        self.palette: Palette = judge_accent(document.accent).palette
        self.charts = self.tables = 0
        self.told = Told()

    def write(self) -> Iterator[str]:
        document = self.document
        title = escape(f"{document.title}, {document.forbund}")
        yield (
            '<!doctype html>\n<html lang="sv">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
            "style-src 'unsafe-inline'; font-src data:\">\n"
            f'<meta name="description" content="{escape(document.lead)}">\n<title>{title}</title>\n'
            f"<style>{self._style()}</style>\n</head>\n<body>\n"
        )
        yield f'<a class="hopp" href="#innehall">{escape("Hoppa till innehållet")}</a>\n<header>'
        if document.logo:
            logo = base64.b64encode(document.logo).decode()
            yield f'<img class="logo" src="data:image/png;base64,{logo}" alt="{escape(document.forbund)}">'
        yield f"<h1>{escape(document.title)}</h1>\n<p>{_mark(document.lead)}</p>\n"
        if mark := mark_text(document):
            yield f'<p class="varning">{escape(mark)}</p>\n'
        yield "</header>\n"
        yield from self._contents()
        yield '<main id="innehall">\n'
        for number, block in enumerate(document.blocks):
            yield from self._write_block(block, number)
        yield f"</main>\n<footer><p>{_mark(document.source)}</p></footer>\n</body>\n</html>\n"

    def _contents(self) -> Iterator[str]:
        yield f'<nav aria-label="{words.CONTENTS}"><h2>{words.CONTENTS}</h2><ul>'
        for number, block in enumerate(self.document.blocks):
            if isinstance(block, Heading) and block.level < 3:
                kind = ' class="under"' if block.level == 2 else ""
                yield f'<li{kind}><a href="#{_anchor(block, number)}">{escape(block.text)}</a></li>'
        yield "</ul></nav>\n"

    def _write_block(self, block: object, number: int) -> Iterator[str]:
        match block:
            case Heading():
                level = block.level + 1
                self.told.forget()
                yield f'<h{level} id="{_anchor(block, number)}">{escape(block.text)}</h{level}>\n'
            case Paragraph():
                kinds = {"text": "", "lead": ' class="fynd"', "note": ' class="fot"', "warning": ' class="varning"'}
                yield f"<p{kinds[block.kind]}>{_mark(block.text)}</p>\n"
            case BulletList():
                yield f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>\n"
            case KeyNumbers():
                items = "".join(f"<div><dt>{escape(w)}</dt><dd>{escape(n)}</dd></div>" for n, w in block.numbers)
                yield f'<dl class="nyckeltal">{items}</dl>\n'
            case TableBlock():
                self.tables += 1
                yield self._table(block, words.format_table_caption(self.tables, block.title))
            case ChartBlock():
                yield from self._chart(block)
            case PageBreak():
                pass

    def _chart(self, block: ChartBlock) -> Iterator[str]:
        if block.native is None:
            # Nothing that is known can be drawn: the finding says why.
            yield f'<p class="fynd" id="diagram-{escape(block.key)}">{escape(block.title)}.</p>\n'
            return
        self.charts += 1
        caption = words.format_chart_caption(self.charts, block.title)
        self.told.say((block.source,))
        picture = self.pictures.get(block.key)
        yield f'<figure id="diagram-{escape(block.key)}">\n<figcaption>{escape(caption)}</figcaption>'
        yield f'<p class="fot">{escape(block.subtitle.rstrip("."))}.</p>'
        if picture is not None:
            yield f'<div class="bild" role="img" aria-label="{escape(block.alt)}">{inline_svg(picture)}</div>'
            yield f'<p class="fot">{escape(block.note)}</p>'
            yield f"<details><summary>Tabell: {escape(block.title)}</summary>{self._table(block.table, block.title)}"
            yield "</details>"
        else:
            yield self._table(block.table, block.title)
        yield f'<p class="fot">{_mark(block.source)}</p></figure>\n'

    def _table(self, block: TableBlock, caption: str) -> str:
        kinds = [' class="tal"' if numeric else "" for numeric in block.numeric]
        head = "".join(
            f'<th scope="col"{kind}>{_lines(text)}</th>' for text, kind in zip(block.header, kinds, strict=True)
        )
        rows = []
        for row in block.rows:
            cells = [f'<th scope="row">{_lines(row[0].text)}</th>']
            cells += [
                f"<td{kind}>{f'<b>{_lines(cell.text)}</b>' if cell.strong else _lines(cell.text)}</td>"
                for cell, kind in zip(row[1:], kinds[1:], strict=True)
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        notes = "".join(f'<p class="fot">{_mark(note)}</p>' for note in self.told.list_new(block.notes))
        self.told.say(block.notes)
        return (
            f'<div class="rulla" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
            f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
            f"</table></div>{notes}\n"
        )

    def _style(self) -> str:
        palette = self.palette
        faces = "".join(
            f"@font-face{{font-family:'Source Sans 3';font-weight:{weight};src:url(data:font/ttf;base64,"
            f"{base64.b64encode((FONT_FOLDER / file).read_bytes()).decode()}) format('truetype')}}"
            for weight, file in ((400, "SourceSans3-Regular.ttf"), (600, "SourceSans3-SemiBold.ttf"))
        )
        return faces + (
            f"body{{font:16px/1.5 'Source Sans 3',Calibri,Arial,sans-serif;color:{palette.text};max-width:60rem;"
            "margin:0 auto;padding:1.5rem;font-variant-numeric:tabular-nums}"
            "h1{font-size:2rem;line-height:1.2;font-weight:600}h2{font-size:1.6rem;font-weight:600;margin-top:3rem;"
            f"border-bottom:2px solid {palette.accent};padding-bottom:.2rem}}nav h2{{margin-top:1.5rem}}"
            "h3{font-size:1.25rem;font-weight:600;margin-top:2rem}h4{font-size:1rem;font-weight:600}"
            "figure{margin:2rem 0}figcaption,caption{font-weight:600;text-align:left;font-size:1.1rem;padding:.3rem 0}"
            ".bild svg{width:100%;max-width:48rem;height:auto;display:block}.dag{white-space:nowrap}"
            f".fot,footer{{font-size:.85rem;color:{palette.text_2};"
            "margin:.3rem 0}.fynd,.varning{font-weight:600}"
            f".varning{{border:2px solid {palette.text};padding:.4rem .8rem;display:inline-block}}"
            ".rulla{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem;margin:1rem 0 .3rem}"
            f"th,td{{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0}}"
            f"th,td{{border-bottom:1px solid {palette.rule}}}"
            f"thead th{{border-bottom:2px solid {palette.text}}}.tal{{text-align:right}}th{{font-weight:600}}"
            f"a{{color:{palette.data}}}:focus-visible{{outline:3px solid {palette.text};outline-offset:2px}}"
            "nav ul{list-style:none;padding:0;columns:2 18rem}nav .under{padding-left:1rem}"
            ".nyckeltal{display:flex;flex-wrap:wrap;gap:1.5rem}"
            ".nyckeltal div{display:flex;flex-direction:column-reverse;justify-content:flex-end}"
            ".nyckeltal dd{margin:0;font-size:1.8rem;font-weight:600}.nyckeltal dt{max-width:12rem;font-size:.9rem}"
            ".hopp{position:absolute;left:-99rem}.hopp:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}"
            ".logo{height:48px}summary{cursor:pointer;padding:.3rem 0}"
            "@media print{details{display:block}nav{columns:1}figure,tr{break-inside:avoid}}"
        )


def inline_svg(picture: bytes) -> str:
    """A drawn SVG as part of a page: without its XML head, hidden from readers, whose words stand beside it."""
    text = picture.decode("utf-8")
    text = text[text.index("<svg") :]
    return text.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


def _anchor(block: Heading, number: int) -> str:
    return f"{fold_name(block.text)}-{number}"


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _mark(text: str) -> str:
    """The text with the words that say that data are invented in bold, and no date broken between two lines."""
    marked = f"<b>{EXAMPLE_MARK}</b>" if text.startswith(EXAMPLE_MARK) else ""
    return marked + _DATE.sub(r'<span class="dag">\g<0></span>', escape(text.removeprefix(EXAMPLE_MARK)))
