"""What a run leaves behind: integer tallies, the row-by-row ledger, and their audit."""
