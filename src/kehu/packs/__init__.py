"""Industry packs: fields, code lists, rules and demo data. Core never imports them."""
