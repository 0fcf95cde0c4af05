"""Names that Windows keeps for itself: no file or folder that is to be copied there may bear them."""

PORTS = (f"{kind}{number}" for kind in ("COM", "LPT") for number in range(10))
DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *PORTS))


def is_device(name: str) -> bool:
    """Whether Windows would take a name for a device; what follows the first dot does not count."""
    return name.partition(".")[0].strip().upper() in DEVICES
