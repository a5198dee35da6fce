"""Charts that Office can edit: DrawingML chart parts, and the workbooks that lie in them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from finsam_dash.charts.text_width import text_width
from finsam_dash.charts.theme import FONT_NAME, Palette
from finsam_dash.export.native import Axis, BarChart, BarSeries, NativeChart, PointChart, PointSeries

EMU_PER_POINT = 12700
_COLUMNS = 3
_SHEET = "Data"
_RING = "\u25cb"
_PAD = "\u00a0\u00a0"
"""Between a row's text and its marks: a mark at 0 or 100 % would lie on the text, and Office has no other margin."""
_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class Look:
    """The chart's size and type, in points. `scale` enlarges marks and lines; a `slide` has no grid.

    `typeface` is a name, or "+mn-lt" for that of the document's theme.
    """

    width: float
    height: float
    font: float = 9.0
    scale: float = 1.0
    palette: Palette = field(default_factory=Palette)
    slide: bool = False
    typeface: str = FONT_NAME


def to_workbook(chart: NativeChart) -> bytes:
    """The workbook behind a chart: one sheet, a block of columns a series, numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_SHEET)
        if isinstance(chart, BarChart):
            for row, category in enumerate(chart.categories, start=1):
                sheet.write_string(row, 0, category)
            for column, series in enumerate((*chart.bars, *chart.lines), start=1):
                sheet.write_string(0, column, series.name)
                for row, value in enumerate(series.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value)
        else:
            for number, points in enumerate(chart.series):
                first = number * _COLUMNS
                for offset, header in enumerate((points.name, "x", "y")):
                    sheet.write_string(0, first + offset, header)
                for row, point in enumerate(points.points, start=1):
                    sheet.write_string(row, first, point.label.replace("\n", " "))
                    sheet.write_number(row, first + 1, point.x)
                    sheet.write_number(row, first + 2, point.y)
    return stream.getvalue()


def to_chart_xml(chart: NativeChart, look: Look) -> bytes:
    """The chart part, UTF-8. Its references point into the workbook of `to_workbook`."""
    plot = _draw_bars(chart, look) if isinstance(chart, BarChart) else _draw_points(chart, look)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="sv-SE"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{plot}</c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_default_run(look)}</a:pPr>"
        '<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _colour(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def _font(look: Look) -> str:
    return f'<a:latin typeface="{escape(look.typeface)}"/><a:cs typeface="{escape(look.typeface)}"/>'


def _default_run(look: Look, *, tick: bool = False) -> str:
    size = round((look.font - 0.5 * look.scale if tick else look.font) * 100)
    colour = look.palette.text_2 if tick else look.palette.text
    return f'<a:defRPr sz="{size}" b="0">{_colour(colour)}{_font(look)}</a:defRPr>'


def _line(colour: str, width: float, dash: str = "solid") -> str:
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(width * EMU_PER_POINT)}" cap="flat">{_colour(colour)}'
        f'<a:prstDash val="{dash}"/><a:round/></a:ln>'
    )


def _numbers(tag: str, reference: str, values: list[float | None]) -> str:
    cells = "".join(
        f'<c:pt idx="{index}"><c:v>{value!r}</c:v></c:pt>' for index, value in enumerate(values) if value is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{reference}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{cells}</c:numCache></c:numRef></c:{tag}>'
    )


def _texts(tag: str, reference: str, texts: tuple[str, ...]) -> str:
    cells = "".join(f'<c:pt idx="{index}"><c:v>{escape(text)}</c:v></c:pt>' for index, text in enumerate(texts))
    return (
        f'<c:{tag}><c:strRef><c:f>{reference}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>{cells}'
        f"</c:strCache></c:strRef></c:{tag}>"
    )


def _reference(column: int, first: int, last: int) -> str:
    start = xl_rowcol_to_cell(first, column, row_abs=True, col_abs=True)
    end = xl_rowcol_to_cell(last, column, row_abs=True, col_abs=True)
    return f"{_SHEET}!{start}" if first == last else f"{_SHEET}!{start}:{end}"


def _label(index: int, text: str, side: str, bold: bool, look: Look, colour: str = "") -> str:
    lines = text.split("\n")
    weight = "1" if bold else "0"
    ink = _colour(colour or look.palette.text)
    run = f'<a:rPr lang="sv-SE" sz="{round(look.font * 100)}" b="{weight}">{ink}{_font(look)}</a:rPr>'
    align = {"l": "r", "r": "l"}.get(side, "ctr")
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}">{_default_run(look)}</a:pPr><a:r>{run}<a:t>{escape(line)}</a:t></a:r></a:p>'
        for line in lines
    )
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none" lIns="19050" rIns="19050" tIns="0" '
        f'bIns="0"/><a:lstStyle/>{paragraphs}</c:rich></c:tx><c:dLblPos val="{side}"/>{_shown("1")}</c:dLbl>'
    )


def _shown(value: str) -> str:
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _labels(texts: list[tuple[int, str, bool]], side: str, look: Look, colour: str = "") -> str:
    if not texts:
        return ""
    written = "".join(_label(index, text, side, bold, look, colour) for index, text, bold in texts)
    return f"<c:dLbls>{written}{_shown('0')}</c:dLbls>"


def _marker(series: PointSeries, look: Look) -> str:
    if series.marker != "circle":
        return '<c:marker><c:symbol val="none"/></c:marker>'
    size = min(72, round(series.size * look.scale))
    shape = f"{_colour(series.colour)}{_line(look.palette.background, 0.75 * look.scale)}"
    return f'<c:marker><c:symbol val="circle"/><c:size val="{size}"/><c:spPr>{shape}</c:spPr></c:marker>'


def _draw_points(chart: PointChart, look: Look) -> str:
    parts = []
    for number, series in enumerate(chart.series):
        column, last = number * _COLUMNS, len(series.points)
        pads = _PADS.get(series.side, ("", "")) if chart.rows and not chart.bare else ("", "")
        texts = [
            (index, "\n".join(f"{pads[0]}{line}{pads[1]}" for line in point.label.split("\n")), point.bold)
            for index, point in enumerate(series.points)
            if point.label
        ]
        labels = _labels(texts, series.side, look)
        if series.marker == "ring":
            # LibreOffice draws no outline round a marker and stacks series the other way: a ring is a letter.
            rings = [(index, _RING, True) for index in range(last)]
            labels = _labels(rings, series.side, replace(look, font=look.font * 1.5), series.colour)
        parts.append(
            f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
            f"{_texts('tx', _reference(column, 0, 0), (series.name,))}"
            f"<c:spPr>{_line(series.line, series.width * look.scale, series.dash)}</c:spPr>"
            f"{_marker(series, look)}{labels}"
            f"{_numbers('xVal', _reference(column + 1, 1, last), [point.x for point in series.points])}"
            f"{_numbers('yVal', _reference(column + 2, 1, last), [point.y for point in series.points])}"
            '<c:smooth val="0"/></c:ser>'
        )
    # Word draws by c:order, the last on top; LibreOffice by place in the file, the first on top. The very first has the
    # most points, and LibreOffice drops what later series have beyond those.
    parts[1:] = parts[:0:-1]
    left = _width(chart.left_label, look) if chart.left_label else _width("100 %", look)
    right = _width(chart.right_label, look) if chart.right_label else look.font
    top, bottom = look.font * (1.9 if chart.rows else 0.8), look.font * 2.1
    if chart.bare:
        # Half a marker on either side, or a point at 0 or 100 % would be cut.
        left = right = _BARE_EDGE * look.scale
        top = bottom = 0.0
    return (
        f"{_layout(left, right, top, bottom, look)}"
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{"".join(parts)}'
        '<c:axId val="50010"/><c:axId val="50020"/></c:scatterChart>'
        f"{_value_axis(50010, 50020, 'b', chart.x, look, delete=chart.bare)}"
        f"{_value_axis(50020, 50010, 'l', chart.y, look, delete=chart.bare)}"
    )


_BARE_EDGE = 5.0
"""Points."""
_PADS = {"l": ("", _PAD), "r": (_PAD, "")}


def _width(text: str, look: Look) -> float:
    return max(text_width(line, look.font, bold=True) for line in text.split("\n")) + look.font * 1.2


def _layout(left: float, right: float, top: float, bottom: float, look: Look) -> str:
    width = max(0.2, 1 - (left + right) / look.width)
    height = max(0.2, 1 - (top + bottom) / look.height)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left / look.width:.4f}"/><c:y val="{top / look.height:.4f}"/>'
        f'<c:w val="{width:.4f}"/><c:h val="{height:.4f}"/></c:manualLayout></c:layout>'
    )


def _value_axis(own: int, other: int, place: str, axis: Axis, look: Look, *, delete: bool = False) -> str:
    grid = ""
    if not axis.hidden and not look.slide and not delete:
        grid = f"<c:majorGridlines><c:spPr>{_line(look.palette.grid, 0.5)}</c:spPr></c:majorGridlines>"
    labels = "none" if axis.hidden else "low"
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/><c:max val="{axis.high!r}"/>'
        f'<c:min val="{axis.low!r}"/></c:scaling><c:delete val="{int(delete)}"/><c:axPos val="{place}"/>{grid}'
        f'<c:numFmt formatCode="{escape(axis.number_format)}" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>'
        f"<c:spPr>{_line(look.palette.axis, 0.75 * look.scale)}</c:spPr>{_tick_text(look)}"
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/>'
        f'<c:majorUnit val="{axis.step!r}"/></c:valAx>'
    )


def _tick_text(look: Look) -> str:
    return (
        f'<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>{_default_run(look, tick=True)}</a:pPr>'
        '<a:endParaRPr lang="sv-SE"/></a:p></c:txPr>'
    )


def _bar_series(series: BarSeries, number: int, categories: tuple[str, ...], shape: str, look: Look) -> str:
    last = len(categories)
    texts = [(index, text, False) for index, text in enumerate(series.labels) if series.values[index] is not None]
    labels = _labels(texts, "outEnd", look)
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"{_texts('tx', _reference(number + 1, 0, 0), (series.name,))}{shape}{_hatch(series, look)}{labels}"
        f"{_texts('cat', _reference(0, 1, last), categories)}"
        f"{_numbers('val', _reference(number + 1, 1, last), list(series.values))}"
    )


def _hatch(series: BarSeries, look: Look) -> str:
    """The bars of preliminary numbers, striped."""
    ground = look.palette.background.lstrip("#")
    return "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>'
        f'<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="{series.colour.lstrip("#")}"/></a:fgClr>'
        f'<a:bgClr><a:srgbClr val="{ground}"/></a:bgClr></a:pattFill>{_line(series.colour, 0.75 * look.scale)}'
        "</c:spPr></c:dPt>"
        for index in series.hatched
        if series.values[index] is not None
    )


def _draw_bars(chart: BarChart, look: Look) -> str:
    bars = "".join(
        _bar_series(
            series,
            number,
            chart.categories,
            f'<c:spPr>{_colour(series.colour)}<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val="0"/>',
            look,
        )
        + "</c:ser>"
        for number, series in enumerate(chart.bars)
    )
    lines = "".join(
        _bar_series(
            series,
            number,
            chart.categories,
            f'<c:spPr>{_line(series.colour, 1.5 * look.scale)}</c:spPr><c:marker><c:symbol val="none"/></c:marker>',
            look,
        )
        + '<c:smooth val="0"/></c:ser>'
        for number, series in enumerate(chart.lines, start=len(chart.bars))
    )
    if lines:
        lines = (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{lines}<c:marker val="1"/>'
            '<c:axId val="50010"/><c:axId val="50020"/></c:lineChart>'
        )
    grouping, overlap = ("stacked", "100") if chart.stacked else ("clustered", "-10")
    values = [value for series in (*chart.bars, *chart.lines) for value in series.values if value is not None]
    step = _find_step(max([abs(value) for value in values] or [1.0]))
    axis = Axis(
        -step * -(min([0.0, *values]) // step),
        step * -(-max([1.0, *values]) * (1.12 if chart.lying else 1) // step),
        step,
        "#,##0;#,##0",
    )
    left = _width(max((wrapped for wrapped in chart.categories), key=len), look) if chart.lying else _width("100", look)
    direction, place = ("bar", "l") if chart.lying else ("col", "b")
    skip = "" if chart.lying else f'<c:tickLblSkip val="{max(1, len(chart.categories) // 8)}"/>'
    category = (
        f'<c:catAx><c:axId val="50010"/><c:scaling><c:orientation val="{"maxMin" if chart.lying else "minMax"}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{place}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line(look.palette.axis, 0.75 * look.scale)}</c:spPr>{_tick_text(look)}"
        '<c:crossAx val="50020"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="100"/>{skip}<c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    value_axis = _value_axis(50020, 50010, "b" if chart.lying else "l", axis, look, delete=chart.lying)
    value_axis = value_axis.replace('<c:crossBetween val="midCat"/>', '<c:crossBetween val="between"/>')
    return (
        f"{_layout(left, look.font * 2, look.font * 0.8, look.font * (0.8 if chart.lying else 2.2), look)}"
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="45"/><c:overlap val="{overlap}"/><c:axId val="50010"/><c:axId val="50020"/></c:barChart>'
        f"{lines}{category}{value_axis}"
    )


def _find_step(largest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that gives at most six lines."""
    power = 1.0
    while True:
        for factor in (1, 2, 5):
            if largest / (factor * power) <= 5:
                return float(factor * power)
        power *= 10
