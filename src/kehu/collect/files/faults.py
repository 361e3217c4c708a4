"""Why a whole file is refused. Each sentence says what the file is and how to mend it."""

from typing import ClassVar

from kehu.platform.errors import Invalid
from kehu.platform.text import Text


class FileRefused(Invalid):
    """The file cannot be imported as it is; `sentence` of the class is what the user reads."""

    code: ClassVar[str] = "file_refused"
    sentence: ClassVar[Text] = Text("这个文件不能导入。", "This file cannot be imported.")

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(text or self.sentence)


class NotATable(FileRefused):
    """The content is no table that can be read."""

    code = "not_a_table"
    sentence = Text(
        "没有在文件里找到表格。支持 CSV、TSV 和 XLSX，第一行是列名。",
        "No table was found in the file. CSV, TSV and XLSX are taken, with column names in the first row.",
    )


class EmptyFile(FileRefused):
    """The file has no bytes, or no row with content."""

    code = "empty_file"
    sentence = Text(
        "文件是空的，没有可导入的行。检查导出是否完成，再上传一次。",
        "The file is empty. Check that the export has finished, then upload it again.",
    )


class EncodingUnknown(FileRefused):
    """The text is neither Unicode nor GB18030."""

    code = "encoding_unknown"
    sentence = Text(
        "认不出文件的编码。用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”后上传。",
        "The encoding of the file is not known. Open it in Excel, save as “CSV UTF-8” and upload that.",
    )


class WrongEncoding(FileRefused):
    """The encoding that a person chose does not read this file; the text says which one would."""

    code = "wrong_encoding"

    def __init__(self, wanted: str, likely: str | None) -> None:
        zh = f"它看起来是 {likely} 编码。" if likely else "换一种编码试试。"
        en = f"It seems to be {likely}." if likely else "Try another encoding."
        super().__init__(
            Text(
                f"按 {wanted} 读这个文件会是乱码，没有采用。{zh}",
                f"Read as {wanted} this file is gibberish, so that was not taken. {en}",
            )
        )


class DelimiterMissing(FileRefused):
    """The delimiter that a person chose stands nowhere in the file."""

    code = "delimiter_missing"
    sentence = Text(
        "文件里没有这种分隔符，没有采用。换一种，或交给系统自动识别。",
        "This separator stands nowhere in the file, so it was not taken. Choose another one, or leave it to be recognized.",
    )


class HeaderMissing(FileRefused):
    """The row that a person chose as the header is blank, or beyond the file."""

    code = "header_missing"

    def __init__(self, row: int) -> None:
        super().__init__(
            Text(
                f"第 {row} 行是空的，或不在文件开头部分，不能作表头。",
                f"Row {row} is blank or not near the top of the file; it cannot be the header.",
            )
        )


class SheetMissing(FileRefused):
    """The workbook has no visible sheet of this name, or nothing in it."""

    code = "sheet_missing"
    sentence = Text(
        "工作簿里没有这个工作表，或它是空的、隐藏的。选另一个工作表。",
        "The workbook has no such sheet, or it is empty or hidden. Choose another sheet.",
    )


class ReadingMisplaced(FileRefused):
    """Encoding and delimiter belong to text files, sheets to workbooks."""

    code = "reading_misplaced"
    sentence = Text(
        "编码和分隔符只用于文本文件，工作表只用于 Excel 工作簿。",
        "Encoding and separator belong to text files, a sheet to Excel workbooks.",
    )


class OldWorkbook(FileRefused):
    """An Excel 97-2003, binary or web-page workbook."""

    code = "old_workbook"
    sentence = Text(
        "这是旧版 Excel 格式（.xls 或 .xlsb）。在 Excel 里另存为 .xlsx 后上传。",
        "This is an old or binary Excel format (.xls or .xlsb). Save it as .xlsx in Excel and upload that.",
    )


class WebPageTable(FileRefused):
    """A web page or an XML spreadsheet, usually named .xls by the system that made it."""

    code = "web_page_table"
    sentence = Text(
        "这是网页或 XML 格式的表格，不是真正的 Excel 文件。用 Excel 打开，另存为 .xlsx 后上传。",
        "This is a web page or XML table, not a real Excel file. Open it in Excel, save it as .xlsx and upload that.",
    )


class HasMacros(FileRefused):
    """The workbook carries program code."""

    code = "has_macros"
    sentence = Text(
        "工作簿里有宏，出于安全不能导入。在 Excel 里另存为不含宏的 .xlsx 后上传。",
        "The workbook contains macros, which are never taken. Save it as .xlsx without macros and upload that.",
    )


class IsEncrypted(FileRefused):
    """The file is protected by a password."""

    code = "is_encrypted"
    sentence = Text(
        "文件设有打开密码。在 Excel 里去掉密码（文件 → 信息 → 保护工作簿）后上传。",
        "The file is protected by a password. Remove it in Excel (File, Info, Protect Workbook) and upload again.",
    )


class UnsafeArchive(FileRefused):
    """The package inflates beyond reason, lies about its size, or holds names that leave its folder."""

    code = "unsafe_archive"
    sentence = Text(
        "这个工作簿的压缩方式不正常，展开后会过大。在 Excel 里复制到新的工作簿，另存后上传。",
        "This workbook is packed in an unsafe way and would grow far too big. Copy the sheet into a new workbook, "
        "save that and upload it.",
    )


class PlainArchive(FileRefused):
    """A zip, gzip, rar or 7z archive."""

    code = "plain_archive"
    sentence = Text(
        "这是压缩包。解压后逐个上传里面的表格。",
        "This is an archive. Unpack it and upload the tables inside one by one.",
    )


class HasEntities(FileRefused):
    """The XML of the workbook declares entities or a document type."""

    code = "has_entities"
    sentence = Text(
        "工作簿里有外部引用的 XML 定义，出于安全不能导入。在 Excel 里复制到新的工作簿，另存后上传。",
        "The workbook declares XML entities, which are never taken. Copy the sheet into a new workbook, save that "
        "and upload it.",
    )


class FileDamaged(FileRefused):
    """The package or its XML breaks off or contradicts itself."""

    code = "file_damaged"
    sentence = Text(
        "文件已损坏，或没有传完整。在 Excel 里打开确认，另存后再上传。",
        "The file is damaged or incomplete. Check that Excel opens it, save it again and upload that.",
    )


class FileTooBig(FileRefused):
    """More than 2 GB."""

    code = "file_too_big"
    sentence = Text(
        "文件超过 2 GB。分成几个文件上传，每个都带表头。",
        "The file is larger than 2 GB. Split it into several files, each with the header, and upload them.",
    )


class TooManyRows(FileRefused):
    """More than ten million rows."""

    code = "too_many_rows"
    sentence = Text(
        "文件超过 1,000 万行。分成几个文件上传，每个都带表头。",
        "The file has more than 10 million rows. Split it into several files, each with the header.",
    )


class QuotesBroken(FileRefused):
    """So many rows have quotes without a partner that the rest cannot be trusted."""

    code = "quotes_broken"
    sentence = Text(
        "有超过 1,000 行的引号没有成对，后面的行无法可靠读取。重新导出，内容里的引号写成两个。",
        "More than 1,000 rows have a quote without its partner, so the rest cannot be read safely. Export again "
        "with quotes inside a cell doubled.",
    )
