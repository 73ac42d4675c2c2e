"""Questions of titles: what a title asks, apart from what it asks about.

能不能报销 and 可以报销吗 share few words and one question; 起付线是多少 and 起付线怎么算 share most words and
ask two things.
"""

import re

from articles.text import normalise

KINDS = {
    "原因": "原因|病因|诱因|为什么|为何|为啥|引起|引来|导致|造成的|怎么回事|咋回事|怎么得的",
    "表现": "症状|表现|前兆|征兆|特征|迹象",
    "饮食": "吃什么(?!药)|吃啥(?!药)|吃些什么|吃哪些|饮食|食疗|忌口|食物|水果|食谱",
    "用药": "什么药|啥药|哪种药|哪些药|用药|吃药|药物|服药|中药|偏方",
    "对策": "治疗|怎么治|怎样治|如何治|咋治|怎么样治|救治|医治|诊治|疗法|调理|改善|缓解|怎么办|咋办|怎样办|"
    "如何是好|怎么处理|如何处理|应对",
    "转归": "治好|治愈|根治|痊愈|好转|能好|除根|断根|康复|恢复吗|自愈|转阴",
    "后果": "严重|要紧|危害|危险|后果|影响|风险|并发症|死|癌变|有事吗|坏处|害处|副作用|清零|作废|失效",
    "可否": "能不能|能否|可不可以|可否|可以|能[^力量]|适合|适宜|允许|划算",
    "传染": "传染|感染|传播|传给",
    "遗传": "遗传",
    "检查": "检查|化验|诊断|确诊|怎么查|两对半|b超|ct|指标|鉴别|判断|查出|检测|体检|查询|查不到",
    "标准": "正常|标准|范围|算高|多少算|偏高|偏低",
    "含义": "是?什么意思|是?啥意思|是什么|什么是|含义|意味|区别|不同|差别|是指|哪种|属于",
    "是否": "是不是|是否|算不算|有没有|会不会|会|可能",
    "时间": "多久|多长时间|几天|几年|几个月|什么时候|何时|寿命|活多|时间|年限|期限",
    "费用": "多少钱|费用|价格|收费|花费|贵|便宜|报销|钱",
    "数量": "多少|几[个次针岁种]|比例|限额|额度",
    "地点": "哪里|在哪|哪家|医院|医生|专家|去哪|什么科|哪个科|科室|地址|电话|热线|入口",
    "注意": "注意|留意|护理|保养|预防|防止|防治|避免|如何防|事项",
    "做法": "怎么|怎样|如何|咋|步骤|流程|方法|办法|手续|办理|材料|证件|教程|备案",
    "生育": "怀孕|生育|要孩子|生孩子|母乳|哺乳|喂奶|胎儿|孕",
    "疫苗": "疫苗|接种|预防针",
    "手术": "手术|移植|介入",
    "工作生活": "工作|入职|上班|上学|当兵|参军|考公务员|结婚|运动|锻炼|献血",
    "睡眠": "睡",
    "烟酒": "喝酒|饮酒|抽烟|吸烟|喝茶|喝",
}
# Asked in so many words that the words themselves say nothing of the subject.
ASKING = (
    "原因",
    "表现",
    "对策",
    "转归",
    "后果",
    "可否",
    "检查",
    "标准",
    "含义",
    "是否",
    "时间",
    "数量",
    "注意",
    "做法",
)

_KINDS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}
_QUESTION = re.compile("[?？]|吗|呢|怎么|怎样|如何|什么|为何|多少|哪|是否|能否|能不能|可不可以|会不会|是不是|几|咋|啥")
_ASKING = re.compile(
    "|".join(KINDS[kind] for kind in ASKING)
    + "|请问|求问|想咨询|咨询|问题|情况|患者|病人|得了|哪些|都有|什么|应该|该|需要|答案来了|指南|的|吗|呢|么|是|有"
)
_SIGNS = re.compile(r"\W|_")


def is_question(title: str) -> bool:
    return bool(_QUESTION.search(normalise(title)))


def kinds(title: str) -> list[str]:
    """The kinds of question a title asks, of KINDS."""
    text = normalise(title)
    return [kind for kind, pattern in _KINDS.items() if pattern.search(text)]


def topic(title: str) -> set[str]:
    """The characters of a title that are left when its question is taken out."""
    return set(_SIGNS.sub("", _ASKING.sub("", normalise(title))))


def own_title(title: str, body: str) -> str:
    """The title, or nothing where it is just the first words of the text: it was made from it and tells nothing more."""
    return title if is_question(title) or not _SIGNS.sub("", body).startswith(_SIGNS.sub("", title)) else ""
