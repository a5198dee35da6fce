"""What röjandekontroll hides and refuses, in words."""

from __future__ import annotations

from finsam_dash.report.content import Report
from finsam_dash.wording.names import capitalise
from finsam_dash.wording.periods import format_period

GRIDS = {"halvar": "halvår", "tertial": "tertial"}
GRIDS_DEFINITE = {"halvar": "per halvår", "tertial": "per tertial"}
HIDDEN = "Uppgifter som kan röja enskilda visas inte och skrivs som två punkter (..)."
WAITING = (
    "Röjandekontrollen räknas om, eftersom uppgifterna eller inställningarna är ändrade. Det tar några sekunder, en "
    "gång för varje ändring. Inget visas förrän den är klar; sidan fylls i av sig själv."
)
MAKING = "Röjandekontrollen räknas om för de nya uppgifterna. Det tar några sekunder, en gång för varje ändring."


def format_protection(report: Report) -> tuple[str, ...]:
    """The sentences that läge publicering needs beside a report; none in intern."""
    if not report.protection:
        return ()
    if report.protection == "vantar":
        return (WAITING,)
    period, grid = format_period(report.period), GRIDS_DEFINITE.get(report.publishing_grid, "per halvår")
    choose = f"Insatserna lämnas ut {grid}, per kalenderår och för sina egna beslutade perioder."
    if report.protection == "utanfor":
        return (
            HIDDEN,
            f"{capitalise(period)} ingår inte i det som förbundet lämnar ut, så uppgifterna för den perioden är dolda. "
            f"{choose} Hela förbundet lämnas ut också per månad. Välj en sådan period.",
        )
    if report.protection == "bara_forbundet":
        return (HIDDEN, f"För {period} lämnas bara hela förbundets uppgifter ut. {choose}")
    return (HIDDEN,)
