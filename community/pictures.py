"""Uploaded pictures: nothing of the file itself is kept, only what it shows, drawn anew."""

import io
import uuid

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from community.errors import Refused

MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def reencode(
    upload: "File[bytes]", *, square: int | None = None, longest: int = 1600
) -> "tuple[ContentFile[bytes], int, int]":
    """A WebP file without metadata under a random name, and its width and height in pixels.

    `square` crops to the middle and scales to that side; otherwise the longer side is brought down
    to `longest`. Raises Refused.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise Refused(_("The picture is larger than 5 MB."), code="picture_too_large")
    try:
        picture = _opened(upload, square or longest)
        picture = _fitted(picture, square, longest)
        data = io.BytesIO()
        picture.save(data, "WEBP", quality=82, method=4)
    except Refused:
        raise
    except Exception as error:  # what a broken file makes decoders raise has no common base
        raise _unreadable() from error
    file = ContentFile(data.getvalue(), name=f"{uuid.uuid4().hex}.webp")
    return file, picture.width, picture.height


def _opened(upload: "File[bytes]", side: int) -> Image.Image:
    upload.seek(0)
    picture = Image.open(upload, formats=FORMATS)
    # The header names the size; nothing has been unpacked yet.
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused(_("The picture has more than 40 megapixels."), code="picture_too_large")
    if picture.format == "JPEG":
        picture.draft("RGB", (side * 2, side * 2))
    return ImageOps.exif_transpose(picture)


def _fitted(picture: Image.Image, square: int | None, longest: int) -> Image.Image:
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    if square:
        return ImageOps.fit(picture, (square, square), Image.Resampling.LANCZOS)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return picture


def _unreadable() -> Refused:
    return Refused(
        _("This file is not a picture we can read. Use JPEG, PNG, WebP or GIF."), code="bad_picture"
    )
