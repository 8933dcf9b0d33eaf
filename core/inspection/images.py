"""Pictures, painted anew so that nothing but the pixels is left.

JPEG, PNG, single-frame GIF and WebP, and HEIC (what iPhones and iPads take). What comes out is JPEG
or PNG, which every browser, police force and social worker can open: PNG where the picture was
stored without loss or has see-through parts, else JPEG.
"""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from core.errors import Refused
from core.inspection.kinds import JPEG, PNG, Kind

MOST_PIXELS = 50_000_000

BROKEN = "This picture cannot be read: open it on your device, save it again and add that one."
TOO_MANY_PIXELS = (
    "This picture has more than 50 million pixels: save it at a smaller size and add that one."
)
MOVING = "This picture moves: save the parts that matter as still pictures or PDF and add those."

# Depth maps and previews hidden in a HEIC file are not what the person chose to hand in.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

_HEADS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
# A phone's JPEG often holds a second picture (MPO); the others have frames only if they move.
_MAY_MOVE = {"GIF", "PNG", "WEBP"}
_WITHOUT_LOSS = {"GIF", "PNG"}
_JPEG_MODES = {"L", "RGB"}
_PNG_MODES = {"1", "L", "LA", "I;16", "RGB", "RGBA"}


def encoding_of(content: bytes) -> str | None:
    """Pillow's name for the encoding of a picture that is taken, else None."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "HEIF"
    return next((name for head, name in _HEADS.items() if content.startswith(head)), None)


def repaint(content: bytes, encoding: str) -> tuple[Kind, bytes]:
    """The picture written anew from its pixels, turned the right way up, and its kind.

    Colours are brought to sRGB, since the profile is not kept: without this a photo of an iPad
    would look duller than the skin it shows. Raises `Refused` for what cannot be read to the end,
    moves, or has more than `MOST_PIXELS` pixels; that is seen before any of them is unpacked.
    """
    try:
        with _opened(content, encoding) as picture:
            return _painted(picture, encoding)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a decoder fail in any way it likes
        raise Refused(BROKEN) from error


def _opened(content: bytes, encoding: str) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=[encoding])
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(TOO_MANY_PIXELS)
    if encoding in _MAY_MOVE and getattr(picture, "is_animated", False):
        raise Refused(MOVING)
    return picture


def _painted(picture: Image.Image, encoding: str) -> tuple[Kind, bytes]:
    ImageOps.exif_transpose(picture, in_place=True)
    upright = _in_srgb(picture)
    if encoding in _WITHOUT_LOSS or upright.has_transparency_data:
        return PNG, _written(_in_mode(upright, _PNG_MODES), "PNG")
    return JPEG, _written(_in_mode(upright, _JPEG_MODES), "JPEG", quality=92, subsampling=0)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK"}:
        return picture
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _in_mode(picture: Image.Image, modes: set[str]) -> Image.Image:
    if picture.mode in modes and "transparency" not in picture.info:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _written(picture: Image.Image, encoding: str, **options: int) -> bytes:
    # Pillow's writers take comments, profiles and resolution from here unasked.
    picture.info.clear()
    file = io.BytesIO()
    picture.save(file, encoding, **options)
    return file.getvalue()
