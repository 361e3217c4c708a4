"""The properties of an event, as its happenings show them: names and kinds, never a value."""

from kehu.analyze.segments.properties import Property, kinds_seen


def test_the_kind_is_that_of_all_values_and_text_where_they_differ() -> None:
    found = kinds_seen(
        [
            {
                "amount": 1,
                "channel": "app",
                "is_new": True,
                "due_on": "2026-11-22",
                "tags": ["a"],
                "note": None,
            },
            {"amount": 2.5, "channel": "counter", "is_new": False, "due_on": "2026-12-01T08:00:00Z"},
            {"amount": 3, "channel": 7, "note": ""},
        ]
    )

    assert found == (
        Property("amount", "number"),
        Property("channel", "text"),
        Property("due_on", "date"),
        Property("is_new", "yes_no"),
    )


def test_an_event_that_never_happened_has_none() -> None:
    assert kinds_seen([]) == ()
