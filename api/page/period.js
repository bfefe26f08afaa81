// How the question's dates were read, and the way to have them left alone.

import { element } from "/page/elements.js";
import { days } from "/page/words.js";

/** `query` is the one that was asked. */
export function periodView(period, query) {
  if (!period) return [];
  const words = ["“", element("bdi", {}, period.words), "” read as ", days(period.from, period.to)];
  if (!period.narrowed) {
    return [element("p", { class: "period" }, ...words, ", looked for at all dates")];
  }
  const all = new URLSearchParams([...query, ["ignore_dates", "true"]]);
  const link = element("a", { href: `/?${all}` }, "Look at all dates");
  return [element("p", { class: "period" }, ...words, " · ", link)];
}

export function periodWords(period) {
  return period?.narrowed ? ` Looked for ${days(period.from, period.to)}.` : "";
}
