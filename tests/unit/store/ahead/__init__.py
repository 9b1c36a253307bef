"""The contracts of the store on tables that are one step ahead of the code: a newer version is running beside it."""
