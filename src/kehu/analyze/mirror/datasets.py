"""The datasets of the lake: what each is made of, by SQL that reads the tables, for all rows or for those written since."""

from dataclasses import dataclass
from hashlib import sha256

from kehu.analyze.mirror.fields import kinds
from kehu.analyze.segments.tree import Kind
from kehu.govern.fields.registry import Registry
from kehu.platform.installation.environment import environment
from kehu.platform.lake.columns import Column

_CAST: dict[Kind, str] = {
    "number": "substring({} FROM '^-?[0-9]+[.]?[0-9]*$')::float8",
    "date": "substring({} FROM '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')",
    "code": "{}",
    "text": "{}",
    "yes_no": "({} = 'true')",
}
_STORED: dict[Kind, str] = {
    "number": "number",
    "date": "date",
    "code": "text",
    "text": "text",
    "yes_no": "yes_no",
}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset. `source` is a FROM clause whose rows carry `written_in`; `key` the column by which rows are the same.

    `is_kept` is the SQL condition on rows that stand; the others are told as gone. `part` is the SQL of the partition,
    `order` how rows lie within a file of it, so that a query of one kind reads little.
    `texts` are columns, and `properties` one of JSON, whose folds are kept beside them (`folded_…`), for comparing.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    source: str
    is_kept: str = "true"
    part: str = ""
    order: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    properties: str = ""

    @property
    def is_append_only(self) -> bool:
        """Whether rows never change, so that a new file is only new rows."""
        return bool(self.part)

    @property
    def shape(self) -> str:
        """Return the digest of what a file holds: files of another shape are made anew."""
        told = "\n".join("|".join(column) for column in self.columns)
        return sha256(f"{told}\n{self.source}\n{self.is_kept}".encode()).hexdigest()


def customers(fields: Registry) -> Dataset:
    """Return the customers: who they are to the lake, and what is known of them that may be analysed."""
    own = (
        Column("id", "id", "c.id"),
        Column("party", "text", "c.party"),
        Column("record_count", "whole", "c.record_count"),
        Column("completeness", "whole", "c.completeness"),
        Column("created_at", "time", "c.created_at"),
        Column("updated_at", "time", "c.updated_at"),
    )
    values = tuple(
        Column(f"f_{key}", _STORED[kind], _CAST[kind].format(f"c.plain->>'{key}'"))
        for key, kind in sorted(kinds(fields).items())
    )
    texts = tuple(f"f_{key}" for key, kind in sorted(kinds(fields).items()) if kind == "text")
    return Dataset("customers", "id", own + values, "profile_customer c", "c.is_identified", texts=texts)


def links() -> Dataset:
    """Return which record is whose."""
    columns = (
        Column("id", "id", "l.id"),
        Column("record_id", "id", "l.record_id"),
        Column("customer_id", "id", "l.cluster_id"),
    )
    return Dataset("links", "id", columns, "resolve_link l", "l.ended_at IS NULL")


def events() -> Dataset:
    """Return what happened, by the record that it happened to; `properties` is JSON."""
    columns = (
        Column("id", "id", "e.id"),
        Column("record_id", "id", "e.record_id"),
        Column("source_id", "whole", "e.source_id"),
        Column("kind", "text", "e.kind"),
        Column("name", "text", "e.name"),
        Column("happened_at", "time", "e.happened_at"),
        Column("received_at", "time", "e.received_at"),
        Column("properties", "text", "e.plain::text"),
    )
    return Dataset(
        "events",
        "id",
        columns,
        "collect_event e",
        part="to_char(e.happened_at, 'YYYY-MM')",
        order=("name", "happened_at"),
        properties="properties",
    )


def traits() -> Dataset:
    """Return what traits come to; their texts are properties of events, and as little personal as those."""
    columns = (
        Column("id", "id", "v.id"),
        Column("trait_id", "whole", "v.trait_id"),
        Column("customer_id", "id", "v.customer_id"),
        Column("number", "number", "v.number"),
        Column("text", "text", "v.text"),
    )
    return Dataset("traits", "id", columns, "analyze_trait_value v", texts=("text",))


def consents() -> Dataset:
    """Return what was said to purposes, without its proof; for how it went over time: who may be used now is kept beside the present."""
    columns = (
        Column("id", "id", "c.id"),
        Column("customer_id", "id", "c.customer_id"),
        Column("purpose", "text", "p.key"),
        Column("version", "whole", "v.version"),
        Column("channel", "text", "c.channel"),
        Column("state", "text", "c.state"),
        Column("source", "text", "c.source"),
        Column("said_at", "time", "c.said_at"),
        Column("valid_until", "time", "c.valid_until"),
        Column("recorded_at", "time", "c.recorded_at"),
    )
    source = (
        "govern_consent c LEFT JOIN govern_purpose_version v ON v.id = c.purpose_version_id "
        "LEFT JOIN govern_purpose p ON p.id = v.purpose_id"
    )
    stands = "NOT EXISTS (SELECT FROM govern_consent_void d WHERE d.import_id = c.import_id)"
    part = "to_char(c.recorded_at, 'YYYY-MM')"
    return Dataset("consents", "id", columns, source, stands, part=part, order=("purpose", "said_at"))


def memberships() -> Dataset:
    """Return who was in a segment from when until when, by the customer's id of that time; a stay that lasts has no end."""
    columns = (
        Column("id", "id", "lpad(to_hex(m.id), 32, '0')::uuid"),
        Column("segment_id", "text", "m.segment_id"),
        Column("customer_id", "id", "m.customer_id"),
        Column("entered_at", "time", "m.entered_at"),
        Column("left_at", "time", "m.left_at"),
    )
    return Dataset("memberships", "id", columns, "analyze_membership m")


def merged() -> Dataset:
    """Return which ids of customers lead to another since a merge."""
    columns = (Column("id", "id", "k.id"), Column("living_id", "id", "k.living_id"))
    return Dataset("merged", "id", columns, "resolve_cluster k", "k.living_id IS NOT NULL")


def listed() -> Dataset:
    """Return which records are on which list."""
    columns = (
        Column("id", "id", "m.id"),
        Column("list_id", "whole", "m.list_id"),
        Column("record_id", "id", "m.record_id"),
    )
    return Dataset("listed", "id", columns, "analyze_list_member m", "m.ended_in IS NULL")


def tagged() -> Dataset:
    """Return which records have which tag."""
    columns = (
        Column("id", "id", "m.id"),
        Column("tag_id", "whole", "m.tag_id"),
        Column("record_id", "id", "m.record_id"),
    )
    return Dataset("tagged", "id", columns, "profile_tagged m", "m.ended_at IS NULL")


def tied() -> Dataset:
    """Return which records are tied by relationships, from which day and until which; one without a start holds since it was made."""
    zone = environment().time_zone
    columns = (
        Column("id", "id", "r.id"),
        Column("record_id", "id", "r.record_id"),
        Column("other_record_id", "id", "r.other_record_id"),
        Column("role", "text", "r.role"),
        Column("reciprocal_role", "text", "r.reciprocal_role"),
        Column(
            "since_day", "date", f"coalesce(r.valid_from, (r.created_at AT TIME ZONE '{zone}')::date)::text"
        ),
        Column("until_day", "date", "r.valid_to::text"),
    )
    return Dataset("tied", "id", columns, "profile_relationship r")


def every(fields: Registry) -> tuple[Dataset, ...]:
    """Return all datasets of the lake."""
    return customers(fields), links(), events(), traits(), consents(), memberships(), merged()


def hung() -> tuple[Dataset, ...]:
    """Return what people hang on records. It is not mirrored but kept beside the present: whoever notes it asks for it next."""
    return listed(), tagged(), tied()
