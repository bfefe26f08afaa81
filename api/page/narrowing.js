// Which articles may be seen: the form's dates and outlet, and what of them is chosen just now.

import { button, element } from "/page/elements.js";
import { day } from "/page/words.js";

const DATES = ["published_from", "published_to", "as_of"];
export const FILTERS = [...DATES, "outlet"];
const IGNORE = "ignore_dates";
export const FIELDS = ["q", ...FILTERS, IGNORE];
const WORDED = {
  published_from: (value) => `From ${worded(value)}`,
  published_to: (value) => `To ${worded(value)}`,
  as_of: (value) => `As of ${worded(value)}`,
  outlet: (value) => value,
  ignore_dates: () => "All dates, whatever the question says",
};

/** A field of the form as an address has it; an instant, which a field of days cannot hold, too. */
export function fill(form, query) {
  for (const name of FIELDS) {
    const field = form.elements[name];
    const value = query.get(name) ?? "";
    if (DATES.includes(name)) field.type = value && !isDay(value) ? "text" : "date";
    field.value = value;
  }
}

export function queryOf(form) {
  const query = new URLSearchParams();
  for (const name of FIELDS) {
    const value = form.elements[name].value.trim().replace(/\s+/g, " ");
    if (value) query.set(name, value);
  }
  return query;
}

/** One button for each filter that is chosen; pressed, it is chosen no more. */
export function showChosen(form, place, changed) {
  const chosen = FIELDS.slice(1).filter((name) => form.elements[name].value.trim());
  const views = chosen.map((name) => {
    const words = WORDED[name](form.elements[name].value.trim());
    const drop = button("chosen", words, () => {
      form.elements[name].value = "";
      changed();
    });
    drop.setAttribute("aria-label", `Remove: ${words}`);
    drop.append(element("span", { "aria-hidden": "true" }, "×"));
    return drop;
  });
  place.replaceChildren(...views);
  place.hidden = views.length === 0;
}

/** What the question says of dates holds for that question only. */
export function forgetIgnored(form, asked) {
  if (form.elements.q.value.trim() !== asked) form.elements[IGNORE].value = "";
}

function worded(value) {
  return isDay(value) ? day(value) : value;
}

function isDay(value) {
  return /^\d{4}-\d\d-\d\d$/.test(value);
}
