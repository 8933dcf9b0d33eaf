"""Uploads cannot hurt: hostile files are refused or made harmless, and good ones are taken."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import marshal
import pickle
import sqlite3
import tarfile
import tempfile
import unicodedata
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from core.errors import Refused
from core.inspection import Inspected, inspect
from tests.core import test_inspection as anything
from tests.core import test_inspection_images as images
from tests.core import test_inspection_office as office
from tests.core import test_inspection_pdfs as pdfs
from tests.core.test_inspection_images import SECRET, chunk, halves, opened, revealing, saved
from tests.prove.promise import Promise
from tests.prove.trying import each
from tests.web.conftest import TEACHERS, serving

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class File:
    """What somebody hands in. `taken` says whether what is left of it may be kept."""

    what: str
    name: str
    content: bytes
    taken: bool = False


# ---- hostile ones ---------------------------------------------------------------------------


def tar() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("../../x"))
    return file.getvalue()


def sqlite() -> bytes:
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE t (x)")
        return database.serialize()


def texts_in_png(size: int) -> bytes:
    """A picture of four pixels, with a compressed text that unpacks to so many bytes."""
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(size), 9))
    picture = saved(halves(), "PNG")
    return picture[:33] + text + picture[33:]


def wide_gif() -> bytes:
    """A picture that says it is 65,535 pixels wide and high."""
    return b"GIF89a\xff\xff\xff\xff\x80\0\0\xff\0\0\0\0\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2D\1\0;"


# Programs, archives, films, databases and shortcuts that begin as such files do.
OTHERS: dict[str, bytes] = {
    "tar": tar(), "bzip2": bz2.compress(b"x" * 99), "xz": lzma.compress(b"x" * 99),
    "gzip bomb": gzip.compress(bytes(50 * MEGABYTE)), "pickle": pickle.dumps({"a": [1, None]}),
    "byte code": marshal.dumps(compile("print(1)", "x", "exec")), "database": sqlite(),
    "WebAssembly": b"\0asm\1\0\0\0", "Mach-O": b"\xcf\xfa\xed\xfe" + bytes(60),
    "Android": b"dex\n035\0" + bytes(60), "Flash": b"FWS\x09" + bytes(60),
    "compiled help": b"ITSF\3\0\0\0" + bytes(60), "cabinet": b"MSCF" + bytes(60),
    "shortcut": b"L\0\0\0\1\x14\2\0" + bytes(60), "OneNote": b"\xe4R\\{" + bytes(60),
    "Debian": b"!<arch>\ndebian-binary\0" + bytes(40), "disk": bytes(32_769) + b"CD001",
    "Photoshop": b"8BPS\0\1" + bytes(60), "AVIF": b"\0\0\0\x20ftypavif" + bytes(60),
    "QuickTime": b"\0\0\0\x14ftypqt  " + bytes(60), "Matroska": b"\x1aE\xdf\xa3" + bytes(60),
    "Ogg": b"OggS\0\2" + bytes(60), "icon": b"\0\0\1\0\1\0" + bytes(60),
    "metafile": b"\xd7\xcd\xc6\x9a" + bytes(60), "drawing, packed": gzip.compress(b"<svg/>"),
    "zeros": bytes(1000), "wide GIF": wide_gif(),
    "Office, the old way, with macros": office.OLE + b"VBA" * 99,
}  # fmt: skip

# A second thing behind or within a picture, and what a phone says of where and whose it was.
TWO_IN_ONE: dict[str, bytes] = {
    "picture and archive": saved(halves(), "GIF") + anything.archive(x=SECRET),
    "picture and page": saved(halves(), "JPEG", comment=b"<script>alert(1)</script>" + SECRET),
    "picture and program": saved(halves(), "PNG") + b"MZ\x90\0" + SECRET,
    "picture and PDF": saved(halves(), "JPEG") + pdfs.pdf() + SECRET,
    "place and maker, turned": saved(halves(), "JPEG", exif=revealing(6), xmp=SECRET),
    "place in WebP": saved(halves(), "WEBP", exif=revealing(8), icc_profile=SECRET * 9),
    "place in PNG": saved(halves("RGBA"), "PNG", exif=revealing(3)),
    "second picture": saved(halves(), "MPO", save_all=True, exif=revealing(),
                            append_images=[halves("L")]),
}  # fmt: skip

NAMES = (
    "../../x", "..\\..\\x", "/etc/passwd", "C:\\Windows\\x", "//server/share/x", "~/.ssh/id_rsa",
    "x\0.exe", "invoice\u202egpj.exe", "\u202e\u2066x", "CON", "x.png.exe", "x.exe", " . ", "",
    "x" * 5000, "%2e%2e%2fx", "x\r\nSet-Cookie: a=b", '"><script>x', "=cmd|'/c calc'!A1", "\ud800",
    "a\u0301" * 80, "\u200b\u200d\ufeff",
)  # fmt: skip


def hostile() -> Iterator[File]:
    """Files that somebody who wants to do harm would hand in."""
    yield from (File(f"anything {n}", "x.pdf", content)
                for n, (content, _) in enumerate(anything.REFUSED))  # fmt: skip
    yield from (File(f"script {name}", name, b"echo hello\n") for name in anything.SCRIPTS)
    yield from (File(what, "x.docx", content) for what, (content, _) in office.HOSTILE.items())
    for kind in (pdfs.ACTIVE, pdfs.LOCKED, pdfs.DAMAGED):
        yield from (File(what, "x.pdf", content) for what, content in kind.items())
    yield from (File(f"vast picture {n}", "x.png", each) for n, each in enumerate(images.VAST))
    yield from (File(f"broken picture {n}", "x.jpg", each) for n, each in enumerate(images.BROKEN))
    yield from (File(f"moving {kind}", "x", images.moving(kind)) for kind in ("GIF", "PNG", "WEBP"))
    yield from (File(what, "x.txt", content) for what, content in OTHERS.items())
    yield File("200 MB", "x.txt", b"x" * (200 * MEGABYTE))
    yield File("a text of 60 MB in a picture", "x.png", texts_in_png(60 * MEGABYTE), taken=True)
    yield from (File(f"telling picture {n}", "x.jpg", each, taken=True)
                for n, each in enumerate(images.TELLING))  # fmt: skip
    yield from (File(what, "x.jpg", content, taken=True) for what, content in TWO_IN_ONE.items())
    yield from (File(f"name {name[:40]!r}", name, saved(halves(), "PNG"), taken=True)
                for name in NAMES)  # fmt: skip


def wrongly_taken(files: Iterable[File]) -> Iterator[str]:
    """Which hostile files were kept although they must not be, or did harm to the app."""
    for file in files:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", RuntimeWarning)
                faults = list(_faults(file, inspect(file.name, file.content)))
        except Refused as refusal:
            faults = [] if str(refusal).endswith(".") else ["refused without a sentence"]
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            faults = [type(error).__name__]
        yield from (f"{file.what}: {fault}" for fault in faults)


def _faults(file: File, kept: Inspected) -> Iterator[str]:
    if not file.taken:
        yield f"taken as {kept.media_type}"
    if SECRET in kept.content or b"Exif" in kept.content or b"<script" in kept.content:
        yield "more than pixels is left"
    if kept.is_picture and opened(kept.content).getexif():
        yield "it still says where it was taken"
    if not _is_harmless(kept.name):
        yield f"its name is {kept.name!r}"


def _is_harmless(name: str) -> bool:
    return (
        len(name) <= 120
        and name.isprintable()
        and not set("/\\") & set(name)
        and not name.startswith((".", " "))
        and name.lower().endswith((".png", ".jpg", ".jpeg"))
        and unicodedata.is_normalized("NFC", name)
    )


# ---- good ones ------------------------------------------------------------------------------


def good() -> Iterator[File]:
    """Files as staff have them."""
    yield from (File(f"text {n}", "Notes.txt", each) for n, each in enumerate(anything.TEXTS))
    yield from (File(kind, "Plan", content) for kind, (content, *_) in office.GOOD.items())
    for kind in (office.ORDINARY, pdfs.ORDINARY):
        yield from (File(what, "Letter", content) for what, content in kind.items())
    yield from (File(name, name, content) for name, content, *_ in images.GOOD)
    for encoding in ("JPEG", "PNG", "WEBP"):
        for size in ((1, 1), (3000, 40), (40, 3000), (640, 480)):
            what = f"{encoding} of {size}"
            yield File(what, "photo", saved(halves(size=size), encoding))


def wrongly_refused(files: Iterable[File]) -> Iterator[str]:
    """Which good files were not kept, or not as they were."""
    for file in files:
        try:
            kept = inspect(file.name, file.content)
        except Refused as refusal:
            yield f"{file.what}: {refusal}"
            continue
        if not kept.is_picture and kept.content != file.content:
            yield f"{file.what}: changed"
        if kept.is_picture and opened(kept.content).size != opened(file.content).size:
            yield f"{file.what}: of another size"


# ---- on the way in --------------------------------------------------------------------------


def on_the_way() -> Iterator[str]:
    """What a running server takes of 200 MB that are sent to where pages upload."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served:
        teacher = served.signed_in(TEACHERS[0])
        with teacher.tab() as tab:
            tab.run()
            server = psutil.Process(served.process.pid)
            before = server.memory_info().rss
            teacher.http.get("/_stcore/health")
            token = teacher.http.cookies.get("_streamlit_xsrf") or ""
            address = f"/_stcore/upload_file/{tab.id}/x"
            files = {"file": ("../../x", b"x" * (200 * MEGABYTE), "application/pdf")}
            answer = teacher.http.put(address, headers={"X-Xsrftoken": token}, files=files)
            if answer.status_code != 413 or served.inside("uploads", tab.id):
                yield f"200 MB are answered {answer.status_code}"
            if server.memory_info().rss - before > 50 * MEGABYTE:
                yield "200 MB stay in memory"


def proved(*, full: bool) -> Promise:
    """Promise 7; the same size by day and by night."""
    bad, fine = list(hostile()), list(good())
    faults = [*wrongly_taken(each(bad, len(bad), "hostile files")), *on_the_way()]
    missed = list(wrongly_refused(each(fine, len(fine), "good files")))
    kept = not faults and not missed and len(bad) >= 120 and len(fine) >= 60
    figure = (
        f"{len(bad)} hostile files: {len(faults)} taken wrongly or crashed, and no EXIF left; "
        f"{len(fine)} good ones: {len(missed)} refused or changed"
    )
    return Promise(7, "Uploads cannot hurt", figure, kept=kept)
