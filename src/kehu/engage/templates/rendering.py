"""From a version to messages: compiled once, rendered for each customer. What a customer lacks is filled by the template's rule.

Values pass as text: they never become markup, Liquid or a header. Only fields that the version names are looked at.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from liquid.exceptions import LiquidError

from kehu.engage.channels.contract import Content
from kehu.engage.models.templates import TemplateVersion
from kehu.engage.templates.faults import FieldNotAllowed, TemplateInvalid
from kehu.engage.templates.liquid import examine as liquid
from kehu.engage.templates.liquid.language import for_markup, for_text
from kehu.engage.templates.markup import Markup, defuse, pixel_tag, restore, to_markup, track, with_pixel
from kehu.engage.templates.pieces import Pieces, Scope
from kehu.engage.templates.plain import to_text
from kehu.engage.templates.values import clean, require_fields, said
from kehu.govern.fields.registry import FieldSpec, registry

Policy = Literal["default", "skip", "blank"]
POLICIES: tuple[Policy, ...] = ("default", "skip", "blank")


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of one message: the page that shows it, the way out, the picture of opening, and links by place."""

    view: str
    unsubscribe: str
    pixel: str
    link: Callable[[int], str]
    survey: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """The message is not sent to this customer: he has no value for a variable that must have one."""

    variable: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a version is made of. `missing` holds {policy, text} by variable; what is not named is decided by `policies`."""

    subject: str
    source: str
    language: str = "zh"
    missing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """A variable that a template names: how its values are said, and what happens without one."""

    name: str
    root: str
    key: str
    policy: Policy
    text: str
    spec: FieldSpec | None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A version ready to be rendered. `fields` are the customer's fields it needs, `links` the addresses by place."""

    fields: tuple[str, ...]
    links: tuple[str, ...]
    needs: tuple[Need, ...]
    subject: Pieces
    html: Pieces
    text: Pieces
    language: str
    markup: Markup

    def render(self, values: Mapping[str, Any], *, urls: Urls) -> Content | Missing:
        """Return the message for one customer, or which value he lacks.

        `values` holds standard values as they are kept: {"customer": {field key: value}, "sender": {"name": …}}.
        """
        roots: dict[str, Any] = {
            "customer": {}, "sender": {}, "view_url": urls.view, "unsubscribe_url": urls.unsubscribe,
            "survey_url": urls.survey, "pixel": pixel_tag(urls.pixel),
        }  # fmt: skip
        for need in self.needs:
            given = values.get(need.root, {}).get(need.key)
            found = _said(need, given, self.language)
            if found is None and need.policy == "skip":
                return Missing(need.name)
            if found is None and need.policy == "default":
                found = need.text
            roots[need.root][need.key] = found
        scope = Scope(roots, urls.link)
        try:
            subject = clean(self.subject.render(scope)) or ""
            return Content(subject, self.html.render(scope), self.text.render(scope))
        except LiquidError:
            return Missing("condition")


def compile_version(version: TemplateVersion) -> Compiled:
    """Return a version ready to be rendered; made once in a process. Raises FieldNotAllowed, PurposeNotFound, TemplateInvalid.

    Whether its purpose still allows its fields is asked each time, so call it once a batch.
    """
    made = _compiled(version.pk, version.subject, version.source, version.language, _frozen(version.missing))
    require_fields(made.fields, purpose=version.template.purpose)
    return made


def compile_draft(draft: Draft, specs: Mapping[str, FieldSpec] | None = None) -> Compiled:
    """Return a draft ready to be rendered. Raises TemplateInvalid; whether its fields are allowed is not asked here."""
    examined = liquid.examine(draft.source)
    in_subject = liquid.examine(draft.subject)
    markup = to_markup(draft.source)
    specs = registry() if specs is None else specs
    chosen = policies(draft)
    names = list(dict.fromkeys(use.name for use in (*examined.uses, *in_subject.uses)))
    needs = tuple(_need(name, chosen[name], specs) for name in names if "." in name)
    marked, joined, links = track(markup.marked, markup.liquid)
    text = defuse(to_text(marked), "\u200b")
    return Compiled(
        fields=tuple(need.key for need in needs if need.root == "customer"),
        links=links,
        needs=needs,
        subject=Pieces(draft.subject, for_text()),
        html=Pieces(with_pixel(restore(marked, joined)), for_markup()),
        text=Pieces(restore(text, joined), for_text()),
        language=draft.language,
        markup=markup,
    )


def policies(draft: Draft) -> dict[str, dict[str, str]]:
    """Return what happens without a value, by variable: as the draft says, else `skip` where it is written out, else `blank`."""
    found: dict[str, dict[str, str]] = {}
    for examined in (liquid.examine(draft.subject), liquid.examine(draft.source)):
        for use in examined.uses:
            if "." not in use.name:
                continue
            given = draft.missing.get(use.name)
            own = "skip" if use.name in examined.printed else "blank"
            if given is not None and given.get("policy") in POLICIES:
                found[use.name] = {"policy": given["policy"], "text": str(given.get("text", ""))[:200]}
            elif found.get(use.name, {}).get("policy") != "skip":
                found[use.name] = {"policy": own, "text": ""}
    return found


def fields_with_lines(draft: Draft) -> list[liquid.Use]:
    """Return the customer's fields that a draft names, with the line of each; line 0 is the subject. Raises TemplateInvalid."""
    subject = [liquid.Use(use.name, 0) for use in liquid.examine(draft.subject).uses]
    return [use for use in (*subject, *liquid.examine(draft.source).uses) if use.name.startswith("customer.")]


def require_allowed(draft: Draft, require: Callable[[str], FieldSpec]) -> None:
    """Pass where each field is allowed by `require`. Raises TemplateInvalid with the line where one is not."""
    for use in fields_with_lines(draft):
        try:
            require(use.name.removeprefix("customer."))
        except FieldNotAllowed as error:
            raise TemplateInvalid("field", error.text, use.line) from error


def _need(name: str, chosen: Mapping[str, str], specs: Mapping[str, FieldSpec]) -> Need:
    root, key = name.split(".", 1)
    policy: Policy = next(one for one in POLICIES if one == chosen["policy"])
    return Need(name, root, key, policy, chosen["text"], specs.get(key) if root == "customer" else None)


def _said(need: Need, value: Any, language: str) -> Any:
    if need.root == "customer":
        return said(need.spec, value, language)
    return clean(str(value)) if value is not None else None


def _frozen(missing: Mapping[str, Mapping[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, one["policy"], one.get("text", "")) for name, one in sorted(missing.items()))


@lru_cache(maxsize=128)
def _compiled(
    version_id: UUID, subject: str, source: str, language: str, missing: tuple[tuple[str, str, str], ...]
) -> Compiled:
    del (
        version_id
    )  # the rest follows from it; part of the key so that two versions never share what is cached
    chosen = {name: {"policy": policy, "text": text} for name, policy, text in missing}
    return compile_draft(Draft(subject, source, language, chosen))
