"""How much of a file is read at most. A published list is far below; what is above is a slip or an attack."""

MB = 1024 * 1024

MOST_BYTES = 50 * MB
MOST_UNPACKED = 256 * MB
"""Of a workbook or a document, which are ZIP archives."""
MOST_OF_A_PART = 64 * MB
"""Of what is held in memory as a tree: a document's text, a workbook's table of words."""
MOST_RATIO = 100
"""Unpacked to packed; below `FREE_OF_RATIO` nobody asks."""
FREE_OF_RATIO = 32 * MB
MOST_OF_A_PDF = 2048 * MB
"""Of all parts of a PDF together; most are pictures, which are not unpacked at once."""
MOST_MEMBERS = 2_000
MOST_ROWS = 200_000
"""Rows with something in them, of one table."""
MOST_COLUMNS = 100
"""What stands in a workbook beyond them is not looked at."""
MOST_MERGED = 2_000_000
"""Cells that merging covers, of one table."""
MOST_PAGES = 600
MOST_SECONDS = 600.0
"""For one file, looked at between pages."""
