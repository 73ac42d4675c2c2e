"""Places of a sentence: provinces, prefectures and counties right below a province, by whatever name. No Django.

A place is named in full, in short, by a name it had before, or in pinyin; of names that begin at one character the
longest counts. A short name that is also an ordinary word (东方, 中山, 日照) counts only where a place can stand.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from calculators.typed_questions.words import WORDS

HOTLINE = "12393"  # of the health insurance administrations, with the area code in front of it
ORDINARY_WORDS = frozenset(WORDS["ordinary_place_names"])
_SUFFIXES = ("自治区", "自治州", "地区", "市", "省", "州", "盟", "县")
_STREETS = re.compile(r"[东西南北中]?(?:路|街|大道|大街|巷|胡同)|瓜|石|玉器|扑克")
_BEFORE_A_PLACE = re.compile(
    r"(?:^|[，,。；;！!？?、：:（(\s]|我是|我在|在|我|去|到|来|从|住|往|回|爸|妈|人|老家|：|转|至|和|跟|与|或|是)$"
)
_AFTER_A_PLACE = re.compile(
    r"$|[，,。；;！!？?、：:\d]|市|人|的|医保|社保|职工|居民|退休|在职|住院|门诊|灵活|城乡|新农合|农村|上班|工作|老人|老家|社区|参保|自由|个体|"
    r"[男女三二一两]|工资|月薪|基数|断|离职|转|异地|看病|就医|养老|定居"
)


@dataclass(frozen=True)
class Place:
    """`parent` is the code of the place above, `telephone` its area code, both empty where there is none."""

    code: str
    name: str
    short_name: str
    parent: str = ""
    telephone: str = ""
    former_names: tuple[str, ...] = ()
    pinyin: str = ""

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        """The page of the place, whether or not values are held for it."""
        return f"/areas/{self.code}/"

    @property
    def hotline(self) -> str:
        """12393 of its own administration, with the area code in front where it has one."""
        return f"{self.telephone}-{HOTLINE}" if self.telephone else HOTLINE


@dataclass(frozen=True)
class Mention:
    place: Place
    start: int
    end: int


class PlaceIndex:
    """All names of places, made once; `mentions` reads a sentence in one pass."""

    def __init__(self, places: Iterable[Place]):
        self.by_code = {place.code: place for place in places}
        self._by_name = defaultdict(list)
        for place in self.by_code.values():
            for name in {place.name, place.short_name, *place.former_names} | _suffixed(place):
                self._by_name[name].append(place)
        self._by_pinyin = {place.pinyin: place for place in self.by_code.values() if place.pinyin}
        lengths = defaultdict(set)
        for name in self._by_name:
            lengths[name[0]].add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def named(self, text: str) -> Place | None:
        """The one place that a text is the name or the code of, by whatever name; None where it names none or several."""
        text = text.strip().lower()
        if text in self.by_code:
            return self.by_code[text]
        named = {mention.place.code: mention.place for mention in self.mentions(text)}
        return next(iter(named.values())) if len(named) == 1 else None

    def by_province(self) -> list[tuple[Place, list[Place]]]:
        """Every province with the places right below it, in the order of their codes."""
        below: dict[str, list[Place]] = {}
        for place in sorted(self.by_code.values(), key=lambda place: place.code):
            below.setdefault(place.parent, []).append(place)
        return [(province, below.get(province.code, [])) for province in below.get("CN", [])]

    def mentions(self, sentence: str) -> list[Mention]:
        """From left to right; 湖南长沙 is one mention, of 长沙."""
        return self._joined(sentence, sorted([*self._chinese(sentence), *self._latin(sentence)], key=lambda m: m.start))

    def _chinese(self, sentence) -> Iterator[Mention]:
        start, before = 0, None
        while start < len(sentence):
            mention = self._at(sentence, start, before)
            if mention is None:
                start += 1
                continue
            yield mention
            start, before = mention.end, mention

    def _at(self, sentence, start, before):
        for length in self._lengths.get(sentence[start], ()):
            name = sentence[start : start + length]
            if name in self._by_name:
                place = self._choose(self._by_name[name], before if before and before.end == start else None)
                mention = Mention(place, start, start + length)
                return mention if self._can_stand(sentence, name, mention, before) else None
        return None

    def _choose(self, places, above):
        """吉林 is the province, 吉林市 and 青海海南 are what lies below."""
        below = [place for place in places if above and place.parent == above.place.code]
        return (below or sorted(places, key=lambda place: place.code))[0]

    def _can_stand(self, sentence, name, mention, before):
        if name != mention.place.name and _STREETS.match(sentence, mention.end):
            return False
        if name not in ORDINARY_WORDS:
            return True
        if before and before.end == mention.start:
            return mention.place.parent == before.place.code
        return bool(_BEFORE_A_PLACE.search(sentence[: mention.start]) and _AFTER_A_PLACE.match(sentence, mention.end))

    def _latin(self, sentence) -> Iterator[Mention]:
        for word in re.finditer(r"[a-z]{4,}", sentence):
            for ending in ("", "shi", "sheng"):
                place = self._by_pinyin.get(word[0].removesuffix(ending))
                if place:
                    yield Mention(place, word.start(), word.end())
                    break

    def _joined(self, sentence, mentions):
        joined = []
        for mention in mentions:
            above = joined[-1] if joined else None
            if (
                above
                and mention.place.parent == above.place.code
                and sentence[above.end : mention.start] in {"", "省", "的", "，"}
            ):
                joined[-1] = Mention(mention.place, above.start, mention.end)
            else:
                joined.append(mention)
        return joined


def _suffixed(place):
    """长沙市, 湘西州: the short name with what it is. 海南州 is not the province of that name."""
    return {
        place.short_name + suffix
        for suffix in _SUFFIXES
        if place.name.endswith(suffix) or (suffix == "州" and place.name.endswith("自治州"))
    }
