"""Links by which a service is rated without a chat account: how they are made, and what is kept of an answer."""
