"""Which column is what: as it was said, else by the headings that companies use in four languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simnet.currencies import CODES
from simnet.errors import Problem, SimnetError, did_you_mean, shorten
from simnet.intake.source import HEAD, Source

NEEDED = ("part", "date", "quantity")
MONEY, CURRENCY = ("cost", "price"), "currency"
ROLES = (*NEEDED, "dealer", "delivered", "promised", *MONEY, CURRENCY, "class")
"""What a column may be."""
_KNOWN: Mapping[str, str] = {
    "part": """
        part partno partnr partnumber partid partcode sparepart sparepartno item itemno itemnumber itemcode
        itemid material materialno materialnumber matnr sku article articleno articlenumber product
        productid productcode productno stockcode partname teil teilenummer teilenr teilnr ersatzteil
        artikel artikelnummer artikelnr artnr materialnummer materialnr sachnummer sachnr produkt
        produktnummer piece numeropiece npiece nopiece codepiece reference ref refpiece codearticle
        codeproduit produit 零件号 零件编号 零件 备件号 备件编号 备件编码 备件 配件号 配件编号 配件编码 配件
        物料号 物料编号 物料编码 物料 料号 产品编号 产品编码 商品编码 图号
    """,
    "date": """
        date orderdate ordereddate dateordered orderedon demanddate requestdate jobcarddate jobdate podate
        docdate documentdate postingdate transactiondate invoicedate servicedate salesdate saledate day
        period month week weekstart weekstarting weekbeginning weekcommencing weekof monthstart periodstart
        datum bestelldatum auftragsdatum belegdatum buchungsdatum bestelltag rechnungsdatum wochenbeginn
        wochenanfang monatsbeginn tag monat periode woche datecommande datedecommande datedocument
        datefacture datevente debutsemaine debutdesemaine jour mois semaine 日期 订单日期 订货日期 下单日期
        需求日期 单据日期 月份 期间
    """,
    "quantity": """
        quantity qty orderqty orderquantity orderedquantity quantityordered qtyordered orderedqty demand
        demandqty soldqty salesqty issuedqty pieces pcs units menge bestellmenge auftragsmenge anzahl stuck
        stueck stk bedarf quantite qte quantitecommandee qtecommandee nombre nb 数量 订单数量 订货数量
        需求数量 订购数量 件数
    """,
    "dealer": """
        dealer dealerid dealerno dealercode dealername customer customerno customernumber customerid
        customercode customername shipto soldto site location branch outlet workshop store depot plant
        handler haendler handlernummer haendlernummer handlernr kunde kundennummer kundennr kdnr filiale
        niederlassung werkstatt werk standort client codeclient numeroclient concessionnaire concession
        agence atelier magasin 经销商 经销商编号 经销商代码 经销商名称 客户 客户编号 客户代码 客户名称 门店
        网点 服务站
    """,
    "delivered": """
        delivered deliverydate delivereddate datedelivered deliveredon actualdelivery actualdeliverydate
        shipped shipdate shippeddate shippingdate goodsissue goodsissuedate dispatchdate geliefert
        lieferdatum ausgeliefert versanddatum warenausgang warenausgangsdatum livre livraison datelivraison
        datedelivraison dateexpedition 交货日期 实际交货日期 发货日期 送达日期 出库日期
    """,
    "promised": """
        promised promisedate promiseddate duedate requireddate scheduleddate scheduled confirmeddate needby
        requesteddeliverydate planneddeliverydate zugesagt zusagedatum wunschtermin wunschlieferdatum
        liefertermin bestatigterliefertermin solltermin datepromise dateprevue datesouhaitee dateconfirmee
        delaiprevu 承诺日期 要求日期 要求交货日期 计划交货日期 预计交货日期
    """,
    "cost": """
        cost unitcost standardcost costprice purchaseprice einstandspreis herstellkosten standardpreis
        stuckkosten einkaufspreis cout coutunitaire prixderevient prixachat prixdachat 成本 单位成本 成本价
        采购价
    """,
    "price": """
        price unitprice listprice salesprice sellingprice preis stuckpreis stueckpreis einzelpreis
        verkaufspreis listenpreis prix prixunitaire prixdevente prixvente 单价 价格 售价 销售单价
    """,
    "currency": """
        currency currencycode currencyid currencykey curr cur crcy waers wahrung waehrung wahrungscode
        wahrungsschlussel belegwahrung devise codedevise monnaie 币种 货币 币别 货币代码 币种代码
    """,
    "class": """
        class partclass abc abcclass abcclassification klasse teileklasse abckennzeichen classe classeabc
        类别 分类 备件分类
    """,
}
"""Headings in English, German, French and Chinese, folded, the likeliest first."""
_WORDS = {role: {word: rank for rank, word in enumerate(text.split())} for role, text in _KNOWN.items()}
_MONEY = re.compile(rf"({'|'.join(sorted(CODES))}|rmb)$", re.IGNORECASE)
_PACKED = """
    dozen dozens doz dz gross box boxes bx case cases carton cartons ctn pack packs pk package packages packet packets
    pallet pallets pair pairs kg g gram grams t ton tons m metre metres meter meters mm cm l ltr liter liters litre
    litres dutzend karton kartons packung packungen palette paletten paar tonne tonnen douzaine douzaines boite boites
    paquet paquets paire paires 打 箱 盒 包 托盘 对 双 千克 公斤 米 升
"""
PACKS = frozenset(_PACKED.split())
"""What a heading of quantities may count in that is not a piece, folded."""
ONE = "1"
"""`quantity=1`: every line is one piece."""


@dataclass(frozen=True)
class Columns:
    """Where each role's column is, and how that came."""

    line: int
    """Line of the headings; 0 where the file has none."""
    header: tuple[str, ...]
    at: Mapping[str, int]
    guessed: tuple[str, ...] = ()
    one_piece: bool = False
    """Whether each line is one piece."""
    unused: tuple[str, ...] = field(default=())


def parse_columns(words: Sequence[str]) -> dict[str, str]:
    """`["date=Datum", "part=Teil"]` as a map; a heading may hold `=`."""
    asked: dict[str, str] = {}
    for word in words:
        role, sign, heading = word.partition("=")
        if not sign:
            remedy = "--columns date=Datum part=Teil quantity=Menge"
            raise SimnetError(Problem(f"{shorten(word)} is not NAME=HEADING", remedy=remedy))
        if role.strip() not in ROLES:
            remedy = did_you_mean(role.strip(), ROLES) or f"known are {', '.join(ROLES)}"
            raise SimnetError(Problem(f"there is no column {shorten(role.strip())} to name", remedy=remedy))
        if role.strip() in asked:
            raise SimnetError(Problem(f"the column {role.strip()} is named twice"))
        asked[role.strip()] = heading.strip()
    return asked


def find_columns(source: Source, asked: Mapping[str, str]) -> Columns:
    """The columns of a source; `SimnetError` lists every heading that is asked and not there, or needed."""
    rows = [(line, [cell.strip() for cell in row]) for line, row in _head(source)]
    tried = [_match(line, row, asked) for line, row in rows if any(row)]
    if not tried:
        raise SimnetError(Problem("has no rows", **source.place(1)))
    best = max(tried, key=lambda found: len(found.at) + len(found.at.keys() & asked.keys()))
    problems = list(_faults(source, best, asked))
    if problems:
        raise SimnetError(problems)
    return best


def score(source: Source, asked: Mapping[str, str]) -> int:
    """How many of the needed columns a source seems to have."""
    try:
        found = find_columns(source, asked)
    except SimnetError:
        return 0
    return len(found.at)


def _head(source: Source) -> list[tuple[int, list[str]]]:
    for lines, rows in source.chunks(HEAD):
        return list(zip(lines, rows, strict=True))
    return []


def _match(line: int, row: Sequence[str], asked: Mapping[str, str]) -> Columns:
    names = [*row]
    while names and not names[-1]:
        names.pop()
    at = {role: names.index(heading) for role, heading in asked.items() if heading in names and heading}
    one = asked.get("quantity") == ONE and ONE not in names
    guessed = []
    for role in ROLES:
        free = [index for index, name in enumerate(names) if name and index not in at.values()]
        ranks = {_WORDS[role].get(folded(names[index]), -1): index for index in reversed(free)}
        ranks.pop(-1, None)
        if role not in asked and ranks:
            at[role] = ranks[min(ranks)]
            guessed.append(role)
    unused = tuple(name for index, name in enumerate(names) if name and index not in at.values())
    return Columns(line, tuple(names), at, tuple(guessed), one, unused)


def folded(heading: str) -> str:
    """A heading without case, accents, signs, what stands in brackets, and a currency at its end."""
    plain = re.sub(r"[\[(（].*?[\])）]", "", heading.casefold().replace("ß", "ss"))
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(letter for letter in plain if letter.isalnum())
    return _MONEY.sub("", plain) or plain


def _faults(source: Source, found: Columns, asked: Mapping[str, str]) -> list[Problem]:
    where = source.place(found.line)
    shown = ", ".join(name for name in found.header[:12] if name) + (" ..." if len(found.header) > 12 else "")
    problems = []
    for role, heading in asked.items():
        if heading and role not in found.at and not (role == "quantity" and found.one_piece):
            remedy = did_you_mean(heading, found.header) or f"its headings are {shown}"
            problems.append(Problem(f"no column {shorten(heading)} (asked for as {role})", **where, remedy=remedy))
    if problems:
        return problems
    lacking = [role for role in NEEDED if role not in found.at and not (role == "quantity" and found.one_piece)]
    if lacking:
        remedy = "name it: --columns " + " ".join(f"{role}=HEADING" for role in lacking)
        if lacking == ["quantity"]:
            remedy += ", or quantity=1 where each line is one piece"
        told = f"which column is the {_listed(lacking)}? Its headings are {shown}"
        problems.append(Problem(told, **where, remedy=remedy))
    problems += _packs(found, where)
    places = sorted(found.at.items(), key=lambda each: each[1])
    for (one, first), (other, second) in zip(places, places[1:], strict=False):
        if first == second:
            problems.append(Problem(f"{one} and {other} are the same column '{found.header[first]}'", **where))
    return problems


def _packs(found: Columns, where: Mapping[str, Any]) -> Iterator[Problem]:
    """That a guessed column of quantities counts in something else than pieces."""
    if "quantity" not in found.guessed:
        return
    heading = found.header[found.at["quantity"]]
    for unit in re.findall(r"[\[(（](.*?)[\])）]", heading):
        if folded(unit) in PACKS:
            remedy = f"write pieces there; or, if they are pieces: --columns 'quantity={heading}'"
            yield Problem(f"{shorten(heading)} counts in {shorten(unit)}, not in pieces", **where, remedy=remedy)


def _listed(words: Sequence[str]) -> str:
    return " and the ".join([", the ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
