"""The tables of the store.

A figure is one row of `fact`, long and append-only. Its key is small whole numbers into `subject` (whom it speaks
of), `series` (what is counted: mått, indelning, klass, kön) and `period`; `source` says how and where it is stated.
The primary key begins with förbund and subject, so that a filter reaches straight into millions of rows.

Dates and times are ISO text on every database: they sort as dates and need no conversion on the way to SQLite's
STRICT tables. Every table carries the förbund, except `state`, which is the store's own. Rows of `fact`, `log`, `entry`
and `publication` are never changed or removed: triggers in the database (sql/migrations) refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from finsam_dash.model import (
    CountingMode,
    DenominatorType,
    Gender,
    GenderScope,
    Purpose,
    Qualifier,
    Reason,
    SubjectKind,
    Unit,
)

APPLICATION_ID = 0x46494E53
"""Marks an SQLite file as ours ("FINS"); a restore refuses a file without it."""

HEAD = "0003"
"""The newest migration; a test holds it to what lies under sql/migrations."""

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite's strict tables know REAL only, and REAL is too short on PostgreSQL.
Number: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")


def _one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    # NULL is asked for first: SQLite builds the list anew for every row that gets as far.
    return sa.CheckConstraint(f"{column} IS NULL OR {column} IN ({listed})", name=column)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _number(name: str) -> sa.Column[float]:
    return sa.Column(name, Number, nullable=True)


def _reference(column: str, table: str, key: str = "id") -> sa.ForeignKeyConstraint:
    """A reference that cannot cross from one förbund to another."""
    return sa.ForeignKeyConstraint(["forbund_id", column], [f"{table}.forbund_id", f"{table}.{key}"])


def _of_forbund() -> sa.Column[int]:
    return sa.Column("forbund_id", sa.Integer, sa.ForeignKey("forbund.id"), nullable=False)


def _table(name: str, *parts: sa.schema.SchemaItem, with_rowid: bool = True) -> sa.Table:
    return sa.Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=with_rowid)


forbund = _table(
    "forbund",
    _id(),
    _text("kod"),
    _text("namn"),
    _whole("pahittad"),
    sa.UniqueConstraint("kod"),
    sa.CheckConstraint("length(kod) > 0", name="kod"),
    sa.CheckConstraint("pahittad IN (0, 1)", name="pahittad"),
)

subject = _table(
    "subject",
    _id(),
    _of_forbund(),
    _text("kind"),
    _text("kod"),
    sa.UniqueConstraint("forbund_id", "kod"),
    sa.UniqueConstraint("forbund_id", "id"),
    _one_of("kind", SubjectKind),
    sa.CheckConstraint("(kind = 'forbund') = (kod = '')", name="kod"),
)

grupp = _table(
    "grupp",
    sa.Column("subject_id", sa.Integer, primary_key=True, autoincrement=False),
    _of_forbund(),
    _text("namn"),
    _reference("subject_id", "subject"),
    sa.UniqueConstraint("forbund_id", "subject_id"),
)

insats = _table(
    "insats",
    sa.Column("subject_id", sa.Integer, primary_key=True, autoincrement=False),
    _of_forbund(),
    _text("namn"),
    _text("kortnamn"),
    _text("purpose", nullable=True),
    _text("form"),
    _text("counting_mode"),
    _text("gender_scope"),
    _text("huvudman"),
    _text("parter"),
    _text("malgrupp"),
    _text("syfte"),
    _text("ort"),
    _text("kommun"),
    _whole("grupp_id", nullable=True),
    _whole("position"),
    _reference("subject_id", "subject"),
    _reference("grupp_id", "grupp", "subject_id"),
    sa.UniqueConstraint("forbund_id", "subject_id"),
    sa.UniqueConstraint("forbund_id", "namn"),
    _one_of("purpose", Purpose),
    _one_of("counting_mode", CountingMode),
    _one_of("gender_scope", GenderScope),
)

insats_period = _table(
    "insats_period",
    _id(),
    _of_forbund(),
    _whole("insats_id"),
    _text("first_day"),
    _text("last_day", nullable=True),
    _text("label"),
    _text("note"),
    _reference("insats_id", "insats", "subject_id"),
    sa.CheckConstraint("first_day <= last_day", name="order"),
    sa.Index(None, "forbund_id", "insats_id"),
)

predecessor = _table(
    "predecessor",
    _of_forbund(),
    _whole("insats_id"),
    _whole("predecessor_id"),
    sa.PrimaryKeyConstraint("insats_id", "predecessor_id"),
    _reference("insats_id", "insats", "subject_id"),
    _reference("predecessor_id", "insats", "subject_id"),
    sa.CheckConstraint("insats_id <> predecessor_id", name="another"),
)

series = _table(
    "series",
    _id(),
    _of_forbund(),
    _text("matt"),
    _text("indelning"),
    _text("klass"),
    _text("gender"),
    sa.UniqueConstraint("forbund_id", "matt", "indelning", "klass", "gender"),
    sa.UniqueConstraint("forbund_id", "id"),
    sa.CheckConstraint("length(matt) > 0", name="matt"),
    _one_of("gender", Gender),
)

period = _table(
    "period",
    _id(),
    _of_forbund(),
    _text("first_day"),
    _text("last_day"),
    sa.UniqueConstraint("forbund_id", "first_day", "last_day"),
    sa.UniqueConstraint("forbund_id", "id"),
    sa.CheckConstraint("first_day <= last_day", name="order"),
)

source = _table(
    "source",
    _id(),
    _of_forbund(),
    _text("unit"),
    _text("namnare_typ"),
    _text("qualifier"),
    _text("dokument"),
    _text("rubrik"),
    _text("uttryck"),
    sa.UniqueConstraint("forbund_id", "unit", "namnare_typ", "qualifier", "dokument", "rubrik", "uttryck"),
    sa.UniqueConstraint("forbund_id", "id"),
    _one_of("unit", Unit),
    _one_of("namnare_typ", ("", *DenominatorType)),
    _one_of("qualifier", Qualifier),
)

leverans = _table(
    "leverans",
    _id(),
    _of_forbund(),
    _text("fil"),
    _text("sha256"),
    _text("tid"),
    _whole("rader"),
    _whole("figures"),
    _text("checksum"),
    _text("form"),
    _text("role"),
    _text("name"),
    _text("known_from"),
    _text("namn"),
    _text("angrad_tid", nullable=True),
    _text("angrad_role", nullable=True),
    _text("angrad_name", nullable=True),
    sa.UniqueConstraint("forbund_id", "id"),
    sa.CheckConstraint("rader >= 0 AND figures >= 0", name="counts"),
    sa.CheckConstraint(
        "(angrad_tid IS NULL) = (angrad_role IS NULL) AND (angrad_tid IS NULL) = (angrad_name IS NULL)", name="angrad"
    ),
)

comment = _table(
    "comment",
    _id(),
    _of_forbund(),
    _whole("leverans_id"),
    _whole("subject_id", nullable=True),
    _text("first_day", nullable=True),
    _text("last_day", nullable=True),
    _text("text"),
    _reference("leverans_id", "leverans"),
    _reference("subject_id", "subject"),
    sa.Index(None, "forbund_id", "leverans_id"),
)

fact = _table(
    "fact",
    _whole("forbund_id"),
    _whole("subject_id"),
    _whole("series_id"),
    _whole("period_id"),
    _whole("leverans_id"),
    _number("value"),
    _text("reason", nullable=True),
    _number("numerator"),
    _number("denominator"),
    _whole("source_id"),
    sa.PrimaryKeyConstraint("forbund_id", "subject_id", "series_id", "period_id", "leverans_id"),
    _reference("subject_id", "subject"),
    _reference("series_id", "series"),
    _reference("period_id", "period"),
    _reference("leverans_id", "leverans"),
    _reference("source_id", "source"),
    sa.CheckConstraint("(value IS NULL) <> (reason IS NULL)", name="value_or_reason"),
    _one_of("reason", Reason),
    with_rowid=False,
)

setting = _table(
    "setting",
    _id(),
    _of_forbund(),
    _text("tid"),
    _text("name"),
    _text("value"),
    sa.Index(None, "forbund_id", "name", "id"),
)

comparison = _table(
    "comparison",
    _id(),
    # NULL: a value for every förbund, such as riket.
    sa.Column("forbund_id", sa.Integer, sa.ForeignKey("forbund.id"), nullable=True),
    _text("indikator"),
    _text("gender"),
    _text("kind"),
    _text("name"),
    _text("first_day"),
    _text("last_day"),
    _number("value"),
    _number("numerator"),
    _number("denominator"),
    _text("source"),
    _text("extracted", nullable=True),
    _text("note"),
    sa.CheckConstraint("value IS NOT NULL", name="value"),
    sa.CheckConstraint("first_day <= last_day", name="order"),
    _one_of("gender", Gender),
)

entry = _table(
    "entry",
    _id(),
    _of_forbund(),
    _text("register"),
    _text("kod"),
    _text("content"),
    _text("tid"),
    _text("role"),
    _text("name"),
    sa.CheckConstraint("length(register) > 0 AND length(kod) > 0", name="kod"),
    sa.Index(None, "forbund_id", "register", "kod", "id"),
)

publishing_plan = _table(
    "publishing_plan",
    _of_forbund(),
    _whole("basis"),
    _text("settings"),
    _text("program"),
    _text("content"),
    sa.PrimaryKeyConstraint("forbund_id", "basis", "settings", "program"),
)

publication = _table(
    "publication",
    _id(),
    _of_forbund(),
    _text("what"),
    _text("first_day"),
    _text("last_day"),
    _whole("data_version"),
    _whole("basis"),
    _text("settings"),
    _text("program"),
    _text("record"),
    _text("tid"),
    _text("role"),
    _text("name"),
    sa.CheckConstraint("first_day <= last_day", name="order"),
    sa.Index(None, "forbund_id", "id"),
)

log = _table(
    "log",
    _id(),
    sa.Column("forbund_id", sa.Integer, sa.ForeignKey("forbund.id"), nullable=True),
    _text("tid"),
    _text("role"),
    _text("name"),
    _text("what"),
    _text("before", nullable=True),
    _text("after", nullable=True),
    _text("reason"),
    _whole("data_version"),
    sa.UniqueConstraint("data_version"),
)

state = _table(
    "state",
    _id(),
    _text("store_id"),
    _whole("data_version"),
    _text("content"),
    sa.CheckConstraint("id = 1", name="one_row"),
    sa.CheckConstraint("length(content) > 0", name="content"),
)
