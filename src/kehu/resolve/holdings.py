"""What identifiers a cluster holds, by kind, and whether more of them would be too many. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kehu.resolve.kinds import Kind


@dataclass(slots=True)
class Holdings:
    """The values of each kind that a cluster holds, and when each was last stated (None: not known, counts as now)."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    seen: dict[str, dict[bytes, datetime | None]] = field(default_factory=dict)

    def add(self, kind: Kind, value: bytes, at: datetime | None) -> None:
        """Note a value."""
        self.kinds[kind.key] = kind
        values = self.seen.setdefault(kind.key, {})
        before = values.get(value)
        values[value] = at if before is None or at is None else max(at, before)

    def update(self, other: "Holdings") -> None:
        """Note all values of another cluster."""
        for key, values in other.seen.items():
            for value, at in values.items():
                self.add(other.kinds[key], value, at)

    def of(self, key: str) -> Collection[bytes]:
        """Return the values of one kind."""
        return self.seen.get(key, {}).keys()

    def recent(self, at: datetime | None) -> list[tuple[Kind, bytes]]:
        """Return the values that count within the window that ends at `at`, with their kinds."""
        return [
            (self.kinds[key], value)
            for key, values in self.seen.items()
            for value, moment in values.items()
            if _counts(self.kinds[key], moment, at)
        ]

    def over_limit(self, said: Iterable[tuple[Kind, bytes]], at: datetime | None) -> set[str]:
        """Return the kinds that further values take over their limit within the window that ends at `at`.

        A kind of which nothing is held yet is not limited: whatever one record says of itself is taken.
        """
        new: dict[str, tuple[Kind, set[bytes]]] = {}
        for kind, value in said:
            if kind.limit and value not in self.seen.get(kind.key, {}):
                new.setdefault(kind.key, (kind, set()))[1].add(value)
        return {
            key
            for key, (kind, values) in new.items()
            if self.of(key) and len(values) + self._count(kind, at) > kind.limit
        }

    def _count(self, kind: Kind, at: datetime | None) -> int:
        return sum(1 for moment in self.seen.get(kind.key, {}).values() if _counts(kind, moment, at))


def _counts(kind: Kind, moment: datetime | None, at: datetime | None) -> bool:
    if kind.window_days is None or at is None or moment is None:
        return True
    return moment >= at - timedelta(days=kind.window_days)
