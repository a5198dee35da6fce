"""The report as a workbook: every table a real Excel table, numbers as numbers, charts that Excel draws itself."""

from finsam_dash.export.excel.writer import build_definitions_table, to_xlsx

__all__ = ["build_definitions_table", "to_xlsx"]
