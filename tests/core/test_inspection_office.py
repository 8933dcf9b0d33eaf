from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import Refused
from core.inspection import inspect

Parts = Mapping[str, bytes | str]

OOXML = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
MAIN = {
    "docx": OOXML + "wordprocessingml.document",
    "xlsx": OOXML + "spreadsheetml.sheet",
    "pptx": OOXML + "presentationml.presentation",
}
ODT = "application/vnd.oasis.opendocument.text"


def zipped(parts: Parts, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def types(*content_types: str) -> str:
    overrides = "".join(f'<Override PartName="/x" ContentType="{one}"/>' for one in content_types)
    return f'<Types xmlns="{PACKAGE}/content-types">{overrides}</Types>'


def relations(kind: str, target: str, *, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/{kind}" Target="{target}"{outside}/></Relationships>'
    )


def office(
    kind: str = "docx", more: Parts | None = None, packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types(f"{MAIN[kind]}.main+xml"),
        "_rels/.rels": relations("officeDocument", "word/document.xml"),
        "word/document.xml": '<?xml version="1.0"?><w:document xmlns:w="w"><w:p/></w:document>',
    }
    return zipped({**parts, **(more or {})}, packing)


def odt(more: Parts | None = None, content: str = "") -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": ODT,
        "content.xml": '<o:document xmlns:o="urn:office" xmlns:t="urn:text" xmlns:d="urn:draw" '
        f'xmlns:x="urn:xlink"><o:scripts/>{content}</o:document>',
        "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:manifest"/>',
    }
    return zipped({**parts, **(more or {})})


def field(*pieces: str) -> str:
    runs = "".join(f"<w:instrText>{piece}</w:instrText>" for piece in pieces)
    return f'<w:document xmlns:w="w"><w:t>DDEAUTO x</w:t>{runs}</w:document>'


def without_end(content: bytes) -> bytes:
    return content[:-22] + content[-22:].replace(b"PK\x05\x06", b"PK\x05\x07")


def locked(content: bytes) -> bytes:
    """With the mark of encryption on its first entry, in both of its headers."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def twice(content: bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("Word/Document.xml", "<other/>")
    return file.getvalue()


GOOD: dict[str, tuple[bytes, str, str]] = {
    **{kind: (office(kind), kind, media_type) for kind, media_type in MAIN.items()},
    "odt": (odt(), "odt", ODT),
}
ORDINARY: dict[str, bytes] = {
    "with a link": office(
        more={
            "word/_rels/document.xml.rels": relations("hyperlink", "https://a.org", mode="External")
        }
    ),
    "from a template on the author's disk": office(
        more={
            "word/_rels/settings.xml.rels": relations(
                "attachedTemplate", "file:///C:\\Users\\a\\Letter.dotx", mode="External"
            )
        }
    ),
    "with pictures": office(more={"word/media/image1.png": PNG, "word/media/i.emf": b"\1\0\0\0"}),
    "with a drawing": office(
        more={"word/media/i.svg": '<svg xmlns="s"><image href="data:image/png;base64,AA"/></svg>'}
    ),
    "with the settings of a printer": office(
        "xlsx", {"xl/printerSettings/printerSettings1.bin": b"\\\0\\\0"}
    ),
    "with a chart's workbook": office(
        "pptx", {"ppt/embeddings/Microsoft_Excel_Sheet1.xlsx": office("xlsx")}
    ),
    "with fields": office(
        more={"word/document.xml": field(" PAGE ", ' HYPERLINK "http://dde.org" ')}
    ),
    "with an embedded font": office(more={"word/fonts/font1.odttf": b"MZ" + bytes(40)}),
    "with untidy old drawings": office("xlsx", {"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"}),
    "with folders": office(more={"word/media/": b""}),
    "stored without packing": office(packing=zipfile.ZIP_STORED),
    "odt with links and pictures": odt(
        {
            "Pictures/a.png": PNG,
            "layout-cache": b"\0\1",
            "Configurations2/accelerator/current.xml": "",
        },
        '<t:a x:href="https://a.org"/><d:image x:href="Pictures/a.png"/>'
        '<d:object x:href="./Object 1"/><t:a x:href="#place"/>',
    ),
    "odt from a template": odt(
        {
            "meta.xml": '<o:meta xmlns:o="o" xmlns:x="x"><o:template '
            'x:href="../../a/Letter.ott"/></o:meta>'
        }
    ),
}
HOSTILE: dict[str, tuple[bytes, str]] = {
    # macros and programs
    "macros": (office(more={"word/vbaProject.bin": OLE}), "macro"),
    "macros under another name": (office(more={"word/thing.bin": OLE}), "hidden"),
    "macros as a picture": (office(more={"word/media/a.png": OLE}), "macro or a program"),
    "docm": (zipped({"[Content_Types].xml": types(
        "application/vnd.ms-word.document.macroEnabled.main+xml")}), "macro"),
    "docm that says docx too": (zipped({"[Content_Types].xml": types(
        f"{MAIN['docx']}.main+xml", "application/vnd.ms-office.vbaProject")}), "macro"),
    "excel 4 macros": (office("xlsx", {"xl/macrosheets/sheet1.xml": "<a/>"}), "macro"),
    "activex": (office(more={"word/activeX/activeX1.xml": "<a/>"}), "macro"),
    "program": (office(more={"word/media/a.png": b"MZ\x90\0" + bytes(60)}), "program"),
    "script file": (office(more={"word/media/a.js": "x()"}), "hidden"),
    "web page": (office(more={"word/afchunk.mht": "x"}), "hidden"),
    "archive as a picture": (office(more={"word/media/a.png": zipped({"a": b""})}), "hidden"),
    "ole relation": (office(more={"word/_rels/d.xml.rels": relations("oleObject", "e/o.xml")}),
                     "program"),
    "ole file": (office(more={"word/embeddings/oleObject1.bin": OLE}), "hidden"),
    "dde field": (office(more={"word/document.xml": field(" DDEAUTO c:\\\\x.exe ")}), "program"),
    "dde field in pieces": (office(more={"word/document.xml": field(" DD", "EAUTO", " cmd ")}),
                            "program"),
    "dde simple field": (office(more={"word/document.xml":
        '<w:d xmlns:w="w"><w:fldSimple w:instr="dde cmd"/></w:d>'}), "program"),
    "dde in a sheet": (office("xlsx", {"xl/externalLinks/externalLink1.xml":
        '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'}), "program"),
    "script in a drawing": (office(more={"word/media/a.svg": "<svg><script/></svg>"}), "program"),
    "event in a drawing": (office(more={"word/media/a.svg": '<svg onload="x()"/>'}), "program"),
    # what is fetched
    "template from a site": (office(more={"word/_rels/settings.xml.rels": relations(
        "attachedTemplate", "https://a.org/a.dotm", mode="External")}), "fetches"),
    "template from a server": (office(more={"word/_rels/settings.xml.rels": relations(
        "attachedTemplate", "file:///\\\\host\\a.dotm", mode="External")}), "fetches"),
    "template from a server, escaped": (office(more={"word/_rels/settings.xml.rels": relations(
        "attachedTemplate", "file:///%5C%5Chost\\a.dotm", mode="External")}), "fetches"),
    "picture from a site": (office(more={"word/_rels/document.xml.rels": relations(
        "image", "https://a.org/a.png", mode="External")}), "fetches"),
    "picture from a site, unmarked": (office(more={"word/_rels/document.xml.rels": relations(
        "image", "https://a.org/a.png")}), "fetches"),
    "picture from a site in utf-16": (office(more={"word/_rels/document.xml.rels": relations(
        "image", "https://a.org/a.png", mode="EXTERNAL").encode("utf-16")}), "fetches"),
    "object from a site": (office(more={"word/_rels/document.xml.rels": relations(
        "oleObject", "mhtml:http://a.org!x", mode="External")}), "program"),
    "other workbook": (office("xlsx", {"xl/_rels/workbook.xml.rels": relations(
        "externalLink", "externalLinks/externalLink1.xml")}), "fetches"),
    # archives that are more, or more than one thing
    "zeros": (office(more={"word/media/a.bmp": bytes(20_000_000)}), "unpacks"),
    "far too much": (office(more={f"word/media/{n}.bmp": bytes(9_000_000) for n in range(6)}),
                     "unpacks"),
    "too many": (office(more={f"word/media/{n}.png": b"" for n in range(2_000)}), "unpacks"),
    "too much in a workbook inside": (office("pptx", {
        "ppt/embeddings/a.xlsx": office("xlsx", {"xl/a.bmp": bytes(5_000_000)})}), "unpacks"),
    "macros in a workbook inside": (office("pptx", {
        "ppt/embeddings/a.xlsx": office("xlsx", {"xl/vbaProject.bin": OLE})}), "macro"),
    "a document in a document in a document": (office("pptx", {"ppt/embeddings/a.xlsx": office(
        "xlsx", {"xl/embeddings/b.docx": office()})}), "hidden"),
    "entities": (office(more={"word/document.xml":
        '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><a>&c;</a>'}), "unusual"),
    "outside entity": (office(more={"word/document.xml":
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}), "unusual"),
    "climbing": (office(more={"../../a.xml": "<a/>"}), "damaged"),
    "rooted": (office(more={"/a.xml": "<a/>"}), "damaged"),
    "same part twice": (twice(office()), "damaged"),
    "bytes in front": (b"PK\x03\x04" + bytes(90) + office(), "damaged"),
    "bytes behind": (office() + b"MZ" + bytes(90), "damaged"),
    "no end": (without_end(office()), "damaged"),
    "half": (office()[:300], "damaged"),
    "not xml": (office(more={"word/document.xml": "<a>"}), "damaged"),
    "packed oddly": (office(packing=zipfile.ZIP_LZMA), "unusual"),
    "locked": (locked(office()), "locked"),
    # other archives
    "no document": (zipped({"a.txt": b"hello"}), "archive"),
    "program archive": (zipped({"META-INF/MANIFEST.MF": b"", "a.class": b""}), "archive"),
    "two kinds": (zipped({"[Content_Types].xml": types(
        f"{MAIN['docx']}.main+xml", f"{MAIN['xlsx']}.main+xml")}), "archive"),
    "template": (zipped({"[Content_Types].xml": types(
        OOXML + "wordprocessingml.template.main+xml")}), "archive"),
    "another open document": (zipped({"mimetype": ODT + "-template"}), "archive"),
    # open document
    "odt macros": (odt({"Basic/Standard/Module1.xml": "<a/>"}), "macro"),
    "odt script": (odt({"Scripts/python/a.py": "x"}), "macro"),
    "odt event": (odt(content='<o:event-listener x:href="vnd.sun.star.script:a"/>'), "macro"),
    "odt ole": (odt({"Object 1": OLE}), "program"),
    "odt ole element": (odt(content='<d:object-ole x:href="./Object 1"/>'), "program"),
    "odt picture from a site": (odt(content='<d:image x:href="https://a.org/a.png"/>'), "fetches"),
    "odt picture from a server": (odt(content='<d:image x:href="//host/a.png"/>'), "fetches"),
    "odt other file": (odt(content='<t:section-source x:href="../a.odt"/>'), "fetches"),
    "odt dde": (odt(content='<o:dde-source o:dde-application="soffice"/>'), "fetches"),
    "odt template from a site": (odt({"meta.xml":
        '<o:meta xmlns:o="o" xmlns:x="x"><o:template x:href="https://a.org/a.ott"/></o:meta>'}),
        "fetches"),
    "odt locked": (odt({"META-INF/manifest.xml":
        '<m:a xmlns:m="m"><m:encryption-data/></m:a>'}), "locked"),
    "odt with a program": (odt({"Pictures/a": b"\x7fELF" + bytes(40)}), "program"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "extension", "media_type"), GOOD.values(), ids=GOOD.keys())
def test_an_office_document_is_known_by_its_content_and_kept_byte_for_byte(
    content: bytes, extension: str, media_type: str
) -> None:
    kept = inspect("Plan.zip", content)
    assert (kept.name, kept.media_type) == (f"Plan.{extension}", media_type)
    assert kept.content == content


@pytest.mark.parametrize("content", ORDINARY.values(), ids=ORDINARY.keys())
def test_what_ordinary_documents_hold_is_allowed(content: bytes) -> None:
    assert inspect("Plan.docx", content).content == content


@pytest.mark.parametrize(("content", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        inspect("Plan.docx", content)


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    content = office(more={"word/media/a.png": PNG + b"x" * 500})
    true, said = ((size).to_bytes(4, "little") for size in (len(PNG) + 500, len(PNG)))
    assert content.count(true) == 2
    with pytest.raises(Refused, match="damaged"):
        inspect("Plan.docx", content.replace(true, said))


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([*(good[0] for good in GOOD.values()), *ORDINARY.values()]), st.data())
def test_a_tampered_document_is_kept_as_it_is_or_refused(good: bytes, data: st.DataObject) -> None:
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = inspect("a", bytes(content))
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert kept.content == content
