"""Staff: their passwords, how they log in, what administrators change of their accounts, and their chat accounts."""
