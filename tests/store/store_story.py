"""One story that every database must tell alike; run on SQLite by the tests and on PostgreSQL by its own process."""

from __future__ import annotations

import sys
from datetime import date

import pytest
import sqlalchemy as sa
from build_store import ME, frame

from finsam_dash.model import ComparisonValue, Forbund, Gender, Insats, InsatsPeriod, Period, Purpose, Settings
from finsam_dash.store import (
    DeliveryMeta,
    Store,
    StoreError,
    check_integrity,
    code_figures,
    load_changes,
    load_coded,
    load_comparison_values,
    load_data_version,
    load_deliveries,
    load_delivery_names,
    load_diff,
    load_figures,
    load_insatser,
    load_log,
    load_periods,
    load_settings,
    open_store,
    save_comparison_values,
    save_delivery,
    save_forbund,
    save_grupp,
    save_insats,
    save_settings,
    undo_delivery,
)
from finsam_dash.store.fact_changes import CHANGED, EMPTY, NEW, SAME

SARA = Insats(
    "sara",
    "SARA",
    (InsatsPeriod(date(2014, 1, 1), date(2014, 6, 30), "Projekt"), InsatsPeriod(date(2014, 7, 1), None)),
    purpose=Purpose.ATERGANG,
    grupp="lokus",
    order=1,
)
STIG = Insats("stig", "Stig", (InsatsPeriod(date(2015, 1, 1), None),), predecessors=("sara",), order=2)
MONTH = Period.parse("2014-03")


def tell(url: str) -> None:
    """Fill a store, change it, undo it, and look at it in every way; AssertionError where it is not as it must be."""
    store = open_store(url)
    save_forbund(store, Forbund("provet", "Provet"), ME)
    save_grupp(store, "provet", "lokus", "Lokusgruppen", ME)
    save_insats(store, "provet", SARA, ME)
    save_insats(store, "provet", STIG, ME)
    assert load_insatser(store, "provet") == (SARA, STIG)

    first = _deliver(store, ("sara", "nya", "kvinna", "2014-03", 3), ("sara", "nya", "man", "2014-03", None))
    second = _deliver(store, ("sara", "nya", "kvinna", "2014-03", 4), ("", "deltagare", "alla", "2014", 454))
    assert _values(store) == [
        ("", "deltagare", 454.0, second),
        ("sara", "nya", None, first),
        ("sara", "nya", 4.0, second),
    ]
    assert [figure.value for figure in load_figures(store, "provet", subjects=["sara"], period=MONTH)] == [4.0, None]
    assert load_figures(store, "provet", matt=["nya"], period=Period.parse("2014-04")) == []
    assert len(load_coded(store, "provet", subjects=["sara"])) == 2
    assert load_periods(store, "provet") == (Period.parse("2014"), MONTH)
    assert load_periods(store, "provet", matt=["nya"]) == (MONTH,)
    assert [(one.id, one.state.value, one.current) for one in load_deliveries(store, "provet")] == [
        (first, "aktiv", 1),
        (second, "aktiv", 2),
    ]
    changes = load_changes(store, "provet")
    assert changes is not None
    assert changes.new == 1
    assert [(change.before.value, change.after.value) for change in changes.changed] == [(3.0, 4.0)]

    rows = (
        ("sara", "nya", "kvinna", "2014-03", 5),
        ("sara", "nya", "man", "2014-03", None),
        ("sara", "nya", "man", "2014-04", None),
        ("sara", "nya", "man", "2014-05", 2),
    )
    diff = load_diff(store, "provet", code_figures(frame(*rows)))
    assert diff.status.tolist() == [CHANGED, SAME, EMPTY, NEW]
    assert (diff.value.tolist(), diff.leverans.tolist()) == ([4.0], [second])

    listed = [(one.id, one.namn or one.fil, one.known_from) for one in load_deliveries(store, "provet")]
    assert load_delivery_names(store, "provet") == tuple(listed)
    undo_delivery(store, second, ME)
    assert load_delivery_names(store, "provet") == tuple(listed[:1])
    assert _values(store) == [("sara", "nya", None, first), ("sara", "nya", 3.0, first)]
    with pytest.raises(StoreError, match="redan_angrad"):
        undo_delivery(store, second, ME)

    save_settings(store, "provet", Settings(threshold=7, logo_png=b"\x89PNG"), ME)
    assert load_settings(store, "provet") == Settings(threshold=7, logo_png=b"\x89PNG")
    riket = ComparisonValue("andel_arbete_studier", Gender.ALLA, "riket", "Riket", Period.parse("2014"), 0.34, "SUS")
    assert save_comparison_values(store, [riket, riket], ME) == 1
    assert load_comparison_values(store, "provet") == (riket,)

    assert check_integrity(store) == ()
    assert load_data_version(store) == len(load_log(store)) == 9
    for table in ("log", "fact"):
        for change in (f"UPDATE {table} SET forbund_id = forbund_id", f"DELETE FROM {table}"):
            with pytest.raises(sa.exc.DBAPIError, match="append only"), store.engine.begin() as connection:
                connection.exec_driver_sql(change)
    store.close()
    if url != "sqlite://":
        again = open_store(url)
        assert len(load_figures(again, "provet")) == 2
        again.close()


def _deliver(store: Store, *rows: tuple[str, str, str, str, float | None]) -> int:
    meta = DeliveryMeta("fil.csv", "0" * 64, len(rows), "manad", date(2014, 5, 1))
    return save_delivery(store, "provet", frame(*rows), meta, ME)


def _values(store: Store) -> list[tuple[str, str, float | None, int]]:
    found = load_figures(store, "provet")
    return sorted(
        ((one.subject, one.matt, one.value, one.leverans) for one in found), key=lambda one: (one[0], one[2] or 0)
    )


if __name__ == "__main__":
    tell(sys.argv[1])
