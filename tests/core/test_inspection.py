from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import Refused
from core.inspection import LARGEST, Inspected, inspect

unhurried = settings(deadline=None)


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(file, "PNG")
    return file.getvalue()


def archive(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


REFUSED = [
    (b"", "empty"),
    (b"x" * (LARGEST + 1), "20 MB"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "save it as .docx"),
    (archive(photo=png()), "archive"),
    (b"PK\x05\x06" + bytes(18), "archive"),
    (b"Rar!\x1a\x07\x01\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08" + bytes(20), "archive"),
    (b"MZ\x90\x00" + bytes(60), "program"),
    (b"\x7fELF" + bytes(60), "program"),
    (b"\xca\xfe\xba\xbe" + bytes(60), "program"),
    (b"#!/bin/sh\nrm -rf ~\n", "program"),
    ("\ufeff#!/bin/sh\n".encode(), "program"),
    (b"{\\rtf1 hello}", "Rich Text"),
    ("{\\rtf1 hello}".encode("utf-16"), "Rich Text"),
    (b"<!DOCTYPE html><p>hello", "web page"),
    (b"\n\n  <HTML><script>alert(1)</script>", "web page"),
    ("<script>alert(1)</script>".encode("utf-16"), "web page"),
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "web page"),
    (b'<?xml version="1.0"?><svg/>', "web page"),
    (b"<?php system($_GET[0]);", "web page"),
    (b"II*\x00" + bytes(40), "cannot be kept"),
    (b"BM" + bytes(40), "cannot be kept"),
    (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "cannot be kept"),
    (b"ID3\x03" + bytes(40), "cannot be kept"),
    (b"RIFF\x00\x00\x00\x00WAVE" + bytes(40), "cannot be kept"),
    (b"%!PS-Adobe\x04", "cannot be kept"),
    (b"hello\0world", "cannot be kept"),
    (b"\x1b[2Jhello", "cannot be kept"),
    (b"\x81\x8d\x8f", "cannot be kept"),
    (b" %PDF-1.7\n\x00", "cannot be kept"),
]


@pytest.mark.parametrize(("content", "advice"), REFUSED)
@pytest.mark.parametrize("name", ["letter.pdf", "photo.jpg", "notes.txt", ""])
def test_a_file_that_may_not_be_kept_is_refused_whatever_its_name(
    name: str, content: bytes, advice: str
) -> None:
    with pytest.raises(Refused, match=advice):
        inspect(name, content)


SCRIPTS = ["run.bat", "x.JS", "notes.txt.vbs", "a.ps1 ", "b.hta.", "c.lnk"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_refused_although_it_is_plain_text(name: str) -> None:
    with pytest.raises(Refused, match="program"):
        inspect(name, b"echo hello\n")


TEXTS = [
    b"Anna said: <3 my teacher\r\n\tand left.\f",
    "Zoë D’Souza\n".encode(),
    "\ufeffŁukasz\n".encode(),
    "Nguyễn Thị Thu Hà\n".encode("utf-16"),
    "Zoë – £5".encode("cp1252"),
    b"#hashtag !",
    b"x",
    b"=cmd|'/c calc'!A1,2\n",
]


@pytest.mark.parametrize("content", TEXTS)
def test_plain_text_is_kept_byte_for_byte(content: bytes) -> None:
    assert inspect("Notes.txt", content) == Inspected("Notes.txt", "text/plain", content)


NAMES = [
    ("Notes.txt", "Notes.txt"),
    ("Notes.TXT", "Notes.TXT"),
    ("Notes.pdf", "Notes.txt"),
    ("attendance.csv", "attendance.txt"),
    ("Notes 12.03", "Notes 12.03.txt"),
    ("Letter to Mr.Smith", "Letter to Mr.Smith.txt"),
    ("photo.jpg.exe.txt", "photo.jpg.exe.txt"),
    (r"C:\fakepath\Notes.txt", "Notes.txt"),
    ("../../etc/passwd", "passwd.txt"),
    ("a/b/", "file.txt"),
    ("", "file.txt"),
    (".txt", "txt.txt"),
    ("Pages", "Pages.txt"),
    ("...", "file.txt"),
    (".hidden", "hidden.txt"),
    ("  two   words \t.txt", "two words.txt"),
    ("line\r\nbreak\x00\x1b.txt", "line break.txt"),
    ("invoice\u202etxt.exe\u202c.txt", "invoicetxt.exe.txt"),
    ("a\u200bb\u2066c\ufeff.txt", "abc.txt"),
    (unicodedata.normalize("NFD", "Zoë.txt"), "Zoë.txt"),
    ("Łukasz D’Souza’s note?.txt", "Łukasz D’Souza’s note?.txt"),
    ("lone\ud800surrogate.txt", "lonesurrogate.txt"),
    ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ("y" * 200_000 + ".txt", "y" * 116 + ".txt"),
    ("CON.txt", "_CON.txt"),
    ("con", "_con.txt"),
    ("Nul .txt", "_Nul.txt"),
    ("aux.tar.txt", "_aux.tar.txt"),
    ("LPT1. . .txt", "_LPT1.txt"),
    ("com9.jpg", "_com9.txt"),
    ("COM\u00b9.txt", "_COM¹.txt"),
    ("P\u200bRN.txt", "_PRN.txt"),
    ("Contact.txt", "Contact.txt"),
    ("COM10.txt", "COM10.txt"),
    ("letter to con.txt", "letter to con.txt"),
    ("x" * 115 + " y.txt", "x" * 115 + ".txt"),
]


@pytest.mark.parametrize(("given_name", "shown"), NAMES)
def test_the_name_is_mended_for_display(given_name: str, shown: str) -> None:
    assert inspect(given_name, b"hello").name == shown


@unhurried
@given(st.text(max_size=300))
def test_any_name_can_be_shown_and_ends_in_the_real_type(name: str) -> None:
    shown = inspect(name, png()).name
    assert len(shown) <= 120
    assert shown.lower().endswith(".png")
    assert shown.isprintable()
    assert not shown.startswith((".", " "))
    assert not set("/\\") & set(shown)
    assert unicodedata.is_normalized("NFC", shown)
    assert inspect(shown, png()).name == shown


@unhurried
@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]),
    st.binary(max_size=300),
)
def test_any_bytes_are_kept_or_refused_with_one_sentence(head: bytes, rest: bytes) -> None:
    try:
        kept = inspect("file", head + rest)
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert kept.media_type == "text/plain"
