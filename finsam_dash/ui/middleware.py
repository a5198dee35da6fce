"""What the server adds to every answer: Swedish, security headers, own files; and that uploads stay in memory.

And what it refuses: a name that it is not meant to answer to, and Streamlit's account of its own use.
"""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from asyncio import base_events
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocketClose
from streamlit import file_util
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROUTER = Path(__file__).with_name("router.py").resolve()
STATIC = Path(__file__).with_name("static").resolve()
FONTS = Path(__file__).resolve().parents[1] / "charts" / "fonts"
STREAMLIT = Path(file_util.get_static_dir())
PRODUCT = "Finsam uppföljning"

# Starlette rolls an upload over 1 MB into a file in the temp folder. Delivered rows must never touch the disk, so the
# limit lies above server.maxUploadSize (20 MB) with its multipart frame.
MultiPartParser.spool_max_size = 32 * 1024 * 1024


def _set_nodelay(sock: socket.socket) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6}:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


# Streamlit's socket does not name its protocol, and asyncio turns Nagle's algorithm off only where it is named: what is
# sent in two parts, as an answer's headers and its body, waits 40 ms for the other side to confirm the first
# (github.com/Kludex/uvicorn/issues/3149).
base_events._set_nodelay = _set_nodelay  # type: ignore[attr-defined]

_OWN_PREFIXES = ("/egen/", "/typsnitt/")
_NOT_HTML = (*_OWN_PREFIXES, "/static/", "/_stcore/", "/media/", "/component/")

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cross-origin-opener-policy": b"same-origin",
}
_NOTHING_POLICY = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SHOWN_BY_BROWSER = (b"text/html", b"text/plain")

_REFUSALS: Final[dict[str, ASGIApp]] = {
    "http": PlainTextResponse(
        "Adressen finns inte bland dem som programmet svarar på. På den egna datorn: skriv 127.0.0.1 i stället för "
        "namnet. Ska andra nå programmet under namnet, lägg till det i allowedHosts i .streamlit/config.toml.",
        status_code=400,
    ),
    "websocket": WebSocketClose(code=1008),
}
# Counts of sessions, their times and what has been looked up, for anybody who asks.
_METRICS = "/_stcore/metrics"
_NOT_FOUND = PlainTextResponse("Sidan finns inte.", status_code=404)


def find_scripts(element: str) -> list[str]:
    """The addresses of the scripts that draw one of Streamlit's elements and of those that they import, each once.

    Empty where there are none: Streamlit then fetches what it needs when it needs it.
    """
    found = sorted((STREAMLIT / "static" / "js").glob(f"{element}.*.js"))
    for script in found:  # and those that are added on the way
        imported = re.findall(r'\b(?:from|import)"\./([^"]+)"', script.read_text("utf-8"))
        found += [path for name in imported if (path := script.with_name(name)) not in found]
    return [f"./{script.relative_to(STREAMLIT).as_posix()}" for script in found]


def _list_early() -> list[str]:
    # With the types there from the start, no text is measured in another.
    fonts = [f"SourceSans3-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")]
    # Streamlit's page asks for some of them itself.
    html = (STREAMLIT / "index.html").read_text("utf-8")
    found = [script for element in ("Html", "PageLink", "Selectbox") for script in find_scripts(element)]
    scripts = [script for script in dict.fromkeys(found) if script not in html]
    return [
        *(f'<link rel="preload" href="./typsnitt/{font}" as="font" type="font/ttf" crossorigin>' for font in fonts),
        *(f'<link rel="modulepreload" crossorigin href="{found}">' for found in scripts),
    ]


# "</" would end the block early.
_STRINGS = (STATIC / "svenska.json").read_text("utf-8").replace("</", "<\\/")
_HEAD = f"""<link rel="stylesheet" href="./egen/stil.css">
    <link rel="stylesheet" href="./egen/bildspel.css">
    <script type="application/json" id="svenska">{_STRINGS}</script>
    <script src="./egen/svenska.js" defer></script>
    <script src="./egen/kopiera.js" defer></script>
    <script src="./egen/fokus.js" defer></script>
    <script src="./egen/bildspel.js" defer></script>
    <script src="./egen/diagram.js" defer></script>
    <script src="./egen/plotly/plotly-basic.min.js" id="plotly" async></script>
    {"".join(_list_early())}
"""
_NOSCRIPT = "<noscript><p>Sidan behöver JavaScript. Slå på JavaScript i webbläsaren och ladda om.</p></noscript>"


class PageNotRewritten(RuntimeError):
    """Streamlit's index.html no longer looks as we expect, so it would be shown in English."""


def rewrite_index(html: str) -> str:
    """Streamlit's index.html in Swedish, with our style sheet and the script that translates its built-in strings.

    Raises PageNotRewritten when a part to replace is not there.
    """
    for pattern, replacement in (
        (r'<html lang="en">', '<html lang="sv">'),
        (r"<title>.*?</title>", f"<title>{PRODUCT}</title>"),
        (r"<noscript>.*?</noscript>", _NOSCRIPT),
        (r'<link rel="shortcut icon" href="[^"]*" />', '<link rel="shortcut icon" href="./egen/ikon.svg" />'),
        (r'<link rel="service-desc"[^>]*/>', ""),
        (r"</head>", f"  {_HEAD}  </head>"),
    ):
        found = re.search(pattern, html, flags=re.DOTALL)
        if found is None:
            raise PageNotRewritten(pattern)
        html = html[: found.start()] + replacement + html[found.end() :]
    return html


def format_content_policy(html: str) -> str:
    """The content security policy of a page: nothing from elsewhere, inline scripts only by their hash.

    Styles need 'unsafe-inline': Streamlit's components write their own.
    """
    inline = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() for code in inline]
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


class SwedishAndSafe:
    """ASGI middleware: rewrites the one HTML page and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        own = path.startswith(_OWN_PREFIXES)
        # A report saved as a web page is HTML too, and is sent as it is.
        is_page = not path.startswith(_NOT_HTML)
        if is_page or own:
            # Streamlit compresses inside of us, anew for every answer: the page could not be rewritten, and Plotly and
            # the types would hold everybody up. A 304 would keep an older rewrite.
            dropped = (b"accept-encoding", *((b"if-none-match", b"if-modified-since") if is_page else ()))
            scope = {**scope, "headers": [item for item in scope["headers"] if item[0] not in dropped]}
        start: Message | None = None
        body = bytearray()

        async def send_rewritten(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                names = dict(_HEADERS)
                if own:
                    names[b"cache-control"] = b"no-cache"
                kept = [item for item in message["headers"] if item[0].lower() not in names]
                message = {**message, "headers": [*kept, *names.items()]}
                content_type = dict(kept).get(b"content-type", b"")
                if is_page and content_type.startswith(b"text/html"):
                    start = message
                    return
                if message["status"] >= 400 or content_type.startswith(_SHOWN_BY_BROWSER):
                    message["headers"].append((b"content-security-policy", _NOTHING_POLICY))
            elif start is not None:
                body.extend(message.get("body", b""))
                if message.get("more_body"):
                    return
                html = rewrite_index(body.decode()) if scope["method"] == "GET" else ""
                dropped = (b"content-length", b"etag", b"last-modified")
                headers = [item for item in start["headers"] if item[0] not in dropped]
                headers.append((b"content-length", str(len(html.encode())).encode()))
                headers.append((b"content-security-policy", format_content_policy(html).encode()))
                await send({**start, "headers": headers})
                message = {"type": "http.response.body", "body": html.encode()}
                start = None
            await send(message)

        await self.app(scope, receive, send_rewritten)


def _is_expected(scope: Scope) -> bool:
    """Whether the question is put to a name in server.allowedHosts, by a page of such a name or by no page at all.

    A page elsewhere could point its own name at this machine and read the answer (DNS rebinding). Streamlit asks so of
    its websocket alone, and when a page elsewhere opens that, it asks on the net for the address of this machine.
    """
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return is_host_allowed(headers.get("host")) and (origin is None or is_host_allowed(origin.partition("://")[2]))


class OnlyExpected:
    """ASGI middleware: refuses who comes by another name or from a page elsewhere, and who asks for metrics."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.app
        if scope["type"] in _REFUSALS and not _is_expected(scope):
            answer = _REFUSALS[scope["type"]]
        elif scope["type"] == "http" and scope["path"].endswith(_METRICS):
            answer = _NOT_FOUND
        await answer(scope, receive, send)


async def _to_front_page(request: Request) -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")


MIDDLEWARE = [Middleware(SwedishAndSafe), Middleware(OnlyExpected)]
ROUTES = [
    Mount("/egen", app=StaticFiles(directory=STATIC)),
    Mount("/typsnitt", app=StaticFiles(directory=FONTS)),
    # Översikt is the front page and has no path of its own; the address that one would guess still leads there.
    Route("/oversikt", _to_front_page),
]
