"""One page in a browser that draws figures, one at a time, for as long as the process wants it.

The page is loaded once and Plotly draws each figure in it: an order of magnitude quicker than a browser, or a page, a
figure. The browser is spoken to in a thread of its own, so that any thread may ask.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from choreographer import Browser

PATIENCE = 60.0
"""Seconds for one figure; a machine that is busy with other things takes its time."""

PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><style id="size"></style>
<style>body { margin: 0 } img { display: block }</style><img id="page" alt="">
<script src="%s" charset="utf-8"></script><script src="%s" charset="utf-8"></script>
<script>
const draw = async (figure, forms, scale) => {
  const { width, height } = figure.layout;
  const svg = await Plotly.toImage(figure, { format: "svg", width, height });
  const page = document.getElementById("page");
  document.getElementById("size").textContent = `@page { size: ${width}px ${height}px; margin: 0 }`;
  page.src = svg;
  await page.decode();
  if (!forms.includes("png")) return [svg, ""];
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(width * scale), height: Math.round(height * scale),
  });
  canvas.getContext("2d").drawImage(page, 0, 0, canvas.width, canvas.height);
  return [svg, canvas.toDataURL("image/png")];
};
</script></html>"""
"""Takes the address of plotly.js and of the locale."""


class ChartPage:
    """A running browser with the page. Not safe in several threads at once: the caller holds a lock."""

    def __init__(self, browser: str, page: Path) -> None:
        """Start the browser and load the page. Raises RuntimeError or TimeoutError where that does not work."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="diagramsida", daemon=True)
        self._thread.start()
        try:
            self._wait(self._open(browser, page))
        except BaseException:
            self.close()
            raise

    def draw(self, figure: str, forms: Sequence[str], scale: float) -> dict[str, bytes]:
        """The figure (Plotly's JSON, with width and height), drawn once, as "png", "svg" and "pdf", those asked for.

        `scale` is the PNG's pixels a pixel. Raises RuntimeError.
        """
        drawn: dict[str, bytes] = self._wait(self._draw(figure, forms, scale))
        return drawn

    def close(self) -> None:
        """Let the browser go. May be called for one that has died."""
        with contextlib.suppress(Exception):
            self._wait(self._browser.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, PATIENCE), self._loop).result(PATIENCE + 5)

    async def _open(self, browser: str, page: Path) -> None:
        self._browser = Browser(browser, headless=True)
        await self._browser.open()
        self._tab = await self._browser.create_tab(page.as_uri())
        # Asked too early, the answer is that of the empty page before.
        while not await self._evaluate("document.readyState === 'complete' && typeof draw === 'function'"):
            await asyncio.sleep(0.05)

    async def _draw(self, figure: str, forms: Sequence[str], scale: float) -> dict[str, bytes]:
        svg, png = await self._evaluate(f"draw({figure}, {json.dumps(list(forms))}, {scale!r})")
        drawn = {"svg": unquote(svg.partition(",")[2]).encode("utf-8"), "png": base64.b64decode(png.partition(",")[2])}
        if "pdf" in forms:
            asked = {"printBackground": True, "preferCSSPageSize": True, "pageRanges": "1"}
            drawn["pdf"] = base64.b64decode((await self._send("Page.printToPDF", asked))["data"])
        return {form: drawn[form] for form in forms}

    async def _evaluate(self, expression: str) -> Any:
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = await self._send("Runtime.evaluate", asked)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    async def _send(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        answer = await self._tab.send_command(command, params=parameters)
        if "error" in answer:
            raise RuntimeError(str(answer["error"]))
        result: dict[str, Any] = answer["result"]
        return result
