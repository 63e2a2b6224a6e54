"""What a reader has asked this site to remember: whether articles show their evidence marks.

One cookie with one of two words, set only by the switch. Anything else it may hold counts as unset.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MARKS = "marks"
ON, OFF = "on", "off"
MARKS_CHOICES = (ON, OFF)
YEAR = 365 * 24 * 3600


def marks_choice(request: HttpRequest) -> str:
    """'on' or 'off'. On unless the reader has switched the marks off."""
    return OFF if request.COOKIES.get(MARKS) == OFF else ON


def remember_marks(response: HttpResponse, choice: str) -> None:
    """Let this browser keep the choice, one of MARKS_CHOICES, for a year."""
    if choice not in MARKS_CHOICES:
        raise ValueError(f"{choice!r} is no choice about marks.")
    response.set_cookie(MARKS, choice, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
