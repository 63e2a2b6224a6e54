import logging
import sys

from mgsite.logs import ScrubbedFormatter


def line_for(message: str, error: Exception | None = None) -> str:
    record = logging.LogRecord("django", logging.ERROR, __file__, 1, message, (), None)
    if error:
        try:
            raise error
        except Exception:
            record.exc_info = sys.exc_info()
    return ScrubbedFormatter("{levelname}: {message}", style="{").format(record)


def test_the_row_a_database_quotes_never_reaches_the_log() -> None:
    line = line_for("Internal error", ValueError("duplicate key\nDETAIL:  Key (email)=(ann@example.org) exists."))
    assert "duplicate key" in line
    assert "DETAIL: (left out)" in line
    assert "ann@example.org" not in line


def test_an_ordinary_line_stays_as_it_is() -> None:
    assert line_for("Not Found: /nowhere/") == "ERROR: Not Found: /nowhere/"


def test_a_key_to_somebodys_replies_never_reaches_the_log() -> None:
    """Django names the address of whatever it answers with 400 and above."""
    for address in ("/replies/passport/abc-DEF_1/", "/replies/mail/stop/7.abc/", "/replies/passport/abc/replies.json"):
        line = line_for(f"Bad Request: {address}", ValueError(f"at {address}"))
        assert "abc" not in line
        assert line.count("(left out)") == 2
