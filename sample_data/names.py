"""Names for an invented provider: nobody and nothing here exists. Telephone numbers are from the ranges kept for drama."""

from __future__ import annotations

from random import Random

FIRST_NAMES = (
    "Aaliyah", "Adaeze", "Agnieszka", "Ahmed", "Aisha", "Alasdair", "Amira", "Anjali", "Arthur", "Bethan", "Bilal", "Blessing",
    "Bronwen", "Callum", "Carmen", "Chidi", "Clive", "Danny", "Daria", "Deepak", "Delroy", "Dilys", "Doreen", "Ebony", "Ewan",
    "Farida", "Femi", "Fiona", "Gareth", "Gloria", "Grace", "Gurpreet", "Hamza", "Harriet", "Hassan", "Hyacinth", "Imran", "Ines",
    "Ivan", "Jasmine", "Jerome", "Joyce", "Kamal", "Keisha", "Kwame", "Lakshmi", "Leon", "Lerato", "Liam", "Lucja", "Maeve",
    "Malachi", "Marek", "Maureen", "Mei", "Mohan", "Nadia", "Neville", "Niamh", "Oluwaseun", "Oscar", "Padma", "Patrick", "Priya",
    "Rashid", "Rhiannon", "Roisin", "Ruth", "Samira", "Sanjay", "Shanice", "Sheila", "Stefan", "Sunita", "Tariq", "Tomasz",
    "Trevor", "Verity", "Wanjiru", "Winston", "Xin", "Yasmin", "Yusuf", "Zainab",
)
LAST_NAMES = (
    "Abara", "Adeyemi", "Ahmadi", "Alder", "Bagshaw", "Balogun", "Banerji", "Begum", "Birtwhistle", "Bramhall", "Castellan", "Chaudry",
    "Clough", "Cromarty", "Dabrowski", "Daley", "Dhillon", "Eccleshall", "Fairhurst", "Farrow", "Garside", "Gill", "Greenhalgh",
    "Hargreave", "Hepworth", "Ibekwe", "Ito", "Jamil", "Kaplan", "Kaur", "Kirkbride", "Kowalczyk", "Lathom", "Lewin", "Mahmood",
    "Marchbank", "Mensah", "Merrick", "Nair", "Nuttall", "Ogden", "Okafor", "Oldroyd", "Pemberley", "Pilling", "Quarshie", "Rahim",
    "Ramsbottom", "Rees", "Rowbotham", "Sandhu", "Scholes", "Sesay", "Shackleford", "Suleiman", "Tattersall", "Thistlewood", "Tran",
    "Unsworth", "Vaughan", "Wadsworth", "Wieczorek", "Winterbourne", "Yardley",
)

PROVIDER = "Larkrise Together"
COUNCIL, SECOND_COUNCIL, ICB = "Northshore", "Eastmere", "Northshore-ICB"

PROVIDER_AS_PRINTED: dict[str, object] = {
    "name": PROVIDER,
    "address": ["The Old Net Loft", "4 Ropewalk", "Northshore", "ZN1 4QT"],
    "contact": {"name": "Sam Okoro", "telephone": "01632 960101"},
    "pay_to": [PROVIDER, "Sort code 00-00-00", "Account 00000000"],
    "ombudsman": {"name": "The Care Ombudsman", "telephone": "01632 960199"},
    "einvoice": {"endpoint": {"scheme": "VAT", "number": "GB123456782"}, "vat_number": "GB123456782", "registration": "1234567"},
    "first_invoice_number": 1001,
}
COUNCILS: tuple[dict[str, object], ...] = (
    {"reference": COUNCIL, "kind": "council", "name": "Northshore Council",
     "address": ["Adult Social Care Finance", "Harbour House", "Northshore", "ZN1 1AA"],
     "contact": {"name": "The ISF team", "telephone": "01632 960110"}, "accounts_reference": "NORTHSH",
     "einvoice": {"endpoint": {"scheme": "GLN", "number": "5060000000016"}, "buyer_reference": "ASC-ISF"}},
    {"reference": SECOND_COUNCIL, "kind": "council", "name": "Eastmere Borough Council",
     "address": ["Care Payments", "Town Hall", "Eastmere", "ZE2 3BD"],
     "contact": {"name": "Care Payments", "telephone": "01632 960120"}, "accounts_reference": "EASTMERE",
     "einvoice": {"endpoint": {"scheme": "GLN", "number": "5060000000023"}}},
    {"reference": ICB, "kind": "icb", "name": "Northshore and Eastmere Integrated Care Board",
     "address": ["Continuing Healthcare", "Quay Street", "Northshore", "ZN1 2CC"],
     "contact": {"name": "Continuing Healthcare", "telephone": "01632 960130"}, "accounts_reference": "ICB",
     "einvoice": {"endpoint": {"scheme": "DUNS", "number": "123456789"}, "buyer_reference": "CHC"}},
)


def full_names(count: int, random: Random) -> list[tuple[str, str]]:
    """As many pairs of first and last name; the first 84 have different first names."""
    names: list[tuple[str, str]] = []
    while len(names) < count:
        firsts, lasts = list(FIRST_NAMES), list(LAST_NAMES)
        random.shuffle(firsts)
        random.shuffle(lasts)
        names += [(first, lasts[n % len(lasts)]) for n, first in enumerate(firsts)]
    return names[:count]
