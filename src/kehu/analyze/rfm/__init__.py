"""RFM: customers by how recently, how often and for how much they bought, in scores and named tiers."""
