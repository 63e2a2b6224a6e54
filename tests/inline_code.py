"""Finds in a page whatever a content policy without 'unsafe-inline' would block."""

import html5lib

DATA = {"application/json", "application/ld+json"}
HTML = "{http://www.w3.org/1999/xhtml}"


def inline_code(html: str) -> list[str]:
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=True).iter():
        tag = str(element.tag).removeprefix(HTML)
        code = tag == "script" and not element.get("src") and element.get("type") not in DATA
        if tag == "style" or code:
            found.append(f"<{tag}>")
        found += [f"{tag} {name}" for name in element.attrib if name == "style" or name.startswith("on")]
        found += [f"{tag} javascript:" for value in element.attrib.values() if value.startswith("javascript:")]
    return found
