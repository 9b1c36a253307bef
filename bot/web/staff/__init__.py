"""The pages of staff, below /staff: who may open them, and what stands around each."""
