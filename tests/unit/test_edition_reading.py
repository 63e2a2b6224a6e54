"""Reading record files: a small, safe part of YAML, and nothing outside the folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from forms_catalog.edition import EditionError, reading
from forms_catalog.edition.reading import UnreadableFile, read_document, read_file, read_folder
from tests.editions import write_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: a\nname: b", "Line 2: name is given twice"),
        ("a:\n  b: 1\n  b: 2", "Line 3: b is given twice"),
        ("a: &x [1]\nb: *x", "Line 1: anchors and aliases"),
        ("a: *nowhere", "Line 1: anchors and aliases"),
        ("a: !!python/object/apply:os.system ['true']", "Line 1: tags"),
        ("a: !!str 1", "Line 1: tags"),
        ("a: .nan", "not a finite number"),
        ("a: -.inf", "not a finite number"),
        ("a: 2026-11-23 10:00:00", "not a word, a number, yes or no, or a date"),
        ("a: 2026-13-45", "cannot be read; put it in quotes"),
        ("1: a", "a field name must be a word"),
        ("? [a]\n: b", "a field name must be a word"),
        ("- a", "A record is a mapping"),
        ("just words", "A record is a mapping"),
        ("", "The file is empty"),
        ("a: 1\n---\nb: 2", "more than one document"),
        ("a: [1, 2", "this is not YAML"),
        ("a: b: c", "Line 1: this is not YAML"),
        ("a: \x07", "this is not YAML"),
        ("a: " + "[" * 30 + "]" * 30, "nested too deeply"),
        ("a: " + "[" * 100_000, "nested too deeply"),
    ],
)
def test_text_that_is_not_a_plain_record_is_refused(text: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_document(text)


def test_plain_values_keep_their_type() -> None:
    text = "word: no problem\nquoted: '60'\nnumber: 60\nshare: 0.5\nyes: true\nday: 2026-11-23\nnothing:\nlist: [1, a]"

    assert read_document(text.replace("yes:", "right:")) == {
        "word": "no problem",
        "quoted": "60",
        "number": 60,
        "share": 0.5,
        "right": True,
        "day": dt.date(2026, 11, 23),
        "nothing": None,
        "list": [1, "a"],
    }


def test_link_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("name: a")
    link = tmp_path / "link.yaml"
    link.symlink_to(secret)

    with pytest.raises(UnreadableFile, match="links are not followed"):
        read_file(link)


def test_linked_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = write_text(tmp_path / "elsewhere", "a.yaml", "name: a")
    edition = tmp_path / "edition"
    edition.mkdir()
    (edition / "forms").symlink_to(elsewhere)

    sources, problems = read_folder(edition, kinds=["forms"])

    assert not sources
    assert [str(problem) for problem in problems] == ["forms: This must be a folder; links are not followed."]


def test_large_file_is_refused(tmp_path: Path) -> None:
    write_text(tmp_path, "a.yaml", "name: " + "a" * reading.MAX_FILE_BYTES)

    with pytest.raises(UnreadableFile, match="larger than 256 kB"):
        read_file(tmp_path / "a.yaml")


def test_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"name: caf\xe9")

    with pytest.raises(UnreadableFile, match="not UTF-8"):
        read_file(tmp_path / "a.yaml")


def test_folder_is_read_in_order_and_strangers_are_named(tmp_path: Path) -> None:
    for name in ("forms/b.yaml", "forms/a.yaml", "outcomes/c.yaml"):
        write_text(tmp_path, name, "name: x")
    for name in ("forms/notes.txt", "forms/Big One.yaml", "README", "recipes/a.yaml"):
        write_text(tmp_path, name, "name: x")

    sources, problems = read_folder(tmp_path, kinds=["outcomes", "forms"])

    assert [(source.kind, source.slug) for source in sources] == [("outcomes", "c"), ("forms", "a"), ("forms", "b")]
    assert sorted(str(problem).split(":")[0] for problem in problems) == [
        "README",
        "forms/Big One.yaml",
        "forms/notes.txt",
        "recipes",
    ]


def test_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="nowhere is not a folder"):
        read_folder(tmp_path / "nowhere", kinds=["forms"])


def test_too_many_files_are_refused_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILES", 1)
    for name in ("forms/a.yaml", "forms/b.yaml"):
        write_text(tmp_path, name, "][")

    with pytest.raises(EditionError, match="more than 1 records"):
        read_folder(tmp_path, kinds=["forms"])
