"""Whatever the definition, the engine counts whom the plain evaluator finds among those that row security shows."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlglot import exp
from tests.analyze.reference import Person, Reference
from tests.api.staff import appoint
from tests.world import NOW, World

from kehu.analyze.mirror.fields import kinds
from kehu.analyze.segments.counting import count, count_steps, draw
from kehu.analyze.segments.lists.operations import Pasted, create_list
from kehu.analyze.segments.reading import read
from kehu.analyze.segments.saved.reading import book_of
from kehu.analyze.segments.sql.query import Compiler, people
from kehu.analyze.segments.sql.singles import ask_of
from kehu.analyze.segments.tree import RELATED as RELATED_KIND
from kehu.analyze.segments.tree import All, AnyOf, Node, Not
from kehu.analyze.segments.values import DefinitionInvalid
from kehu.collect.events import Happening, write_events
from kehu.flows.consent.change_consent import change_consent
from kehu.flows.desk.relate_customers import relate
from kehu.flows.desk.tag_customers import create_tag, put_on, take_off
from kehu.govern.access.actors import Actor
from kehu.govern.fields.registry import registry
from kehu.govern.purposes.gate import open_gate
from kehu.govern.purposes.ledger import Said
from kehu.govern.purposes.operations import NewTerms, create_purpose
from kehu.platform.db.rows import from_json
from kehu.platform.scope import SYSTEM, acting
from kehu.platform.text import Text
from kehu.profile.ties.relationships import ROLES

pytestmark = [pytest.mark.django_db]

TIERS = ["普通", "金", "白金", "钻石"]
REGIONS = ["杭州市西湖区", "杭州市西湖區", "宁波市鄞州区", "ＨＡＮＧＺＨＯＵ", "Hangzhou 西湖", "%_", ""]
AMOUNTS = [0, 1, 4999.99, 5000, 500_000, 1_250_000]
DAYS = ["1988-02-29", "2019-04-18", "2025-11-23", "2026-11-21", "2026-11-22", "2026-11-23", "2026-12-01"]
EVENTS = ["登录", "转出", "投诉"]
CHANNELS = ["手机银行", "手機銀行", "柜面", "ＡＴＭ"]
REACHED = ("sms", "email", "phone")
HOURS = [0.5, 1, 6, 23, 24, 25, 47, 24 * 7, 24 * 29, 24 * 90, 24 * 400]
PEOPLE = 60
RELATED = ["any", "spouse", "guarantor", "guaranteed", "employee"]
TIED = [
    (None, None), (date(2020, 1, 1), date(2026, 11, 21)), (date(2020, 1, 1), date(2026, 11, 22)), (date(2026, 11, 22), None),
    (date(2026, 11, 23), None), (date(2026, 11, 21), date(2027, 1, 1)), (None, date(2026, 11, 22)),
]  # fmt: skip


def remaining(reference: Reference, node: Node, whom: list[Person], place: str = "") -> dict[str, int]:
    """Return who remains at each part, by the plain evaluator: so far of parts that all hold, else of this one alone."""
    lead = f"{place}." if place else ""
    parts = (
        [node.part] if isinstance(node, Not) else list(node.parts) if isinstance(node, All | AnyOf) else []
    )
    word = {All: "all", AnyOf: "any", Not: "not"}.get(type(node), "")
    found: dict[str, int] = {}
    for number, part in enumerate(parts):
        here = f"{lead}not" if word == "not" else f"{lead}{word}[{number}]"
        found |= remaining(reference, part, whom, here)
        met = [one for one in whom if reference.holds(one, part)]
        found[here] = len(met)
        whom = met if word == "all" else whom
    return found


class Scene:
    """Sixty customers of four units with events and consents, in the lake, and as the reference knows them."""

    def __init__(self, world: World) -> None:
        self.world, self.random = world, Random(20_261_122)  # noqa: S311 (a scene that is the same each time)
        self.people: dict[UUID, Person] = {}
        self.marketer = world.actor(appoint(world, "marketer", name="who-pastes"))
        self.compliance = world.actor(appoint(world, "compliance"))
        for key, basis in (("marketing", "consent"), ("care", "contract")):
            create_purpose(
                key=key, name=Text(key, key), terms=NewTerms(basis, ("sms", "email", "phone"), 365, "说明", ("C1",), key == "care"),
                actor=self.compliance, now=NOW,
            )  # fmt: skip
        units = [world.root, world.hangzhou, world.xihu, world.ningbo]
        for number in range(PEOPLE):
            unit = units[number % len(units)]
            owner = world.alice if number % 5 == 0 else None
            email = f"z{number}@hengchuan.example"
            world.say(
                world.core,
                str(number),
                unit=unit,
                owner=owner,
                name=f"赵一{number}",
                email=email,
                **self.values(),
            )
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id, u.code, (SELECT array_agg(a.code) FROM govern_unit a WHERE a.id = ANY(u.path)), c.plain, l.record_id "
                "FROM profile_customer c JOIN govern_unit u ON u.id = c.unit_id JOIN resolve_link l ON l.cluster_id = c.id ORDER BY c.id"
            )
            for customer_id, unit_code, above, plain, record_id in cursor.fetchall():
                self.people[customer_id] = Person(unit_code, tuple(above), self.known(plain))
                self.happen(self.people[customer_id], record_id)
        self.consents()
        self.lists = [self.listed(count) for count in (20, 35)]
        self.tags = [self.tagged(count) for count in (15, 30)]
        self.relate()

    def values(self) -> dict[str, Any]:
        pick = self.random.choice
        options: dict[str, list[Any]] = {
            "tier": TIERS, "region": REGIONS, "aum": AMOUNTS, "opened_on": DAYS, "sex": ["男", "女"]
        }  # fmt: skip
        return {key: pick(found) for key, found in options.items() if self.random.random() < 0.8}

    def known(self, plain: Any) -> dict[str, Any]:
        values = plain if isinstance(plain, dict) else from_json(plain)
        return {key: float(v) if KINDS.get(key) == "number" else v for key, v in values.items()}

    def happen(self, person: Person, record_id: UUID) -> None:
        made = []
        for _ in range(self.random.randrange(6)):
            at = NOW - timedelta(hours=self.random.choice(HOURS), seconds=self.random.randrange(60))
            properties = {"channel": self.random.choice(CHANNELS), "amount": self.random.choice(AMOUNTS)}
            person.events.append((self.random.choice(EVENTS), at, properties))
        for number, (name, at, properties) in enumerate(person.events):
            made.append(Happening(f"{record_id}{number}", record_id, "behavior", name, at, at, properties))
        write_events(made, source_id=self.world.core.pk)

    def consents(self) -> None:
        for customer_id, person in self.people.items():
            open_: dict[str, set[str]] = {"marketing": set(), "care": set(REACHED)}
            is_objected = self.random.random() < 0.1
            words = [("marketing", "given", "")] if self.random.random() < 0.6 else []
            words += [("care", "refused", "")] if self.random.random() < 0.2 else []
            for purpose, state, chance in (("marketing", "withdrawn", 0.3), ("care", "refused", 0.2)):
                words += [(purpose, state, one) for one in REACHED if self.random.random() < chance]
            words += [("marketing", "given", "email")] if self.random.random() < 0.1 else []
            for order, (purpose, state, channel) in enumerate(words):
                self.say(
                    customer_id,
                    purpose,
                    Said(state, channel=channel, said_at=NOW - timedelta(hours=9 - order)),
                )
                about = {channel} if channel else set(REACHED)
                open_[purpose] = open_[purpose] | about if state == "given" else open_[purpose] - about
            if is_objected:
                self.say(customer_id, None, Said("objected", said_at=NOW))
                open_["care"] = set()
            pairs = {(purpose, one) for purpose, found in open_.items() for one in found}
            person.reach = frozenset({*pairs, *(purpose for purpose, _ in pairs)})

    def say(self, customer_id: UUID, purpose: str | None, said: Said) -> None:
        steward = self.world.actor(self.world.steward)
        with acting(steward.scope):
            change_consent(customer_id=customer_id, purpose=purpose, said=said, actor=steward, now=NOW)

    def listed(self, count: int) -> int:
        """Paste the e-mails of some on a list; returns its id."""
        chosen, marketer = self.random.sample(sorted(self.people), count), self.marketer
        with acting(marketer.scope):
            values = [self.emails()[one] for one in chosen]
            made = create_list(name=f"名单 {count}", pasted=Pasted("email", values), actor=marketer, now=NOW)
        for one in chosen:
            self.people[one].lists |= {made.pk}
        return made.pk

    def tagged(self, count: int) -> int:
        """Put a tag on some, and take another off again; returns its id."""
        steward = self.world.actor(self.world.steward)
        with acting(steward.scope):
            tag = create_tag(name=f"标签 {count}", meaning="", actor=steward, now=NOW).pk
            chosen = self.random.sample(sorted(self.people), count)
            put_on(tag_id=tag, customers=chosen, actor=steward, now=NOW)
            take_off(tag_id=tag, customers=chosen[:3], actor=steward, now=NOW)
        for one in chosen[3:]:
            self.people[one].tags |= {tag}
        return tag

    def relate(self) -> None:
        """Tie some to others, before now, now and later; a tie without a start holds since it was made."""
        steward, pick = self.world.actor(self.world.steward), self.random.choice
        for _ in range(50):
            one, other = self.random.sample(sorted(self.people), 2)
            role, dates = pick(["spouse", "guarantor", "employer"]), pick(TIED)
            with acting(steward.scope):
                relate(customer_id=one, other_id=other, role=role, dates=dates, actor=steward, now=NOW)
            since = dates[0] or NOW.astimezone(ZoneInfo("Asia/Shanghai")).date()
            self.people[one].ties.append((role, since, dates[1]))
            self.people[other].ties.append((ROLES[role][0], since, dates[1]))

    def emails(self) -> dict[UUID, str]:
        with acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM profile_customer")
            return {one: name.replace("赵一", "z") + "@hengchuan.example" for one, name in cursor.fetchall()}

    def hung(self) -> list[dict[str, Any]]:
        """Return definitions that ask for what hangs on records."""
        named = (("list", self.lists), ("tag", self.tags), ("relationship", RELATED))
        return [{key: one} for key, found in named for one in found]

    def seen(self, actor: Actor) -> set[UUID]:
        with acting(actor.scope), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM profile_customer WHERE is_identified")
            return {row[0] for row in cursor.fetchall()}


KINDS: dict[str, str] = {}


def in_postgres(definition: dict[str, Any], purpose: str, ids: set[UUID]) -> set[UUID]:
    """Return whom the same definition finds in PostgreSQL, asked of single customers."""
    book = book_of(None)
    holds = Compiler(book.names(), NOW).condition(read(definition, book.kinds))
    query = people(SYSTEM, open_gate(purpose), holds).select(exp.column("id", "p"))
    return {row[0] for row in ask_of(ids, query, registry())}


def conditions(scene: Scene) -> st.SearchStrategy[dict[str, Any]]:
    tier, region = st.sampled_from(TIERS), st.sampled_from([*REGIONS[:-1], "西湖", "州", "h"])
    amount, day = st.sampled_from([*AMOUNTS, 2.5]), st.sampled_from(DAYS)
    days = st.sampled_from([1, 2, 3, 10, 100, 366, 3000])
    pair = st.lists(amount, min_size=2, max_size=2).map(sorted)
    span = st.lists(day, min_size=2, max_size=2).map(sorted)

    def on(field: str, ops: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({"field": st.just(field), "op": st.sampled_from(ops), "value": value})

    where = st.one_of(
        st.fixed_dictionaries(
            {"property": st.just("channel"), "op": st.sampled_from(["is", "is_not", "contains", "starts"]),
             "value": st.sampled_from([*CHANNELS, "手机", "atm"])}
        ),
        st.fixed_dictionaries(
            {"property": st.sampled_from(["amount", "none"]), "op": st.sampled_from(["eq", "ne", "gt", "gte", "lt", "lte"]),
             "value": amount}
        ),
    )  # fmt: skip
    window = st.one_of(
        st.just({}), days.map(lambda n: {"last_days": n}), st.just({"last_hours": 24}), st.just({"days_ago": [30, 1]}),
        st.just({"from": "2026-11-21", "to": "2026-11-22"}), st.just({"to": "2026-10-01"}),
    )  # fmt: skip
    step = st.fixed_dictionaries(
        {"event": st.sampled_from([*EVENTS, "没有过"])}, optional={"where": st.lists(where, max_size=2)}
    )
    times = st.one_of(
        st.integers(0, 3).map(lambda n: {"exactly": n}), st.integers(0, 3).map(lambda n: {"at_least": n}),
        st.integers(0, 3).map(lambda n: {"at_most": n}),
    )  # fmt: skip
    happened = st.tuples(step, times, window).map(lambda t: {**t[0], "times": t[1], "within": t[2]})
    order = st.tuples(st.lists(step, min_size=2, max_size=3), st.sampled_from([1, 24, 24 * 90]), window).map(
        lambda t: {"sequence": t[0], "in_hours": t[1], "within": t[2]}
    )
    return st.one_of(
        on("tier", ["is", "is_not"], tier), on("tier", ["in", "not_in"], st.lists(tier, min_size=1, max_size=3)),
        on("region", ["is", "is_not", "contains", "not_contains", "starts", "ends"], region),
        on("aum", ["eq", "ne", "gt", "gte", "lt", "lte"], amount), on("aum", ["between"], pair),
        on("opened_on", ["on", "before", "after"], day), on("opened_on", ["from_to"], span),
        on("opened_on", ["last_days", "not_last_days", "next_days", "anniversary_days"], days),
        st.fixed_dictionaries(
            {"field": st.sampled_from(["tier", "region", "aum", "opened_on"]), "op": st.sampled_from(["empty", "not_empty"])}
        ),
        happened, happened, happened, order,
        st.fixed_dictionaries({"unit": st.sampled_from(["hz", "hz-xihu", "nb"]), "below": st.booleans()}),
        st.fixed_dictionaries(
            {"may_reach": st.sampled_from(["marketing", "care"])}, optional={"channel": st.sampled_from(REACHED)}
        ),
        st.fixed_dictionaries({"list": st.sampled_from(scene.lists)}),
        st.fixed_dictionaries({"tag": st.sampled_from(scene.tags)}),
        st.fixed_dictionaries({"relationship": st.sampled_from(RELATED)}),
    )  # fmt: skip


def definitions(scene: Scene) -> st.SearchStrategy[dict[str, Any]]:
    """Return trees over all conditions."""
    return st.recursive(
        conditions(scene),
        lambda parts: st.one_of(
            st.lists(parts, max_size=3).map(lambda found: {"all": found}),
            st.lists(parts, max_size=3).map(lambda found: {"any": found}),
            parts.map(lambda found: {"not": found}),
        ),
        max_leaves=5,
    )


TELLING: list[dict[str, Any]] = [
    *({"field": "tier", "op": op, "value": "金"} for op in ("is", "is_not")),
    *({"field": "tier", "op": op, "value": ["金", "钻石"]} for op in ("in", "not_in")),
    *({"field": "region", "op": op, "value": "杭州市西湖區"} for op in ("is", "is_not")),
    *({"field": "region", "op": op, "value": "西湖"} for op in ("contains", "not_contains", "ends")),
    {"field": "region", "op": "starts", "value": "hangzhou"},
    *({"field": key, "op": op} for op in ("empty", "not_empty") for key in ("tier", "region", "aum", "opened_on")),
    *({"field": "aum", "op": op, "value": 5000} for op in ("eq", "ne", "gt", "gte", "lt", "lte")),
    {"field": "aum", "op": "between", "value": [4999.99, 500_000]},
    *({"field": "opened_on", "op": op, "value": "2026-11-22"} for op in ("on", "before", "after")),
    {"field": "opened_on", "op": "from_to", "value": ["2019-04-18", "2026-11-21"]},
    *({"field": "opened_on", "op": op, "value": n} for n in (1, 2) for op in ("last_days", "not_last_days", "next_days")),
    *({"field": "opened_on", "op": "anniversary_days", "value": n} for n in (1, 2, 98, 99)),
    *({"event": "登录", "times": {key: n}} for n in (1, 2) for key in ("at_least", "at_most", "exactly")),
    *({"event": "登录", "times": {"exactly": 0}, "within": w} for w in (
        {"last_days": 1}, {"last_hours": 24}, {"days_ago": [30, 1]}, {"from": "2026-11-21", "to": "2026-11-22"},
        {"to": "2026-10-01"},
    )),
    *({"event": "转出", "where": [{"property": "channel", "op": op, "value": "手机"}]} for op in (
        "contains", "not_contains", "starts")),
    {"event": "转出", "where": [{"property": "channel", "op": "is", "value": "atm"}]},
    *({"event": "转出", "where": [{"property": "amount", "op": op, "value": 4999.99}]} for op in ("gt", "gte", "lt", "lte")),
    {"sequence": [{"event": "登录"}, {"event": "转出"}], "in_hours": 24},
    {"sequence": [{"event": "登录"}, {"event": "转出"}], "in_hours": 2400},
    {"unit": "hz", "below": True}, {"unit": "hz", "below": False}, {"may_reach": "marketing"},
    *({"may_reach": purpose, "channel": channel} for purpose in ("marketing", "care") for channel in REACHED),
]  # fmt: skip
"""Of every operator and edge one definition that some of the scene's customers meet and others do not."""


def test_every_definition_counts_whom_the_reference_finds(world: World, sync: Callable[[], Any]) -> None:
    KINDS.update(kinds(registry()) | {RELATED_KIND: "code"})
    scene = Scene(world)
    sync()
    actors = [world.actor(user) for user in (world.steward, world.head, world.alice, world.charlie)]
    seen = [scene.seen(actor) for actor in actors]
    assert [len(one) for one in seen[:1]] == [PEOPLE]
    assert len({len(one) for one in seen}) > 2

    def agrees(definition: dict[str, Any], purpose: str, who: int) -> bool:
        """Whether both find as many; tells whether that were some, but not all."""
        reference = Reference(read(definition, KINDS), KINDS, NOW)  # type: ignore[arg-type]
        able = {one for one, person in scene.people.items() if one in seen[who] and purpose in person.reach}
        expected = {one for one in able if reference.holds(scene.people[one])}
        if who and '"relationship"' in json.dumps(definition):
            with acting(actors[who].scope), pytest.raises(DefinitionInvalid):
                count(definition, purpose=purpose, actor=actors[who], now=NOW)
            return True
        with acting(actors[who].scope):
            assert count(definition, purpose=purpose, actor=actors[who], now=NOW).count == len(expected), (
                definition
            )
            assert in_postgres(definition, purpose, seen[who]) == expected, definition
            found = count_steps(definition, purpose=purpose, actor=actors[who], now=NOW)
            drawn = draw(definition, purpose=purpose, most=3, seed=who, actor=actors[who], now=NOW)
        whom = [scene.people[one] for one in able]
        assert found.steps == remaining(reference, reference.root, whom), definition
        others = [scene.people[one] for one in seen[who] if one not in able]
        assert (found.of, found.left_out) == (len(able), sum(map(reference.holds, others)))
        assert len(drawn) == min(3, len(expected))
        assert set(drawn) <= expected
        return 0 < len(expected) < len(able)

    asked = [*TELLING, *scene.hung()]
    telling = [agrees(one, "care", 0) for one in asked]
    assert all(telling), [one for one, told in zip(asked, telling, strict=True) if not told]

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(raw=definitions(scene), zone=st.sampled_from(["Asia/Shanghai", "America/New_York"]),
           purpose=st.sampled_from(["marketing", "care"]), who=st.integers(0, 3))  # fmt: skip
    def agree(raw: dict[str, Any], zone: str, purpose: str, who: int) -> None:
        agrees({**raw, "zone": zone}, purpose, who)

    agree()
