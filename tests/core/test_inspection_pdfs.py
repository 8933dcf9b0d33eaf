from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String

from core.errors import Refused
from core.inspection import inspect

Change = Callable[[pikepdf.Pdf], Any]


def pdf(*changes: Change, pages: int = 2, **options: Any) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(200, 200))
        for change in changes:
            change(made)
        file = io.BytesIO()
        made.save(file, **options)
    return file.getvalue()


def action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def opening(thing: Any) -> Change:
    return lambda made: made.Root.__setitem__("/OpenAction", thing(made))


def annotated(**entries: Any) -> Change:
    def change(made: pikepdf.Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **entries)
        made.pages[0].Annots = Array([made.make_indirect(annotation)])

    return change


def attached(made: pikepdf.Pdf) -> None:
    made.attachments["notes.txt"] = b"hidden"


def javascript(_: object = None) -> Dictionary:
    return action("JavaScript", JS=String("app.alert(1)"))


def page_event(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = Dictionary(O=action("URI", URI=String("https://example.org")))


def page_turn(made: pikepdf.Pdf) -> None:
    made.pages[0].AA = Dictionary(C=action("GoTo", D=Array([made.pages[1].obj, Name.Fit])))


def named_script(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=[String("a"), javascript()]))


def orphaned(made: pikepdf.Pdf) -> None:
    """Where no page refers to it, and in an array in an array."""
    made.Root.PieceInfo = Dictionary(X=Array([Array([made.make_indirect(javascript())])]))


def xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=[], XFA=Stream(made, b"<xdp/>"))


def text_field(made: pikepdf.Pdf) -> None:
    field = made.make_indirect(
        Dictionary(
            FT=Name.Tx, T=String("a"), Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9]
        )
    )
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=[field])


def bookmarked(made: pikepdf.Pdf) -> None:
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Start", 0))


SCRIPT = b"<</S/JavaScript/JS(x)>>"


def packed(opening: bytes) -> bytes:
    """A PDF whose `/OpenAction` lies in a compressed object stream."""
    data = zlib.compress(b"4 0 " + opening, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(data), data),
    ]
    file, places = b"%PDF-1.5\n", []
    for number, content in zip((1, 2, 3, 5), objects, strict=True):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = [(0, 0, 0), (1, places[0], 0), (1, places[1], 0), (1, places[2], 0), (2, 5, 0)]
    rows += [(1, places[3], 0), (1, len(file), 0)]
    table = b"".join(bytes([a]) + b.to_bytes(4, "big") + bytes([c]) for a, b, c in rows)
    return file + (
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Length %d>>stream\n%s\nendstream\n"
        b"endobj\nstartxref\n%d\n%%%%EOF\n" % (len(table), table, len(file))
    )


ORDINARY: dict[str, bytes] = {
    "plain": pdf(),
    "compressed": pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "for the web": pdf(linearize=True),
    "old": pdf(force_version="1.3"),
    "opens at a place": pdf(opening(lambda made: Array([made.pages[1].obj, Name.Fit]))),
    "turns to a page": pdf(
        opening(lambda made: action("GoTo", D=Array([made.pages[1].obj, Name.Fit])))
    ),
    "opens to print": pdf(opening(lambda _: action("Named", N=Name.Print))),
    "with a link": pdf(annotated(Subtype=Name.Link, A=action("URI", URI=String("https://a.org")))),
    "turns to a page on leaving one": pdf(page_turn),
    "with a form": pdf(text_field),
    "with bookmarks": pdf(bookmarked),
    "packed": packed(b"[" * 50 + b"]" * 50),
    "with line ends behind it": pdf() + b"\r\n\0\n",
}
ACTIVE: dict[str, bytes] = {
    "script on opening": pdf(opening(javascript)),
    "script on opening, indirect": pdf(opening(lambda made: made.make_indirect(javascript()))),
    "script without a type": pdf(opening(lambda _: Dictionary(JS=String("x")))),
    "named script": pdf(named_script),
    "script in a stream": pdf(
        opening(lambda made: action("JavaScript", JS=made.make_stream(b"app.alert(1)")))
    ),
    "script nobody refers to": pdf(orphaned),
    "script in an object stream": packed(SCRIPT),
    "script in compressed objects": pdf(
        opening(lambda made: made.make_indirect(javascript())),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    ),
    "script under an escaped name": pdf(opening(javascript)).replace(
        b"/JS (app.al", b"/#4A#53 (al"
    ),
    "script behind a link": pdf(annotated(Subtype=Name.Link, A=javascript())),
    "script behind a page turn": pdf(
        opening(lambda _: action("GoTo", D=String("x"), Next=Array([javascript()])))
    ),
    "site behind a page turn": pdf(
        opening(
            lambda _: action("GoTo", D=String("x"), Next=action("URI", URI=String("https://a.org")))
        )
    ),
    "site on opening": pdf(opening(lambda _: action("URI", URI=String("https://a.org")))),
    "other file on opening": pdf(opening(lambda _: action("GoToR", F=String("\\\\host\\x.pdf")))),
    "site on a page": pdf(page_event),
    "program behind a link": pdf(
        annotated(Subtype=Name.Link, A=action("Launch", F=String("cmd.exe")))
    ),
    "form that sends": pdf(annotated(Subtype=Name.Link, A=action("SubmitForm", F=String("http:")))),
    "hidden file": pdf(attached),
    "hidden file, no list": pdf(
        annotated(
            Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, EF=Dictionary())
        )
    ),
    "film": pdf(annotated(Subtype=Name.RichMedia)),
    "sound": pdf(annotated(Subtype=Name.Sound)),
    "three dimensions": pdf(annotated(Subtype=Name("/3D"))),
    "XFA form": pdf(xfa),
}  # fmt: skip
LOCKED: dict[str, bytes] = {
    "to read": pdf(encryption=pikepdf.Encryption(user="a", owner="b")),
    "to change": pdf(encryption=pikepdf.Encryption(user="", owner="b")),
    "in the old way": pdf(encryption=pikepdf.Encryption(user="a", owner="b", R=3, aes=False,
                                                        metadata=False)),
}  # fmt: skip
DAMAGED: dict[str, bytes] = {
    "half": pdf()[:400],
    "head only": b"%PDF-1.7\n",
    "no table": pdf().replace(b"startxref", b"startxxxx"),
    "wrong table": pdf().replace(b"startxref\n", b"startxref\n1"),
    "no pages": pdf(pages=0),
    "an archive behind it": pdf() + b"PK\x03\x04" + bytes(40),
    "a page behind it": pdf() + b"<script>alert(1)</script>",
    "key twice": pdf().replace(b"/Count 2", b"/Count 2 /Count 3"),
    "bomb before a script": packed(SCRIPT + b" " * 9_000_000),
    "nested without end": packed(b"[" * 150 + b"]" * 150),
}


@pytest.mark.parametrize("content", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_pdf_is_kept_byte_for_byte(content: bytes) -> None:
    kept = inspect("Letter.docx", content)
    assert (kept.name, kept.media_type) == ("Letter.pdf", "application/pdf")
    assert kept.content == content


@pytest.mark.parametrize("content", ACTIVE.values(), ids=ACTIVE.keys())
def test_a_pdf_that_does_more_than_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="program, a hidden file or an interactive form"):
        inspect("a.pdf", content)


@pytest.mark.parametrize("content", LOCKED.values(), ids=LOCKED.keys())
def test_a_locked_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="locked with a password"):
        inspect("a.pdf", content)


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_pdf_that_can_be_read_in_two_ways_is_refused_as_damaged(content: bytes) -> None:
    with pytest.raises(Refused, match="damaged"):
        inspect("a.pdf", content)


def test_actions_that_follow_each_other_in_a_ring_come_to_an_end() -> None:
    def ring(made: pikepdf.Pdf) -> Any:
        first = made.make_indirect(action("GoTo", D=String("x")))
        first.Next = made.make_indirect(action("GoTo", D=String("y"), Next=first))
        return first

    with pytest.raises(Refused):
        inspect("a.pdf", pdf(opening(ring)))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([*ORDINARY.values(), *ACTIVE.values()]), st.data())
def test_a_tampered_pdf_is_kept_as_it_is_or_refused(good: bytes, data: st.DataObject) -> None:
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = inspect("a", bytes(content))
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert kept.content == content


def a_zip(packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        archive.writestr("tool.exe", b"MZ" + bytes(500))
    return file.getvalue()


def in_a_comment(content: bytes, hidden: bytes, *, last: bool) -> bytes:
    """The PDF with bytes in a comment where no object is, so that every viewer still opens it."""
    if last:
        head, mark, _ = content.rpartition(b"%%EOF")
        return head + b"%" + hidden + b"\n" + mark + b"\n"
    with pikepdf.open(io.BytesIO(content)) as made:  # all objects move down behind the comment
        file = io.BytesIO()
        made.save(file, static_id=True)
    whole = file.getvalue()
    at = whole.index(b"1 0 obj")
    moved = len(hidden) + 2
    table = whole.index(b"xref")
    lines = whole[table:].split(b"\n")
    lines = [b"%010d%s" % (int(line[:10]) + moved, line[10:]) if line.rstrip().endswith(b" n")
             else line for line in lines]  # fmt: skip
    tail = b"\n".join(lines).replace(b"startxref\n%d" % table, b"startxref\n%d" % (table + moved))
    return whole[:at] + b"%" + hidden + b"\n" + whole[at:table] + tail


@pytest.mark.parametrize("last", [True, False], ids=["before the end", "between objects"])
@pytest.mark.parametrize(
    "hidden",
    [
        a_zip().replace(b"\n", b"\r"),
        a_zip(zipfile.ZIP_STORED),
        b"7z\xbc\xaf\x27\x1c" + bytes(90),
        b"Rar!\x1a\x07\x01\x00" + bytes(90),
    ],
    ids=["packed", "stored", "7z", "rar"],
)
def test_an_archive_in_a_comment_is_refused(hidden: bytes, last: bool) -> None:
    with_one = in_a_comment(pdf(), hidden, last=last)
    with pikepdf.open(io.BytesIO(with_one), attempt_recovery=False) as opened:
        assert len(opened.pages) == 2, "a viewer opens it"
    with pytest.raises(Refused, match="hidden file"):
        inspect("letter.pdf", with_one)


@pytest.mark.parametrize("last", [True, False], ids=["before the end", "between objects"])
@pytest.mark.parametrize(
    "comment",
    [b"made by a scanner", b"PK\x03\x04 by chance", b"PK\x05\x06 and PK\x01\x02 by chance"],
)
def test_an_ordinary_comment_is_none(comment: bytes, last: bool) -> None:
    content = in_a_comment(pdf(), comment, last=last)
    assert inspect("letter.pdf", content).content == content
