"""Words by which a text tells who won something or bought it. Knows no question."""

import re

WINNING = re.compile(
    r"\b(?:los(?:t|es?|ing)|w[io]n(?!['’]t)|wins|winn\w+|beat\w*|defeat\w*|victor\w*|champion\w*"
    r"|title|crown\w*|triumph\w*|clinch\w*|prevail\w*|edg(?:ed|es|ing)|topp?(?:ed|s)|claim\w*"
    r"|captur\w*|t(?:ake|akes|ook)|earn\w*|pick\w* up|went to|goes to|award\w*|honou?r\w*|gold"
    r"|prize|trophy|elected|secur\w*|retain\w*|sweep\w*|swept|landslide|first place|oust\w*"
    r"|unseat\w*)\b",
    re.IGNORECASE,
)
BUYING = re.compile(
    r"\b(?:buy(?:s|ing|ers?|out)?|bought|purchas\w*|acqui\w+|sell(?:s|ing)?|sold|sale"
    r"|tak(?:e|es|en|ing) ?over|took over|takeover|(?:new|now|then) own(?:s|ed|ers?)|deal|merg\w+"
    r"|auction\w*|bid|paid|pays?|snapp\w+ up|swallow\w*)\b",
    re.IGNORECASE,
)
