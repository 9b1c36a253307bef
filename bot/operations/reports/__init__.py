"""Reports: one document made of the figures, and one writer for each kind of file. Writers know no store."""
