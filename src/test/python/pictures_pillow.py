#!/usr/bin/env python3
"""Records what Pillow reads from pictures of many kinds for PictureTest.

Usage: pictures_pillow.py > ../resources/dev/facula/vision/pictures.txt      (needs pillow)

One line a picture: its name, the file in base64, height and width, and the bytes of convert("RGB")
as [3, height, width] and of convert("L") in hexadecimal. Some are JPEG files with other markers
than Pillow writes: Adobe's transform 2 makes YCCK of what was saved as CMYK.
"""
import base64
import io
import math
import struct
import zlib

from PIL import Image

H, W = 10, 19


def values(channels):
    return bytes(
        int(127 + 120 * math.sin(x / (3.0 + c) + c) * math.cos(y / (5.0 - c) + 0.5 * c))
        for y in range(H) for x in range(W) for c in range(channels))


def picture(mode):
    if mode == "P":
        return picture("RGB").quantize(13)
    return Image.frombytes(mode, (W, H), values(len(mode)))


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def segments(data):
    out, at = [], 2
    while data[at + 1] != 0xDA:
        size = 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
        out.append(data[at:at + size])
        at += size
    return out, data[at:]


def marked(data, drop=(), adobe=None, ids=None):
    """A JPEG file with markers left out, Adobe's added, or channels named otherwise."""
    parts, rest = segments(data)
    parts = [p for p in parts if p[1] not in drop]
    if adobe is not None:
        parts = [p for p in parts if p[1] != 0xEE]
        parts.insert(0, b"\xff\xee\x00\x0eAdobe\x00\x64\0\0\0\0" + bytes([adobe]))
    if ids is not None:
        rest = bytearray(rest)
        for k, name in enumerate(ids):
            rest[5 + 2 * k] = name
        for i, p in enumerate(parts):
            if p[1] == 0xC0:
                p = bytearray(p)
                for k, name in enumerate(ids):
                    p[10 + 3 * k] = name
                parts[i] = bytes(p)
    return data[:2] + b"".join(parts) + bytes(rest)


def png(depth, colour, channels, interlaced=False, extra=b""):
    """A PNG of a kind that Pillow does not write."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(
        b"\0" + bytes((37 * i * i + 11 * y + 5) % 256 for i in range((W * depth * channels + 7) // 8))
        for y in range(H))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, depth, colour, 0, 0, 0))
            + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def trns(data):
    return struct.pack(">I", len(data)) + b"tRNS" + data + struct.pack(">I", zlib.crc32(b"tRNS" + data))


CMYK = saved(picture("CMYK"), "JPEG", quality=90)
SUBSAMPLED = saved(picture("CMYK"), "JPEG", quality=90, subsampling=2)
PROGRESSIVE = saved(picture("CMYK"), "JPEG", quality=90, progressive=True)
RGB = saved(picture("RGB"), "JPEG", quality=90, subsampling=0)
RGB_SUBSAMPLED = saved(picture("RGB"), "JPEG", quality=90, subsampling=2)

for name, data in {
    "cmyk.jpg": CMYK,
    "cmyk_subsampled.jpg": SUBSAMPLED,
    "cmyk_progressive.jpg": PROGRESSIVE,
    "cmyk_no_adobe.jpg": marked(CMYK, drop=[0xEE]),
    "cmyk_no_adobe_subsampled.jpg": marked(SUBSAMPLED, drop=[0xEE]),
    "ycck.jpg": marked(CMYK, adobe=2),
    "ycck_subsampled.jpg": marked(SUBSAMPLED, adobe=2),
    "ycck_progressive.jpg": marked(PROGRESSIVE, adobe=2),
    "ycck_transform_1.jpg": marked(CMYK, adobe=1),
    "rgb.jpg": RGB,
    "rgb_subsampled.jpg": RGB_SUBSAMPLED,
    "rgb_progressive.jpg": saved(picture("RGB"), "JPEG", quality=50, progressive=True),
    "rgb_no_jfif.jpg": marked(RGB, drop=[0xE0]),
    "rgb_adobe_0.jpg": marked(RGB, drop=[0xE0], adobe=0),
    "rgb_adobe_2.jpg": marked(RGB, drop=[0xE0], adobe=2),
    "rgb_jfif_and_adobe_0.jpg": RGB[:20] + marked(RGB, drop=[0xE0], adobe=0)[2:],
    "rgb_ids_rgb.jpg": marked(RGB, drop=[0xE0], ids=b"RGB"),
    "rgb_ids_rgb_jfif.jpg": marked(RGB, ids=b"RGB"),
    "rgb_ids_012.jpg": marked(RGB, drop=[0xE0], ids=[0, 1, 2]),
    "rgb_ids_012_subsampled.jpg": marked(RGB_SUBSAMPLED, drop=[0xE0], ids=[0, 1, 2]),
    "rgb_profile.jpg": saved(picture("RGB"), "JPEG", quality=90, icc_profile=bytes(range(200))),
    "gray.jpg": saved(picture("L"), "JPEG", quality=90),
    "gray_1.png": png(1, 0, 1),
    "gray_2.png": png(2, 0, 1),
    "gray_4.png": png(4, 0, 1),
    "gray_8.png": png(8, 0, 1),
    "gray_8_trns.png": png(8, 0, 1, extra=trns(b"\0\x05")),
    "gray_alpha_8.png": png(8, 4, 2),
    "gray_alpha_16.png": png(16, 4, 2),
    "rgb_8.png": png(8, 2, 3),
    "rgb_8_trns.png": png(8, 2, 3, extra=trns(b"\0\x05\0\x2a\0\x99")),
    "rgb_16.png": png(16, 2, 3),
    "rgba_8.png": png(8, 6, 4),
    "rgba_16.png": png(16, 6, 4),
    "palette.png": saved(picture("P"), "PNG"),
    "palette_trns.png": saved(picture("P"), "PNG", transparency=bytes(range(0, 130, 10))),
    "palette_4.png": saved(picture("P"), "PNG", bits=4),
    "rgb.bmp": saved(picture("RGB"), "BMP"),
    "gray.bmp": saved(picture("L"), "BMP"),
    "palette.bmp": saved(picture("P"), "BMP"),
    "palette.gif": saved(picture("P"), "GIF"),
    "rgb.tif": saved(picture("RGB"), "TIFF"),
    "rgb_lzw.tif": saved(picture("RGB"), "TIFF", compression="tiff_lzw"),
    "gray_deflate.tif": saved(picture("L"), "TIFF", compression="tiff_adobe_deflate"),
    "cmyk.tif": saved(picture("CMYK"), "TIFF"),
}.items():
    read = Image.open(io.BytesIO(data))
    planes = b"".join(band.tobytes() for band in read.convert("RGB").split())
    print(name, base64.b64encode(data).decode(), read.height, read.width, planes.hex(),
          read.convert("L").tobytes().hex())
