"""Demand told apart as planners do: smooth, erratic, intermittent, lumpy.

Syntetos, Boylan and Croston (2005), "On the categorization of demand patterns", Journal of the Operational Research
Society 56: by the mean number of periods between periods with demand (ADI) and the squared coefficient of variation of
the pieces asked in such a period (CV2).
"""

from __future__ import annotations

from typing import Any

ADI_LIMIT, CV2_LIMIT = 1.32, 0.49
CLASSES = ("smooth", "erratic", "intermittent", "lumpy")


def kinds(adi: Any, cv2: Any) -> Any:
    """Index into CLASSES of each ADI and CV2."""
    import numpy as np

    return np.where(np.asarray(adi) < ADI_LIMIT, 0, 2) + (np.asarray(cv2) >= CV2_LIMIT)
