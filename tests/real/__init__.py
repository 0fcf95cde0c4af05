"""Real spare-parts histories, read from beside the checkout; skipped where they are absent."""
