"""Code lists of the field with the words that files use for them: sex, marriage, education, occupation, yes or no.

Codes are the national ones: GB/T 2261.1, GB/T 2261.2, GB/T 4658 (coarse), GB/T 6565 (major groups).
"""

import re
from collections.abc import Mapping

from kehu.platform.text import Text
from kehu.standardize.invalid import refused
from kehu.standardize.persons.characters import plain, require_seen, scientific

SEX: Mapping[str, Text] = {
    "0": Text("未知", "Unknown"),
    "1": Text("男", "Male"),
    "2": Text("女", "Female"),
    "9": Text("未说明", "Not stated"),
}
MARITAL_STATUS: Mapping[str, Text] = {
    "10": Text("未婚", "Single"),
    "20": Text("已婚", "Married"),
    "21": Text("初婚", "First marriage"),
    "22": Text("再婚", "Remarried"),
    "23": Text("复婚", "Remarried to the same person"),
    "30": Text("丧偶", "Widowed"),
    "40": Text("离婚", "Divorced"),
    "90": Text("未说明", "Not stated"),
}
EDUCATION: Mapping[str, Text] = {
    "10": Text("研究生", "Graduate school"),
    "11": Text("博士研究生", "Doctorate"),
    "14": Text("硕士研究生", "Master's degree"),
    "20": Text("大学本科", "Bachelor's degree"),
    "30": Text("大学专科", "Junior college"),
    "40": Text("中等职业教育", "Vocational secondary school"),
    "60": Text("高中", "Senior high school"),
    "70": Text("初中", "Junior high school"),
    "80": Text("小学", "Primary school"),
    "90": Text("其他", "Other"),
}
OCCUPATION: Mapping[str, Text] = {
    "10000": Text("党政机关、企事业单位负责人", "Heads of public bodies and enterprises"),
    "20000": Text("专业技术人员", "Professionals and technicians"),
    "30000": Text("办事人员", "Clerks"),
    "40000": Text("生产服务和生活服务人员", "Service workers"),
    "50000": Text("农、林、牧、渔业人员", "Workers in farming, forestry and fishing"),
    "60000": Text("生产制造人员", "Production workers"),
    "70000": Text("军人", "Armed forces"),
    "80000": Text("不便分类的其他人员", "Others"),
}
YES_NO: Mapping[str, Text] = {"true": Text("是", "Yes"), "false": Text("否", "No")}

CODE_LISTS: Mapping[str, Mapping[str, Text]] = {
    "sex": SEX,
    "marital_status": MARITAL_STATUS,
    "education": EDUCATION,
    "occupation": OCCUPATION,
    "yes_no": YES_NO,
}


def _words(entries: Mapping[str, str]) -> dict[str, str]:
    """Return word → code; a code stands for itself."""
    return {word: code for code, words in entries.items() for word in (code, *words.split())}


_SEX = _words(
    {
        "0": "未知 不详 未知的性别 unknown u",
        "1": "男 男性 m male man 先生 mr mr. ♂ 01 男士",
        "2": "女 女性 f female woman 女士 小姐 太太 夫人 ms ms. mrs mrs. miss ♀ 02",
        "9": "未说明 未说明的性别 保密 其他 其它 09 x other not_stated 未填",
    }
)
_MARITAL = _words(
    {
        "10": "未婚 单身 single unmarried never_married 1",
        "20": "已婚 有配偶 married 2",
        "21": "初婚",
        "22": "再婚 remarried",
        "23": "复婚",
        "30": "丧偶 widowed 3",
        "40": "离婚 离异 divorced 4",
        "90": "未说明 未说明的婚姻状况 其他 其它 未知 不详 保密 unknown other 9",
    }
)
_EDUCATION = _words(
    {
        "10": "研究生 研究生及以上 硕士及以上 研究生教育 graduate postgraduate",
        "11": "博士 博士研究生 博士后 phd ph.d. doctor doctorate 12 13",
        "14": "硕士 硕士研究生 研究生(硕士) mba master master's masters 15 16 17 18 19",
        "20": "本科 大学本科 大学 学士 大本 大学本科及以上 本科及以上 bachelor bachelor's undergraduate college 21 22 23 28 29",
        "30": "大专 专科 大学专科 高职 专科教育 大学专科和专科学校 junior_college associate 31 32 33 38 39",
        "40": "中专 技校 职高 中职 中等职业教育 中等专科 中等专业学校 中专/技校 vocational 41 42 43 44 45 46 47 48 49 50",
        "60": "高中 普通高中 普通高级中学 高中及以下 high_school 61 62 63 68 69",
        "70": "初中 初级中学 初中及以下 junior_high 71 72 73 78 79",
        "80": "小学 小学教育 primary primary_school 81 82 83 88 89",
        "90": "其他 其它 文盲 未知 不详 未说明 other unknown none 99",
    }
)
_YES = "是 有 对 真 y yes true t 1 √ ✓ ✔ 已 同意 on 开 启用 1.0"
_NO = "否 无 没有 错 假 不是 n no false f 0 × ✗ ✘ x 未 不同意 off 关 停用 0.0"
_YES_NO = {
    **dict.fromkeys(_YES.split(), True),
    **dict.fromkeys(_NO.split(), False),
}
_NUMERIC_CODE = re.compile(r"([0-9]{1,2})\.0")
_EXCEL_NUMBER = re.compile(r"([0-9]{5,18})\.0")
_CODE_LIMIT, _OCCUPATION_LIMIT = 128, 100


def parse_sex(raw: str) -> str:
    """Return GB/T 2261.1: `1` male, `2` female, `0` unknown, `9` not stated."""
    return _SEX.get(raw) or _found(_SEX, raw, "性别", "sex", "男、女或 1、2", "男, 女, male, female, 1 or 2")


def parse_marital_status(raw: str) -> str:
    """Return GB/T 2261.2: `10` single, `20` married, `30` widowed, `40` divorced and their finer codes."""
    return _MARITAL.get(raw) or _found(
        _MARITAL,
        raw,
        "婚姻状况",
        "marital status",
        "未婚、已婚、丧偶、离婚",
        "single, married, widowed or divorced",
    )


def parse_education(raw: str) -> str:
    """Return GB/T 4658, coarse: `20` for every bachelor's degree, `11` doctor, `14` master."""
    return _EDUCATION.get(raw) or _found(
        _EDUCATION,
        raw,
        "学历",
        "education",
        "博士、硕士、本科、大专、高中等",
        "doctorate, master, bachelor or such",
    )


def parse_yes_no(raw: str) -> bool:
    """Return True or False from 是, 否, Y, N, 1, 0, √, × and the like."""
    found = _YES_NO.get(raw)
    if found is None:
        found = _YES_NO.get(plain(raw).lower())
    if found is None:
        raise refused("这里要“是”或“否”。", "Yes or no is needed here.")
    return found


def parse_occupation(raw: str) -> str:
    """Return a major group of GB/T 6565 where the text names one, else the occupation as written."""
    text = require_seen(plain(raw))
    if len(text) > _OCCUPATION_LIMIT:
        raise refused(
            "职业超过 100 个字。核对这一列是不是职业。",
            "The occupation is longer than 100 characters. Check that this column holds occupations.",
        )
    return _OCCUPATION_WORDS.get(text, text)


def parse_code(raw: str) -> str:
    """Return an identifier of another system as it stands, leading zeros and all, without spaces around it."""
    text = plain(raw).strip("'`\"=\t ")
    wrong = scientific(text, "编码", "code") if "+" in text else None
    if wrong:
        raise wrong
    number = _EXCEL_NUMBER.fullmatch(text)
    if number:
        return number[1]
    if len(text) > _CODE_LIMIT:
        raise refused(
            "编码超过 128 个字符。核对这一列是不是编码。",
            "The code is longer than 128 characters. Check that this column holds codes.",
        )
    return require_seen(text)


def label_of(standard: str, value: str | int) -> Text:
    """Return the words for a code of a standard, or for a bool; of a value that is no code, the value itself."""
    key = str(value).lower() if isinstance(value, bool) else str(value)
    found = CODE_LISTS.get(standard, {}).get(key)
    return found or Text(str(value), str(value))


def _found(words: Mapping[str, str], raw: str, zh: str, en: str, *examples: str) -> str:
    text = plain(raw).lower()
    number = _NUMERIC_CODE.fullmatch(text)
    found = words.get(number[1] if number else text.replace(" ", "_")) or words.get(text.replace(" ", ""))
    if found is None:
        raise refused(f"看不懂这个{zh}。写{examples[0]}。", f"The {en} cannot be read. Write {examples[1]}.")
    return found


_OCCUPATION_WORDS = {text.zh: code for code, text in OCCUPATION.items()}
