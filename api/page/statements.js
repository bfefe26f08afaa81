// The speaker of a statement, the kind of statement, where the name stands; lists of speakers.

import { button, element } from "./elements.js";
import { counted, day, speakerAddress, web } from "./words.js";

const NAMED = 5;
/** The cut word at an end of a snippet, and the rest of a name that it may belong to. */
const CUT_BEFORE = /^\S*\s+(?:\p{Lu}\S*\s+)*/u;
const CUT_AFTER = /(?:\s+\p{Lu}\S*)*\s+\S*$/u;

/** Above a quote: the speaker with the role, then kind and date. */
export function speakerView({ article, statement }) {
  return element(
    "div",
    { class: "spoken" },
    element("p", { class: "who" }, ...who(statement)),
    element("p", { class: "how" }, manner(statement), ...cue(statement), ...dated(article)),
  );
}

/** The same in a list of one speaker: date and outlet come first. */
export function dateView({ article, statement }) {
  const when = element("strong", {}, ...(time(article) ?? ["Undated"]));
  const outlet = article.outlet && element("bdi", {}, article.outlet);
  const parts = [when, outlet, manner(statement)].filter(Boolean);
  return element("p", { class: "how" }, ...between(parts, " · "));
}

/** “She” is Ines Calder, named here: …; nothing if the source contains the name. */
export function nameView({ speaker, source, named }) {
  if (!speaker || !source || !named) return null;
  if (source.start <= named.start && named.end <= source.end) return null;
  const words = `${speaker}, named here`;
  const place = web(named.link)
    ? element("a", { href: named.link, rel: "noopener noreferrer" }, words)
    : words;
  const before = named.prefix.replace(CUT_BEFORE, "… ").replace(/\s+/g, " ");
  const after = named.suffix.replace(CUT_AFTER, " …").replace(/\s+/g, " ");
  const seen = element("bdi", {}, `“${before}`, element("strong", {}, named.text), `${after}”`);
  return element("p", { class: "named" }, `“${source.text}” is `, place, ": ", seen);
}

/** Other articles of the story without the quoted words: they may be corrections. */
export function versionsView({ versions }) {
  if (versions.length === 0) return null;
  const [named, rest] = [versions.slice(0, NAMED), versions.slice(NAMED)];
  const more = rest.length > 0 ? [` and ${rest.length} more`] : [];
  const words = "Other versions, without these words: ";
  return element("p", { class: "copies" }, words, ...between(named.map(copyLink), ", "), ...more);
}

/** Other articles with the same words. */
export function copiesView({ article, copies }) {
  if (copies.length === 0) return null;
  const outlets = new Set(copies.map(({ outlet }) => outlet).filter(Boolean));
  outlets.delete(article.outlet);
  const words = outlets.size
    ? `The same words in ${counted(outlets.size, "other outlet")}: `
    : `The same words in ${counted(copies.length, "other article")}: `;
  const [named, rest] = [copies.slice(0, NAMED), copies.slice(NAMED)];
  const shown = element("p", { class: "copies" }, words, ...between(named.map(copyLink), ", "));
  if (rest.length > 0) shown.append(", ", button("quiet", `${rest.length} more`, all));
  return shown;

  function all() {
    this.replaceWith(...between(rest.map(copyLink), ", "));
  }
}

/** Names with links to their statements. */
export function namesView(speakers) {
  const items = speakers.map((speaker) =>
    element("li", {}, speakerLink(speaker.name), ` · ${roleAndCount(speaker)}`),
  );
  return element("ul", { class: "names" }, ...items);
}

export function speakerLink(name) {
  return element("a", { href: speakerAddress(name) }, element("bdi", {}, name));
}

/** The role, and the number of statements. */
export function roleAndCount({ roles, statements }) {
  return [roles[0], counted(statements, "statement")].filter(Boolean).join(" · ");
}

/** The speaker of a statement; some articles give only a part of the name. */
export function speakerOf({ speaker_key: key }, speakers) {
  if (!key) return undefined;
  const words = key.split(" ");
  const holds = (speaker) => words.every((word) => speaker.key.split(" ").includes(word));
  const spelt = (speaker) => speaker.key === key || speaker.also?.includes(key);
  return speakers.find(spelt) ?? speakers.find(holds);
}

function who({ speaker, speaker_key: key, candidates, role }) {
  if (!key) return [["It is not certain who", candidates.join(" or ")].filter(Boolean).join(": ")];
  const told = role ? [", ", element("span", { class: "role" }, role.text)] : [];
  return [speakerLink(speaker), ...told];
}

function manner({ kind_in_words, polarity, certain }) {
  const words = polarity === "negative" ? `${kind_in_words}, as not said` : kind_in_words;
  const doubt = certain ? [] : [" · ", element("span", { class: "uncertain" }, "uncertain")];
  return element("span", { class: "manner" }, words, ...doubt);
}

function cue(statement) {
  return statement.cue ? [` (“${statement.cue.text}”)`] : [];
}

function dated(article) {
  const when = time(article);
  return when ? [" · ", ...when] : [];
}

function time({ published_at }) {
  return published_at
    ? [element("time", { datetime: published_at }, day(published_at))]
    : null;
}

function copyLink({ outlet, title, id, url }) {
  const words = outlet || title || id;
  const shown = web(url) ? element("a", { href: url, rel: "noopener noreferrer" }, words) : words;
  return element("bdi", {}, shown);
}

function between(parts, mark) {
  return parts.flatMap((part, place) => (place === 0 ? [part] : [mark, part]));
}
