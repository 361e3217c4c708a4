"""What the demo is to find: one branch whose customers complain first and take their money away months later.

Complaints and low ratings begin five months ago, the money begins to leave two and a half months ago; nothing else of the
branch differs. Whoever looks at both on one axis sees it; whoever looks at balances alone sees it too late.
"""

TROUBLED = "575003"
UNHAPPY_DAYS, LEAVING_DAYS = 150, 75
COMPLAINS, LEAVES = 0.75, 0.4
MOST_COMPLAINTS, MOST_TRANSFERS = 3, 3
