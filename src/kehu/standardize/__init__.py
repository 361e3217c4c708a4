"""Pure standards of the field: names, phones, ids, addresses, dates, codes, masks. No table, clock or network."""
