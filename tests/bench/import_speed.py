"""An import of 250 000 csv rows against sqlite3.executemany of the rows that it stores."""

from __future__ import annotations

import io
import os
import resource
import sqlite3
import tempfile
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from finsam_dash.deliveries import build_preview, read_file, save_read
from finsam_dash.store import Store
from tests.bench.delivery_file import ACTOR, FORBUND, HEADER, TODAY, list_rows, make_store, to_csv
from tests.bench.measure import Time, print_heading, print_ratio, time_median, timed

LIMIT = 4.0


def run(insatser: int, months: int, *, with_xlsx: bool) -> None:
    print_heading(f"Import of {insatser * months * 2} rows ({insatser} insatser, {months} months, two kön)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = to_csv(insatser, months)
        print(f"csv: {len(data) / 1e6:.1f} MB")
        ours = _import(make_store(folder / "csv.db", insatser), data, "bench.csv")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows, table = _stored_rows(folder / "csv.db")
        print(f"stored rows: {len(rows)}, peak memory of the process {peak:.0f} MB")
        raw = time_median(lambda: _insert(folder / "raw.db", table, rows))
        bare = time_median(lambda: _insert(folder / "bare.db", _bare(rows), rows))
        _print(ours, raw, "executemany into the same table", LIMIT)
        _print(ours, bare, "executemany into a table without a key", None)
        if with_xlsx:
            del rows
            _run_xlsx(folder, insatser, months, raw)


def _print(ours: Time, raw: Time, against: str, limit: float | None) -> None:
    print_ratio("import, clock s", ours.clock, against, raw.clock, limit)
    print_ratio("import, processor s", ours.processor, against, raw.processor, limit)


def _import(store: Store, data: bytes, filename: str) -> Time:
    with timed() as whole:
        with timed() as reading:
            read = read_file(store, FORBUND, data, filename, today=TODAY)
        assert not read.problems, read.problems[:3]
        with timed() as comparing:
            preview = build_preview(store, FORBUND, read)
        with timed() as saving:
            save_read(store, read, preview, ACTOR, filename=filename, known_from=TODAY)
    for what, taken in (("read and check", reading), ("compare", comparing), ("save", saving)):
        print(f"  {what}: {taken.clock:.2f} s clock, {taken.processor:.2f} s processor", flush=True)
    store.close()
    return whole


def _stored_rows(path: Path) -> tuple[list[tuple[object, ...]], str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM fact").fetchall()
    table = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'fact'").fetchone()[0]
    connection.close()
    return rows, table


def _bare(rows: list[tuple[object, ...]]) -> str:
    return f"CREATE TABLE fact ({', '.join(f'c{place}' for place in range(len(rows[0])))})"


def _insert(path: Path, table: str, rows: list[tuple[object, ...]]) -> None:
    """Write the rows as the import does: one transaction, write-ahead log. The tables referred to are not there."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(table)
    with connection:
        connection.executemany(f"INSERT INTO fact VALUES ({', '.join('?' * len(rows[0]))})", rows)
    connection.close()
    for end in ("-wal", "-shm"):
        if os.path.exists(f"{path}{end}"):
            os.unlink(f"{path}{end}")


def _run_xlsx(folder: Path, insatser: int, months: int, raw: Time) -> None:
    path = folder / "bench.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((HEADER, *list_rows(insatser, months))):
            sheet.write_row(line, 0, row)
    data = path.read_bytes()
    print(f"xlsx: {len(data) / 1e6:.1f} MB")
    with timed() as calamine:
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    print(f"  calamine alone: {calamine.clock:.2f} s clock, {calamine.processor:.2f} s processor")
    ours = _import(make_store(folder / "xlsx.db", insatser), data, "bench.xlsx")
    rest = Time(ours.clock - calamine.clock, ours.processor - calamine.processor)
    _print(rest, raw, "executemany, calamine's reading taken off", LIMIT)
