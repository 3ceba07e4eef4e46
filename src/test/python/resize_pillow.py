#!/usr/bin/env python3
"""Records what Pillow makes of resized images for TransformTest.

Usage: resize_pillow.py > ../resources/dev/facula/vision/resize.txt      (needs pillow)

One line a case: height and width before, height and width after, the bytes [3, height, width] in
hexadecimal. Pixel (c, y, x) before is (7 x + 13 y + 50 c + x y) mod 256. The last line are grey
values of the same image.
"""
from PIL import Image


def pattern(h, w):
    data = bytes((7 * x + 13 * y + 50 * c + x * y) % 256 for y in range(h) for x in range(w) for c in range(3))
    return Image.frombytes("RGB", (w, h), data)


for before, after in [((10, 12), (5, 6)), ((10, 12), (20, 18)), ((9, 7), (4, 7)), ((9, 7), (9, 3)),
                      ((33, 20), (8, 13)), ((3, 3), (1, 1)), ((1, 1), (2, 3)), ((40, 40), (7, 3))]:
    out = pattern(*before).resize((after[1], after[0]), Image.Resampling.BILINEAR)
    planes = b"".join(band.tobytes() for band in out.split())
    print(*before, *after, planes.hex())
print(6, 7, 6, 7, pattern(6, 7).convert("L").tobytes().hex())
