"""A scenario whose every name is an attack on the page: markup, formulas, endless, foreign and backward writing."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "<script>alert(1)</script>"
FORMULA = "=cmd()"
LONG = "Lagerhaus" * 22 + "XY"
CHINESE = "上海备件中心"
BACKWARD = "مستودع قطع الغيار"
OVERRIDE = f"{BACKWARD} \u202edrawkcab"
"""Right to left, with an override that nobody closes; a scenario has no such names, but what it is about may say so."""
EMOJI = "🚜🔧"
DEALERS = (SCRIPT, FORMULA, f"{EMOJI} & \"q\" 'r'")
NAMES = (SCRIPT, FORMULA, LONG, CHINESE, BACKWARD, EMOJI)


def hostile_world(folder: Path) -> Path:
    """Write the scenario; where it is."""
    import yaml

    stock = {"policy": "base-stock", "up_to": 2, "review": "1 w"}
    world = {
        "simnet": 1,
        "name": f"{FORMULA} {CHINESE}",
        "about": f"{SCRIPT} {OVERRIDE}\n{LONG} {EMOJI}",
        "money": "EUR",
        "run": {"warm_up": "30 d", "length": "180 d", "replications": 2, "seed": 7},
        "suppliers": {BACKWARD: {"lead_time": {"mean": "20 d", "cv": 0.5}}},
        "warehouses": {
            CHINESE: {"tier": "central", "refilled_by": BACKWARD, "at": [31.2, 121.5]},
            LONG: {"tier": EMOJI, "refilled_by": CHINESE, "lead_time": "9 d", "at": [52.5, 13.4]},
        },
        "dealers": {
            SCRIPT: {"served_by": LONG, "lead_time": "2 d", "at": [48.9, 2.4]},
            FORMULA: {"served_by": CHINESE, "lead_time": "2 d", "at": [39.9, 116.4]},
            DEALERS[2]: {"served_by": CHINESE, "lead_time": "3 d", "at": [1.3, 103.8]},
        },
        "parts": {
            SCRIPT: {"cost": "10 EUR", "price": "20 EUR", "weight": "1 kg", "class": FORMULA},
            LONG: {"cost": "30 EUR", "price": "70 EUR", "weight": "1 kg", "class": CHINESE},
            BACKWARD: {"cost": "3 EUR", "price": "7 EUR", "weight": "1 kg", "class": EMOJI},
        },
        "demand": [
            {"part": part, "at": list(DEALERS), "orders": "30 per y", "order_class": kind}
            for part in (SCRIPT, LONG, BACKWARD)
            for kind in (SCRIPT, CHINESE)
        ],
        "order_classes": {
            SCRIPT: {"ask": ["facing", "central"], "backorder": "facing", "need_by": "24 h", "mode": "air",
                     "lead_time": "12 h"},
            CHINESE: {"ask": ["facing"], "backorder": "facing", "mode": "air", "lead_time": "1 d"},
        },
        "stocking": {"default": stock},
        "costs": {"holding": "22 %/y", "rush": "8 EUR"},
        "designs": {name: {"stocking": {"default": {"up_to": size}}}
                    for size, name in enumerate((LONG[:100], BACKWARD, f"{FORMULA} {EMOJI}"), 3)},
    }  # fmt: skip
    file = folder / "hostile.yaml"
    file.write_text(yaml.safe_dump(world, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file
