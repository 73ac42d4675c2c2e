"""Picture of a result (PNG): the sum, who pays, the working in four lines, day, place and a QR code of the link.

It is drawn for each request and neither stored nor kept by caches: the answers are in its address alone, which no log has.
"""

import re
from threading import Lock

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone

from calculators.common.canvas import (
    LINE_HEIGHT,
    Image,
    ImageDraw,
    break_evenly,
    break_lines,
    draw_mark,
    encode_png,
    font,
    ground_colour,
    quiet_colour,
)
from calculators.common.lazy_module import LazyModule
from calculators.common.rate_limit import client_address, is_within_limit
from calculators.common.site_identity import site_identity
from calculators.forms import CalculatorForm, typed_answers
from calculators.models import Calculator
from calculators.views.shared_result import SharedResult
from calculators.worksheet.scenarios import listed_scenarios
from calculators.worksheet.tables import payer_spans

qrcode = LazyModule("qrcode")
MAX_CARDS_PER_MINUTE, MINUTE_SECONDS = 20, 60
TOO_MANY_CARDS_SENTENCE = "图片要得太频繁了，请过一分钟再试。"
CARD_WIDTH, MAX_CARD_HEIGHT, CARD_MARGIN = 1080, 2600, 72
BAND_HEIGHT, BAR_HEIGHT, QR_PIXELS = 132, 40, 312
ROOM = CARD_WIDTH - 2 * CARD_MARGIN
PAPER, INK, QUIET_INK, RULE = "#fcfbf8", "#1b2321", "#56605c", "#d9d6cb"
# Those of site.css, the parts that are the fund's in paler tones of it.
PART_COLOURS = {"fund": "#0a5c55", "account": "#548f89", "supplement": "#83adaa", "self": "#d08a2e"}
OUTSIDE_COLOUR = "#8d8f8a"
ANSWER_SIZES = (128, 104, 88, 72, 60, 50, 42)
MAX_ANSWER_LINES = 4
BOLD = 1 / 60
_drawing = Lock()  # one at a time: a thread of the server each for all others, and the typeface is shared


def card(request, code):
    """The picture of the result with these answers; without a result, the form that lacks them."""
    calculator = get_object_or_404(Calculator.objects.as_published(), code=code)
    form = CalculatorForm(calculator.published(), typed_answers(request.GET), timezone.localdate())
    address = request.build_absolute_uri(calculator.get_absolute_url())
    shared = SharedResult.of(form, calculator.name, address, timezone.now())
    if shared is None:
        query = request.GET.urlencode()
        response = HttpResponseRedirect(f"{calculator.get_absolute_url()}{f'?{query}' if query else ''}")
    elif not is_within_limit("card", client_address(request), most=MAX_CARDS_PER_MINUTE, seconds=MINUTE_SECONDS):
        response = HttpResponse(TOO_MANY_CARDS_SENTENCE, status=429, content_type="text/plain; charset=utf-8")
        response["Retry-After"] = str(MINUTE_SECONDS)
    else:
        response = HttpResponse(draw_card(shared), content_type="image/png")
        response["Content-Disposition"] = f'inline; filename="{calculator.code}.png"'
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def draw_card(shared: SharedResult) -> bytes:
    with _drawing:
        image = Image.new("RGB", (CARD_WIDTH, MAX_CARD_HEIGHT), PAPER)
        card = Card(ImageDraw.Draw(image))
        card.opening(shared)
        card.answer(shared)
        card.payers(shared.statement)
        card.working(shared.working)
        card.closing(shared)
        return encode_png(image.crop((0, 0, CARD_WIDTH, card.top)))


class Card:
    """Draws from the top down; `top` is where the next thing begins."""

    def __init__(self, pen):
        self.pen, self.top = pen, 0

    def write(self, text, size, colour, *, room=ROOM, bold=False, most=MAX_ANSWER_LINES):
        """Lines of text; what does not fit into `most` of them ends with …."""
        lines = break_evenly(_words(text), size, room) if bold else break_lines(_words(text), size, room)
        if len(lines) > most:
            lines[most - 1 :] = [f"{lines[most - 1][:-1]}…"]
        for line in lines:
            spot = (CARD_MARGIN, self.top)
            self.pen.text(spot, line, colour, font(size), stroke_width=size * BOLD if bold else 0)
            self.top += round(size * LINE_HEIGHT)

    def opening(self, shared):
        site = site_identity()
        self.pen.rectangle((0, 0, CARD_WIDTH, BAND_HEIGHT), ground_colour(site))
        draw_mark(self.pen, CARD_MARGIN, BAND_HEIGHT / 2, site)
        self.pen.text(
            (CARD_WIDTH - CARD_MARGIN, BAND_HEIGHT / 2), "算出来的，仅供参考", quiet_colour(site), font(30), anchor="rm"
        )
        self.top = BAND_HEIGHT + 52
        self.write(shared.title, 48, INK, bold=True, most=2)
        if setting := " · ".join(filter(None, (shared.place, shared.rules))):
            self.write(setting, 34, QUIET_INK)
        self.top += 36

    def answer(self, shared):
        if shared.label:
            self.write(shared.label, 38, QUIET_INK, most=2)
        size = next(
            (
                size
                for size in ANSWER_SIZES
                if len(break_lines(_words(shared.answer), size, ROOM)) <= (1 if size > 72 else 3)
            ),
            ANSWER_SIZES[-1],
        )
        self.write(shared.answer, size, INK, bold=True, most=MAX_ANSWER_LINES + 2)
        self.top += 24

    def payers(self, statement):
        """The bar with its key; where it differs by scenario, a bar for each and the spans."""
        bars = [("", statement.parts)] if statement.parts else []
        spans = payer_spans(statement)
        if spans:
            bars = [(_answers_alone(each), each.statement.parts) for each in listed_scenarios(statement)]
        for condition, parts in bars:
            if condition:
                self.write(condition, 30, QUIET_INK, most=1)
            self.bar(parts)
        for part in statement.parts or spans:
            self.key(part)
        self.top += 16 if bars else 0

    def bar(self, parts):
        left = float(CARD_MARGIN)
        for part in parts:
            width = ROOM * float(part.share)
            self.pen.rectangle((left, self.top, left + width, self.top + BAR_HEIGHT), _colour(part))
            left += width
        self.top += BAR_HEIGHT + 24

    def key(self, part):
        middle = self.top + 24
        self.pen.rectangle((CARD_MARGIN, middle - 13, CARD_MARGIN + 26, middle + 13), _colour(part))
        self.pen.text((CARD_MARGIN + 44, middle), part.label, INK, font(34), anchor="lm")
        self.pen.text((CARD_WIDTH - CARD_MARGIN, middle), part.text, INK, font(34), anchor="rm", stroke_width=0.6)
        self.top += 58

    def working(self, lines):
        if not lines:
            return
        self.rule()
        size = 34 if all(len(break_lines(_words(line), 34, ROOM)) == 1 for line in lines) else 30
        for line in lines:
            self.write(line, size, INK, most=2)
            self.top += 10
        self.top += 20

    def closing(self, shared):
        self.rule()
        begin, room = self.top, ROOM - QR_PIXELS - 40
        self.write("扫码看每一步和出处", 38, INK, room=room, bold=True)
        self.write("换成你自己的数，再算一遍", 32, QUIET_INK, room=room)
        self.top += 24
        self.write(f"{shared.evidence}。", 28, QUIET_INK, room=room)
        self.qr_code(shared.link, CARD_WIDTH - CARD_MARGIN - QR_PIXELS, begin)
        self.top = max(self.top, begin + QR_PIXELS) + 64

    def rule(self):
        self.pen.rectangle((CARD_MARGIN, self.top, CARD_WIDTH - CARD_MARGIN, self.top + 1), RULE)
        self.top += 40

    def qr_code(self, link, left, top):
        """Whole pixels for each module, up to the right margin; the paper around it is its quiet zone."""
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=0)
        code.add_data(link)
        code.make(fit=True)
        matrix = code.get_matrix()
        step = QR_PIXELS // len(matrix)
        left += QR_PIXELS - step * len(matrix)
        for row, modules in enumerate(matrix):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    x, y = left + column * step, top + row * step
                    self.pen.rectangle((x, y, x + step - 1, y + step - 1), INK)


def _answers_alone(scenario):
    return "，".join(answer for _, answer in scenario.given)


def _words(text):
    """Numbers stay whole; between Chinese characters a line may end anywhere."""
    return re.findall(r"[0-9A-Za-z,.%]+|.", text)


def _colour(part):
    return PART_COLOURS.get(part.part, OUTSIDE_COLOUR)
