"""What ties a customer to others and to words: relationships and tags. Both hang on a record, and so follow merges and splits."""
