"""Insatsredovisning in words: what is printed, and what exists but is looked at first."""

from __future__ import annotations

from build_figures import insats

from finsam_dash.model import InsatsText, Lage, Period
from finsam_dash.report.accounts import build_accounts

YEAR = Period.year(2025)


def test_a_text_of_one_s_own_is_withheld_in_publicering_and_never_said_to_be_missing() -> None:
    own = InsatsText("bro", "framgangsfaktorer", "Fast kontaktperson", YEAR)
    printed = InsatsText("bro", "systemfel", "Korta beslut", YEAR, dokument="arsredovisning")
    earlier = InsatsText("bro", "resultat_samverkan", "Gemensam plan", Period.year(2024))
    for lage, shown, withheld in (
        (Lage.INTERN, (own, printed), ()),
        (Lage.PUBLICERING, (printed,), ("framgangsfaktorer",)),
    ):
        (account,) = build_accounts([insats("bro")], [own, printed, earlier], (), (), YEAR, lage).insatser
        assert (account.texts, account.withheld) == (shown, withheld)
