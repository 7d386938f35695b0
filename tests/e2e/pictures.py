"""Pictures of the screen for the documents: PNG of few colors, small enough to keep in git."""

import struct
import zlib
from base64 import b64decode, b64encode
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

COLORS = 128
_DECODE = """async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data: pixels } = canvas.getImageData(0, 0, image.width, image.height);
  const bytes = [];
  for (let at = 0; at < pixels.length; at += 32768) {
    bytes.push(String.fromCharCode(...pixels.subarray(at, at + 32768)));
  }
  return [image.width, image.height, btoa(bytes.join(''))];
}"""


def keep_picture(page: Page, file: Path) -> None:
    """Write what is in sight of a page; the browser itself decodes its picture."""
    data = page.screenshot(animations="disabled", caret="hide")
    blank = page.context.new_page()
    width, height, pixels = blank.evaluate(_DECODE, b64encode(data).decode("ascii"))
    blank.close()
    rgb = np.frombuffer(b64decode(pixels), np.uint8).reshape(height * width, 4)[:, :3]
    colors, places, counts = np.unique(rgb, axis=0, return_inverse=True, return_counts=True)
    palette = colors[np.argsort(-counts, kind="stable")[:COLORS]]
    far = colors[:, None, :].astype(np.int32) - palette[None, :, :]
    nearest = (far**2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = nearest[places.reshape(-1)].reshape(height, width)
    lines = np.hstack([np.zeros((height, 1), np.uint8), rows])
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(lines.tobytes(), 9)), (b"IEND", b""))  # fmt: skip
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
