"""What a reader has asked this site to remember: whether articles show their evidence marks, and the colours.

One cookie for each, holding one of a few words, set only by its switch. Anything else it may hold counts as unset.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

MARKS, THEME = "marks", "theme"
ON, OFF = "on", "off"
SYSTEM, LIGHT, DARK = "system", "light", "dark"
CHOICES = {MARKS: (ON, OFF), THEME: (SYSTEM, LIGHT, DARK)}
"""Name of each cookie, and what it may hold; the first word counts where nothing is remembered."""
YEAR = 365 * 24 * 3600


def choice_of(request: HttpRequest, name: str) -> str:
    """The word this reader has chosen, always one of CHOICES."""
    remembered = request.COOKIES.get(name)
    return remembered if remembered in CHOICES[name] else CHOICES[name][0]


def marks_choice(request: HttpRequest) -> str:
    """'on' or 'off'. On unless the reader has switched the marks off."""
    return choice_of(request, MARKS)


def remember(response: HttpResponse, *, name: str, choice: str) -> None:
    """Let this browser keep a choice for a year."""
    if choice not in CHOICES[name]:
        raise ValueError(f"{choice!r} is no choice about {name}.")
    response.set_cookie(name, choice, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
