"""The invented bank 衡川银行: `generate` writes the files of its five systems, `evaluate` scores what was joined."""

from kehu.packs.banking.demo.evaluation import Score, evaluate
from kehu.packs.banking.demo.generator import DemoFiles, files_in, generate

__all__ = ["DemoFiles", "Score", "evaluate", "files_in", "generate"]
