"""Abbreviations and their long forms: countries, bodies and firms of the news. Knows no text.

Written for this project; a list like this is never complete. Only forms that mean the same in
nearly any article stand here.
"""

_LISTED = """
US USA: United States of America | United States | America
UK: United Kingdom | Great Britain | Britain
EU: European Union
UN: United Nations
UAE: United Arab Emirates
USSR: Soviet Union
DRC: Democratic Republic of Congo | Democratic Republic of the Congo
PRC: People's Republic of China
NZ: New Zealand
WHO: World Health Organization | World Health Organisation
NATO: North Atlantic Treaty Organization | North Atlantic Treaty Organisation
IMF: International Monetary Fund
WTO: World Trade Organization | World Trade Organisation
IAEA: International Atomic Energy Agency
IEA: International Energy Agency
ILO: International Labour Organization | International Labour Organisation
OECD: Organisation for Economic Cooperation and Development
OSCE: Organization for Security and Cooperation in Europe
OPEC: Organization of the Petroleum Exporting Countries
ASEAN: Association of Southeast Asian Nations
UNESCO: United Nations Educational, Scientific and Cultural Organization
UNICEF: United Nations Children's Fund
UNHCR: United Nations High Commissioner for Refugees | UN refugee agency
ICC: International Criminal Court
ICJ: International Court of Justice
ICRC: International Committee of the Red Cross
MSF: Doctors Without Borders | Médecins Sans Frontières
HRW: Human Rights Watch
WWF: World Wildlife Fund | World Wide Fund for Nature
IPCC: Intergovernmental Panel on Climate Change
IOC: International Olympic Committee
WADA: World Anti-Doping Agency
ECB: European Central Bank
ECHR: European Court of Human Rights
GCC: Gulf Cooperation Council
FBI: Federal Bureau of Investigation
CIA: Central Intelligence Agency
NSA: National Security Agency
NASA: National Aeronautics and Space Administration
ESA: European Space Agency
FAA: Federal Aviation Administration
FDA: Food and Drug Administration
EPA: Environmental Protection Agency
SEC: Securities and Exchange Commission
FCC: Federal Communications Commission
FTC: Federal Trade Commission
FEMA: Federal Emergency Management Agency
IRS: Internal Revenue Service
ICE: Immigration and Customs Enforcement
TSA: Transportation Security Administration
DEA: Drug Enforcement Administration
DHS: Department of Homeland Security | Homeland Security Department
DOJ: Department of Justice | Justice Department
NOAA: National Oceanic and Atmospheric Administration
USGS: US Geological Survey
NTSB: National Transportation Safety Board
NRA: National Rifle Association
ACLU: American Civil Liberties Union
NAACP: National Association for the Advancement of Colored People
NYPD: New York Police Department
LAPD: Los Angeles Police Department
NBA: National Basketball Association
NFL: National Football League
NHL: National Hockey League
MLB: Major League Baseball
NYC: New York City
LA: Los Angeles
GOP: Republican Party
ANC: African National Congress
BJP: Bharatiya Janata Party
SNP: Scottish National Party
DUP: Democratic Unionist Party
IRA: Irish Republican Army
IDF: Israel Defense Forces | Israel Defence Forces | Israeli Defense Forces
PLO: Palestine Liberation Organization | Palestine Liberation Organisation
PKK: Kurdistan Workers' Party
ISIS ISIL: Islamic State
NHS: National Health Service
BBC: British Broadcasting Corporation
MOD: Ministry of Defence
ONS: Office for National Statistics
OBR: Office for Budget Responsibility
IFS: Institute for Fiscal Studies
CBI: Confederation of British Industry
TUC: Trades Union Congress
BMA: British Medical Association
GMC: General Medical Council
RAF: Royal Air Force
RSPCA: Royal Society for the Prevention of Cruelty to Animals
RNLI: Royal National Lifeboat Institution
RFU: Rugby Football Union
FA: Football Association
AP: Associated Press
AFP: Agence France-Presse
GM: General Motors
GE: General Electric
BA: British Airways
RBS: Royal Bank of Scotland
HIV: human immunodeficiency virus
AI: artificial intelligence
GDP: gross domestic product
MP: member of parliament
MEP: member of the European Parliament
CEO: chief executive officer | chief executive
CFO: chief financial officer
PM: prime minister
"""
ABBREVIATIONS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(short.split()), tuple(long.strip() for long in longs.split("|")))
    for short, _, longs in (line.partition(":") for line in _LISTED.strip().splitlines())
)
"""Short forms, in capitals and without dots, with their long forms."""
COMPOUNDS = frozenset(
    """
    cease-fire health-care child-care day-care e-mail web-site data-center data-centre
    non-profit run-off bail-out lock-down shut-down by-election fund-raiser fund-raising
    air-strike policy-maker law-maker peace-keeper peace-keeping whistle-blower play-off
    start-up cover-up stand-off cyber-attack cyber-security counter-offensive anti-trust
    smart-phone cell-phone land-mine war-head pay-roll heat-wave flash-flood mud-slide
    pipe-line drug-maker car-maker
    """.split()
)
"""Newspapers write them as one word, as two, or with a hyphen."""
SHORT_FORMS = frozenset(short for shorts, _ in ABBREVIATIONS for short in shorts)
ONLY_IN_CAPITALS = frozenset(
    "WHO UN EU ICE AI LA PM BA FA MOD SEC IRA ESA GE GM AP MP NZ ONS IFS IRS OSCE ISIS".split()
)
"""In lower case these are other words, or other languages' words."""
NOT_BEFORE_CONTINENT = frozenset("south north latin central of new".split())
"""Before "America" or "Britain" they make another name of it: "Bank of America"."""
