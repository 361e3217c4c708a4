"""Templates: written, checked, looked at and saved; what the purpose or the author's rights do not allow is refused with its place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.api.staff import appoint, trail
from tests.conftest import Caller
from tests.engage.test_template_rendering import body
from tests.world import NOW, World

from kehu.engage.models.templates import TemplateVersion
from kehu.engage.templates.blocks.shipped import starters
from kehu.engage.templates.faults import FieldNotAllowed
from kehu.engage.templates.rendering import compile_version
from kehu.govern.purposes.operations import NewTerms, create_purpose, publish_version
from kehu.platform.text import Text

NOBODY = "01930000-0000-7000-8000-00000000ffff"
LEAVE = '<a href="{{ unsubscribe_url }}">退订</a>'
LONG = "本月的利率、网点与防诈提醒都在这里，只挑与您有关的内容，两分钟可以读完，欢迎回信告诉我们您的看法。"
TERMS = NewTerms("consent", ("email",), 365, "为您推荐产品。")
GOOD: dict[str, Any] = {
    "subject": "{{ customer.name }}，本月要闻", "language": "zh", "source": body(f"您好，{{{{ customer.name }}}}。{LONG}{LEAVE}"),
    "missing": {"customer.name": {"policy": "default", "text": "尊敬的客户"}},
}  # fmt: skip


@pytest.fixture
def marketing(world: World) -> None:
    """A purpose that covers what is said openly only, and one that covers personal values too."""
    actor = world.actor(appoint(world, "compliance"))
    for key, classes in (("marketing", ("C1",)), ("wealth", ("C1", "C2"))):
        terms = replace(TERMS, data_classes=classes)
        create_purpose(key=key, name=Text(key, key), terms=terms, actor=actor, now=NOW)


@pytest.fixture
def marketer(world: World, marketing: None, call: Callable[..., Caller]) -> Caller:
    return call(appoint(world, "marketer"))


def new(marketer: Caller, **change: Any) -> Any:
    """Ask for a template to be saved."""
    return marketer.post("/templates", {"name": "月度通讯", "purpose": "marketing", **GOOD, **change})


def test_a_template_is_saved_in_versions(marketer: Caller) -> None:
    made = new(marketer)
    assert made.status_code == 201
    path = f"/templates/{made.json()['id']}"

    again = marketer.post(f"{path}/versions", {**GOOD, "subject": "另一个主题"})

    assert again.status_code == 201
    found = marketer.get(path).json()
    assert (found["current"]["number"], found["current"]["subject"]) == (2, "另一个主题")
    assert [one["number"] for one in found["versions"]] == [2, 1]
    assert found["missing"] == {"customer.name": {"policy": "default", "text": "尊敬的客户"}}
    assert [one["name"] for one in marketer.get("/templates").json()] == ["月度通讯"]
    assert [event.object_ref for event in trail("template.create")] == [found["id"]]


def test_a_name_is_given_once_until_it_is_put_away(marketer: Caller) -> None:
    first = new(marketer).json()
    assert new(marketer).json()["code"] == "template_name_taken"

    marketer.patch(f"/templates/{first['id']}", {"is_archived": True})

    assert new(marketer).status_code == 201
    assert marketer.patch(f"/templates/{first['id']}", {"is_archived": False}).status_code == 409


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"source": body(f"{LONG}{{{{ customer.mobile }}}}{LEAVE}")}, "field"),
        ({"source": body(f"{LONG}{{{{ customer.id_no }}}}{LEAVE}")}, "field"),
        ({"subject": "{{ customer.resident_id }}"}, "field"),
        ({"source": body(LONG)}, "unsubscribe"),
        ({"source": body(f"{{{{ 7*7 }}}}{LONG}{LEAVE}")}, "liquid"),
        ({"source": "<mjml>"}, "mjml"),
        ({"subject": "  "}, "subject_empty"),
        ({"subject": "a\r\nBcc: x@y.example"}, "subject"),
        ({"source": body(f"{LONG}{LEAVE}{{% if customer.name > 5 %}}x{{% endif %}}")}, "trial"),
        ({"blocks": {"blocks": [{"kind": "script"}]}}, "blocks"),
    ],
)
def test_what_must_not_be_sent_is_not_saved(marketer: Caller, change: dict[str, Any], code: str) -> None:
    answer = new(marketer, **change)
    assert (answer.status_code, answer.json()["code"]) == (422, "template_invalid")

    found = marketer.post("/templates/check", {"purpose": "marketing", **GOOD, **change}).json()["findings"]
    assert (found[0]["code"], found[0]["level"]) == (code, "refused")
    assert not TemplateVersion.objects.exists()


def test_a_field_is_refused_where_purpose_or_rights_do_not_reach(
    world: World, marketer: Caller, call: Callable[..., Caller]
) -> None:
    change = {"source": body(f"{LONG}\n{{{{ customer.birth_date }}}}{LEAVE}"), "purpose": "wealth"}
    answer = marketer.post("/templates/check", {**GOOD, **change}).json()
    assert (answer["findings"][0]["code"], answer["findings"][0]["line"]) == ("field", 2)
    assert new(marketer, **change).status_code == 422

    names = {
        one["name"] for one in marketer.get("/templates/vocabulary", purpose="wealth").json()["variables"]
    }
    assert "customer.birth_date" not in names
    assert {"customer.name", "customer.aum"} <= names
    open_names = {
        one["name"] for one in marketer.get("/templates/vocabulary", purpose="marketing").json()["variables"]
    }
    assert "customer.aum" not in open_names


def test_a_version_is_not_rendered_once_its_purpose_covers_less(world: World, marketer: Caller) -> None:
    source = body(f"{LONG}{{{{ customer.aum | money }}}}{LEAVE}")
    made = new(marketer, purpose="wealth", source=source)
    assert made.status_code == 201
    version = TemplateVersion.objects.get(pk=made.json()["current"]["id"])
    assert compile_version(version).fields == ("aum", "name")

    actor = world.actor(appoint(world, "compliance", name="another"))
    publish_version(key="wealth", terms=TERMS, actor=actor, now=NOW)

    with pytest.raises(FieldNotAllowed):
        compile_version(version)


def test_warnings_tell_how_to_mend_and_do_not_stop(marketer: Caller) -> None:
    source = body(f'短<img src="http://1.2.3.4/a.png" alt=""/><a href="http://t.cn/x">点这里</a>{LEAVE}')
    asked = {
        "purpose": "marketing",
        **GOOD,
        "source": source,
        "subject": "免费！！！AMAZING OFFER TODAY" + "长" * 60,
    }

    found = marketer.post("/templates/check", asked).json()["findings"]

    assert {one["level"] for one in found} == {"warning"}
    assert {one["code"] for one in found} == {
        "subject_long",
        "subject_loud",
        "text_short",
        "alt",
        "link_plain",
        "link_host",
    }


def test_a_message_is_looked_at_as_made_up_customers_would_get_it(marketer: Caller) -> None:
    asked = {"purpose": "marketing", **GOOD}
    usual = marketer.post("/templates/preview", asked).json()
    assert usual["subject"] == "沈静仪，本月要闻"
    assert "您好，沈静仪。" in usual["html"]
    missing = marketer.post("/templates/preview", {**asked, "sample": "missing"}).json()
    assert "您好，尊敬的客户。" in missing["html"]
    skipped = marketer.post("/templates/preview", {**asked, "sample": "missing", "missing": {}}).json()
    assert (skipped["html"], skipped["missing_variable"]) == ("", "customer.name")


def test_a_real_customer_is_seen_within_scope_and_told_to_the_trail(world: World, marketer: Caller) -> None:
    said = world.say(
        world.core, "1", unit=world.xihu, owner=world.alice, name="顾<b>闻</b>", mobile="13857101234"
    )
    customer_id = str(said.profiles.created[0])
    asked = {"purpose": "marketing", **GOOD, "customer_id": customer_id}

    seen = marketer.post("/templates/preview", asked).json()

    assert "顾" in seen["subject"]
    assert "<b>闻" not in seen["html"]
    assert [event.fields for event in trail("template.preview")] == [["name"]]
    assert marketer.post("/templates/preview", {**asked, "customer_id": NOBODY}).status_code == 404


def test_starters_pass_their_own_checks_in_both_languages(marketer: Caller) -> None:
    for language in ("zh", "en"):
        for one in starters(language):
            asked = {"name": f"{one.key} {language}", "purpose": "marketing", "subject": one.subject,
                     "language": language, "missing": one.missing, "blocks": one.blocks}  # fmt: skip
            found = marketer.post("/templates/check", {k: v for k, v in asked.items() if k != "name"}).json()
            assert found["findings"] == [], (one.key, language)
            made = marketer.post("/templates", asked)
            assert made.status_code == 201
            assert made.json()["blocks"] == one.blocks


def test_blocks_keep_texts_apart_from_markup(marketer: Caller) -> None:
    blocks = {"blocks": [
        {"kind": "text", "text": "a < b & **粗** [看](https://bank.example/?a=1&b=2) {{ customer.name }}" + LONG},
        {"kind": "image", "src": "https://bank.example/a.png", "alt": '引"号 <x> {{ customer.name }}'},
        {"kind": "footer", "text": "恒川银行"},
    ]}  # fmt: skip
    seen = marketer.post("/templates/preview", {"purpose": "marketing", **GOOD, "blocks": blocks}).json()
    assert [one["level"] for one in seen["findings"]] == []
    assert "a &lt; b &amp; <strong>粗</strong>" in seen["html"]
    assert 'alt="引&quot;号 &lt;x&gt; 沈静仪"' in seen["html"]
    assert seen["links"] == ["https://bank.example/?a=1&b=2"]


def test_who_may_not_manage_templates_is_refused(
    world: World, marketing: None, call: Callable[..., Caller]
) -> None:
    alice = call(world.alice)
    assert alice.get("/templates").status_code == 403
    assert alice.post("/templates", {"name": "x", "purpose": "marketing", **GOOD}).status_code == 403
    assert alice.post("/templates/check", {"purpose": "marketing", **GOOD}).status_code == 403


def test_what_is_not_there_is_not_found(marketer: Caller) -> None:
    assert marketer.get(f"/templates/{NOBODY}").json()["code"] == "template_not_found"
    assert marketer.post(f"/templates/{NOBODY}/versions", GOOD).status_code == 404
    assert marketer.patch(f"/templates/{NOBODY}", {"name": "x"}).status_code == 404
    assert new(marketer, purpose="nothing").json()["code"] == "purpose_not_found"
