"""From the bytes of a published file to its tables as they stand: XLSX, DOCX, PDF, CSV; one reader for each."""
