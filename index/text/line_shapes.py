"""Shapes of the lines around an article: names, outlets, credits, contacts. Regular expressions.

Letters match in either case unless a group says `(?-i:`.
"""

import re

from index.language.calendar import ABBREVIATED_MONTH, ABBREVIATED_WEEKDAY


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


NETWORK = (
    r"(?:twitter|x|facebook|instagram|threads|tiktok|linkedin|youtube|whatsapp|bluesky|mastodon"
    r"|telegram|pinterest|reddit|snapchat)\b"
)
AGENCY = (
    r"(?:getty(?: images)?(?: north america| europe)?|ap(?: photo| images)?|afp|reuters"
    r"|epa(?:-efe)?|shutterstock|bloomberg|alamy(?: stock photo)?|istock|zuma(?: press)?"
    r"|pa(?: wire| images)?|anadolu(?: agency)?|imago|imagn(?: images)?|usa today(?: network"
    r"| sports)?|pool|wireimage|filmmagic|handout|file|redux|sipa(?: usa)?|nurphoto|xinhua"
    r"|newscom)"
)
CREDIT = (
    r"(?-i:Adobe Stock|Shutterstock|Getty|Alamy|iStock|CNN(?: Weather| Business)?|AP|AFP|AFPTV"
    r"|Reuters|REUTERS|BBC|NASA|NOAA|Maxar|CONTRIBUTED PHOTO|Contributed|Handout)"
)
"""Whose picture it is, as the last words of a caption."""
NAME = r"(?-i:[A-Z][\w.'’-]*)"
NAMES = rf"{NAME}(?:,? (?:{NAME}|and|of|for|the|de|del|van|von|der|al|bin|&|\|))*"
DATE = (
    rf"(?:{ABBREVIATED_MONTH}|{ABBREVIATED_WEEKDAY}"
    r"|\d[\d:/.-]*(?:st|nd|rd|th)?|[ap]\.?m\.?|[ecmp][sd]?t|gmt|utc|bst|at|on|ago|hours?"
    r"|minutes?|days?)"
)
OUTLETS = r"(?:usa ?today|cnn(?: business)?|reuters|afp|ap|(?:the )?associated press|bloomberg|npr)"

TAIL = r"(?>[\w’'&/-]|\.(?=\w)| (?=(?-i:[A-Z(&])|for |via |of |the |and ))*"
"""The rest of a credit: words with capitals."""


OUTLET_LINE = compiled(
    rf"(?:{NAME} |(?:the|of|for|to) ){{0,5}}(?-i:News|Times|Post|Journal|Press|Tribune|Herald"
    r"|Register|Network|Star|Gazette|TODAY|Today|Republic|Chronicle|Sentinel|Observer|Guardian"
    r"|Telegraph|Reporter|Record|Dispatch|Courier|Democrat|Enquirer|Advertiser|Reuters|BBC)\Z"
    rf"|{OUTLETS}\Z"
)
JOB_LINE = compiled(
    r"(?:(?:ap|opinion|guest|staff|special|contributing|political|business|sports|science|senior"
    r"|chief|aerospace) )*(?:contributors?|columnist|correspondent|reporter|writer|editor"
    r"|bureau chief)\Z"
    rf"|(?:{NAME} ){{1,3}}bureau(?: chief)?\Z|(?:special|for) (?:to |for )?(?:the )?{NAMES}\Z"
    r"|(?:from )?(?:[\w-]+ )?staff(?: and wire)?(?: reports?| writers?)?\Z"
    r"|[\w.+-]+@[\w-]+\.[\w.]+\Z|@\w+\Z"
)
NAME_LINE = compiled(rf"{NAME}(?:,? (?:{NAME}|and|de|del|van|von|der|al|bin)){{1,6}}\Z")

QUOTED_LABEL = compiled(
    r"\W{0,3}['‘\"“][^:\n]{2,60}['’\"”][,!?]?:(?-i:[A-Z'‘\"“])(?=(?:\S+ ){2})\S+(?: \S+){2,30}\Z"
)
"""A quotation as the label of another story's headline, joined to it without a space."""

CONTACT = r"(?:\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|[\w.+-]+@[\w-]+\.\w[\w.]*|@\w+)"

TEASER = compiled(
    r"\A\W*(?:how to (?:watch|stream|follow|vote|get|see|buy|listen|help|donate)"
    r"|(?:what|everything) (?:to know|we know|you need to know|you should know|to watch|to expect)"
    r"|where to (?:watch|stream|buy)|here(?:['’]s| is| are) (?:what|how|why|where|when|everything)"
    r"|(?:watch|read|see|listen|live|photos?|video|gallery|related|more)\s?:"
    r"|live updates)(?!\w)(?![^.!?]*[.!][\"”’]?\s*\Z)"
)
"""A headline that promises an answer and gives none; it has no full stop."""
