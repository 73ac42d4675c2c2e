"""Uploads into the picture library, and pictures in a text in the size and format a reader's device wants."""

import hashlib
import re
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.html import format_html
from PIL import Image, ImageOps, UnidentifiedImageError

from articles.models.picture import FORMATS, PICTURE_FOLDER, Picture
from calculators.common import page_keys

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE_PIXELS = 100
MAX_HEIGHT = 16_383  # the longest side a WebP can have
ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = {"avif": 60, "webp": 80}
IN_TEXT = re.compile(rf'<img [^>]*?src="[^"]*/{PICTURE_FOLDER}/([0-9a-f]+)-\d+\.webp"[^>]*>')


def opened(upload, notes: list[str] | None = None, min_side: int = MIN_SIDE_PIXELS) -> Image.Image:
    """The upload as an upright RGB(A) image, without anything else that was in the file. Raises ValidationError.

    `notes` is given a Chinese sentence for whatever the kept image lacks of the upload.
    """
    if upload.size > MAX_FILE_BYTES:
        raise ValidationError(f"文件太大：最多 {MAX_FILE_BYTES // 1024 // 1024} MB。")
    notes = [] if notes is None else notes
    try:
        image = Image.open(upload, formats=ACCEPTED)
        _check_size(*image.size, min_side)
        if getattr(image, "n_frames", 1) > 1:
            notes.append("这是动图，只留下了第一帧。")
        return _fitted(_eight_bit(ImageOps.exif_transpose(image)), notes)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError("这不是能用的图片：请传 JPEG、PNG、WebP 或 GIF。") from error


def _eight_bit(image):
    """RGB(A) with 8 bits a channel. Of 16-bit grey, `convert` would cut off whatever is above 255, and all is white."""
    if not image.mode.startswith("I;16"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    levels = image.convert("I")
    grey = levels.point([level >> 8 for level in range(1 << 16)], "L")
    transparent = image.info.get("transparency")
    if transparent is None:
        return grey.convert("RGB")
    opacity = levels.point([255 * (level != transparent) for level in range(1 << 16)], "L")
    return Image.merge("RGBA", [grey, grey, grey, opacity])


def _fitted(image, notes):
    """Not taller than the formats it is kept in can be."""
    if image.height <= MAX_HEIGHT:
        return image
    width = image.width * MAX_HEIGHT // image.height
    if width < MIN_SIDE_PIXELS:
        raise ValidationError(f"图片太长：{image.width}×{image.height} 像素，请裁成几张再传。")
    notes.append(
        f"图片太长，已从 {image.width}×{image.height} 像素缩小到 {width}×{MAX_HEIGHT}；字看不清时，请裁成几张再传。"
    )
    return image.resize((width, MAX_HEIGHT), Image.Resampling.LANCZOS)


def _check_size(width, height, min_side):
    if width * height > MAX_PIXELS:
        raise ValidationError(f"图片太大：{width}×{height} 像素，最多 4000 万像素。")
    if min(width, height) < min_side:
        raise ValidationError(f"图片太小：{width}×{height} 像素，每边至少 {min_side}。")


@transaction.atomic
def store(picture: Picture, image: Image.Image) -> Picture:
    """Keep the image as the files of this picture. The same image twice is refused with the first one's name."""
    picture.width, picture.height = image.size
    picture.stem = stem_of(image)
    picture.save()
    for width in picture.widths:
        _write_width(picture, image, width, FORMATS)
    return picture


def write_missing_files(picture: Picture, image: Image.Image) -> int:
    """Write those of the picture's files that are gone from the storage; returns how many."""
    count = 0
    for width in picture.widths:
        missing = [kind for kind in FORMATS if not default_storage.exists(picture.file(width, kind))]
        if missing:
            _write_width(picture, image, width, missing)
        count += len(missing)
    return count


def stem_of(image: Image.Image) -> str:
    return hashlib.sha256(image.tobytes() + repr(image.size).encode()).hexdigest()[:32]


def _write_width(picture, image, width, kinds):
    """The files of one width: the image is made smaller once for all formats."""
    height = max(1, round(image.height * width / image.width))
    smaller = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    for kind in kinds:
        _write(picture.file(width, kind), smaller, kind)


def _write(name, image, kind):
    buffer = BytesIO()
    image.save(buffer, kind.upper(), quality=QUALITY[kind])
    default_storage.delete(name)
    default_storage.save(name, ContentFile(buffer.getvalue()))


def pictures_in(html: str) -> dict[str, Picture]:
    """The library pictures in a text by their stem. One query where there are any."""
    stems = set(IN_TEXT.findall(html))
    return {picture.stem: picture for picture in Picture.objects.filter(stem__in=stems)} if stems else {}


def responsive(html: str, pictures: dict[str, Picture] | None = None) -> str:
    """The text with each of these pictures (all of the library's where none are given) in every size and format."""
    if pictures is None:
        pictures = pictures_in(html)

    def replace(match):
        page_keys.depends_on(page_keys.picture(match[1]))
        picture = pictures.get(match[1])
        return _picture(picture, match[0]) if picture else match[0]

    return IN_TEXT.sub(replace, html)


def _picture(picture, img):
    alt = re.search(r' alt="([^"]*)"', img)
    sized = (
        f'<img src="{picture.url}" alt="{alt[1] if alt else ""}" width="{picture.width}" height="{picture.height}"'
        ' loading="lazy" decoding="async">'
    )
    sources = "".join(
        format_html(
            '<source type="image/{}" srcset="{}" sizes="(min-width: 60rem) 44rem, 100vw">', kind, _set(picture, kind)
        )
        for kind in FORMATS
    )
    return f"<picture>{sources}{sized}</picture>"


def _set(picture, kind):
    return ", ".join(f"{default_storage.url(picture.file(width, kind))} {width}w" for width in picture.widths)


def orphan_files() -> list[str]:
    """Files in the library's folder that belong to no picture, left behind by a transaction that failed."""
    known = {name for picture in Picture.objects.all() for name in picture.files}
    return [name for name in names_in(PICTURE_FOLDER) if name not in known]


def names_in(folder: str) -> list[str]:
    """The uploads in a folder. Where files are objects in a bucket there is no folder whose existence could be asked."""
    try:
        return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []
