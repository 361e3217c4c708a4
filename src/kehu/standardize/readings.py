"""Readings of characters in names that differ from the dictionary's first one. ü is written v.

The usual reading stands first; what follows a slash is searched too; a plus parts syllables. These are facts of
usage: add an entry where a name is read wrongly, and an example to its test.
"""

from collections.abc import Mapping


def _table(entries: str) -> Mapping[str, tuple[str, ...]]:
    pairs = (entry.split(":") for entry in entries.split())
    return {characters: tuple(readings.split("/")) for characters, readings in pairs}


# Traditional forms are looked up by their simplified one.
SURNAMES = _table(
    "单:shan 仇:qiu 解:xie 查:zha 区:ou 曾:zeng 朴:piao 盖:ge/gai 缪:miao/mou 翟:zhai/di 乐:yue/le "
    "折:she/zhe 员:yun/yuan 贠:yun 召:shao/zhao 洗:xian/xi 种:chong/zhong 重:chong/zhong 黑:he/hei "
    "秘:bi/mi 祭:zhai/ji 繁:po/fan 都:du/dou 薄:bo/bao 宓:mi/fu 牟:mou/mu 莘:shen/xin 隗:wei/kui "
    "逢:pang/feng 郗:xi/chi 覃:qin/tan 谌:chen/shen 能:nai/neng 粘:nian/zhan 句:gou/ju 郇:xun/huan "
    "行:xing/hang 藏:zang/cang 柏:bai/bo 费:fei/bi 炅:gui/jiong 呙:guo/wo 适:kuo/shi 番:pan/fan "
    "六:lu/liu 佴:nai/er 弗:fei/fu 亢:kang/gang 宿:su/xiu 万:wan/mo 单于:chan+yu 尉迟:yu+chi "
    "万俟:mo+qi 澹台:tan+tai 乐正:yue+zheng 子车:zi+ju"
)

GIVEN = _table(
    "晟:sheng/cheng 茜:qian/xi 乐:le/yue 樂:le/yue 行:xing/hang 长:chang/zhang 長:chang/zhang "
    "朝:chao/zhao 重:zhong/chong 曾:zeng/ceng 传:chuan/zhuan 傳:chuan/zhuan 莘:xin/shen 柏:bai/bo "
    "泊:bo 婼:ruo/chuo 覃:tan/qin 尉:wei/yu 单:dan/shan 解:jie/xie 调:diao/tiao 薄:bo 佛:fo "
    "省:xing/sheng 藏:cang/zang 还:huan 還:huan 伽:jia/qie 卜:bu/bo"
)

GIVEN_PHRASES: Mapping[str, tuple[str, ...]] = {
    "朝阳": ("chao", "yang"),
    "朝霞": ("zhao", "xia"),
    "乐章": ("yue", "zhang"),
}
