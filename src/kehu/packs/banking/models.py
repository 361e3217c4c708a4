"""Models that a bank begins with: value by what customers do with their accounts. Windows and bounds are examples of the demo."""

from typing import Any

from kehu.analyze.lifecycle.standard import banking
from kehu.analyze.modeling.operations import Terms
from kehu.platform.text import Text

_BY_CUSTOMERS = ["消费", "转入", "转出", "存款", "取款", "理财申购"]
"""What customers do themselves: wages, interest and repayments come of their own."""

VALUE_KEY = "value"
VALUE_TERMS = Terms(
    Text("账户往来价值", "Account value"), "看哪些客户往来多、哪些正在离开，安排关怀", "service_care"
)
VALUE: dict[str, Any] = {
    "purchases": [{"event": one, "amount": "amount", "absolute": True} for one in _BY_CUSTOMERS],
    "within_days": 365,
    "scores": 5,
}

LIFE_KEY = "life"
LIFE_TERMS = Terms(
    Text("客户生命周期", "Customer lifecycle"), "看客户走到哪一步、谁正在离开，安排关怀和挽留", "service_care"
)
LIFE: dict[str, Any] = banking().definition
