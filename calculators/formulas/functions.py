"""Functions that a formula may call, each with its usage and one Chinese sentence of help.

`apply` gets the arguments' values. A lazy function gets the arguments unevaluated, with the
evaluator and the scope, and evaluates only what it needs. `kind` says from the arguments' kinds
what comes out, or raises KindMismatch.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from calculators.formulas import dates, lists, result_kinds, texts, types
from calculators.formulas.bands import ZERO, by_payment, looked_up, marginal, total
from calculators.formulas.errors import FormulaError
from calculators.formulas.guards import condition, number, table
from calculators.formulas.nodes import Name, Node, Scope
from calculators.formulas.types import Kind
from calculators.values.rounding import to_fen
from calculators.values.types import UNLIMITED, Unlimited, Value

LIST_EFFORT, EXTREMES_EFFORT = 30, 8
Arguments = tuple[Node, ...]
Evaluate = Callable[[Node, Scope], Value]


@dataclass(frozen=True)
class Function:
    usage: str
    help: str
    apply: Callable[..., Value]
    kind: Callable[[Sequence[Kind]], Kind]
    least: int = 1
    most: int = 1
    lazy: bool = False
    names_first: bool = False  # the first argument is a name itself, not its value
    effort: int = 1  # in nodes, for each argument: lists and tables cost more than a number

    def check_arguments(self, arguments: Arguments, column: int) -> None:
        """Raises FormulaError for a wrong number of arguments, or a value where a name belongs."""
        count = len(arguments)
        if not self.least <= count <= self.most or (self.apply is choose and count % 2 == 0):
            raise FormulaError(f"括号里的参数个数不对，应写成 {self.usage}。", column)
        if self.names_first and not isinstance(arguments[0], Name):
            raise FormulaError(f"第一个参数要直接写名称：{self.usage}。", column)


def choose(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> Value:
    """The value after the first condition that holds; the last one stands alone."""
    return evaluate(chosen(arguments, evaluate, scope), scope)


def chosen(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> Node:
    """The argument, unevaluated, that `choose` takes."""
    *pairs, otherwise = arguments
    for test, branch in zip(pairs[::2], pairs[1::2], strict=True):
        if condition(evaluate(test, scope)):
            return branch
    return otherwise


def smallest(*amounts: Value) -> Decimal | Unlimited:
    """UNLIMITED only if all are."""
    return min(_limited(_spread(amounts)), default=UNLIMITED)


def largest(*amounts: Value) -> Decimal | Unlimited:
    spread = _spread(amounts)
    return UNLIMITED if UNLIMITED in spread else max(_limited(spread))


def _limited(amounts: Sequence[Decimal | Unlimited]) -> list[Decimal]:
    return [amount for amount in amounts if isinstance(amount, Decimal)]


def clamp(amount: Value, lowest: Value, highest: Value) -> Decimal | Unlimited:
    return largest(lowest, smallest(amount, highest))


def _spread(amounts: Sequence[Value]) -> list[Decimal | Unlimited]:
    """Lists among the amounts give their elements."""
    spread = [element for amount in amounts for element in (amount if isinstance(amount, tuple) else (amount,))]
    if not 0 < len(spread) <= lists.MAX_LIST_ITEMS:
        raise FormulaError("这一列数是空的。" if not spread else f"一次最多比 {lists.MAX_LIST_ITEMS} 个数。")
    return [element if isinstance(element, Unlimited) else number(element) for element in spread]


def whole_part(amount: Value) -> Decimal:
    return number(amount).to_integral_value(ROUND_DOWN)


def rounded_to_fen(amount: Value) -> Decimal:
    return to_fen(number(amount))


def along(bands: Value, start: Value, end: Value, less: Value = ZERO) -> Decimal:
    return total(marginal(table(bands), number(start), number(end), number(less)))


def along_payment(bands: Value, paid: Value, expense: Value) -> Decimal:
    return total(by_payment(table(bands), number(paid), number(expense)))


def look_up_table(bands: Value, place: Value) -> Decimal:
    return looked_up(table(bands), number(place))


def is_set(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> bool:
    return scope.is_set(_name(arguments))


def is_filled_in(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> bool:
    return scope.is_filled_in(_name(arguments))


def unit(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> str:
    return scope.unit(_name(arguments))


def previous(arguments: Arguments, evaluate: Evaluate, scope: Scope) -> Value:
    return scope.previous(_name(arguments), lambda: evaluate(arguments[1], scope))


def _name(arguments: Arguments) -> str:
    """The name that stands first; nothing else can (Function.names_first)."""
    first = arguments[0]
    return first.name if isinstance(first, Name) else ""


FUNCTIONS: dict[str, Function] = {
    function.usage.partition("(")[0]: function
    for function in (
        Function("取大(甲, 乙, …)", "几个数中最大的。", largest, types.of_extremes, 1, 20, effort=EXTREMES_EFFORT),
        Function(
            "取小(甲, 乙, …)",
            "几个数中最小的；不设限额比任何数都大。",
            smallest,
            types.of_extremes,
            1,
            20,
            effort=EXTREMES_EFFORT,
        ),
        Function(
            "限定(数, 下限, 上限)",
            "低于下限取下限，高于上限取上限。",
            clamp,
            types.of_extremes,
            3,
            3,
            effort=EXTREMES_EFFORT,
        ),
        Function("四舍五入到分(金额)", "保留两位小数，第三位满五进一。", rounded_to_fen, types.of_number),
        Function("取整(数)", "去掉小数部分。", whole_part, types.of_number),
        Function("不设限额(数)", "这个限额是否“不设限额”。", lambda amount: amount is UNLIMITED, result_kinds.flag),
        Function(
            "分段累计(表, 起, 止)",
            "起到止之间的费用按各段比例支付多少；第四个参数是各段比例都要减去的数。",
            along,
            types.of_reduced_table,
            3,
            4,
            effort=LIST_EFFORT,
        ),
        Function(
            "按支付额分段(表, 已支付, 费用)",
            "表按基金累计支付额分段时，这笔费用支付多少。",
            along_payment,
            types.of_table,
            3,
            3,
            effort=LIST_EFFORT,
        ),
        Function(
            "查表(表, 数)",
            "这个数落在哪一段就取那一段的数值；不在任何一段为 0。",
            look_up_table,
            result_kinds.any,
            2,
            2,
            effort=LIST_EFFORT,
        ),
        Function(
            "如果(条件, 成立时, 否则)",
            "按条件取其一，没取到的不计算；可以连写几个条件。",
            choose,
            types.of_choice,
            3,
            19,
            lazy=True,
        ),
        Function(
            "有规定(参数)", "当地这一天有没有这个参数的数值。", is_set, result_kinds.flag, lazy=True, names_first=True
        ),
        Function("填了(问题)", "选填的问题填了没有。", is_filled_in, result_kinds.flag, lazy=True, names_first=True),
        Function(
            "单位(参数)",
            "当地这个数值的单位，例如“元/年”“元/次”。",
            unit,
            result_kinds.text,
            lazy=True,
            names_first=True,
        ),
        Function(
            "上期(步骤, 初值)",
            "逐期计算时这一步上一期的结果，第一期用初值。",
            previous,
            types.of_previous,
            2,
            2,
            lazy=True,
            names_first=True,
        ),
        Function("连写(甲, 乙, …)", "几段文字和数连成一句。", texts.joined, result_kinds.text, 2, 10),
        Function("合计(一列)", "一列数相加。", lists.summed, types.of_element, effort=LIST_EFFORT),
        Function("项数(一列)", "一列里有几项。", lists.count, result_kinds.count),
        Function("含(一列, 数)", "一列里有没有这一项。", lists.contains, result_kinds.flag, 2, 2, effort=LIST_EFFORT),
        Function("第几项(一列, 序号)", "从 1 数起的那一项；没有这一项为 0。", lists.pick, types.of_element, 2, 2),
        Function("末项(一列)", "一列的最后一项。", lists.last, types.of_element),
        Function(
            "超出合计(一列, 界)", "每一项超出界的部分，相加。", lists.excess, types.of_element, 2, 2, effort=LIST_EFFORT
        ),
        Function(
            "对应相乘合计(一列, 另一列)",
            "两列逐项相乘，再相加。",
            lists.products,
            types.of_products,
            2,
            2,
            effort=LIST_EFFORT,
        ),
        Function("日期(年, 月, 日)", "一个日期。", dates.day, result_kinds.date, 3, 3),
        Function("年月(日期)", "日期所在的月份。", dates.month_of, result_kinds.month),
        Function("年份(日期)", "日期或月份的年份。", dates.year, result_kinds.count),
        Function("月份(日期)", "日期在几月，1 到 12。", dates.month, result_kinds.count),
        Function("月数差(起, 止)", "从起的月份到止的月份相差几个月。", dates.months_between, result_kinds.count, 2, 2),
        Function("加月(月份, 几个月)", "之后第几个月；负数是之前。", dates.add_months, result_kinds.month, 2, 2),
        Function("周岁(出生日期, 到)", "到那一天的周岁。", dates.age, result_kinds.count, 2, 2),
        Function("逐月(起始月份, 几个月)", "一列月份。", dates.months, result_kinds.months, 2, 2, effort=LIST_EFFORT),
        Function(
            "逐年(起始年, 终止年)",
            "一列年度，每个是那年的 1 月 1 日。",
            dates.years,
            result_kinds.years,
            2,
            2,
            effort=LIST_EFFORT,
        ),
    )
}
