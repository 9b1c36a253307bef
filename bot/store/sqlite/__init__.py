"""The default store: one SQLite file. What its parts do is said by their twins in `bot.store`."""
