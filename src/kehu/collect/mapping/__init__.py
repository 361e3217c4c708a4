"""Which column of a file is which field: proposals with their reasons, for the user to confirm. Nothing is decided here."""

from kehu.collect.mapping.proposal import ColumnProposal, FieldSpec
from kehu.collect.mapping.proposing import propose

__all__ = ["ColumnProposal", "FieldSpec", "propose"]
