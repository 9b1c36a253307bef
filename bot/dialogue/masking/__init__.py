"""Where in a message stands what says who a person is. `bot.dialogue.personal_data` takes it out."""
