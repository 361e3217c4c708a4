"""What a person does at the desk with a customer: decide, relate, reveal, record."""
