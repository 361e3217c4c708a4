"""Liquid as templates may use it: values, conditions and short loops over written numbers. The rest is refused when saved."""

from functools import cache
from typing import Any, ClassVar

from liquid import Environment
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import case_tag, comment_tag, for_tag, if_tag, unless_tag

from kehu.engage.templates.liquid.filters import FILTERS

LONGEST_LOOP = 50
MOST_ROUNDS = 500
MOST_OUTPUT = 1_000_000
TAGS: tuple[Any, ...] = (
    content.Literal, output.Output, illegal.Illegal, if_tag.IfTag, unless_tag.UnlessTag, case_tag.CaseTag,
    for_tag.ForTag, comment_tag.CommentTag,
)  # fmt: skip


class MailLiquid(Environment):
    """The environment of templates: it knows the tags and filters named here and no others."""

    block_nesting_limit: ClassVar[int] = 8
    context_depth_limit: ClassVar[int] = 12
    loop_iteration_limit: ClassVar[int | None] = MOST_ROUNDS
    output_stream_limit: ClassVar[int | None] = MOST_OUTPUT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register what is allowed, instead of everything."""
        del extra
        for tag in TAGS:
            self.add_tag(tag)
        self.filters = dict(FILTERS)


@cache
def for_markup() -> MailLiquid:
    """Return the Liquid of HTML: values are escaped."""
    return MailLiquid(autoescape=True)


@cache
def for_text() -> MailLiquid:
    """Return the Liquid of subjects and plain text: values stand as they are."""
    return MailLiquid(autoescape=False)
