"""Distinguishes an article from a page's notices (cookies, scripts, paywalls, errors)."""

import re

_LONGEST_NOTICE = 3000
_MOSTLY = 0.7

_NOTICE = re.compile(
    r"""
      \bwe(?:\ and\ our\ [\w\ ]{0,30}partners)?\ (?:use|store|process|value\ your\ privacy)\b
    | \b(?:this|our)\ (?:web)?site\ uses\ cookies
    | \b(?:accept|reject|allow|manage|decline)
      \ (?:all\b|(?:\w+\ ){0,2}(?:cookies|preferences|choices))
    | \byour\ (?:privacy|cookie|consent|ad)\ ?(?:settings|preferences|choices|policy)?\b
    | \b(?:cookie|privacy)\ (?:policy|notice|settings|preferences)
    | \byou\ (?:consent|agree|accept)\b
    | \b(?:enable|turn\ on|switch\ on|requires?|activate)\ (?:java\ ?script|cookies)
    | \bjava\ ?script\ is\ (?:disabled|required|not\ (?:enabled|available))
    | \b(?:subscribe|sign\ (?:in|up)|log\ ?in|register)\ (?:now\ |today\ |here\ )?
      (?:to|for|and)\ (?:read|continue|view|access|keep|unlimited|full|get)\b
    | \balready\ (?:a\ (?:subscriber|member)|subscribed|have\ an\ account|registered)
    | \bfor\ subscribers\ only\b | \bsubscribers?[\ -]only\b | \bfree\ articles?\b
    | \b(?:start|begin)\ your\ (?:free\ )?(?:trial|subscription)
    | \b(?:cancel\ any\ ?time|choose\ your\ plan|view\ subscription\ options)
    | \b(?:ad|content)[\ -]?blocker\b
    | \b(?:verify|confirm|prove)\ (?:that\ )?you\ are\ (?:a\ |not\ a\ )(?:human|robot)
    | \bchecking\ your\ browser\b | \bunusual\ (?:traffic|activity)\ from\ your\b
    | \byour\ browser\ (?:is|does|has)\b
    | \bpersonal,\ non-?commercial\ use\b | \bto\ order\ [\w-]+\ copies\b
    | \b(?:page|article)\ (?:not\ found|you\ (?:requested|are\ looking\ for))
    | \baccess\ (?:denied|to\ this\ (?:page|site))
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Phrases that a site says to its visitors, and a report about cookies or paywalls does not."""

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_ADDRESS = re.compile(r"https?://\S+")


def only_notices(text: str) -> bool:
    """Whether most of a short text, by length, is sentences addressed to the visitor."""
    if len(text) > _LONGEST_NOTICE:
        return False
    sentences = [part for part in _SENTENCE.findall(_ADDRESS.sub("", text)) if part.strip()]
    notices = sum(len(part) for part in sentences if _NOTICE.search(part))
    return notices >= _MOSTLY * sum(map(len, sentences))
