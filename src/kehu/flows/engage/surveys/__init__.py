"""From an invitation to an answer, to what it sets off."""
