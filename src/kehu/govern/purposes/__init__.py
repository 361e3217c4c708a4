"""Purposes and consent: what data may be used for, what each person has said to it, and whom a read must leave out."""
