// Sentences that answer too and are shown nowhere else: one line, which unfolds.

import { citationView } from "./citations.js";
import { element } from "./elements.js";
import { counted } from "./words.js";

export function moreView(more, announce) {
  if (more.length === 0) return [];
  const summary = element("summary", {}, countedWords(more));
  const list = element("div", { class: "lesser" }, ...more.map((each) => citationView([each], announce)));
  return [element("details", { class: "agreeing more" }, summary, list)];
}

/** For the status line, at its end. */
export function moreWords(more) {
  return more.length ? ` ${countedWords(more)}.` : "";
}

function countedWords(more) {
  const articles = new Set(more.map(({ article }) => article.id)).size;
  return `and ${counted(more.length, "more sentence")} in ${counted(articles, "article")}`;
}
