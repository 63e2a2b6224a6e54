"""The form for a reply."""

import re
import unicodedata
from html import unescape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import strip_tags

from articles.actions.sending import is_set_up
from articles.crisis import level_of_all
from articles.kinds import WORDS, KindWords, offered
from articles.models import ReplyKind
from articles.sources import LONGEST, read_source
from articles.tokens import FormTokenError, form_token, seconds_since_handed_out
from mgsite.markup import REPLY_LIMIT, render_reply
from mgsite.markup.cleaning import clean_readers_text

# Letters that have no ink, beyond what is taken out of every reader's text.
BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"))
MOST_READ = 2 * REPLY_LIMIT
"""Characters of a text that are searched for signs of a crisis, where more was sent than a reply may hold."""
TRAP = "topic"
"""Name of a field that people do not see. It means nothing to autofill, as `url` or `website` would."""
MISSING = {
    "sentence": "Please copy the sentence that you mean.",
    "source": "Please name a source: a DOI, a PMID or a link.",
}
STALE = "This form had been open for very long, so it was renewed. Your text is still here: please send it again."


def clean_text(text: str) -> str:
    """The text with plain line ends and composed letters, without what cannot be seen or turns the direction."""
    return unicodedata.normalize("NFC", clean_readers_text(text).translate(BLANK_LETTERS))


def has_ink(text: str) -> bool:
    """Whether anything of a cleaned text can be seen."""
    return any(kind == "Cn" or kind[0] in "LNPS" for kind in map(unicodedata.category, text))


class TypedText(forms.CharField):
    """Text from a stranger: cleaned, but never cut or trimmed; blank when nothing can be seen."""

    def __init__(self, *, most: int, too_long: str, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.most = most
        self.too_long = too_long

    def to_python(self, value: Any) -> str:
        """Clean before anything is counted or refused."""
        text = clean_text(super().to_python(value) or "")
        return text if has_ink(text) else ""

    def validate(self, value: str) -> None:
        """Raise ValidationError for too long a text, saying how long it is."""
        super().validate(value)
        if len(value) > self.most:
            raise ValidationError(self.too_long.format(most=self.most, found=len(value)), code="too_long")


class ReplyForm(forms.Form):
    """A reply. Texts carry no `maxlength`: a browser would cut what is pasted without a word.

    Which of `sentence` and `source` is wanted depends on the kind; the others are asked for and left out.
    """

    trap = TRAP

    kind = forms.ChoiceField(
        label="What do you want to do?",
        required=False,
        choices=ReplyKind.choices,
        error_messages={"invalid_choice": "Choose one of these kinds."},
    )
    sentence = TypedText(
        label="The sentence",
        required=False,
        most=1_000,
        too_long="Please quote at most {most:,} characters; this has {found:,}. The sentence itself is enough.",
        help_text="For a correction or a typo: copy the words from the page.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = TypedText(
        label="The source",
        required=False,
        most=LONGEST,
        too_long="Please give a source of at most {most} characters; this one has {found}.",
        help_text="For evidence or a correction: a DOI, a PMID, or a link that begins with https://.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    body = TypedText(
        label="Your reply",
        most=REPLY_LIMIT,
        too_long="A reply may have {most:,} characters; this one has {found:,}. It is all still here, to shorten.",
        help_text=f"Up to {REPLY_LIMIT:,} characters.",
        error_messages={"required": "Please write something."},
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    name = TypedText(
        most=80,
        too_long="Please use a name of at most {most} characters; this one has {found}.",
        help_text="Shown with your reply. It need not be your real one.",
        error_messages={"required": "Please give a name to show with your reply."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail (optional)",
        required=False,
        max_length=254,
        help_text="Never shown. For word of what became of your reply. You are asked to confirm it first.",
        error_messages={"invalid": "This is not an e-mail address. Mend it, or leave the field empty."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, about: Any, closed: bool = False, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id="reply-%s", label_suffix="", initial=initial)
        if not is_set_up():
            del self.fields["email"]  # nobody would ever be asked, or written to
        self.about = about
        self.html = ""
        """The text rendered, once it was found good."""
        self.seconds = 0.0
        """How long the form was open."""
        self.stale = False
        """Its token is missing, altered, foreign or too old."""
        self.kinds: list[KindWords] = offered(closed=closed)
        """Those that can be chosen."""
        self.token = str(data.get("token", "")) if data else ""
        """For the form as shown next: the token it came with while that is good, else a fresh one."""
        try:
            self.seconds = seconds_since_handed_out(self.token, about=about)
        except FormTokenError:
            self.stale, self.token = True, form_token(about)

    @property
    def level(self) -> str:
        """How urgent what was typed is; it is asked of a reply that is sent back too, so that help comes first."""
        texts = (str(self.data.get(name, "")) for name in ("name", "body", "sentence"))
        return level_of_all(*(text[:MOST_READ] for text in texts)) if self.is_bound else ""

    def clean_kind(self) -> str:
        """The form always sends a kind, if only an empty one; a form from before there were kinds sends none."""
        kind = str(self.cleaned_data["kind"])
        if not kind and "kind" in self.data:
            raise ValidationError("Please say what you want to do.", code="required")
        return kind

    def clean_name(self) -> str:
        """A name is one line, with single spaces."""
        return re.sub(r"\s+", " ", str(self.cleaned_data["name"])).strip()

    def clean_body(self) -> str:
        """Text that Markdown makes nothing of, such as a link's address alone, is no reply."""
        body = str(self.cleaned_data["body"])
        self.html = render_reply(body).html
        if not has_ink(clean_text(unescape(strip_tags(self.html)))):
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return body

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError when the form itself is too old to be accepted."""
        self._clean_sentence_and_source()
        if self.stale:
            raise ValidationError(STALE, code="stale")
        return self.cleaned_data

    def _clean_sentence_and_source(self) -> None:
        """Ask for what the kind needs, and leave out what it does not."""
        kind = self.cleaned_data.get("kind")
        words = WORDS[ReplyKind(kind)] if kind else None
        wanted = {"sentence": bool(words and words.quotes), "source": bool(words and words.sourced)}
        for name, needed in wanted.items():
            if not needed:
                self.cleaned_data[name] = ""
                self.errors.pop(name, None)
            elif not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, MISSING[name])
        if self.cleaned_data.get("source"):
            self._read_source()

    def _read_source(self) -> None:
        try:
            self.cleaned_data["source"] = read_source(self.cleaned_data["source"])
        except ValidationError as error:
            self.add_error("source", error)
