"""Tools readers keep: what they ask stands in the address or in their browser, and nowhere else."""
