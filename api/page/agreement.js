// Other stories that answer: a folded list of those that agree, and those that differ.

import { byline, citationView } from "./citations.js";
import { element } from "./elements.js";
import { resolvedViews } from "./short-answer.js";
import { counted } from "./words.js";

const NAMED = 3;

export function agreeingView(citations, announce) {
  if (citations.length === 0) return [];
  const verb = citations.length === 1 ? "says" : "say";
  const words = `${counted(citations.length, "other article")} ${verb} the same`;
  const summary = element("summary", {}, words, ...outlets(citations));
  const views = citations.map((each) => citationView([each], announce));
  const list = element("div", { class: "lesser" }, ...views);
  return [element("details", { class: "agreeing" }, summary, list)];
}

/** The answer comes first, so that the others can be compared with it. */
export function differingView(answered, differing, announce) {
  if (differing.length === 0) return [];
  const own = element("p", { class: "how" }, "The answer above");
  const above = element("li", {}, ...heading(answered), own, byline(answered.article, { when: true }));
  const others = differing.map((each) =>
    element("li", {}, ...heading(each), citationView([each], announce, { around: 0, meant: false })),
  );
  const list = element("ul", { class: "differing" }, above, ...others);
  return [element("h3", {}, "Sources differ"), list];
}

/** For the status line, after the answer; what several say is read out once. */
export function differingWords(differing) {
  const others = [...new Set(differing.map(({ short, quote }) => short?.text ?? quote))];
  return others.length ? ` Sources differ: ${others.join("; ")}.` : "";
}

function heading(citation) {
  const words = citation.short?.text ?? citation.quote;
  return [element("p", { class: "other" }, words), ...resolvedViews([citation])];
}

function outlets(citations) {
  const names = [...new Set(citations.map(({ article }) => article.outlet).filter(Boolean))];
  if (names.length === 0) return [];
  const named = names.slice(0, NAMED).flatMap((name) => [", ", element("bdi", {}, name)]);
  return [": ", ...named.slice(1), names.length > NAMED ? ", …" : ""];
}
