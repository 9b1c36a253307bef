"""What editors say beside the published catalogue: written, looked at, kept, taken back, and taken up while serving."""
