"""Order histories as companies keep them: read with evidence, told, and written as a scenario that runs."""
