"""The places, lanes and suppliers of the volvo-like scenario; sources by short name as in make.py.

Not listed under a source: which warehouse faces which dealer, the dealers' towns and their weights within a
region are assumed. Towns' positions are GeoNames' through `simnet.places`.
"""

from __future__ import annotations

import math

from simnet.places import find_place

# tier, town, refilled by. Ghent, Byhalia (in truth a central of its own), Sao Jose dos Pinhais, Dubai and
# Milton are named in [facts]; Singapore, Johannesburg and Minto are assumed, and so is who refills whom.
WAREHOUSES = {
    "gent": ("central", "Gent BE", "suppliers"),
    "byhalia": ("regional", "Byhalia US", "gent"),
    "pinhais": ("regional", "São José dos Pinhais BR", "gent"),
    "dubai": ("regional", "Dubai AE", "gent"),
    "singapore": ("regional", "Singapore SG", "gent"),
    "milton": ("support", "Milton CA", "byhalia"),
    "johannesburg": ("support", "Johannesburg ZA", "dubai"),
    "minto": ("support", "Minto AU", "singapore"),
}

# region: deliveries of Volvo Trucks January-November 2006 [facts, truckfocus.pl]; "rest" (Middle
# East, Africa, Oceania) is the total of 95,458 less the regions named. Weights within a region are assumed.
TRUCKS = {"europe": 44_330, "north america": 34_050, "south america": 7_114, "asia": 3_411, "rest": 6_553}

# dealer: (town, facing warehouse, region, weight in the region, how it is reached); towns assumed.
DEALER_TABLE = {
    "lyon": ("Lyon FR", "gent", "europe", 4, "road"),
    "paris": ("Paris FR", "gent", "europe", 4, "road"),
    "hamburg": ("Hamburg DE", "gent", "europe", 4, "road"),
    "munich": ("Munich DE", "gent", "europe", 4, "road"),
    "rotterdam": ("Rotterdam NL", "gent", "europe", 3, "road"),
    "birmingham": ("Birmingham GB", "gent", "europe", 5, "road"),
    "madrid": ("Madrid ES", "gent", "europe", 3, "road"),
    "milan": ("Milan IT", "gent", "europe", 3, "road"),
    "gothenburg": ("Gothenburg SE", "gent", "europe", 3, "road"),
    "oslo": ("Oslo NO", "gent", "europe", 2, "road"),
    "warsaw": ("Warsaw PL", "gent", "europe", 3, "road"),
    "prague": ("Prague CZ", "gent", "europe", 2, "road"),
    "istanbul": ("Istanbul TR", "gent", "europe", 2, "road"),
    "atlanta": ("Atlanta US", "byhalia", "north america", 4, "road"),
    "dallas": ("Dallas US", "byhalia", "north america", 4, "road"),
    "chicago": ("Chicago US", "byhalia", "north america", 4, "road"),
    "columbus": ("Columbus US", "byhalia", "north america", 3, "road"),
    "allentown": ("Allentown US", "byhalia", "north america", 3, "road"),
    "denver": ("Denver US", "byhalia", "north america", 2, "road"),
    "los-angeles": ("Los Angeles US", "byhalia", "north america", 4, "road"),
    "seattle": ("Seattle US", "byhalia", "north america", 2, "road"),
    "monterrey": ("Monterrey MX", "byhalia", "north america", 2, "road"),
    "toronto": ("Toronto CA", "milton", "north america", 3, "road"),
    "montreal": ("Montréal CA", "milton", "north america", 2, "road"),
    "calgary": ("Calgary CA", "milton", "north america", 2, "road"),
    "sao-paulo": ("São Paulo BR", "pinhais", "south america", 5, "road"),
    "belo-horizonte": ("Belo Horizonte BR", "pinhais", "south america", 3, "road"),
    "porto-alegre": ("Porto Alegre BR", "pinhais", "south america", 3, "road"),
    "santiago": ("Santiago CL", "pinhais", "south america", 2, "air"),
    "lima": ("Lima PE", "pinhais", "south america", 2, "air"),
    "riyadh": ("Riyadh SA", "dubai", "rest", 3, "road"),
    "jeddah": ("Jeddah SA", "dubai", "rest", 2, "road"),
    "cairo": ("Cairo EG", "dubai", "rest", 2, "air"),
    "nairobi": ("Nairobi KE", "johannesburg", "rest", 1, "air"),
    "durban": ("Durban ZA", "johannesburg", "rest", 3, "road"),
    "cape-town": ("Cape Town ZA", "johannesburg", "rest", 2, "road"),
    "bangkok": ("Bangkok TH", "singapore", "asia", 3, "air"),
    "jakarta": ("Jakarta ID", "singapore", "asia", 3, "air"),
    "kuala-lumpur": ("Kuala Lumpur MY", "singapore", "asia", 2, "road"),
    "brisbane": ("Brisbane AU", "minto", "rest", 3, "road"),
    "melbourne": ("Melbourne AU", "minto", "rest", 3, "road"),
    "auckland": ("Auckland NZ", "minto", "rest", 2, "air"),
}
DEALERS = {name: row[0] for name, row in DEALER_TABLE.items()}
FACING = {name: row[1] for name, row in DEALER_TABLE.items()}

# Sea distances in km between the nearest ports [searoute].
SEA_KM = {
    ("gent", "byhalia"): 7_086,  # Ghent-Savannah
    ("gent", "pinhais"): 10_354,  # Ghent-Paranagua
    ("gent", "dubai"): 11_556,  # Ghent-Jebel Ali, by Suez
    ("gent", "singapore"): 15_450,  # by Suez
    ("dubai", "johannesburg"): 7_468,  # Jebel Ali-Durban
    ("singapore", "minto"): 7_289,  # Singapore-Melbourne, the nearer of the ports measured
    ("gent", "johannesburg"): 12_950,  # Ghent-Durban
    ("gent", "minto"): 20_632,  # Ghent-Melbourne
}
LINER = 35 / 27  # days of a usual rotation over days at 16 knots without calls [ports]
PORT_DAYS = 7  # loading, unloading, customs, the ends by truck: assumed
SEA_CV, AIR_CV, ROAD_CV = 0.35, 0.61, 0.3  # [scms] ocean 0.35, air 0.61; road is assumed
AIR_DAYS = 6  # 3-7 days by air to another continent, and customs of up to 3 [field]
# Freight in EUR/kg: medians of shipments from 100 kg on, air 8.1, ocean 1.7 USD/kg [scms], a dollar at
# 0.92 EUR (assumed); road is assumed.
AIR_COST, SEA_COST, ROAD_COST = 7.45, 1.56, 0.35
DETOUR, KM_A_DAY = 1.3, 700  # road over great circle, and a truck's day: assumed

# town, mode (both assumed), mean days: the middle of a tenth of the delivery times [oil]; the spread is the
# median within a lane [scms].
SUPPLIER_TABLE = {
    "eskilstuna": ("Eskilstuna SE", "road", 14), "stuttgart": ("Stuttgart DE", "road", 21),
    "grenoble": ("Grenoble FR", "road", 29), "brescia": ("Brescia IT", "road", 38),
    "katowice": ("Katowice PL", "road", 49), "izmir": ("İzmir TR", "sea", 61),
    "queretaro": ("Santiago de Querétaro MX", "sea", 73), "pune": ("Pune IN", "sea", 86),
    "busan": ("Busan KR", "sea", 100), "suzhou": ("Suzhou CN", "sea", 140),
}  # fmt: skip
SUPPLIER_CV = 0.53


def great_circle_km(one: str, other: str) -> float:
    """Return the distance between two towns."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, find_place(town))) for town in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def road_days(one: str, other: str) -> int:
    """Return days by truck: one to pick and load, then whole days on the road."""
    return 1 + math.ceil(DETOUR * great_circle_km(one, other) / KM_A_DAY)


def sea_days(km: int) -> int:
    """Return days by ship from door to door on a liner rotation at 16 knots."""
    return round(LINER * km / 1.852 / (16 * 24) + PORT_DAYS)


def dealer_days(dealer: str) -> int:
    """Return the days of a stock order from the facing warehouse to the dealer."""
    town, facing, _, _, mode = DEALER_TABLE[dealer]
    return 5 if mode == "air" else road_days(WAREHOUSES[facing][1], town)


def shares() -> dict[str, float]:
    """Return each dealer's share of the demand in percent: its region's trucks by its weight there."""
    weights = {region: sum(row[3] for row in DEALER_TABLE.values() if row[2] == region) for region in TRUCKS}
    trucks = sum(TRUCKS.values())
    return {
        name: 100 * TRUCKS[row[2]] / trucks * row[3] / weights[row[2]] for name, row in DEALER_TABLE.items()
    }


def lane(mode: str, days: int) -> str:
    """Return a lane as YAML."""
    cv, cost = {"sea": (SEA_CV, SEA_COST), "air": (AIR_CV, AIR_COST), "road": (ROAD_CV, ROAD_COST)}[mode]
    return f"{{mode: {mode}, lead_time: {{mean: {days} d, cv: {cv}}}, cost: {cost:.2f} EUR/kg}}"


def lanes() -> dict[str, dict[str, str]]:
    """Return the lanes between warehouses, and those dealers fall back to when warehouses are removed."""
    found = {name: {"gent": f"{{mode: {mode}}}"} for name, (_, mode, _) in SUPPLIER_TABLE.items()}
    for (source, target), km in SEA_KM.items():
        found.setdefault(source, {})[target] = lane("sea", sea_days(km))
    found["byhalia"] = {"milton": lane("road", road_days(WAREHOUSES["byhalia"][1], WAREHOUSES["milton"][1]))}
    for name, (town, facing, _, _, mode) in DEALER_TABLE.items():
        if mode == "road":  # its time stands in dealers.csv, its freight is the usual one
            found.setdefault(facing, {})[name] = "{mode: road}"
        if facing == "gent":
            continue
        found["gent"][name] = lane("air", AIR_DAYS)
        if mode == "air":
            found.setdefault(facing, {})[name] = lane("air", dealer_days(name))
        above = WAREHOUSES[facing][2]
        if above != "gent":
            by_road = lane("road", road_days(WAREHOUSES[above][1], town))
            found.setdefault(above, {})[name] = by_road if above == "byhalia" else lane("air", AIR_DAYS)
    return found


def network_yaml() -> str:
    """Return the file of suppliers, warehouses and lanes that volvo-like.yaml extends."""
    out = [
        "# Suppliers, warehouses and lanes of the volvo-like scenario. Written by make.py: change it there.",
        "simnet: 1",
        "money: EUR",
        "suppliers:",
    ]
    for name, (town, _, days) in SUPPLIER_TABLE.items():
        out.append(f"  {name}: {{at: {town}, lead_time: {{mean: {days} d, cv: {SUPPLIER_CV}}}}}")
    out.append("warehouses:")
    for name, (tier, town, above) in WAREHOUSES.items():
        out.append(f"  {name}: {{tier: {tier}, at: {town}, refilled_by: {above}}}")
    out.append("lanes:")
    for source, targets in lanes().items():
        out.append(f"  {source}:")
        out += [f"    {target}: {text}" for target, text in targets.items()]
    return "\n".join(out) + "\n"
