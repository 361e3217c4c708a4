"""What can be wrong with a template: a stable code, the line where it stands, and what to do about it."""

from kehu.platform.errors import Conflict, Invalid, NotFound
from kehu.platform.text import Text


class TemplateInvalid(Invalid):
    """The template cannot be used as it is. `fault` says what, `line` where in the source; 0 is the subject or the whole."""

    code = "template_invalid"

    def __init__(self, fault: str, text: Text, line: int = 0) -> None:
        where = Text(f"第 {line} 行：", f"Line {line}: ") if line else Text("", "")
        super().__init__(Text(where.zh + text.zh, where.en + text.en))
        self.fault = fault
        self.line = line
        self.plain = text


class TemplateNotFound(NotFound):
    """No template, or no version of it, has this id."""

    code = "template_not_found"

    def __init__(self) -> None:
        super().__init__(Text("没有这个模板。", "There is no such template."))


class TemplateNameTaken(Conflict):
    """Another template in use has this name."""

    code = "template_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                f"已有名为“{name}”的模板，换个名称。",
                f"A template is named “{name}” already. Choose another.",
            )
        )


class FieldNotAllowed(Invalid):
    """A template uses a field that its purpose, or the rights of who writes or sends it, do not allow."""

    code = "template_field_not_allowed"
