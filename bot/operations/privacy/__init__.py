"""Personal data as a data-protection officer asks about it: the register as a document, and what is held now."""
