"""Personal data where nobody declared it: free text, event properties, columns that must never be imported.

Texts are brought to NFKC first, and edges are digits alone: a word boundary finds nothing between Han and figures.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from kehu.standardize.numbers.bank_card import passes_luhn
from kehu.standardize.persons.characters import plain
from kehu.standardize.values.dates import is_calendar_date

_WORTH_A_LOOK = re.compile(r"@|(?:\d[\s\-]?){7}")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[\s\-]?)?1[\s\-]?[3-9](?:[\s\-]?\d){9}(?!\d)")
_RESIDENT_ID = re.compile(r"(?<!\d)[1-9]\d{5}(?:((?:18|19|20)\d{6})\d{3}[\dXx]|(\d{6})\d{3})(?!\d)")
_CARD = re.compile(r"(?<!\d)[2-9](?:[\s\-]?\d){11,18}(?!\d)")
_EMAIL = re.compile(r"[^\s@,;:<>\"'()]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_LANDLINE = re.compile(
    r"(?<!\d)(?<!\d{4}[\s\-])(?:\(0\d{2,3}\)|0\d{2,3})[\s\-]?[2-9]\d{2,3}[\s\-]?\d{4}(?!\d)"
)

_SEVEN_DIGITS = re.compile(r"\d{7}|@")
_CLEAR_LENGTH = 64
_FLAGS = frozenset(("", "true", "false", "0", "1", "yes", "no", "是", "否"))
_WORDS_OF_KEY = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_PERSONAL = (
    "phone mobile tel telephone cellphone cell fax email mail mailbox address addr idcard passport birthday birthdate "
    "birth dob ssn surname firstname lastname fullname realname username nickname idno idnumber certno cardno bankcard "
    "iban wechat weixin qq whatsapp openid unionid msisdn imei idfa contact street licence password pwd token secret ip"
)
_SECRET_WORDS = frozenset(_PERSONAL.split())
_OWNERS = (
    "name user customer cust client member full real first last given family middle nick contact holder person account "
    "payer payee recipient receiver sender legal owner cn en zh my login buyer patient doctor employee staff of the"
)
_NAME_COMPANY = frozenset(_OWNERS.split())
_SECRET_PAIRS = (
    ("id", "card"),
    ("id", "no"),
    ("id", "number"),
    ("card", "no"),
    ("card", "number"),
    ("cert", "no"),
    ("account", "no"),
)
_SECRET_HAN = re.compile(
    "姓名|名字|真名|昵称|手机|电话|座机|传真|联系人|联系方式|地址|住址|邮箱|邮件|身份证|证件|护照|通行证|银行卡|卡号|账号|帐号|"
    "户名|微信|生日|出生|籍贯|车牌|密码|持卡人|收件人|收货人"
)

_C3_HEADER = re.compile(
    r"cvv2?|cvn2?|cvc2?|card[\s_-]?verification|安全码|卡背|后三位码|磁道|磁条|track[\s_-]?(?:[123]|data)|magnetic|芯片数据|"
    r"密码|口令|passw(?:or)?d|passphrase|(?<![a-z])pwd(?![a-z])|(?<![a-z])pin(?![a-z])|pin[\s_-]?(?:code|block|码)|"
    r"指纹|虹膜|声纹|人脸特征|面部特征|fingerprint[\s_-]?(?:data|template)|faceprint|voiceprint|"
    r"(?:卡片?|信用卡|card)[\s_-]?(?:的)?(?:有效期|到期|exp(?:iry|iration|ires?)?(?![a-z]))|exp(?:iry)?[\s_-]?(?:mm|month|yy)|"
    r"valid[\s_-]?thru|good[\s_-]?thru",
    re.IGNORECASE,
)
_EXPIRY_HEADER = re.compile(r"有效期|到期|expir|^exp$", re.IGNORECASE)
_EXPIRY_SAMPLE = re.compile(r"(?:0[1-9]|1[0-2])\s?[/\-]?\s?[2-4][0-9]|(?:0[1-9]|1[0-2])/20[2-4][0-9]")
_TRACK = re.compile(r"%?[Bb]\d{12,19}\^|;?\d{12,19}[=DdＤ]\d{4}")
_PASSWORD_HASH = re.compile(r"\$(?:2[aby]|argon2(?:id|i|d)|5|6|pbkdf2[a-z0-9\-]*)\$|pbkdf2_sha\d+\$|\{SSHA\}")


def find_personal(text: str) -> set[str]:
    """Return the standards whose values stand somewhere in a text: mobile, resident_id, bank_card, email, landline."""
    flat = plain(text)
    if not _WORTH_A_LOOK.search(flat):
        return set()
    found = {
        key
        for key, pattern in (("mobile", _MOBILE), ("email", _EMAIL), ("landline", _LANDLINE))
        if pattern.search(flat)
    }
    if any(is_calendar_date(match[1] or "19" + match[2]) for match in _RESIDENT_ID.finditer(flat)):
        found.add("resident_id")
    if any(passes_luhn("".join(filter(str.isdecimal, match[0]))) for match in _CARD.finditer(flat)):
        found.add("bank_card")
    return found


def looks_sealed(key: str, value: str) -> bool:
    """Tell whether an undeclared property must be sealed: its key speaks of a person, or its value may be personal."""
    if value.lower() in _FLAGS:
        return False
    if len(value) > _CLEAR_LENGTH or _names_a_person(key):
        return True
    if not value.isascii():
        value = plain(value)
    return _SEVEN_DIGITS.search(value) is not None or bool(find_personal(value))


def is_forbidden_c3(header: str, samples: Sequence[str]) -> bool:
    """Tell whether a column holds what must never be imported (JR/T 0171 C3).

    These are card verification values, magnetic tracks, PINs, passwords, card expiry and biometric templates;
    samples alone decide where they look like a track or a password's hash.
    """
    title = plain(header)
    if _C3_HEADER.search(title):
        return True
    if any(_TRACK.search(sample) or _PASSWORD_HASH.search(sample) for sample in map(plain, samples)):
        return True
    filled = [sample.strip() for sample in samples if sample.strip()]
    return bool(filled) and bool(_EXPIRY_HEADER.search(title)) and all(map(_EXPIRY_SAMPLE.fullmatch, filled))


def _names_a_person(key: str) -> bool:
    if not key.isascii():
        key = plain(key)
        if _SECRET_HAN.search(key):
            return True
    words = [word.lower() for word in _WORDS_OF_KEY.findall(key)]
    if not _SECRET_WORDS.isdisjoint(words):
        return True
    if "name" in words and _NAME_COMPANY.issuperset(words):
        return True
    return any(pair in _SECRET_PAIRS for pair in pairwise(words))
