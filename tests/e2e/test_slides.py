"""Styrelseläge in a browser: the keys, the address, and that nothing is cut, scrolls or lies on something else."""

import re

import pytest
from browser_walk import wait_for_run
from dashboard_server import Server
from playwright.sync_api import Page, expect

from finsam_dash.wording.protection import WAITING_TITLE

CHOICE = "forbund=uppsala-lan&period=2014&lage=intern&insatsbilder=sara%2Cathena"
EXAMPLE = "forbund=exempel&period=2025&lage=intern&insatsbilder=vagen-vidare%2Ckvinnokraft%2Cnavet%2Cmotesplatsen"
SILENT = "forbund=skelleftea&period=2014&lage=intern&insatsbilder=texas%2Cunga-in"
SIZES = [(1280, 720), (1920, 1080)]

# What a slide holds that can be read, with its place and size on the screen, in the slide that is shown.
READ_SLIDE = r"""
() => {
  const number = new URLSearchParams(location.search).get("bild");
  const stage = document.querySelector(`.st-key-bild_${number}`);
  const inside = stage.getBoundingClientRect();
  const parts = [".fd-bild-titel", ".fd-bild-hjalte", ".fd-bild-tabell", ".fd-bild-lista", ".fd-bild-tal",
    ".fd-bild-not", ".fd-bild-not-intill", ".fd-bild-fot", ".svg-container"];
  const boxes = parts.flatMap((name) => [...stage.querySelectorAll(name)].map((part) => {
    const box = part.getBoundingClientRect();
    return { name, left: box.left, top: box.top, right: box.right, bottom: box.bottom };
  }));
  const cut = [...stage.querySelectorAll(".fd-bild *")].filter((e) => e.scrollWidth > e.clientWidth + 1
    && e.clientWidth > 0 && getComputedStyle(e).display !== "inline" && e.tagName !== "IMG").map((e) => e.textContent);
  const texts = [...stage.querySelectorAll(".fd-bild *")].filter((e) => e.children.length === 0
    && e.textContent.trim() && !e.closest(".fd-bild-fot") && e.closest("thead") === null);
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number).map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const onWhite = (colour) => 1.05 / (luminance(colour) + 0.05);
  /* A coloured sign is a mark: the word beside it says the same. */
  const written = [...stage.querySelectorAll(".fd-bild *")].filter((e) => !e.classList.contains("titta")
    && [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim()));
  const colours = [...written.map((e) => getComputedStyle(e).color),
    ...[...stage.querySelectorAll(".svg-container text")].map((e) => getComputedStyle(e).fill)];
  const rules = [...stage.querySelectorAll(".fd-bild *")].flatMap((e) =>
    ["Top", "Bottom", "Left", "Right"].map((side) => getComputedStyle(e)[`border${side}Width`]))
    .map(parseFloat).filter((width) => width > 0);
  const strokes = [...stage.querySelectorAll(".svg-container :is(path, line)")].filter((e) => {
    const look = getComputedStyle(e), box = e.getBoundingClientRect();
    return look.stroke !== "none" && Number(look.strokeOpacity) > 0 && Number(look.opacity) > 0
      && look.stroke !== "rgb(255, 255, 255)" && box.width + box.height > 0;
  }).map((e) => parseFloat(getComputedStyle(e).strokeWidth));
  const pictured = [...stage.querySelectorAll(".fd-bild img")].flatMap((e) =>
    [...atob(e.src.split(",")[1]).matchAll(/stroke-width="([\d.]+)"/g)].map((one) => Number(one[1])));
  const drawn = [...stage.querySelectorAll(".svg-container text")].map((e) =>
    [e.textContent, parseFloat(getComputedStyle(e).fontSize)]);
  return {
    number, shown: getComputedStyle(stage).visibility, inside: [inside.width, inside.height], boxes, cut,
    smallest: Math.min(...texts.map((e) => parseFloat(getComputedStyle(e).fontSize))),
    drawn: Math.min(99, ...drawn.map((one) => one[1])),
    contrast: Math.min(...colours.map(onWhite)),
    rule: Math.min(99, ...rules), stroke: Math.min(99, ...strokes, ...pictured),
    scrolls: document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth,
    title: stage.querySelector("h1").textContent,
  };
}
"""


def open_slides(page: Page, server: Server, lage: str = "intern", choice: str = CHOICE) -> int:
    """Open the first slide and wait for the charts; how many slides there are."""
    page.goto(f"{server.url}/styrelselage?{choice}&bildlage={lage}&bild=1")
    page.wait_for_selector(".fd-bildspel", state="attached")
    # In publicering one slide says that the röjandekontroll is being made, and the others come when it is.
    expect(page.get_by_role("heading", name=WAITING_TITLE, include_hidden=True)).to_have_count(0)
    wait_for_run(page)
    expect(page.locator(".st-key-bild_1")).to_be_visible()
    return int(page.locator(".fd-bildspel").get_attribute("data-antal") or 0)


def overlaps(first: dict[str, float], second: dict[str, float]) -> bool:
    return (
        first["left"] < second["right"] - 1
        and second["left"] < first["right"] - 1
        and first["top"] < second["bottom"] - 1
        and second["top"] < first["bottom"] - 1
    )


@pytest.mark.parametrize("size", SIZES, ids=["1280x720", "1920x1080"])
@pytest.mark.parametrize(
    ("choice", "lage"),
    [
        (CHOICE, "intern"),
        (CHOICE, "publicering"),
        (EXAMPLE, "intern"),
        (EXAMPLE, "publicering"),
        (SILENT, "publicering"),
    ],
    ids=["uppsala-intern", "uppsala-publicering", "exempel-intern", "exempel-publicering", "skelleftea-publicering"],
)
def test_no_slide_scrolls_cuts_or_overlaps(
    dashboard: Page, server: Server, size: tuple[int, int], choice: str, lage: str
):
    dashboard.set_viewport_size({"width": size[0], "height": size[1]})
    scale = size[0] / 1280
    count = open_slides(dashboard, server, lage=lage, choice=choice)
    seen = []
    for number in range(1, count + 1):
        slide = dashboard.evaluate(READ_SLIDE)
        seen.append(slide["title"])
        assert slide["number"] == str(number)
        assert slide["shown"] == "visible"
        assert slide["inside"] == pytest.approx(size, abs=1)
        assert not slide["scrolls"]
        assert slide["cut"] == []
        assert slide["smallest"] >= 24 * scale - 0.1
        assert slide["drawn"] >= 22
        assert slide["contrast"] >= 7
        # A border is a whole number of pixels of the screen.
        assert slide["rule"] >= int(3 * scale)
        assert slide["stroke"] >= 3
        assert len(slide["title"]) <= 90
        for box in slide["boxes"]:
            assert box["left"] >= 0
            assert box["right"] <= size[0] + 1
            assert box["bottom"] <= size[1] + 1, (slide["title"], box)
        pairs = [(a, b) for i, a in enumerate(slide["boxes"]) for b in slide["boxes"][i + 1 :] if overlaps(a, b)]
        assert pairs == [], slide["title"]
        dashboard.keyboard.press("PageDown")
    assert len(set(seen)) > 3
    marks = dashboard.locator(".fd-bild-intern")
    assert marks.count() == (count if lage == "intern" else 0)
    assert dashboard.locator('[data-testid="stSidebar"]').is_hidden()


def test_the_keys_turn_blank_and_leave_and_the_address_follows(dashboard: Page, server: Server):
    count = open_slides(dashboard, server)
    keys = dashboard.keyboard
    for key, number in [
        ("ArrowRight", 2), ("PageDown", 3), ("ArrowLeft", 2), ("PageUp", 1), ("ArrowLeft", 1), ("End", count),
        ("ArrowRight", count), ("Home", 1), (" ", 2),
    ]:  # fmt: skip
        keys.press(key)
        expect(dashboard).to_have_url(re.compile(f"[?&]bild={number}(&|$)"))
        expect(dashboard.locator(f".st-key-bild_{number}")).to_be_visible()
    keys.press("b")
    expect(dashboard.locator(".st-key-bild_2")).to_be_hidden()
    expect(dashboard.locator(".st-key-bildspel")).to_have_css("background-color", "rgb(0, 0, 0)")
    keys.press("PageDown")
    expect(dashboard.locator(".st-key-bild_2")).to_be_visible()
    dashboard.reload()
    expect(dashboard.locator(".st-key-bild_2")).to_be_visible()
    keys.press("Escape")
    expect(dashboard.locator(".fd-sida")).to_have_text("Styrelseläge")
    assert dashboard.url == f"{server.url}/styrelselage?{CHOICE.replace('&insats', '&bildlage=intern&insats')}"
    expect(dashboard.get_by_role("combobox", name="Läge")).to_have_value("Läge: intern")


def test_the_slides_are_for_publication_unless_intern_is_chosen(dashboard: Page, server: Server):
    dashboard.goto(f"{server.url}/styrelselage?forbund=uppsala-lan&period=2014&lage=intern")
    dashboard.get_by_role("link", name="Visa bilderna").click()
    expect(dashboard.locator(".st-key-bild_1")).to_be_visible()
    assert dashboard.locator(".fd-bild-intern").count() == 0
    assert "Läge: publicering." in dashboard.locator(".st-key-bild_1 .fd-bild-fot").inner_text()
