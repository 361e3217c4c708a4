"""What an import did, in figures and masked samples: changes by field, refusals by reason. Holds no clear number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kehu.collect.models import Import
from kehu.collect.reading import Refused
from kehu.govern.fields.presentation import display, mask
from kehu.govern.fields.registry import FieldSpec, Registry
from kehu.profile.golden import Comparison
from kehu.standardize.masks import mask_any

SAMPLES = 50
REASONS = 50


@dataclass
class Summary:
    """Collects what the batches of one import tell."""

    fields: Registry
    wants_samples: bool
    changed: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    samples: list[dict[str, Any]] = field(default_factory=list)
    created: list[dict[str, Any]] = field(default_factory=list)
    reasons: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def observe(self, seen: Comparison) -> None:
        """Take what happened to one customer."""
        if seen.before is None:
            if self.wants_samples and len(self.created) < SAMPLES:
                self.created.append(self._created(seen))
            return
        for key in seen.fields:
            (self.changed if key in seen.before else self.filled)[key] += 1
        if self.wants_samples and seen.fields and len({s["customer"] for s in self.samples}) < SAMPLES:
            self.samples.extend(self._changes(seen))

    def refuse(self, refused: Iterable[Refused]) -> None:
        """Take the refusals of a batch, grouped by field and reason."""
        for one in refused:
            known = self.reasons.get((one.field, one.reason.zh))
            if known is not None:
                known["count"] += 1
            elif len(self.reasons) < REASONS:
                self.reasons[one.field, one.reason.zh] = {
                    "field": one.field, "zh": one.reason.zh, "en": one.reason.en, "count": 1, "first_row": one.row,
                }  # fmt: skip

    def merge(self, earlier: dict[str, Any]) -> None:
        """Take up what a run that was interrupted had told."""
        for key, figures in earlier.get("fields", {}).items():
            self.changed[key] += figures["changed"]
            self.filled[key] += figures["filled"]
        for reason in earlier.get("reasons", ()):
            now = self.reasons.get((reason["field"], reason["zh"]))
            told = {**reason, "count": reason["count"] + (now["count"] if now else 0)}
            self.reasons[reason["field"], reason["zh"]] = told

    def told(self) -> dict[str, Any]:
        """Return everything as JSON."""
        keys = self.changed.keys() | self.filled.keys()
        told: dict[str, Any] = {
            "fields": {
                key: {"changed": self.changed[key], "filled": self.filled[key]} for key in sorted(keys)
            },
            "reasons": sorted(self.reasons.values(), key=lambda r: -r["count"]),
        }
        if self.wants_samples:
            told["samples"] = {"updated": self.samples, "created": self.created}
        return told

    def _shown(self, spec: FieldSpec, value: Any) -> dict[str, str] | None:
        if value is None:
            return None
        if spec.is_sealed:
            masked = mask(spec, str(value), "list", {})
            return {"zh": masked, "en": masked}
        return {"zh": display(spec, value, "zh"), "en": display(spec, value, "en")}

    def _created(self, seen: Comparison) -> dict[str, Any]:
        values = seen.after.values
        shown = {
            key: self._shown(spec, values[key])
            for key, spec in self.fields.items()
            if spec.is_listed and key in values and key != "name"
        }
        return {"customer": str(seen.customer_id), "name": values.get("name", ""), "values": shown}

    def _changes(self, seen: Comparison) -> Iterable[dict[str, Any]]:
        before = seen.before or {}
        for key in seen.fields:
            spec = self.fields.get(key)
            if spec is not None:
                yield {
                    "customer": str(seen.customer_id), "name": seen.after.values.get("name", mask_any("")), "field": key,
                    "label": spec.label._asdict(), "before": self._shown(spec, before.get(key)),
                    "after": self._shown(spec, seen.after.values.get(key)),
                }  # fmt: skip


def mask_samples(key: str) -> int:
    """Mask a field, personal from now on, in the samples that trials of imports show; returns how many imports had one."""
    found = 0
    for job in Import.objects.select_for_update().filter(summary__has_key="samples").order_by("pk"):
        is_changed = False
        for shown in _shown_of(job.summary["samples"], key):
            masked = {language: mask_any(words) for language, words in shown.items()}
            is_changed = is_changed or masked != shown
            shown.update(masked)
        if is_changed:
            job.save(update_fields=["summary"])
            found += 1
    return found


def _shown_of(samples: dict[str, Any], key: str) -> Iterable[dict[str, str]]:
    """Yield each value of a field among samples, as it is shown."""
    for created in samples.get("created", ()):
        if shown := created["values"].get(key):
            yield shown
    for updated in samples.get("updated", ()):
        if updated["field"] == key:
            yield from (updated[side] for side in ("before", "after") if updated[side])
