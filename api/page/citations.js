// Citations of one paragraph: the quotes marked in their context, their source, and buttons.

import { button, element } from "./elements.js";
import { resolvedViews, shortViews } from "./short-answer.js";
import { copiesView, dateView, nameView, speakerView, versionsView } from "./statements.js";
import { day, web } from "./words.js";

const AROUND = 500;
const HEADS = { speaker: speakerView, date: dateView };

/** Citations of one paragraph are shown together; statements one by one. */
export function byParagraph(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const { article, paragraph, statement } = citation;
    const place = [paragraph.start, paragraph.text.length, statement?.id];
    const key = JSON.stringify([article.id, article.revision, ...place]);
    groups.set(key, [...(groups.get(key) ?? []), citation]);
  }
  return [...groups.values()];
}

/**
 * `head` chooses what stands above a statement: its speaker or only its date. Without `meant`, the
 * short answer and its date are left out.
 */
export function citationView(citations, announce, options = {}) {
  const { around: near = AROUND, head = "speaker", meant = true } = options;
  const [{ article, link, notes, statement }] = citations;
  const quoted = element("blockquote", { dir: "auto" });
  const acts = element("div", { class: "acts" }, button("quiet", "Copy citation", copy));
  fill(near);

  async function copy() {
    const copied = await copyText(citations.map(citationText).join("\n\n"));
    this.textContent = copied ? "Copied" : "Could not copy";
    announce(copied ? "Citation copied" : "The citation could not be copied");
    setTimeout(() => (this.textContent = "Copy citation"), 2000);
  }

  function fill(around) {
    const { parts, cut } = marked(citations, around);
    quoted.replaceChildren(...parts);
    if (cut) acts.append(button("quiet", "Show the whole paragraph", whole));
  }

  function whole() {
    this.remove();
    fill(Infinity);
    acts.firstChild.focus();
  }

  const told = notes.map((note) => element("p", { class: "told" }, note));
  const source = [title(article, link), byline(article, { when: !statement }), ...told];
  const others = [copiesView(citations[0]), versionsView(citations[0])];
  const caption = element("figcaption", {}, ...source, ...others, acts);
  const above = meant ? shortViews(citations) : [];
  const below = meant ? resolvedViews(citations) : [];
  if (statement) {
    above.unshift(HEADS[head](citations[0]));
    below.push(nameView(statement));
  }
  return element("figure", { class: "cited" }, ...above, quoted, ...below, caption);
}

/** Offsets count code points, not UTF-16 units, so the text is cut as an array of code points. */
function marked(citations, around) {
  const { text, start } = citations[0].paragraph;
  const points = Array.from(text);
  const quotes = mergeRanges(citations.map((each) => [each.start - start, each.end - start]));
  const ranges = mergeRanges(markedRanges(citations).map(([from, to]) => [from - start, to - start]));
  const first = startOfWord(points, quotes[0][0] - around, quotes[0][0]);
  const last = endOfWord(points, quotes.at(-1)[1] + around, quotes.at(-1)[1]);
  const plain = (from, to) => points.slice(from, to).join("");
  const parts = [first > 0 ? "… " : ""];
  let at = first;
  for (const [from, to] of quotes) {
    const inside = ranges.filter((range) => from <= range[0] && range[1] <= to);
    parts.push(plain(at, from), element("span", { class: "said" }, ...pieces(inside, from, to)));
    at = to;
  }
  parts.push(plain(at, last), last < points.length ? " …" : "");
  return { parts, cut: first > 0 || last < points.length };

  function pieces(inside, from, to) {
    const made = inside.flatMap(([begin, end], place) => [
      plain(place ? inside[place - 1][1] : from, begin),
      element("mark", {}, plain(begin, end)),
    ]);
    return [...made, plain(inside.at(-1)?.[1] ?? from, to)];
  }
}

/** Short answers if there are any, else the whole quote or the content of the statement. */
function markedRanges(citations) {
  const brief = citations.filter(({ short }) => short);
  if (brief.length === 0) return citations.flatMap(said);
  return brief.map(({ short: { start, end } }) => [start, end]);
}

/** The content of a statement, else the whole quote. */
function said({ start, end, statement }) {
  if (!statement) return [[start, end]];
  return statement.content
    .map((part) => [Math.max(part.start, start), Math.min(part.end, end)])
    .filter(([from, to]) => from < to);
}

/** Ranges in order, with overlapping ranges merged. */
function mergeRanges(ranges) {
  const sorted = ranges.toSorted(([one], [other]) => one - other);
  return sorted.reduce((kept, [from, to]) => {
    const before = kept.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else kept.push([from, to]);
    return kept;
  }, []);
}

/** Not inside a word, nor among words with capitals: they may be parts of one name. */
function startOfWord(points, at, quote) {
  if (at <= 0) return 0;
  const begins = () => /\s/.test(points[at - 1]) && !/\p{Lu}/u.test(points[at]);
  while (at < quote && !begins()) at += 1;
  return at;
}

function endOfWord(points, at, quote) {
  if (at >= points.length) return points.length;
  const lastWord = () => points.slice(quote, at).join("").trimEnd().split(/\s/).at(-1);
  while (at > quote && (!/\s/.test(points[at]) || /^\p{Lu}/u.test(lastWord()))) at -= 1;
  return at;
}

function title({ title: words, id }, link) {
  const shown = words || id;
  const inner = web(link) ? element("a", { href: link, rel: "noopener noreferrer" }, shown) : shown;
  return element("div", { class: "title", dir: "auto" }, inner);
}

/** `bdi` isolates the writing direction of each part. */
export function byline({ outlet, authors, published_at }, { when: dated }) {
  const when = dated && published_at && element("time", { datetime: published_at }, day(published_at));
  const parts = [outlet, authors.join(", "), when]
    .filter(Boolean)
    .map((part) => element("bdi", {}, part));
  const shown = parts.flatMap((part, place) => (place === 0 ? [part] : [" · ", part]));
  return shown.length === 0 ? null : element("p", { class: "byline" }, ...shown);
}

function citationText({ article, quote, start, end, statement }) {
  const { authors, title: words, outlet, published_at, url, id, revision } = article;
  const source = [authors.join(", "), `“${words}”`, outlet, day(published_at)];
  const place = `${id}, revision ${revision.slice(0, 12)}, characters ${start}–${end}`;
  const said = statement?.speaker_key && `${statement.speaker}, ${statement.kind_in_words}:`;
  return [said, `“${quote}”`, `— ${source.filter(Boolean).join(", ")}.`, url, `[${place}]`]
    .filter(Boolean)
    .join("\n");
}

/** Browsers give the clipboard only to secure pages; on others, copying a selection works. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text) {
  const holder = element("textarea", { class: "unseen", "aria-hidden": "true" });
  const focused = document.activeElement;
  holder.value = text;
  document.body.append(holder);
  holder.select();
  const copied = document.execCommand("copy");
  holder.remove();
  focused?.focus();
  return copied;
}
