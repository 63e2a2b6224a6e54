"""A drawing holds lines and letters. Anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_catalog.structures import DrawingRefused, clean_drawing, drawing_for_page

DRAWING = """<svg viewBox="0 0 107 34" width="134" height="42">
<g transform="translate(4 4)">
<path class="bonds" d="M1 2L3.5 -4"/>
<text class="atom" x="0" y="19">Mg<tspan class="small" dy="-6">2+</tspan><tspan dy="6">O</tspan></text>
<text class="times" x="-38" y="19">2 ×</text>
</g>
</svg>"""

HOSTILE = {
    "script": DRAWING.replace("</g>", "<script>alert(1)</script></g>"),
    "script before": "<script>alert(1)</script>" + DRAWING,
    "foreign object": DRAWING.replace("</g>", "<foreignObject><p>x</p></foreignObject></g>"),
    "image": DRAWING.replace("</g>", '<image href="https://example.org/a.png"/></g>'),
    "use": DRAWING.replace("</g>", '<use href="#a"/></g>'),
    "link": DRAWING.replace("<g ", '<a href="javascript:alert(1)"><g ').replace("</g>", "</g></a>"),
    "style sheet": DRAWING.replace("<g ", "<style>*{fill:red}</style><g "),
    "animation": DRAWING.replace("</g>", '<animate attributeName="d"/></g>'),
    "style": DRAWING.replace('class="bonds"', 'class="bonds" style="fill:red"'),
    "event": DRAWING.replace('class="bonds"', 'class="bonds" onclick="alert(1)"'),
    "load": DRAWING.replace("<svg ", '<svg onload="alert(1)" '),
    "address": DRAWING.replace('class="bonds"', 'class="bonds" href="#x"'),
    "linked address": DRAWING.replace("<svg ", '<svg xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#x" '),
    "namespace": DRAWING.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
    "other namespace": DRAWING.replace("<path ", '<path xmlns="http://www.w3.org/1999/xhtml" '),
    "colour": DRAWING.replace('class="bonds"', 'class="bonds" fill="url(#a)"'),
    "id": DRAWING.replace('class="bonds"', 'class="bonds" id="main"'),
    "class of the page": DRAWING.replace("bonds", "masthead"),
    "entity": '<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.replace(">O<", ">&a;<"),
    "outside entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + DRAWING,
    "character reference": DRAWING.replace(">O<", ">&#79;<"),
    "declaration": '<?xml version="1.0"?>' + DRAWING,
    "instruction": DRAWING.replace("</g>", "<?php x ?></g>"),
    "comment": DRAWING.replace("</g>", "<!-- x --></g>"),
    "section": DRAWING.replace(">O<", "><![CDATA[O]]><"),
    "words": DRAWING.replace(">O<", ">Buy now<"),
    "words between": DRAWING.replace("<text class", "Buy<text class", 1),
    "words after": DRAWING.replace("</tspan></text>", "</tspan>O</text>"),
    "path": DRAWING.replace("M1 2L3.5 -4", "M1 2L3.5 -4 url(x)"),
    "huge number": DRAWING.replace("M1 2", "M1e99 2"),
    "move": DRAWING.replace("translate(4 4)", "matrix(1 0 0 1 0 0)"),
    "group in a group": DRAWING.replace("<path", "<g transform='translate(1 1)'></g><path"),
    "two drawings": DRAWING + DRAWING,
    "no drawing": "<p>x</p>",
    "nothing": "",
    "half": DRAWING[:-10],
    "null": DRAWING.replace(">O<", ">\x00<"),
    "long": DRAWING.replace("M1 2", "M1 2L3 4" * 5000),
    "deep": "<svg>" * 3000 + "</svg>" * 3000,
}


def test_what_it_writes_it_leaves_alone() -> None:
    assert clean_drawing(DRAWING) == DRAWING


def test_spelling_is_made_one() -> None:
    odd = DRAWING.replace('class="bonds" d=', 'd="M1 2L3.5 -4"   class="bonds" x=').replace(' x="M1 2L3.5 -4"', "")
    assert clean_drawing(odd) == DRAWING


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_anything_else_is_refused(text: str) -> None:
    assert text != DRAWING
    with pytest.raises(DrawingRefused):
        clean_drawing(text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_refused_is_not_shown(text: str) -> None:
    assert drawing_for_page(text, key="k", title="t", description="d") == ""


@given(st.text(alphabet="<>/=\"' svgpathtexclMLZ0123456789.&;!-", max_size=200))
def test_noise_is_refused_or_left_as_it_is(noise: str) -> None:
    try:
        cleaned = clean_drawing(noise)
    except DrawingRefused:
        return
    assert clean_drawing(cleaned) == cleaned


def test_words_on_the_page_are_escaped() -> None:
    shown = drawing_for_page(DRAWING, key="k", title="<script>", description='"&<b>')
    assert "<script>" not in shown
    assert '<title id="k-t">&lt;script&gt;</title><desc id="k-d">&quot;&amp;&lt;b&gt;</desc>' in shown
    assert 'role="img"' in shown
