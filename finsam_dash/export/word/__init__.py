"""The report as a Word file: heading styles, contents, captions, tables with marked header rows, editable charts."""

from finsam_dash.export.word.writer import to_docx

__all__ = ["to_docx"]
