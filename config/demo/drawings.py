"""The pictures in some of the demo's ideas, drawn when it is loaded."""

import io
import math
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from config.demo.proposals import Proposals
from ideas.models import IdeaImage

type Pen = ImageDraw.ImageDraw

SIZE = (1200, 675)
PAPER, INK, SOFT = "#f6f2ea", "#23302b", "#8b978f"
GREEN, YELLOW, RED = "#0b5d4e", "#e0a526", "#b3402e"


def add(proposals: Proposals) -> None:
    """Draw the pictures and put each into its idea."""
    ideas = {row["key"]: idea for row, idea in proposals}
    for key, (draw, description) in DRAWINGS.items():
        IdeaImage.objects.create(
            idea=ideas[key],
            file=ContentFile(picture(draw), name=f"{key}.webp"),
            description=description,
            added_at=ideas[key].created_at,
        )


def picture(draw: Callable[[Pen], None]) -> bytes:
    """A drawing as a WebP file."""
    sheet = Image.new("RGB", SIZE, PAPER)
    draw(ImageDraw.Draw(sheet))
    data = io.BytesIO()
    sheet.save(data, "WEBP", quality=82)
    return data.getvalue()


def _write(pen: Pen, place: tuple[float, float], words: str, size: int, fill: str = INK) -> None:
    pen.text(place, words, fill=fill, font=ImageFont.load_default(size), anchor="mm")


def _night(pen: Pen) -> None:
    """Loudness at the fence from 22:00 to 7:00, as measured in the idea."""
    loud = [36, 38, 40, 42, 45, 47, 47, 48, 49, 44]
    places = [(130 + 105 * n, 580 - (value - 30) * 22) for n, value in enumerate(loud)]
    for value in (30, 40, 50):
        height = 580 - (value - 30) * 22
        pen.line([(110, height), (1120, height)], fill="#ddd6c8", width=2)
        _write(pen, (65, height), str(value), 26, SOFT)
    quiet = 580 - (42 - 30) * 22
    pen.line([(110, quiet), (1120, quiet)], fill=GREEN, width=4)
    _write(pen, (255, quiet - 24), "42 dB(A): Wunsch", 26, GREEN)
    pen.line(places, fill=RED, width=8, joint="curve")
    for n, (x, y) in enumerate(places):
        pen.ellipse([x - 9, y - 9, x + 9, y + 9], fill=RED)
        _write(pen, (x, 625), f"{(22 + n) % 24}", 26, SOFT)
    _write(pen, (600, 60), "dB(A) am Gartenzaun, 22 bis 7 Uhr", 36)


def _hours(pen: Pen) -> None:
    """Forty-eight hours from grey to green."""
    for hour in range(48):
        wind = 0.5 + 0.32 * math.sin(hour / 5) + 0.18 * math.sin(hour / 1.7 + 2)
        shade = tuple(
            round(a + (b - a) * wind) for a, b in zip((214, 208, 194), (11, 93, 78), strict=True)
        )
        x, y = 120 + (hour % 24) * 40, 210 + (hour // 24) * 190
        pen.rounded_rectangle([x, y, x + 34, y + 110], radius=8, fill=shade)
    for row, day in enumerate(("today", "tomorrow")):
        _write(pen, (180, 180 + row * 190), day, 30, SOFT)
    _write(pen, (600, 90), "Greener means cleaner", 44)
    for hour in (0, 6, 12, 18):
        _write(pen, (137 + hour * 40, 560), f"{hour}:00", 26, SOFT)


def _widgets(pen: Pen) -> None:
    """The small and the wide widget."""
    pen.rounded_rectangle([120, 200, 420, 500], radius=56, fill="white")
    _write(pen, (270, 335), "83 %", 92)
    _write(pen, (270, 420), "charging", 34, SOFT)
    pen.rounded_rectangle([490, 200, 1090, 500], radius=56, fill="white")
    _write(pen, (660, 335), "83 %", 92)
    _write(pen, (930, 310), "ready 06:40", 46)
    _write(pen, (930, 385), "11 kW", 46, SOFT)
    pen.rounded_rectangle([540, 430, 1040, 450], radius=10, fill="#e4dfd3")
    pen.rounded_rectangle([540, 430, 955, 450], radius=10, fill=GREEN)


def _toaster(pen: Pen) -> None:
    """The sun, a house with a roof of panels, and breakfast."""
    pen.ellipse([120, 80, 300, 260], fill=YELLOW)
    for step in range(12):
        angle = step * math.pi / 6
        start = (210 + 110 * math.cos(angle), 170 + 110 * math.sin(angle))
        end = (210 + 145 * math.cos(angle), 170 + 145 * math.sin(angle))
        pen.line([start, end], fill=YELLOW, width=8)
    pen.polygon([(480, 330), (740, 130), (1000, 330)], fill=INK)
    pen.polygon([(560, 292), (735, 157), (735, 292)], fill="#3f6f9c")
    pen.rectangle([520, 330, 960, 600], fill="white")
    pen.rounded_rectangle([590, 440, 760, 550], radius=24, fill=RED)
    for slot in (620, 690):
        pen.rounded_rectangle([slot, 390, slot + 40, 450], radius=10, fill="#c98a4b")
    pen.rounded_rectangle([830, 400, 900, 550], radius=12, outline=GREEN, width=8)
    pen.rectangle([842, 460, 888, 538], fill=GREEN)
    pen.line([(330, 250), (560, 250)], fill=YELLOW, width=10)
    pen.line([(760, 500), (830, 500)], fill=GREEN, width=10)
    _write(pen, (740, 640), "Heute toastet die Sonne", 36)


def _year(pen: Pen) -> None:
    """A year on one page: what was charged each month, and how much of it came from the roof."""
    _write(pen, (600, 70), "Your year in 2026", 44)
    for month, letter in enumerate("JFMAMJJASOND"):
        x = 130 + month * 80
        charged = 190 + 60 * math.cos(month * math.pi / 6)
        sun = 95 - 80 * math.cos(month * math.pi / 6)
        pen.rounded_rectangle([x, 480 - charged, x + 52, 480], radius=8, fill="#ddd6c8")
        pen.rounded_rectangle([x, 480 - min(sun, charged), x + 52, 480], radius=8, fill=YELLOW)
        _write(pen, (x + 26, 515), letter, 26, SOFT)
    _write(pen, (600, 600), "2,310 kWh, 41 % of it from your roof", 36)


def _light(pen: Pen) -> None:
    """One wallbox by day, one by night."""
    pen.rectangle([600, 0, 1200, 675], fill=INK)
    for x, words, ring, ink in (
        (300, "tagsüber", GREEN, INK),
        (900, "ab 22 Uhr", "#2f4a42", PAPER),
    ):
        pen.rounded_rectangle([x - 130, 130, x + 130, 510], radius=48, fill="white", outline=SOFT)
        pen.ellipse([x - 70, 200, x + 70, 340], outline=ring, width=18)
        pen.rounded_rectangle([x - 24, 400, x + 24, 470], radius=12, fill=SOFT)
        _write(pen, (x, 580), words, 36, ink)


DRAWINGS: dict[str, tuple[Callable[[Pen], None], str]] = {
    "quiet-night": (_night, "Kurve der Lautstärke am Zaun: von 36 auf 49 dB(A) um sechs Uhr"),
    "carbon-hour": (_hours, "Two rows of 24 bars, from grey to green, one for each hour"),
    "widget": (_widgets, "Two widgets: 83 %, and 83 % with ready 06:40 and 11 kW"),
    "child-view": (_toaster, "Haus mit Solardach, Akku und Toaster, daneben die Sonne"),
    "year-summary": (_year, "Twelve bars, the part from the roof in yellow: 41 % of 2,310 kWh"),
    "led-dimmer": (_light, "Zwei Wallboxen: am Tag leuchtet der Ring grün, nachts kaum noch"),
}
