"""A slow second opinion on the air rules: plain dicts and exact fractions, written from the clauses alone."""
