"""Insured place of a sentence: in which of its places somebody is insured, and in which treated. No Django.

武汉转诊去北京: insured in 武汉. 在北京住院，武汉的医保: the same. 北京和上海哪里报得多: neither is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calculators.typed_questions.places import Mention, Place

_INSURED_AFTER = re.compile(
    r"(?:市|省)?(?:人|户籍)?(?:的)?(?:城镇|城乡|企业|事业单位|单位)?(?:人(?!民)|医保|职保|社保|参保|投保|职工|居民|新农合|农合|退休|在职|灵活就业|缴费|交的|缴的|上班|工作|参的)"
)
_INSURED_BEFORE = re.compile(
    r"(?:参保地(?:是|在|为)?|参保(?:在)?|医保(?:在|是|地是?|交在|关系在)|社保(?:在|是)|交在|缴在|老家(?:是|在)?)$"
)
_TREATED_BEFORE = re.compile(r"(?:去|到|至|往|来|赴|转诊|转院|回|住|居住在|长住|住在|定居|旅居|跑|送)(?:了)?$")
_TREATED_AFTER = re.compile(
    r"(?:市)?(?:住院|看病|就医|就诊|治病|治疗|动?手术|做手术|医院|三甲|大医院|抢救|急诊|居住|定居|养老|长住|常住|带孙|旅游|出差|探亲)"
)
_LISTED = re.compile(r"(?:和|跟|与|、|或|或者|还是|比|对比|vs)")


@dataclass(frozen=True)
class Whereabouts:
    """`insured` is None where it is not said; `is_unclear`: two places are named and neither is it more than the other."""

    insured: Place | None = None
    elsewhere: Place | None = None
    is_unclear: bool = False


def whereabouts(sentence: str, mentions: Sequence[Mention]) -> Whereabouts:
    distinct = list({mention.place.code: mention for mention in reversed(mentions)}.values())[::-1]
    if not distinct:
        return Whereabouts()
    if len(distinct) == 1:
        return _only(sentence, mentions)
    insured = _most_insured(sentence, mentions, distinct)
    if insured is None:
        return Whereabouts(is_unclear=True)
    return Whereabouts(insured, next(m.place for m in distinct if m.place.code != insured.code))


def _only(sentence, mentions):
    """The one place is where somebody is insured, unless they went there from somewhere else."""
    place = mentions[0].place
    if all(_is_treated_in(sentence, mention) and not _is_insured_in(sentence, mention) for mention in mentions):
        return Whereabouts(elsewhere=place)
    return Whereabouts(insured=place)


def _most_insured(sentence, mentions, distinct) -> Place | None:
    said = _places(mention for mention in mentions if _is_insured_in(sentence, mention))
    if len(said) == 1:
        return said[0]
    if len(distinct) > 2 or _is_list(sentence, distinct):
        return None
    left = [mention.place for mention in distinct if not _is_treated_in(sentence, mention)]
    return left[0] if left else None


def _places(mentions):
    return list({mention.place.code: mention.place for mention in mentions}.values())


def _is_insured_in(sentence, mention):
    before = sentence[: mention.start]
    if _INSURED_BEFORE.search(before):
        return True
    return bool(_INSURED_AFTER.match(sentence, mention.end)) and not _TREATED_BEFORE.search(before)


def _is_treated_in(sentence, mention):
    return bool(_TREATED_BEFORE.search(sentence[: mention.start]))


def _is_list(sentence, mentions):
    first, second = mentions[:2]
    return bool(_LISTED.fullmatch(sentence[first.end : second.start]))
