import io
import zlib
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from community import pictures
from community.errors import Refused


def drawn(size=(40, 20), mode="RGB", form="PNG", **options):
    data = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(data, form, **options)
    return data.getvalue()


def uploaded(data, name="x.png"):
    return SimpleUploadedFile(name, data)


def opened(file):
    return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_comes_back_as_a_square_webp(form):
    file, width, height = pictures.reencode(uploaded(drawn(form=form)), square=256)
    assert (width, height) == (256, 256)
    assert opened(file).format == "WEBP"
    assert file.name.endswith(".webp")


def test_the_longer_side_is_brought_down_and_never_up():
    assert pictures.reencode(uploaded(drawn((3000, 1000))), longest=1500)[1:] == (1500, 500)
    assert pictures.reencode(uploaded(drawn((40, 20))), longest=1500)[1:] == (40, 20)


def test_transparency_stays():
    file, _width, _height = pictures.reencode(uploaded(drawn(mode="RGBA")))
    assert opened(file).mode == "RGBA"


def test_it_is_turned_upright_and_loses_its_metadata():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "taken at home"
    file, width, height = pictures.reencode(uploaded(drawn(form="JPEG", exif=exif)))
    assert (width, height) == (20, 40)
    assert b"taken at home" not in file.read()


def png_of(width, height):
    """A header that promises many pixels, and nothing to fill them."""
    header = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")]
    body = b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_picture"),
        (b"%PDF-1.7", "bad_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bad_picture"),
        (drawn()[:60], "bad_picture"),
        (drawn(form="BMP"), "bad_picture"),
        (png_of(100, 100), "bad_picture"),
        (png_of(7000, 7000), "picture_too_large"),
        (png_of(60_000, 60_000), "bad_picture"),
        (b"\x00" * 5_000_001, "picture_too_large"),
    ],
    ids=["empty", "pdf", "svg", "cut", "bmp", "hollow", "large", "bomb", "heavy"],
)
def test_what_is_no_picture_is_refused(data, code):
    with pytest.raises(Refused) as refusal:
        pictures.reencode(uploaded(data), square=256)
    assert refusal.value.code == code


@given(st.binary(max_size=400), st.integers(0, 80))
def test_broken_files_are_refused_and_never_more(noise, cut):
    whole = drawn()
    # Anything but a refusal would fail the test.
    with suppress(Refused):
        pictures.reencode(uploaded(whole[:cut] + noise + whole[cut + len(noise) :]))
