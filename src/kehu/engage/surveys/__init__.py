"""Questionnaires: what may be asked, how it is answered, what the answers amount to."""
