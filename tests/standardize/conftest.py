"""Dictionaries are read once before the properties run, so that no example is charged for it."""

import pytest

from kehu.standardize.contact.address import split_address
from kehu.standardize.contact.phones import parse_phone
from kehu.standardize.persons.names import fold_name
from kehu.standardize.persons.pinyin import pinyin_key


@pytest.fixture(autouse=True, scope="session")
def _loaded_dictionaries() -> None:
    split_address("浙江省杭州市西湖区")
    pinyin_key(fold_name("歐陽修"))
    parse_phone("+85291234567")
