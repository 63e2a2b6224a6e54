"""Static files: one style sheet, one script for an article, hashed names, strict, compressed.

The style sheet is written as a site.css that imports its parts into cascade layers, and the script as a module that
imports its parts, which browsers understand as they stand. For readers the parts are put into one file when static
files are collected: one request instead of twenty.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE_SHEET = "css/site.css"
SCRIPT = "js/article.js"
IMPORT = re.compile(
    r"""@import\s+(?:url\(\s*)?["']?(?P<path>[^"')\s]+)["']?(?:\s*\))?"""
    r"""(?:\s+layer\((?P<layer>[\w.-]+)\))?(?P<media>[^;]*);"""
)
ADDRESS = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<path>[^"')]+)(?P=quote)\s*\)""")
# A quoted text is matched first, so that what looks like a comment inside one stays.
COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
# An import for its effect alone. One that names something would need renaming, and is left to the browser.
EFFECT = re.compile(r"""^import\s+["'](?P<path>\.[^"']+)["'];$""", re.MULTILINE)
ELSEWHERE = ("data:", "http:", "https:", "/", "#")


class StyleSheetError(ValueError):
    """A style sheet that cannot be put together; the message names the file."""


class ScriptError(ValueError):
    """A script that cannot be put together; the message names the file."""


def without_comments(css: str) -> str:
    """The same rules without comments, indentation and blank lines."""
    css = COMMENT.sub(lambda match: match[1] or "", css)
    return "\n".join(line for line in (line.strip() for line in css.splitlines()) if line)


def bundle(name: str, *, relative_to: str = STYLE_SHEET, ancestors: tuple[str, ...] = ()) -> str:
    """The style sheet with its imports put in, each in its layer; addresses relative to `relative_to`.

    Raises StyleSheetError for a part that is missing or imports itself.
    """
    if name in ancestors:
        raise StyleSheetError(f"{name} imports itself.")
    path = finders.find(name)
    if not path:
        raise StyleSheetError(f"{ancestors[-1] if ancestors else 'The site'} imports {name}, which does not exist.")
    css = without_comments(Path(path).read_text(encoding="utf-8"))
    folder = posixpath.dirname(name)

    def put_in(match: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(folder, match["path"]))
        rules = bundle(part, relative_to=relative_to, ancestors=(*ancestors, name))
        if match["layer"]:
            rules = f"@layer {match['layer']} {{\n{rules}\n}}"
        return f"@media {match['media'].strip()} {{\n{rules}\n}}" if match["media"].strip() else rules

    def move(match: re.Match[str]) -> str:
        if match["path"].startswith(ELSEWHERE):
            return match[0]
        target = posixpath.normpath(posixpath.join(folder, match["path"]))
        return f'url("{posixpath.relpath(target, posixpath.dirname(relative_to))}")'

    # Each file moves its own addresses only; those of its parts are right when they come.
    return "".join(put_in(piece) if isinstance(piece, re.Match) else ADDRESS.sub(move, piece) for piece in _split(css))


def _split(css: str) -> Iterator[str | re.Match[str]]:
    """The text and its imports, in order."""
    end = 0
    for match in IMPORT.finditer(css):
        yield css[end : match.start()]
        yield match
        end = match.end()
    yield css[end:]


def bundle_script(name: str) -> str:
    """The module with what it imports for its effect put in, each part in a block, so that its names stay its own.

    Raises ScriptError for a part that is missing, or that imports or exports in its turn.
    """

    def put_in(match: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(posixpath.dirname(name), match["path"]))
        code = _script(part, wanted_by=name)
        if re.search(r"^(import|export)\b", code, re.MULTILINE):
            raise ScriptError(f"{part} imports or exports, so it cannot be put into {name}.")
        return f"{{\n{code.strip()}\n}}"

    return EFFECT.sub(put_in, _script(name, wanted_by="The site"))


def _script(name: str, *, wanted_by: str) -> str:
    path = finders.find(name)
    if not path:
        raise ScriptError(f"{wanted_by} imports {name}, which does not exist.")
    return Path(path).read_text(encoding="utf-8")


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Collects into hashed files; a missing one is an error at collection, not a broken page."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        """Put the style sheet and the script together, then hash and compress everything."""
        for name, joined in ((STYLE_SHEET, bundle), (SCRIPT, bundle_script)):
            if name in paths and not dry_run:
                self.delete(name)
                self.save(name, ContentFile(joined(name).encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)


def sources_digest() -> str:
    """Fingerprint of every source of static files and of what processes them."""
    digest = hashlib.sha256(f"Django {version('Django')} WhiteNoise {version('whitenoise')}".encode())
    digest.update(Path(__file__).read_bytes())
    for name, path in sorted(_sources()):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    """Every file the finders know, by the name it is asked for."""
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))
