"""Notices escape what they show, and an unexpected error leaves no data on the screen or in the log."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from finsam_dash.ui.messages import format_notice

SECRET = "191212121212"


def _page_that_fails() -> None:
    from finsam_dash.ui.messages import page_boundary

    with page_boundary("Läs in"):
        raise ValueError("191212121212 Anna Andersson")


def test_a_notice_escapes_what_a_file_holds():
    assert format_notice("fel", "<b>fil</b>.xlsx,", ["14 rader.", "Inget har sparats."]) == (
        '<div class="fd-notis fd-notis-fel" role="alert"><p><strong>&lt;b&gt;fil&lt;/b&gt;.xlsx,</strong> 14 rader.</p>'
        "<p>Inget har sparats.</p></div>"
    )


def test_an_unexpected_error_is_a_swedish_sentence_without_a_traceback(caplog):
    app = AppTest.from_function(_page_that_fails).run()
    assert not app.exception
    body = app.main[0].proto.body
    assert "Läs in kunde inte visas." in body
    assert "Inget har ändrats och inget har gått förlorat." in body
    assert SECRET not in body
    assert "ValueError at" in caplog.text
    assert SECRET not in caplog.text


def test_streamlits_own_log_of_an_uncaught_error_keeps_the_place_and_drops_the_data(caplog):
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        record = logging.LogRecord("streamlit.error_util", logging.ERROR, "", 0, "Uncaught app execution", (), None)
        record.exc_info = (type(error), error, error.__traceback__)
    for log_filter in logging.getLogger("streamlit.error_util").filters:
        log_filter.filter(record)
    text = logging.Formatter().format(record)
    assert text.startswith("Uncaught ValueError at test_messages.py:")
    assert SECRET not in text


@pytest.mark.parametrize("kind", ["info", "varning"])
def test_only_a_refusal_interrupts_a_screen_reader(kind):
    assert 'role="status"' in format_notice(kind, "", ["Text."])
