"""Community teams: adding and closing them, and what comes of their links."""
