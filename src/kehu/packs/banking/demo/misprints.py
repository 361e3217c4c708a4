"""Misprints as clerks and customers make them: homophones, dropped signs, swapped day and month."""

from datetime import date

from kehu.packs.banking.demo.draw.dice import Dice

_HOMOPHONES = (
    "伟玮炜 芳方 静婧 丽莉俐 敏旻 强镪 磊蕾 洋扬阳 艳燕 娟绢 涛滔 超朝 明鸣 霞侠 平萍 刚钢 桂贵 英瑛 华桦 玉钰 兰岚 红虹洪 "
    "建健 军君钧 文雯 婷亭 晓小 雨羽 欣心鑫 浩皓昊 子梓 轩萱 涵晗 佳嘉家 怡仪宜 琪淇 睿瑞 俊骏峻 杰洁 辉晖 志智致 勇永 "
    "秀绣 凤奉 梅玫 春椿 珍真 云芸 林琳 新昕 峰锋丰 斌彬 鹏朋 飞菲 雪学 思斯 诗施 张章 徐许 陈程 沈申 余俞 江姜 何贺 戴代 肖萧 "
    "国果 生胜 海亥 荣容 宇雨 博柏 可珂 一伊 远媛 桐彤 悦月 宁柠 瑶遥 辰晨 源元 祥翔 利力 忠中 根跟 水睡 金津 "
    "梦孟 雅亚 若偌 依衣 语宇 清青 亦奕 知之 念廿 安岸 予于 素愫 彩采 爱艾 美镁 菊桔 惠慧 淑书"
)
_TRADITIONAL = dict(
    zip(
        "陈张吴刘杨赵孙马罗郑谢韩冯许邓叶苏卢蒋贾钱伟丽强军华国庆兰红凤云飞东龙",
        "陳張吳劉楊趙孫馬羅鄭謝韓馮許鄧葉蘇盧蔣賈錢偉麗強軍華國慶蘭紅鳳雲飛東龍",
        strict=True,
    )
)
_JOINT = "·"
_LONG_NAME = 3
_MONTHS = 12
_SURE_DAY = 28


def _alternatives() -> dict[str, str]:
    """Map each sign to the signs that sound like it."""
    table: dict[str, str] = {}
    for group in _HOMOPHONES.split():
        for sign in group:
            table[sign] = table.get(sign, "") + group.replace(sign, "")
    return {sign: others for sign, others in table.items() if others}


_SOUNDS_LIKE = _alternatives()


def misprint_name(dice: Dice, name: str) -> str:
    """Return a name with a homophone, a dropped or traditional sign, or a stray blank."""
    if _JOINT in name:
        return name.replace(_JOINT, dice.pick(("", ".", " ", "-")))
    if dice.chance(0.55):
        return _homophone(dice, name)
    if len(name) >= _LONG_NAME and dice.chance(0.5):
        dropped = dice.between(1, len(name) - 1)
        return name[:dropped] + name[dropped + 1 :]
    traditional = "".join(_TRADITIONAL.get(sign, sign) for sign in name)
    return traditional if traditional != name else f"{name[0]} {name[1:]}"


def _homophone(dice: Dice, name: str) -> str:
    """Replace one sign by another of the same sound, rather a sign of the given name."""
    for place in range(len(name) - 1, -1, -1):
        others = _SOUNDS_LIKE.get(name[place])
        if others:
            return name[:place] + dice.pick(others) + name[place + 1 :]
    return f"{name[0]} {name[1:]}"


def misprint_digit(dice: Dice, number: str, first: int) -> str:
    """Change one digit of a number, at or after a place."""
    place = dice.between(first, len(number) - 1)
    digit = (int(number[place]) + dice.between(1, 9)) % 10
    return f"{number[:place]}{digit}{number[place + 1 :]}"


def misprint_birth(dice: Dice, born: date) -> str:
    """Swap day and month where both readings are days, else be wrong by a digit of day or year."""
    if born.day <= _MONTHS and born.day != born.month and dice.chance(0.7):
        return f"{born.year}-{born.day:02d}-{born.month:02d}"
    if dice.chance(0.5):
        day = born.day - 1 if born.day > 1 else _SURE_DAY
        return f"{born.year}-{born.month:02d}-{day:02d}"
    return f"{born.year - dice.pick((1, 10))}-{born.month:02d}-{min(born.day, _SURE_DAY):02d}"


def misprint_email(dice: Dice, email: str) -> str:
    """Drop or double a sign before the first dot: well-formed still, and nobody else's address."""
    place = dice.between(0, email.index(".") - 1)
    again = email[place] * 2 if dice.chance(0.5) else ""
    return f"{email[:place]}{again}{email[place + 1 :]}"


def misprint_address(dice: Dice, address: str) -> str:
    """Change a digit, drop the province, or write 栋 for 幢."""
    if dice.chance(0.4):
        return address.replace("幢", "栋")
    if dice.chance(0.5):
        return address.removeprefix("浙江省").replace("单元", "-").replace("室", "")
    place = address.index("号") - 1
    return f"{address[:place]}{(int(address[place]) + 1) % 10}{address[place + 1 :]}"
