// The short answer for screen readers, and the date that it means.

import { element } from "./elements.js";
import { days } from "./words.js";

const DERIVED = "worked out from the date of the article";

/** Most screen readers do not announce a mark. */
export function shortViews(citations) {
  return citations
    .filter(({ short }) => short)
    .map(({ short }) => element("p", { class: "unseen" }, `Short answer: ${short.text}`));
}

export function resolvedViews(citations) {
  return citations.filter(({ short }) => short?.resolved_date).map(resolvedView);
}

/** For the status line, before the sentence itself. */
export function shortWords({ short }) {
  if (!short) return "";
  const date = short.resolved_date;
  const meant = date ? ` (${date.words} is ${days(date.from, date.to)}, ${DERIVED})` : "";
  return `${short.text}${meant}. `;
}

function resolvedView({ short: { resolved_date: date } }) {
  const words = ["“", element("bdi", {}, date.words), "” is "];
  const told = element("strong", {}, days(date.from, date.to));
  const derived = element("span", { class: "derived" }, DERIVED);
  return element("p", { class: "resolved" }, ...words, told, ", ", derived);
}
