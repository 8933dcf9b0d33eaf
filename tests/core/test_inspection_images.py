from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import Refused
from core.inspection import inspect

pillow_heif.register_heif_opener()

RED, BLUE = (220, 20, 20), (20, 20, 220)
SECRET = b"SECRET-OF-THE-PHONE"
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def halves(mode: str = "RGB", size: tuple[int, int] = (64, 32)) -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def revealing(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return exif


def saved(picture: Image.Image, encoding: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, encoding, **options)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def vast_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)


def jpeg_segments(content: bytes) -> set[int]:
    """The markers before the pixels begin."""
    found, place = set(), 2
    while content[place + 1] != 0xDA:
        found.add(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return found


def png_chunks(content: bytes) -> set[bytes]:
    found, place = set(), 8
    while place < len(content):
        found.add(content[place + 4 : place + 8])
        place += 12 + int.from_bytes(content[place : place + 4], "big")
    return found


def profile(*primaries: tuple[float, float, float]) -> bytes:
    """The smallest colour profile there is: where red, green and blue lie, and gamma 2.2."""

    def place(*numbers: float) -> bytes:
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    white = place(0.9642, 1, 0.8249)
    curve = b"curv\0\0\0\0\0\0\0\1\2\x33\0\0"
    entries = {b"wtpt": b"XYZ \0\0\0\0" + white}
    for colour, primary in zip((b"r", b"g", b"b"), primaries, strict=True):
        entries[colour + b"XYZ"] = b"XYZ \0\0\0\0" + place(*primary)
        entries[colour + b"TRC"] = curve
    table, body, start = struct.pack(">I", len(entries)), b"", 132 + 12 * len(entries)
    for name, entry in entries.items():
        table += name + struct.pack(">II", start + len(body), len(entry))
        body += entry
    head = struct.pack(">I4xI", start + len(body), 0x02200000) + b"mntrRGB XYZ "
    return head.ljust(36, b"\0") + b"acsp".ljust(32, b"\0") + white.ljust(60, b"\0") + table + body


WIDE = profile((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841))


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 150 and pixel[2] < 90)


GOOD = [
    ("photo.jpeg", saved(halves(), "JPEG"), "photo.jpeg", "image/jpeg"),
    ("photo.png", saved(halves(), "JPEG"), "photo.jpg", "image/jpeg"),
    ("grey.jpg", saved(halves("L"), "JPEG"), "grey.jpg", "image/jpeg"),
    ("print.jpg", saved(halves("CMYK"), "JPEG"), "print.jpg", "image/jpeg"),
    ("two.jpg", saved(halves(), "MPO", save_all=True, append_images=[halves()]), "two.jpg",
     "image/jpeg"),
    ("photo.webp", saved(halves(), "WEBP"), "photo.jpg", "image/jpeg"),
    ("IMG_1.HEIC", saved(halves(), "HEIF"), "IMG_1.jpg", "image/jpeg"),
    ("shot.png", saved(halves(), "PNG"), "shot.png", "image/png"),
    ("shot.webp", saved(halves("RGBA"), "WEBP"), "shot.jpg", "image/jpeg"),
    ("shot.gif", saved(halves("P"), "GIF"), "shot.png", "image/png"),
    ("line.png", saved(halves("1"), "PNG"), "line.png", "image/png"),
    ("deep.png", saved(Image.new("I;16", (9, 9), 40_000), "PNG"), "deep.png", "image/png"),
    ("few.png", saved(halves("P"), "PNG"), "few.png", "image/png"),
    ("C:\\x\\a.exe", saved(halves("LA"), "PNG"), "a.png", "image/png"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "shown", "media_type"), GOOD)
def test_a_picture_is_kept_as_jpeg_or_png_and_named_so(
    name: str, content: bytes, shown: str, media_type: str
) -> None:
    kept = inspect(name, content)
    assert (kept.name, kept.media_type) == (shown, media_type)
    assert opened(kept.content).size == opened(content).size
    assert Image.MIME[opened(kept.content).format or ""] == media_type


@pytest.mark.parametrize("encoding", ["PNG", "WEBP"])
def test_what_is_see_through_stays_so(encoding: str) -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    kept = opened(inspect("a", saved(clear, encoding, lossless=True)).content)
    assert kept.getchannel("A").getextrema() == (0, 0)


def test_see_through_palettes_and_deep_greys_survive() -> None:
    palette = saved(halves("P"), "PNG", transparency=0)
    assert opened(inspect("a", palette).content).has_transparency_data
    deep = saved(Image.new("I;16", (9, 9), 40_000), "PNG")
    assert opened(inspect("a", deep).content).getpixel((0, 0)) == 40_000


TELLING = [
    saved(halves(), "JPEG", exif=revealing(), comment=SECRET, icc_profile=SECRET * 9),
    saved(halves(), "PNG", exif=revealing(), dpi=(300, 300)),
    saved(halves(), "WEBP", exif=revealing(), xmp=SECRET),
    saved(halves(), "HEIF", exif=revealing(), xmp=SECRET),
    saved(halves("P"), "GIF", comment=SECRET),
    saved(halves(), "JPEG") + SECRET + b"PK\x03\x04",
    saved(halves(), "PNG") + SECRET + b"<script>",
]


@pytest.mark.parametrize("content", TELLING)
def test_nothing_but_pixels_is_left_of_a_picture(content: bytes) -> None:
    kept = inspect("photo", content).content
    assert SECRET not in kept
    assert b"Exif" not in kept
    assert not opened(kept).getexif()
    if kept.startswith(b"\x89PNG"):
        assert png_chunks(kept) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
    else:
        assert jpeg_segments(kept) <= {0xE0, 0xDB, 0xC0, 0xC4}
        assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (64, 32), (3, 3)),
        (2, (64, 32), (60, 3)),
        (3, (64, 32), (60, 28)),
        (6, (32, 64), (28, 3)),
        (8, (32, 64), (3, 60)),
    ],
)
def test_a_picture_stands_the_way_it_was_taken(
    encoding: str, orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    kept = opened(inspect("a", saved(halves(), encoding, exif=revealing(orientation))).content)
    opposite = (size[0] - 1 - red[0], size[1] - 1 - red[1])
    assert kept.size == size
    assert (is_red(kept.getpixel(red)), is_red(kept.getpixel(opposite))) == (True, False)


def test_a_turned_heic_picture_stands_the_way_it_was_taken() -> None:
    turned = halves()
    turned.info["exif"] = revealing(6).tobytes()  # written as HEIC's own mark, as a phone does
    kept = opened(inspect("IMG_2.heic", saved(turned, "HEIF")).content)
    assert kept.size == (32, 64)
    assert (is_red(kept.getpixel((28, 3))), is_red(kept.getpixel((3, 60)))) == (True, False)


def test_the_wide_colours_of_a_phone_are_kept_although_its_profile_is_not() -> None:
    skin = Image.new("RGB", (4, 4), (180, 100, 90))
    kept = opened(inspect("a", saved(skin, "PNG", icc_profile=WIDE)).content)
    red, green, _ = kept.getpixel((0, 0))  # type: ignore[misc]
    assert (red > 185, green < 98) == (True, True)
    assert "icc_profile" not in kept.info


@pytest.mark.parametrize("broken", [SECRET * 9, WIDE[:200]])
def test_a_broken_colour_profile_does_no_harm(broken: bytes) -> None:
    kept = opened(inspect("a", saved(halves(), "PNG", icc_profile=broken)).content)
    assert is_red(kept.getpixel((3, 3)))


VAST = [
    vast_png(7_072, 7_072),
    vast_png(16_000, 8_000),
    vast_png(20_000, 20_000),
    vast_png(2**31 - 1, 2**31 - 1),
]


@pytest.mark.parametrize("content", VAST)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_of_more_than_50_million_pixels_is_refused_before_it_is_unpacked(
    content: bytes,
) -> None:
    with pytest.raises(Refused, match="50 million"):
        inspect("bomb.png", content)


def moving(encoding: str) -> bytes:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]
    return saved(frames[0], encoding, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("encoding", ["GIF", "PNG", "WEBP"])
def test_a_moving_picture_is_refused_and_not_cut_to_its_first_frame(encoding: str) -> None:
    with pytest.raises(Refused, match="moves"):
        inspect("a", moving(encoding))


BROKEN = [
    *(content[: len(content) // 2] for name, content, *_ in GOOD if name != "deep.png"),
    b"\xff\xd8\xff\xe0" + b"<script>" * 9,
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a" + bytes(20),
    b"RIFF\x10\0\0\0WEBPVP8 " + bytes(9),
    b"\0\0\0\x18ftypheic" + bytes(90),
    vast_png(100, 100),
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        inspect("a.jpg", content)


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None, max_examples=150)
@given(st.sampled_from(GOOD), st.data())
def test_a_damaged_picture_is_repainted_or_refused(
    good: tuple[str, bytes, str, str], data: st.DataObject
) -> None:
    content = bytearray(good[1])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = inspect("a", bytes(content))
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert opened(kept.content).size
