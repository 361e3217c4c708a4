"""A steward's pattern is simple, ends soon on every value, and leaves ordinary values alone."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.resolve.patterns import (
    LONGEST,
    MOST_WAYS,
    PatternRefused,
    check_pattern,
    count_ways,
    is_literal,
    repeated,
)
from kehu.standardize.junk import DEFAULT_BLOCKED

PARTS = st.sampled_from([
    "a", "1", "0", "[0-9]", "[^a]", r"\d", r"\.", ".", "(", "(?:", ")", "|", "*", "+", "?", "{2}", "{1,3}", "{3,}", "x", "测试",
])  # fmt: skip
PATTERNS = st.lists(PARTS, min_size=1, max_size=14).map("".join)
HARD = ("a" * 100, "0" * 99 + "!", "01" * 50, "1" * 50 + "x" * 49 + "!", "测试" * 40)


@pytest.mark.parametrize(("kind", "pattern"), DEFAULT_BLOCKED)
def test_every_shipped_pattern_would_be_taken(kind: str, pattern: str) -> None:
    check_pattern(pattern, kind)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+", "(a*)*", "(a|a)*", "(?:a|aa)+b", "(a?){30}", ".*.*.*x", r"(\d+)*x", "((a{1,9}){1,9}){1,9}", "[0-9]*[0-9]*[0-9]*a",
    ],
)  # fmt: skip
def test_what_may_run_for_ages_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused, match="costly"):
        check_pattern(pattern, "mobile")


@pytest.mark.parametrize(
    "pattern",
    [
        "", "a" * (LONGEST + 1), "(", ")", "[", "[]", "a**", "*a", "{2}", "a{3,2}", "(?=a)a", "(?i)a", r"(a)\1", r"a\b", "^a$", "a*+",
        "(?P<n>a)", "[[:digit:]]", "[a--b]", r"a\n", "[z-a]", "a\x00", " a", "\\", "(?:" * 20 + "a" + ")" * 20,
    ],
)  # fmt: skip
def test_what_the_grammar_does_not_have_is_refused(pattern: str) -> None:
    with pytest.raises(PatternRefused):
        check_pattern(pattern, "mobile")


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("mobile", ".*"), ("mobile", "1.{10}"), ("mobile", "1[3-9][0-9]{9}"), ("*", "1[3-9][0-9]{9}"), ("email", ".*@.*"),
        ("email", ".*@example.com"), ("customer_no", "[0-9]+"), ("user_id", "u_.*"), ("resident_id", r"\d{17}[0-9X]"), ("*", "[^测]+"),
    ],
)  # fmt: skip
def test_what_blocks_ordinary_values_is_refused(kind: str, pattern: str) -> None:
    with pytest.raises(PatternRefused, match="wide"):
        check_pattern(pattern, kind)


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("mobile", r"1380013\d{4}"), ("mobile", "17[01][0-9]{8}"), ("email", "test.*@.*"), ("*", "(?:test|demo)[0-9]{0,4}"),
        ("customer_no", "9{4,10}"), ("*", "测试.{0,10}"),
    ],
)  # fmt: skip
def test_a_narrow_pattern_is_taken(kind: str, pattern: str) -> None:
    check_pattern(pattern, kind)


@given(PATTERNS)
def test_whatever_is_taken_compiles_alone_and_joined_and_ends_soon(pattern: str) -> None:
    try:
        check_pattern(pattern, "user_id")
    except PatternRefused:
        return
    joined = re.compile(f"(?:{pattern})|(?:never)", re.IGNORECASE)
    started = time.perf_counter()

    for value in HARD:
        joined.fullmatch(value)

    assert time.perf_counter() - started < 1


@given(st.text(alphabet="abc019@-_测试 ", min_size=1, max_size=30))
def test_plain_text_is_literal_and_has_one_way(text: str) -> None:
    assert is_literal(text)
    assert count_ways(text) == 1


@given(st.integers(1, 30), st.integers(0, 20), st.integers(0, 20))
def test_the_ways_of_a_repeat_are_the_sum_of_their_powers(ways: int, low: int, more: int) -> None:
    exact = sum(ways**times for times in range(low, low + more + 1))

    assert repeated(ways, low, low + more) == min(exact, MOST_WAYS + 1)
