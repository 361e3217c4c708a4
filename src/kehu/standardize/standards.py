"""The standards of the field by key: how a cell is read, how it is masked, and which codes it may hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kehu.platform.text import Text
from kehu.standardize import masks
from kehu.standardize.contact import address, email, phones
from kehu.standardize.invalid import refused
from kehu.standardize.numbers import bank_card, documents, resident_id, uscc
from kehu.standardize.persons import names
from kehu.standardize.persons.characters import clean_text, require_seen
from kehu.standardize.values import codes, dates, money, timestamps

StandardValue = str | int | bool
Parse = Callable[[str], StandardValue]
Mask = Callable[[str], str]
_TEXT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard. `parse` takes a cell that is not blank and returns the standard value or raises InvalidValue.

    `mask` is None only where a value is never personal. `codes` holds the labels of a closed or suggested list.
    """

    key: str
    label: Text
    parse: Parse
    mask: Mask | None = masks.mask_any
    is_date: bool = False
    is_timestamp: bool = False
    is_number: bool = False
    codes: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))

    def masked(self, value: StandardValue) -> str:
        """Return the mask of a standard value; six stars where the standard has none of its own."""
        return (self.mask or masks.mask_any)(str(value))


def parse_text(raw: str) -> str:
    """Return free text as written, without invisible characters and spaces around it."""
    text = require_seen(clean_text(raw))
    if len(text) > _TEXT_LIMIT:
        raise refused(
            "文字超过 1 万字。缩短，或作为附件上传。",
            "The text is longer than 10,000 characters. Shorten it or attach it as a file.",
        )
    return text


_ALL = (
    Standard("text", Text("文字", "Text"), parse_text),
    Standard("person_name", Text("姓名", "Person's name"), names.parse_person_name, masks.mask_name),
    Standard("organization_name", Text("单位名称", "Organization's name"), names.parse_organization_name),
    Standard("mobile", Text("手机号", "Mobile number"), phones.parse_mobile, masks.mask_mobile),
    Standard("landline", Text("座机号", "Landline"), phones.parse_landline, masks.mask_landline),
    Standard("phone", Text("电话", "Phone"), phones.parse_phone, masks.mask_phone),
    Standard("email", Text("邮箱", "E-mail"), email.parse_email, masks.mask_email),
    Standard(
        "resident_id",
        Text("居民身份证号", "Resident ID"),
        resident_id.parse_resident_id,
        masks.mask_resident_id_list,
    ),
    Standard("passport", Text("护照号", "Passport"), documents.parse_passport, masks.mask_passport),
    Standard(
        "hk_macau_permit",
        Text("港澳通行证", "Hong Kong and Macau permit"),
        documents.parse_hk_macau_permit,
        masks.mask_passport,
    ),
    Standard(
        "taiwan_permit",
        Text("台湾通行证", "Taiwan permit"),
        documents.parse_taiwan_permit,
        masks.mask_passport,
    ),
    Standard(
        "foreigner_card",
        Text("外国人永久居留证", "Foreigner's residence card"),
        documents.parse_foreigner_card,
        masks.mask_passport,
    ),
    Standard(
        "identity_document",
        Text("证件号码", "Identity document"),
        documents.parse_identity_document,
        masks.mask_passport,
    ),
    Standard("uscc", Text("统一社会信用代码", "Unified social credit code"), uscc.parse_uscc, None),
    Standard("bank_card", Text("银行卡号", "Bank card"), bank_card.parse_bank_card, masks.mask_card),
    Standard("address", Text("地址", "Address"), address.parse_address, masks.mask_address),
    Standard("date", Text("日期", "Date"), dates.parse_date, masks.mask_date, is_date=True),
    Standard("timestamp", Text("时间", "Time"), timestamps.parse_timestamp, is_timestamp=True),
    Standard("money", Text("金额", "Amount"), money.parse_money, is_number=True),
    Standard("integer", Text("整数", "Whole number"), money.parse_integer, is_number=True),
    Standard("decimal", Text("数字", "Number"), money.parse_decimal, is_number=True),
    Standard("percentage", Text("百分数", "Percentage"), money.parse_percentage, is_number=True),
    Standard("sex", Text("性别", "Sex"), codes.parse_sex, codes=codes.SEX),
    Standard(
        "marital_status",
        Text("婚姻状况", "Marital status"),
        codes.parse_marital_status,
        codes=codes.MARITAL_STATUS,
    ),
    Standard("education", Text("学历", "Education"), codes.parse_education, codes=codes.EDUCATION),
    Standard("occupation", Text("职业", "Occupation"), codes.parse_occupation, codes=codes.OCCUPATION),
    Standard("yes_no", Text("是否", "Yes or no"), codes.parse_yes_no, codes=codes.YES_NO),
    Standard("code", Text("编码", "Code"), codes.parse_code),
)

STANDARDS: Mapping[str, Standard] = MappingProxyType({standard.key: standard for standard in _ALL})
