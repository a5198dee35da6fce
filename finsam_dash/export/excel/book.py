"""What every workbook of figures is made with."""

from types import MappingProxyType
from typing import Final

from finsam_dash.charts.theme import FONT_NAME

BOOK: Final = MappingProxyType(
    {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Without a scheme Excel takes the font by its name; with one it takes the theme's instead, which is Calibri.
        "default_format_properties": {"font_name": FONT_NAME, "font_size": 10, "font_scheme": "none"},
    }
)
"""Options of an XlsxWriter workbook: a text is never a formula, a link or a number, whatever it begins with."""
SHEET_NAME_LENGTH: Final = 31
"""The longest name of a sheet that Excel opens."""
