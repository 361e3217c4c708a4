"""What a bank uses data for: purposes to begin with, each with the seven things that the law wants told."""

from typing import NamedTuple

from kehu.govern.purposes.operations import NewTerms
from kehu.platform.text import Text


class PackPurpose(NamedTuple):
    """A purpose of the pack with its first terms."""

    key: str
    name: Text
    terms: NewTerms


_HANDLER = {
    "handler": "衡川银行股份有限公司",
    "contact": "客户服务热线 95000，各营业网点",
    "rights": "可在手机银行“隐私与同意”、营业网点或客服热线查阅、更正、撤回同意或反对自动化决策；撤回不影响此前的处理。",
}


def _terms(
    basis: str, channels: tuple[str, ...], days: int, told: dict[str, str], *, automated: bool = False,
    separate: bool = False,
) -> NewTerms:  # fmt: skip
    years = f"自最后一次使用起保存 {days // 365} 年，法律另有规定的从其规定。"
    notice = {**_HANDLER, "retention": years, **told}
    return NewTerms(basis, channels, days, notice, ("C1", "C2"), automated, separate)


PURPOSES = (
    PackPurpose(
        "service_care",
        Text("服务关怀", "Service care"),
        _terms(
            "contract", ("phone", "sms", "app", "wecom"), 1_825,
            {
                "purpose": "在您办理和使用业务时提供提醒、回访和问题处理。",
                "method": "依规则筛选需要提醒的客户，由客户经理或系统联系。",
                "categories": "姓名、联系方式、账户与交易概况、服务记录。",
            },
            automated=True,
        ),
    ),
    PackPurpose(
        "wealth_marketing",
        Text("理财产品营销", "Wealth marketing"),
        _terms(
            "consent", ("sms", "email", "phone", "wecom"), 1_095,
            {
                "purpose": "向您推荐存款、理财、基金和保险产品。",
                "method": "依规则或模型按您的资产和偏好筛选产品，由系统发送或客户经理联系。",
                "categories": "姓名、联系方式、资产与持有产品、风险等级。",
            },
            automated=True,
        ),
    ),
    PackPurpose(
        "credit_marketing",
        Text("信贷与信用卡营销", "Credit marketing"),
        _terms(
            "consent", ("sms", "phone"), 1_095,
            {
                "purpose": "向您推荐贷款、信用卡和分期。",
                "method": "依规则筛选后由系统发送或客户经理联系。",
                "categories": "姓名、联系方式、负债与授信概况。",
            },
        ),
    ),
    PackPurpose(
        "satisfaction",
        Text("满意度调查", "Satisfaction surveys"),
        _terms(
            "contract", ("sms", "email", "app", "phone"), 730,
            {
                "purpose": "了解您对产品和服务的评价，改进服务。",
                "method": "在业务办理后或定期发送问卷，由您自愿填写。",
                "categories": "姓名、联系方式、办理的业务、问卷答案。",
            },
        ),
    ),
    PackPurpose(
        "share_affiliates",
        Text("与子公司共享", "Sharing with affiliates"),
        _terms(
            "consent", ("webhook",), 365,
            {
                "purpose": "由衡川基金、衡川保险向您提供其产品。",
                "method": "经您单独同意，把下列信息提供给上述子公司。",
                "categories": "姓名、手机号码、风险等级。",
            },
            separate=True,
        ),
    ),
)  # fmt: skip
