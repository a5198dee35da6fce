"""axe finds nothing serious or critical on any page, in either läge."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_walk import PAGES, open_page
from dashboard_server import Server
from playwright.sync_api import Page


@pytest.mark.parametrize("lage", ["intern", "publicering"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_serious(dashboard: Page, server: Server, path: str, lage: str):
    open_page(dashboard, f"{server.url}{path}?forbund=uppsala-lan&period=2014&lage={lage}")
    violations = Axe().run(dashboard).response["violations"]
    serious = [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_has_one_h1_and_each_chart_a_name_and_a_table(dashboard: Page, server: Server, path: str):
    open_page(dashboard, f"{server.url}{path}?forbund=uppsala-lan&period=2014&lage=intern")
    assert dashboard.locator("h1").count() == 1
    charts = dashboard.get_by_role("figure").all()
    assert all(len(chart.get_attribute("aria-label") or "") > 40 for chart in charts)
    assert dashboard.get_by_role("button", name="Tabell").count() == len(charts)
