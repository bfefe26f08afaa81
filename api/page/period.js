// How the dates in the question were read, and the link that ignores them.

import { element } from "./elements.js";
import { days } from "./words.js";

/** `query` is the query of the answered question. */
export function periodView(period, query) {
  if (!period) return [];
  const words = ["“", element("bdi", {}, period.words), "” read as ", days(period.from, period.to)];
  if (!period.narrowed) {
    return [element("p", { class: "period" }, ...words, ", searched at all dates")];
  }
  const all = new URLSearchParams([...query, ["ignore_dates", "true"]]);
  const link = element("a", { href: `?${all}` }, "Search all dates");
  return [element("p", { class: "period" }, ...words, " · ", link)];
}

export function periodWords(period) {
  return period?.narrowed ? ` Searched ${days(period.from, period.to)}.` : "";
}
