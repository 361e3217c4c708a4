"""One proposal for every column: what may never come in, roles, fields that fit best, and the key of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kehu.collect.mapping import wording
from kehu.collect.mapping.candidates import (
    AGREES,
    REMEMBERED_SCORE,
    Candidate,
    candidates_of,
    rival_of,
)
from kehu.collect.mapping.content import ColumnContent
from kehu.collect.mapping.headers import HeaderIndex, index_of, is_of_another_person, normalized
from kehu.collect.mapping.proposal import Certainty, ColumnProposal, FieldSpec, Role
from kehu.collect.mapping.samples import masked_samples
from kehu.collect.mapping.synonyms import REASONS, ROLE_SYNONYMS, ROW_NUMBERS
from kehu.platform.text import Text
from kehu.standardize.detect import is_forbidden_c3, looks_sealed

KEY_FIELDS = ("customer_no", "user_id", "resident_id", "uscc")
_ROLES: tuple[Role, ...] = ("key", "unit", "owner", "at", "ignore")
_NEARLY_BLANK = 0.95
_MANY_NAMES = 0.9
_REPEATED_SHARE = 0.05
_BLANK_KEYS = 0.01
_HIGH, _MEDIUM, _MIN = 75.0, 50.0, 20.0
_ROLE_NAMES = HeaderIndex(ROLE_SYNONYMS)
_ROW_NUMBERS = frozenset(map(normalized, ROW_NUMBERS)) - {""}
_REASONS = frozenset(map(normalized, REASONS))


def propose(
    columns: Sequence[str],
    samples: Sequence[Sequence[str]],
    fields: Sequence[FieldSpec],
    remembered: Mapping[str, str] | None = None,
) -> list[ColumnProposal]:
    """Propose a field or a role for each column, in the order of the columns.

    `samples[i]` holds the values of column `i`, a thousand rows at most, blank ones too. `remembered` maps headers
    of the source's last import to a field key or a role; it never lets a forbidden column in.
    """
    table = ColumnTable(columns, samples, fields, remembered or {})
    table.settle_roles()
    table.assign_fields()
    table.leave_out_the_rest()
    table.choose_key()
    return table.proposals()


class ColumnTable:
    """The columns of one file on their way to a proposal each; the steps are called in the order of `propose`."""

    def __init__(
        self,
        columns: Sequence[str],
        samples: Sequence[Sequence[str]],
        fields: Sequence[FieldSpec],
        remembered: Mapping[str, str],
    ) -> None:
        self.columns = columns
        self.contents = [ColumnContent(samples[i] if i < len(samples) else ()) for i in range(len(columns))]
        self.fields = {field.key: field for field in fields}
        self._names = index_of(fields)
        self._remembered = {normalized(header): target for header, target in remembered.items()}
        self._done: dict[int, ColumnProposal] = {}

    def settle_roles(self) -> None:
        """Decide the columns that are not fields: forbidden, remembered roles, units, owners, times, row numbers."""
        for index, column in enumerate(self.columns):
            content = self.contents[index]
            if is_forbidden_c3(column, content.filled):
                self._done[index] = ColumnProposal(
                    column, index, None, "forbidden", "none", wording.FORBIDDEN, wording.EXCLUDED, ()
                )
            elif (target := self._remembered.get(normalized(column))) in _ROLES:
                self._settle(index, _role(target), "high", wording.REMEMBERED)
            elif target not in self.fields:
                self._settle_by_header(index)

    def assign_fields(self) -> None:
        """Give each field to the column that fits it best, and each column the best field that is left."""
        found = {i: self._candidates(i) for i in range(len(self.columns)) if i not in self._done}
        taken: dict[str, int] = {}
        for candidate in sorted((each for some in found.values() for each in some), key=_order):
            if candidate.index in self._done or candidate.field in taken or candidate.score < _MIN:
                continue
            taken[candidate.field] = candidate.index
            rival = rival_of(candidate, found[candidate.index])
            self._done[candidate.index] = self._proposal(candidate, self.fields[rival] if rival else None)
        for index, some in found.items():
            best = some[0] if some else None
            if index not in self._done and best and best.score >= _MIN and best.basis != "content":
                self._settle(
                    index, "ignore", "none", wording.duplicate_reason(self.columns[taken[best.field]])
                )

    def leave_out_the_rest(self) -> None:
        """Ignore what fits nothing, with a warning where it seems to be personal."""
        for index, column in enumerate(self.columns):
            if index in self._done:
                continue
            content = self.contents[index]
            reason = wording.NO_FIELD
            if is_of_another_person(column):
                reason = wording.OTHER_PERSON
            elif (content.share("date") or 0) >= AGREES:
                reason = wording.A_DATE
            warning = wording.PERSONAL if self._is_personal(index) else None
            self._settle(index, "ignore", "none", reason, warning)

    def choose_key(self) -> None:
        """Make one column the key of the record: the customer's number, else an identity number, else none."""
        if any(each.role == "key" for each in self._done.values()):
            return
        by_field = {each.field: index for index, each in self._done.items() if each.role == "field"}
        for field in KEY_FIELDS:
            index = by_field.get(field)
            if index is not None and self._can_be_key(index):
                self._done[index] = self._as_key(self._done[index])
                return

    def proposals(self) -> list[ColumnProposal]:
        """Return the proposals in the order of the columns."""
        return [self._done[index] for index in range(len(self.columns))]

    def _settle_by_header(self, index: int) -> None:
        header = normalized(self.columns[index])
        content = self.contents[index]
        if header in _REASONS or header in _ROW_NUMBERS:
            reason = wording.OLD_REASON if header in _REASONS else wording.ROW_NUMBER
            self._settle(index, "ignore", "none", reason)
            return
        of_field = next(iter(self._names.matches(self.columns[index])), None)
        is_field = of_field is not None and of_field.likeness == "same"
        if content.rows and (
            content.blank_share >= 1 or (content.blank_share >= _NEARLY_BLANK and not is_field)
        ):
            self._settle(index, "ignore", "none", wording.blank_reason(content.blank_share))
            return
        of_role = next(iter(_ROLE_NAMES.matches(self.columns[index])), None)
        if of_role and not is_field and of_role.likeness in ("same", "similar", "pinyin"):
            is_sure = of_role.likeness == "same"
            reason = wording.SAME_HEADER if is_sure else wording.SIMILAR_HEADER
            warning = None if is_sure else wording.CONFIRM
            self._settle(index, _role(of_role.target), "high" if is_sure else "medium", reason, warning)

    def _settle(
        self, index: int, role: Role, certainty: Certainty, reason: Text, warning: Text | None = None
    ) -> None:
        column = self.columns[index]
        hides = role == "owner" or self._is_personal(index)
        samples = masked_samples(column, self.contents[index].filled, None, is_personal=hides)
        self._done[index] = ColumnProposal(column, index, None, role, certainty, reason, warning, samples)

    def _candidates(self, index: int) -> list[Candidate]:
        column, content = self.columns[index], self.contents[index]
        target = self._remembered.get(normalized(column))
        if target in self.fields and target:
            share = content.share(self.fields[target].standard)
            return [Candidate(index, target, REMEMBERED_SCORE, "remembered", share)]
        if is_of_another_person(column):
            return []
        return candidates_of(index, column, content, self.fields, self._names)

    def _proposal(self, candidate: Candidate, rival: FieldSpec | None) -> ColumnProposal:
        index, spec = candidate.index, self.fields[candidate.field]
        column, content = self.columns[index], self.contents[index]
        certainty = _certainty(candidate, has_rival=rival is not None)
        warnings = wording.warnings_of(spec, content)
        if certainty != "high":
            warnings.append(wording.CONFIRM)
        return ColumnProposal(
            column=column,
            index=index,
            field=spec.key,
            role="field",
            certainty=certainty,
            reason=wording.reason_of(candidate, spec, content, rival),
            warning=wording.joined(warnings),
            samples_masked=masked_samples(column, content.filled, spec.standard, is_personal=True),
        )

    def _is_personal(self, index: int) -> bool:
        content = self.contents[index]
        has_names = content.is_varied and (content.share("person_name") or 0) >= _MANY_NAMES
        if has_names or (content.share("address") or 0) >= _MANY_NAMES:
            return True
        return any(looks_sealed(self.columns[index], value) for value in content.filled[:50])

    def _can_be_key(self, index: int) -> bool:
        content = self.contents[index]
        if not content.rows:
            return self._done[index].certainty == "high"
        return content.blank_share <= _BLANK_KEYS and content.repeated <= _REPEATED_SHARE * content.rows

    def _as_key(self, proposal: ColumnProposal) -> ColumnProposal:
        content = self.contents[proposal.index]
        if content.repeated:
            warnings = [
                wording.repeated_warning(content.repeated),
                *([proposal.warning] if proposal.warning else []),
            ]
            return replace(proposal, role="key", warning=wording.joined(warnings))
        if not content.rows:
            return replace(proposal, role="key")
        return replace(proposal, role="key", certainty="high", reason=wording.unique_reason(proposal.reason))


def _order(candidate: Candidate) -> tuple[float, int]:
    return (-candidate.score, candidate.index)


def _certainty(candidate: Candidate, *, has_rival: bool) -> Certainty:
    is_doubtful = has_rival or (candidate.share is not None and candidate.share < AGREES)
    if candidate.score >= REMEMBERED_SCORE or (candidate.score >= _HIGH and not is_doubtful):
        return "high"
    return "medium" if candidate.score >= _MEDIUM else "low"


def _role(name: str | None) -> Role:
    return next(role for role in _ROLES if role == name)
