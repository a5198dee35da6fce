"""Ekonomi on a page: tables of money, and forms for rows and prognoser of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial

import streamlit as st

from finsam_dash.intake.published import make_code
from finsam_dash.model import Actor, EconomyRow, Missing, Period, PostState, PostType, Unit
from finsam_dash.report.content import Report
from finsam_dash.report.content_economy import BudgetTable, Economy, Statement
from finsam_dash.report.economy import OWN_TABLE
from finsam_dash.store import Store, save_entries
from finsam_dash.ui.fold import draw_fold
from finsam_dash.ui.messages import draw_notice, refuse_personnummer
from finsam_dash.ui.page import mark_invented
from finsam_dash.ui.table import Cell, Column, build_table, draw_table
from finsam_dash.wording import economy as words
from finsam_dash.wording.names import capitalise, format_name, format_name_capital, name_subject
from finsam_dash.wording.numbers import format_share
from finsam_dash.wording.periods import format_date, format_period

_SAVED = "ekonomi_sparad"
ACTOR = Actor()


def draw_room(economy: Economy, as_of: date) -> None:
    """Draw what can still be decided, from what there is down to what is left."""
    room = economy.room
    st.header(words.format_room_heading(economy, as_of), anchor=False)
    if room is None:
        st.html(
            '<p class="fd-under">Budgeten säger inte vad som är beslutat och vad som är kvar att besluta. Skriv in '
            "posterna längst ner på sidan.</p>"
        )
        return
    st.html(f'<p class="fd-under">{words.format_room_sentence(room)}</p>')
    lines = [(Cell(what, strong=what in ("Att disponera", "Kvar när allt detta är räknat")), amount)
             for what, amount in words.list_room_lines(room)]  # fmt: skip
    printed = [(Cell(f"Tryckt: {what}", quiet=True), words.format_whole(amount)) for what, amount in room.printed]
    draw_table(
        build_table(
            "Beslutsutrymme",
            ["Post", Column("Kronor", numeric=True)],
            [*lines, *printed],
            mark_invented(f"Källa: {room.source}."),
        )
    )


def draw_budget(table: BudgetTable, names: Mapping[str, str]) -> None:
    """Draw one table of budget and outcome, with used of budget where both are known."""
    shares = any(line.share is not None or line.printed_share is not None for line in table.lines)
    heads = [Column(words.STATE_HEADS[state], numeric=True) for state in table.columns]
    rows: list[list[str | Cell]] = []
    for line in table.lines:
        name = line.post if not line.insats else names.get(line.insats, line.post)
        label = line.post if name == line.post or line.insatsperiod else f"{line.post}"
        cells: list[str | Cell] = [
            Cell(label, strong=words.is_sum(line), below=words.format_line_note(line)),
            *(words.format_line_cell(line, state) for state in table.columns),
        ]
        if shares:
            cells.append(words.format_line_share(line))
        rows.append(cells)
    columns: list[str | Column] = ["Post (kronor)", *heads]
    if shares:
        columns.append(Column(words.SHARE_HEAD, numeric=True))
    st.subheader(table.tabell, anchor=False)
    note = f"{table.note}. " if table.note else ""
    draw_table(build_table(table.tabell, columns, rows, mark_invented(f"{note}Källa: {table.source}.")))


def draw_insatser(economy: Economy, names: Mapping[str, str]) -> None:
    """Draw quotas and costs by insats, both meanings of consumption labelled; one sentence where none is stored."""
    st.header("Förbrukning och förbundets kostnad per insats", anchor=False)
    if all(isinstance(row.value, Missing) for row in economy.insatser):
        st.html(f'<p class="fd-under">{words.NO_COSTS}</p>')
        return
    by_subject: dict[str | None, dict[str, int]] = {}
    for place, row in enumerate(economy.insatser):
        by_subject.setdefault(row.subject, {})[row.indikator] = place
    rows: list[list[str | Cell]] = []
    for subject, places in by_subject.items():
        found = {code: economy.insatser[place] for code, place in places.items()}
        result = found["kostnad_per_resultat"]
        rows.append(
            [
                Cell(name_subject(subject, names), strong=subject is None),
                words.format_money_value(found["forbrukningskvot"].value, Unit.ANDEL),
                words.format_money_value(found["forbrukad_andel"].value, Unit.ANDEL),
                Cell(
                    words.format_money_value(found["kostnad_per_deltagande"].value, Unit.KR),
                    below=words.format_cost_coverage(found["kostnad_per_deltagande"]),
                ),
                Cell(words.format_money_value(result.value, Unit.KR), below=words.format_cost_interval(result)),
                Cell(words.format_cost_reasons(found, names), quiet=True),
            ]
        )
    draw_table(
        build_table(
            "Förbrukning och kostnad",
            [
                "Insats",
                Column(words.QUOTA_HEAD, numeric=True),
                Column(words.SHARE_HEAD, numeric=True),
                Column(words.PER_START_HEAD, numeric=True),
                Column(words.PER_RESULT_HEAD, numeric=True),
                "Varför det saknas",
            ],
            rows,
            words.QUOTA_NOTE,
        )
    )


def draw_printed_quotas(economy: Economy) -> None:
    """Draw the quotas that the documents print, by insatsperiod."""
    quotas = [quota for quota in economy.printed_quotas if quota.kind == "forbrukningskvot"]
    if not quotas:
        return
    with st.expander(f"Tryckta förbrukningskvoter, {len(quotas)} insatsperioder"):
        rows = [
            (
                Cell(quota.post, below=quota.insatsperiod if quota.insatsperiod != quota.post else ""),
                format_period(quota.period),
                format_share(float(quota.share)),
            )
            for quota in quotas
        ]
        draw_table(
            build_table(
                "Förbrukningskvoter",
                ["Insatsperiod", "Tid", Column(words.QUOTA_HEAD, numeric=True)],
                rows,
                mark_invented(f"Källa: {quotas[0].source}."),
            )
        )


def draw_financing(economy: Economy) -> None:
    """Draw the members' grants, year by year."""
    financing = economy.financing
    st.header("Finansiering per medlem", anchor=False)
    if financing is None:
        st.html('<p class="fd-under">Inga medlemmars bidrag är lagrade. Skriv in dem längst ner på sidan.</p>')
        return
    shares = any(member.share is not None for member in financing.members)
    columns: list[str | Column] = ["Medlem (kronor)", *(Column(str(year), numeric=True) for year in financing.years)]
    if shares:
        columns.append(Column("Tryckt andel", numeric=True))
    rows = []
    for member in financing.members:
        span = "" if member.first is None else f"{member.first}–{member.last}"
        cells: list[str | Cell] = [
            Cell(member.medlem, below=f"medlem med bidrag {span}" if span and member.first != member.last else ""),
            *(words.format_whole(amount) for amount in member.amounts),
        ]
        if shares:
            cells.append("–" if member.share is None else format_share(float(member.share)))
        rows.append(cells)
    if any(amount is not None for amount in financing.totals):
        whole: list[str | Cell] = [Cell("Summa", strong=True), *map(words.format_whole, financing.totals)]
        rows.append([*whole, ""] if shares else whole)
    draw_table(build_table("Finansiering per medlem", columns, rows, mark_invented(f"Källa: {financing.source}.")))


def draw_capital(economy: Economy) -> None:
    """Draw shares of the bidrag, and eget kapital against its ceiling."""
    if economy.shares:
        st.header("Så används bidraget", anchor=False)
        rows = [
            (capitalise(format_name(share.kind)), words.format_whole(share.amount), format_share(share.share))
            for share in economy.shares
        ]
        draw_table(
            build_table(
                "Andelar av bidraget",
                ["Ändamål", Column("Kronor", numeric=True), Column("Av bidraget", numeric=True)],
                rows,
                "Över 100 procent tillsammans: pengar från tidigare år används också."
                if sum(share.share for share in economy.shares) > 1
                else "",
            )
        )
    if economy.equity is not None:
        st.header("Eget kapital", anchor=False)
        st.html(f'<p class="fd-under">{words.format_equity_sentence(economy.equity)}</p>')


def draw_forecasts(economy: Economy, names: Mapping[str, str]) -> None:
    """Draw where the year points: a span, and the responsible person's own prognos with its day."""
    if not economy.forecasts:
        return
    st.header("Prognos för året", anchor=False)
    rows = []
    for forecast in economy.forecasts:
        own = "; ".join(
            f"{words.format_kronor(amount)} ({format_date(day)}){': ' + comment if comment else ''}"
            for day, amount, comment in forecast.own
        )
        rows.append(
            (
                names.get(forecast.insats, forecast.insats),
                words.format_whole(forecast.budget),
                words.format_whole(forecast.used),
                f"{words.format_whole(forecast.low)}–{words.format_whole(forecast.high)}",
                own or "ingen egen prognos",
            )
        )
    draw_table(
        build_table(
            "Prognos för året",
            [
                "Insats (kronor)",
                Column("Budget", numeric=True),
                Column("Förbrukat", numeric=True),
                Column("Spann", numeric=True),
                "Ansvarigs prognos",
            ],
            rows,
            "Spannet går mellan samma takt resten av året, och resten enligt budget.",
        )
    )


def draw_conflicts(economy: Economy) -> None:
    """Draw where tables of the same document do not agree."""
    if economy.conflicts:
        draw_notice("varning", "Dokumentets tabeller går isär.", *map(words.format_conflict, economy.conflicts))


def draw_statement(statement: Statement) -> None:
    """Draw a table as it is published."""
    rows: list[list[str | Cell]] = [
        [
            Cell(row.post, strong=words.is_sum(row), below=row.medlem if row.medlem != row.post else ""),
            *words.format_statement_cells(row),
        ]
        for row in statement.rows
    ]
    heads = [Column(words.format_statement_head(*column), numeric=True) for column in statement.columns]
    note = f"{statement.note}. " if statement.note else ""
    st.subheader(words.format_statement_title(statement), anchor=False)
    draw_table(
        build_table(statement.tabell, ["Post", *heads], rows, mark_invented(f"{note}Källa: {statement.source}."))
    )


def draw_entry(store: Store, report: Report, names: Mapping[str, str]) -> None:
    """Draw the form for an amount or a prognos of one's own."""
    if st.session_state.pop(_SAVED, False):
        draw_notice("info", "Sparat.", "Beloppet är med i tabellerna.")
    draw_fold("Lägg till ett belopp eller en prognos", "nytt_belopp", partial(_draw_fields, store, report, names))


def _draw_fields(store: Store, report: Report, names: Mapping[str, str]) -> None:
    with st.form("ekonomirad", border=False):
        left, right = st.columns(2, gap="medium")
        types = (PostType.BIDRAG, PostType.OVRIG_INTAKT, PostType.INGAENDE_KAPITAL, PostType.KOSTNAD)
        with left:
            post = st.text_input("Post")
            posttype = st.selectbox("Vad det är", types, index=3, format_func=format_name_capital)
            state = st.selectbox("Tillstånd", list(PostState), format_func=format_name_capital)
            amount = st.text_input("Belopp i kronor", placeholder="250 000")
        with right:
            insats = st.selectbox("Insats", ["", *names], format_func=lambda kod: names.get(kod, "Ingen"))
            medlem = st.text_input("Medlem (för bidrag)")
            span = st.date_input(
                "Tid", value=(report.period.start, report.period.end), min_value=date(2004, 1, 1), format="YYYY-MM-DD"
            )
            comment = st.text_input("Kommentar till prognosen")
        if st.form_submit_button("Spara beloppet", type="primary"):
            days = span if isinstance(span, tuple) else (span, span)
            number = _read_amount(amount)
            if not post.strip() or number is None or len(days) != 2 or posttype is None or state is None:
                draw_notice("fel", "Inget har sparats.", "Skriv en post, ett belopp i kronor och två datum.")
                return
            _save(store, report, post.strip(), posttype, state, number, insats, medlem.strip(), days, comment.strip())
            st.session_state[_SAVED] = True
            st.rerun()


def _read_amount(text: str) -> Decimal | None:
    digits = "".join(text.split()).removesuffix("kr").replace(",", ".")
    return Decimal(digits) if digits.replace(".", "", 1).isdigit() else None


def _save(
    store: Store,
    report: Report,
    post: str,
    posttype: PostType,
    state: PostState,
    amount: Decimal,
    insats: str,
    medlem: str,
    days: tuple[date, ...],
    comment: str,
) -> None:
    if refuse_personnummer(post, medlem, comment):
        return
    known = report.as_of if state is PostState.PROGNOS else None
    parts = (OWN_TABLE, post, posttype, state, insats, medlem, str(days[0]), str(days[1]), str(known or ""))
    row = EconomyRow(
        kod=make_code(*parts),
        tabell=OWN_TABLE,
        posttype=posttype,
        state=state,
        kategori="Insatser" if insats else "",
        post=post,
        period=Period(days[0], days[1]),
        amount=amount,
        unit=Unit.KR,
        insats=insats,
        medlem=medlem,
        known_from=known,
        comment=comment,
    )
    save_entries(store, report.forbund.kod, [row], ACTOR, reason="inskrivet på sidan Ekonomi")
