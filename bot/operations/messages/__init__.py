"""Messages of the platforms: into the inbox, from there to the person, and what is said unasked."""
