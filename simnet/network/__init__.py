"""From what the analyst wrote to what the engines run: frozen integer arrays."""
