"""Marks of a search, whatever the name: they lie within it, stand apart, and what is marked is what was sought."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kehu.profile.lists.hits import in_letters, in_name, joined
from kehu.standardize.persons.names import fold_name
from kehu.standardize.persons.pinyin import pinyin_key, sounds, to_pinyin

NAMES = st.text("沈静儀仪王伟单吕欧阳买提艾力·(（)）AaZz é安 ", min_size=1, max_size=12)


@given(NAMES, st.data())
def test_a_part_of_a_name_is_marked_where_it_stands(name: str, data: st.DataObject) -> None:
    folded = fold_name(name)
    if not folded:
        return
    start = data.draw(st.integers(0, len(folded) - 1))
    part = folded[start : data.draw(st.integers(start + 1, len(folded)))]

    marks = in_name(part, name)

    assert part in fold_name("".join(name[a:b] for a, b in marks))


@given(NAMES)
def test_sounds_lie_in_the_name_and_in_its_pinyin_line(name: str) -> None:
    heard, line = sounds(name), to_pinyin(name)

    assert "".join(sound.spellings[0] for sound in heard) == pinyin_key(name)
    for sound in heard:
        assert name[slice(*sound.name)]
        assert line[slice(*sound.line)].replace("ü", "v").casefold() or not line


@given(NAMES, st.integers(1, 40))
def test_pinyin_from_the_beginning_marks_its_letters(name: str, size: int) -> None:
    word = pinyin_key(name)[:size]
    if not word.isalpha():
        return

    hit = in_letters(word, name)

    assert hit.reason == "pinyin"
    assert hit.name
    assert hit.name[0][0] <= hit.name[-1][1] <= len(name)
    assert hit.pinyin[-1][1] <= len(to_pinyin(name))


def test_another_reading_marks_the_name_alone() -> None:
    hit = in_letters("danx", "单昕")

    assert (hit.reason, hit.name, hit.pinyin) == ("pinyin", ((0, 2),), ())


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5))))
def test_marks_stand_apart_and_in_order(raw: list[tuple[int, int]]) -> None:
    spans = [(start, start + size) for start, size in raw]

    found = joined(iter(spans))

    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert {n for a, b in found for n in range(a, b)} == {n for a, b in spans for n in range(a, b)}
