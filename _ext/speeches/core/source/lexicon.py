"""Word lists on which a check turns, read off the five speeches and the rules of VERIFICATION. Add words, not code."""

from __future__ import annotations

import re
import unicodedata

from .folding import fold


def _alternatives(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


NEGATORS = "不没未无非勿莫"

# Whole words in which a negator does not turn the sense of what stands around it.
_HARMLESS = _alternatives(
    "无论 不论 不仅 不仅仅 不但 不只 不单 不怕 不单 不断 不少 不久 不时 不禁 不已 不懈 不愧 不竭 不畏 不辞 不朽 不拘 不凡 不惜 "
    "不约而同 不可或缺 不可替代 不遗余力 不折不扣 不卑不亢 不骄不躁 不忘初心 不厌其烦 不厌其小 不厌其碎 不怕苦 不知不觉 "
    "不得不 不无 无私 无名英雄 无穷 无穷无尽 无限 无比 无悔 无愧 无畏 无微不至 无时无刻 无疑 无缝 无偿 无形 无线 无声 无尽 "
    "无非 一丝不苟 万无一失 责无旁贷 义无反顾 事无巨细 有条不紊 孜孜不倦 坚持不懈 坚定不移 非凡 非公 埋没 淹没 莫过于 "
    "莫大 莫名 无外乎 迫不及待 势不可挡 必不可少 永不停步 永不懈怠 川流不息 自强不息 锲而不舍 源源不断 层出不穷"
)
# Harmless only as words of their own: 没落 but not 没落实, 不同 but not 不同意.
_HARMLESS_WORDS = re.compile(
    f"{_HARMLESS}|非常(?!规)|不管(?!不)|不光(?!彩)|不同(?!意|步)|不妨(?!碍)|(?<!绝|决)不错(?!过)|未来(?!得及|不及)|没落(?!实)"
    "|(?<!中|里)无数|是非(?!常)"
)

# Words that turn the sense of the clause they stand in, or of the one that follows.
_TURNING = re.compile(
    _alternatives(
        "不能 不要 不得 不可 不许 不准 不应 不该 绝不 决不 并不 并非 切忌 切记 严禁 禁止 反对 摒弃 防止 避免 "
        "杜绝 克服 破除 纠正 力戒 戒除 拒绝 抵制 "
        "如果 假如 倘若 要是 若 否则 有人 有的人 有的同志 片面 所谓 误以为 错误地 看似 貌似 过去 少比 其实 实际是 是不对 不对的 的现象 现象 "
        "的说法 的做法 要不得 不可取 谈不上 岂 难道"
    )
    + f"|[{NEGATORS}]"
)

# Negators and verbs of prevention that govern a list: 不能三心二意、……阳奉阴违.
GOVERNING = re.compile(
    _alternatives(
        "不能 不要 不得 不可 不许 不准 绝不 决不 切忌 严禁 禁止 反对 摒弃 防止 避免 杜绝 克服 力戒 并不 并非 没有"
    )
)
SWALLOWED = re.compile(
    _alternatives("切忌 严禁 禁止 反对 摒弃 防止 避免 杜绝 克服 破除 力戒 拒绝 抵制 少比") + f"|[{NEGATORS}]"
)

# Harmless where they stand with what they govern; without them it is said of the whole, or said as a fear.
PARTED = re.compile(
    "("
    + _alternatives("不仅仅 不仅 不只 不但 不光 不单单 不单 不止 不独 不畏 不怕 不惜 不辞 不厌 不避 何止 岂止")
    + ")(?:的|是|要|会|能|得|在|应|应当|应该|需要)*"
)

# What follows these after a negation is affirmed: 绝不是甲，而是乙.
AFFIRMING = re.compile(_alternatives("而是 只是 而要 而应 而在于 才是 而"))

# Characters that a slip of the pen or of the file does not exchange, and a change of meaning does.
_OPPOSITES = re.compile(
    _alternatives(
        "大小 多少 高低 上下 前后 内外 进退 升降 增减 长短 强弱 轻重 快慢 早晚 新旧 好坏 优劣 善恶 真假 对错 正反 成败 胜败 "
        "胜负 得失 利弊 利害 益害 苦甜 苦乐 甘苦 喜忧 褒贬 奖惩 奖罚 开关 收放 松紧 宽严 虚实 公私 清浊 勤懒 勤惰 廉贪 存亡 "
        "生死 主次 积消 支反 肯否 提降 加减 买卖 来去 先后 是非 冷热 爱恨 亲疏 远近 深浅 厚薄 有无 可否 能否 荣辱 荣耻 治乱 安危 美丑"
    )
)

_LONGEST_WORD = 4
_NAME_CONTEXT = 4

DEICTIC = re.compile(
    _alternatives(
        "今年 去年 前年 明年 今天 昨天 明天 前天 后天 刚才 刚刚 前段时间 上个月 这次会议 今天的会议 我省 我市 "
        "我县 我区 我镇 我乡 我局 我办 我部 我院 我校 我州"
    )
)

HAN_NUMERALS = "〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟"
_UNIT_SIGNS = "%‰％°℃㎡㎏㎞½¼¾"
_NOT_NUMBERS = re.compile(
    _alternatives(
        "进一步 一定 统一 一些 一样 一切 一起 一直 一般 唯一 一律 万一 一方面 一致 一旦 一向 一贯 一再 一道 "
        "一心一意 千方百计 一如既往 专一 同一"
    )
)

_POSTS = _alternatives(
    "总书记 副书记 书记 副主任 主任 副主席 主席 总理 副总理 委员长 省长 市长 副市长 县长 副县长 区长 镇长 "
    "乡长 州长 部长 副部长 局长 副局长 处长 副处长 "
    "科长 厅长 司长 院长 校长 秘书长 副秘书长 常委 委员 组长 副组长 秘书 同志 主管 司令 政委 队长 站长"
)
_BODIES = _alternatives(
    "党中央 中央 国务院 全国人大 全国政协 省委 市委 县委 区委 乡党委 镇党委 党委 党组 党支部 省政府 "
    "市政府 县政府 区政府 政府 人大 政协 纪委 监委 政法委 组织部 宣传部 "
    "办公厅 政研室 县委办 市委办 区委办 政府办 我省 我市 我县 我区 我镇 我乡 我局 该省 该市 该县 该区 "
    "全省 全市 全县 全区 本省 本市 本县 本区"
)
_LEADERS = _alternatives("毛泽东 周恩来 刘少奇 朱德 邓小平 陈云 胡耀邦 江泽民 胡锦涛 习近平 毛主席 周总理 习总书记")
_NAMES = re.compile(rf"[\u4e00-\u9fff](?!同志|秘书)(?:{_POSTS})|{_POSTS}|{_BODIES}|{_LEADERS}")


def names_and_posts(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that name a person's post, a body or a leader, the character before a post included."""
    return [match.span() for match in _NAMES.finditer(text)]


def touches_name(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is part of a name, a post or a body, seen with four characters on either side."""
    if start == end:
        return False
    low = max(0, start - _NAME_CONTEXT)
    return any(s + low < end and start < e + low for s, e in names_and_posts(text[low : end + _NAME_CONTEXT]))


def without_harmless(text: str) -> str:
    """``text`` folded, with the words blanked out in which a negator turns nothing."""
    return _HARMLESS_WORDS.sub(lambda match: "＊" * len(match.group()), fold(text).text)


def turning_words(text: str) -> list[str]:
    """The words of ``text`` that turn the sense, in order, however they are written (folded first)."""
    return _TURNING.findall(without_harmless(text))


def turning_words_across(left_out: str, kept: str, *, kept_first: bool = False) -> list[str]:
    """Turning words that begin or end in ``left_out``, also where the cut to ``kept`` goes through the word (少‖比)."""
    outside, inside = without_harmless(left_out), fold(kept).text
    edge = inside[-_LONGEST_WORD:] if kept_first else inside[:_LONGEST_WORD]
    text = edge + outside if kept_first else outside + edge
    low, high = (len(edge), len(text)) if kept_first else (0, len(outside))
    return [match.group() for match in _TURNING.finditer(text) if match.start() < high and match.end() > low]


def parted_from_what_follows(left_out: str) -> list[str]:
    """Words such as 不仅 and 不畏 that end up in ``left_out``, up to a cut, though they govern what follows it.

    ``left_out`` is the text since the last pause: they govern to the end of their clause.
    """
    return [match.group(1) for match in PARTED.finditer(fold(left_out).text)]


def left_hanging(kept: str) -> list[str]:
    """Such a word at the very end of ``kept``, whose object is cut off: 不怕……."""
    match = re.search(f"{PARTED.pattern}\\Z", fold(kept).text)
    return [match.group(1)] if match else []


def has_negator(text: str) -> bool:
    """Whether ``text`` holds a negator outside the harmless words that it holds whole."""
    return any(c in NEGATORS for c in without_harmless(text))


def are_opposites(one: str, other: str) -> bool:
    """Whether two texts of one length differ by a pair of opposites: 苦 and 甜."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and any(_OPPOSITES.match(a + b) or _OPPOSITES.match(b + a) for a, b in pairs)


def numbers_of(text: str) -> str:
    """The digits, numerals and number signs of ``text``, words such as 进一步 set aside."""
    rest = _NOT_NUMBERS.sub("", fold(text).text)
    return "".join(
        c for c in rest if c in HAN_NUMERALS or c in _UNIT_SIGNS or unicodedata.category(c) in ("Nd", "No", "Nl")
    )
