"""What the server adds: Swedish in the one HTML page, security headers everywhere, uploads in memory only."""

import asyncio
import base64
import gzip
import hashlib
import importlib.util
import json
import re
import socket
import tempfile
import tomllib
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from streamlit import config, file_util

from finsam_dash.ui.middleware import (
    FONTS,
    STATIC,
    OnlyExpected,
    PageNotRewritten,
    SwedishAndSafe,
    format_content_policy,
    rewrite_index,
)

INDEX = Path(file_util.get_static_dir(), "index.html").read_text("utf-8")
ROOT = Path(__file__).resolve().parents[2]


def run_alone(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread of its own: a browser test in the same process leaves a running loop behind."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_the_index_of_the_installed_streamlit_becomes_swedish():
    html = rewrite_index(INDEX)
    assert '<html lang="sv">' in html
    assert "<title>Finsam uppföljning</title>" in html
    assert "You need to enable JavaScript" not in html
    assert "Sidan behöver JavaScript." in html
    assert '<script src="./egen/svenska.js" defer></script>' in html


def test_what_every_page_needs_is_asked_for_with_the_page_and_is_there():
    head = rewrite_index(INDEX).split("</head>")[0]
    fonts = re.findall(r'<link rel="preload" href="\./typsnitt/([^"]+)"', head)
    assert len(fonts) == 3
    assert all((FONTS / font).is_file() for font in fonts)
    early = re.findall(r'"\./(static/js/[^"]+)"', head)
    assert len(early) == len(set(early))
    assert {"Html", "PageLink", "Selectbox"} <= {Path(path).name.split(".")[0] for path in early}
    # Nothing that they import is fetched later, one step at a time.
    scripts = [Path(file_util.get_static_dir(), path) for path in early]
    assert all(script.is_file() for script in scripts)
    read = [script.read_text("utf-8") for script in scripts]
    imported = {name for text in read for name in re.findall(r'\b(?:from|import)"\./([^"]+)"', text)}
    assert imported
    assert imported <= {script.name for script in scripts}


def test_an_answer_is_sent_at_once_though_the_sockets_protocol_is_not_named():
    async def accept() -> tuple[int, int]:
        accepted: asyncio.Future[socket.socket] = asyncio.get_running_loop().create_future()

        def keep(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted.set_result(writer.get_extra_info("socket"))

        # As Streamlit binds it.
        listening = socket.socket(family=socket.AF_INET)
        listening.bind(("127.0.0.1", 0))
        async with await asyncio.start_server(keep, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            found = await accepted
            read = found.proto, found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            writer.close()
            return read

    protocol, nodelay = asyncio.run(accept())
    assert protocol == 0
    assert nodelay


def test_a_page_that_cannot_be_rewritten_is_an_error_and_not_english():
    with pytest.raises(PageNotRewritten, match="html lang"):
        rewrite_index(INDEX.replace('lang="en"', 'lang="xx"'))


def test_the_policy_allows_the_inline_script_by_its_hash_and_nothing_from_elsewhere():
    policy = format_content_policy(INDEX)
    inline = re.search(r"<script>(.*?)</script>", INDEX, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_strings_of_the_page_are_those_of_the_file():
    block = re.search(r'<script type="application/json" id="svenska">(.*?)</script>', rewrite_index(INDEX), re.DOTALL)
    strings = json.loads(block[1])
    assert strings == json.loads((STATIC / "svenska.json").read_text("utf-8"))
    assert all(english != swedish for english, swedish in strings["exakt"].items())


async def _ask(headers, response_headers, body, path="/las-in"):
    """One request through the middleware; what the app below was given, and what came out."""
    seen, sent = {}, []

    async def app(scope, receive, send):
        seen.update(scope)
        await send({"type": "http.response.start", "status": 200, "headers": response_headers})
        half = len(body) // 2
        await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": body[half:]})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
    await SwedishAndSafe(app)(scope, None, send)
    return seen, sent


def test_the_html_is_asked_for_uncompressed_and_sent_with_its_new_length():
    asked = [(b"accept-encoding", b"gzip"), (b"if-none-match", b'"x"'), (b"cookie", b"a=b")]
    given = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"3"), (b"etag", b'"x"')]
    seen, sent = run_alone(_ask(asked, given, INDEX.encode()))
    assert seen["headers"] == [(b"cookie", b"a=b")]
    headers = dict(sent[0]["headers"])
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert int(headers[b"content-length"]) == len(sent[1]["body"])
    assert b'lang="sv"' in sent[1]["body"]
    assert b"etag" not in headers
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"content-security-policy"] == format_content_policy(INDEX).encode()


def test_other_answers_pass_through_with_the_security_headers():
    seen, sent = run_alone(
        _ask([(b"accept-encoding", b"gzip")], [(b"content-type", b"text/javascript")], b"abcd", "/static/js/x.js")
    )
    assert seen["headers"] == [(b"accept-encoding", b"gzip")]
    assert b"".join(message.get("body", b"") for message in sent) == b"abcd"
    headers = dict(sent[0]["headers"])
    assert headers[b"x-frame-options"] == b"DENY"
    assert headers[b"referrer-policy"] == b"same-origin"


def test_our_own_files_are_asked_for_uncompressed_and_only_when_they_are_changed():
    asked = [(b"accept-encoding", b"gzip"), (b"if-none-match", b'"x"')]
    seen, sent = run_alone(_ask(asked, [(b"content-type", b"text/javascript")], b"abcd", "/egen/plotly/x.js"))
    assert seen["headers"] == [(b"if-none-match", b'"x"')]
    assert dict(sent[0]["headers"])[b"cache-control"] == b"no-cache"


def test_a_report_saved_as_a_web_page_is_sent_as_it_is():
    packed = gzip.compress(b"<html lang='sv'>rapport</html>")
    given = [(b"content-type", b"text/html"), (b"content-encoding", b"gzip")]
    _, sent = run_alone(_ask([(b"accept-encoding", b"gzip")], given, packed, "/media/abc.html"))
    assert b"".join(message.get("body", b"") for message in sent) == packed
    headers = dict(sent[0]["headers"])
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_what_a_browser_may_show_and_is_not_the_page_may_load_nothing():
    """Streamlit answers an unknown address below its own with its English page."""
    for path, content_type in (("/_stcore/foo", b"text/html; charset=utf-8"), ("/las-in", b"text/plain")):
        _, sent = run_alone(_ask([], [(b"content-type", content_type)], b"abcd", path))
        policy = dict(sent[0]["headers"])[b"content-security-policy"]
        assert policy == b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    _, sent = run_alone(_ask([], [(b"content-type", b"text/javascript")], b"abcd", "/static/js/worker.js"))
    assert b"content-security-policy" not in dict(sent[0]["headers"])


@pytest.fixture
def as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hosts of our own config.toml, wherever the tests are run from."""
    hosts = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]["allowedHosts"]
    monkeypatch.setattr(config, "get_option", {"server.allowedHosts": hosts}.__getitem__)


async def _knock(kind: str, path: str, **headers: str) -> list[dict[str, Any]]:
    """What is sent to one who asks so; "in" by the app where it is let in."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "in"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    await OnlyExpected(app)({"type": kind, "method": "GET", "path": path, "headers": lines}, None, send)
    return sent


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:8501"},
        {"host": "LOCALHOST"},
        {"host": "[::1]:8501"},
        {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"},
    ],
)
def test_whoever_asks_for_a_name_of_this_machine_is_let_in(as_installed: None, kind: str, headers: dict[str, str]):
    assert run_alone(_knock(kind, "/", **headers)) == [{"type": "in"}]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "annanstans.example:8501"},
        {"host": "127.0.0.1.annanstans.example"},
        {"host": "annanstans.example@127.0.0.1"},
        {"host": "127.0.0.1:8501", "origin": "https://annanstans.example"},
        {"host": "127.0.0.1:8501", "origin": "null"},
        {"host": "127.0.0.1:8501", "origin": "http://["},
    ],
)
def test_a_page_elsewhere_gets_nothing_by_a_name_of_its_own(as_installed: None, headers: dict[str, str]):
    answer, body = run_alone(_knock("http", "/", **headers))
    assert (answer["status"], dict(answer["headers"])[b"content-type"]) == (400, b"text/plain; charset=utf-8")
    assert body["body"].decode() == (
        "Adressen finns inte bland dem som programmet svarar på. På den egna datorn: skriv 127.0.0.1 i stället för "
        "namnet. Ska andra nå programmet under namnet, lägg till det i allowedHosts i .streamlit/config.toml."
    )
    assert run_alone(_knock("websocket", "/_stcore/stream", **headers)) == [
        {"type": "websocket.close", "code": 1008, "reason": ""}
    ]


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/finsam/_stcore/metrics"])
def test_nobody_is_told_how_much_the_server_is_used(as_installed: None, path: str):
    answer, body = run_alone(_knock("http", path, host="127.0.0.1"))
    assert (answer["status"], body["body"].decode()) == (404, "Sidan finns inte.")


def test_an_upload_of_two_megabytes_never_becomes_a_file(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    opened = []
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda *args, **kwargs: opened.append(args))
    content = b"Insats;Nya\r\n" * 180_000
    body = b'--gr\r\ncontent-disposition: form-data; name="f"; filename="f.csv"\r\n\r\n' + content + b"\r\n--gr--\r\n"
    assert len(content) > 2_000_000

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def upload():
        scope = {
            "type": "http",
            "method": "PUT",
            "headers": [(b"content-type", b"multipart/form-data; boundary=gr")],
        }
        async with Request(scope, receive).form() as form:
            assert form["f"].file._rolled is False
            return await form["f"].read()

    assert run_alone(upload()) == content
    assert opened == []
    assert list(tmp_path.iterdir()) == []


def test_the_spool_holds_more_than_the_largest_upload():
    config = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    limit = int(re.search(r"maxUploadSize = (\d+)", config)[1]) * 1024 * 1024
    assert MultiPartParser.spool_max_size > limit


def test_app_py_is_the_asgi_object_that_streamlit_run_finds():
    spec = importlib.util.spec_from_file_location("app_under_test", ROOT / "app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert isinstance(module.app, streamlit.App)
    assert module.app.script_path == ROOT / "finsam_dash" / "ui" / "router.py"
