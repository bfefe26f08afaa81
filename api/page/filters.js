// The filters of the form (dates and outlet), and the buttons that remove them.

import { button, element } from "./elements.js";
import { day } from "./words.js";

const DATES = ["published_from", "published_to", "as_of"];
export const FILTERS = [...DATES, "outlet"];
const IGNORE = "ignore_dates";
export const FIELDS = ["q", ...FILTERS, IGNORE];
const LABELS = {
  published_from: (value) => `From ${dateOrInstant(value)}`,
  published_to: (value) => `To ${dateOrInstant(value)}`,
  as_of: (value) => `As of ${dateOrInstant(value)}`,
  outlet: (value) => value,
  ignore_dates: () => "All dates, ignoring those in the question",
};

/** Fills the form from the address; an instant turns a date field into a text field. */
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

/** One button per active filter; pressing it removes the filter. */
export function showChosen(form, place, changed) {
  const chosen = FIELDS.slice(1).filter((name) => form.elements[name].value.trim());
  const views = chosen.map((name) => {
    const words = LABELS[name](form.elements[name].value.trim());
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

/** A new question reads its own dates again. */
export function resetIgnoredDates(form, asked) {
  if (form.elements.q.value.trim() !== asked) form.elements[IGNORE].value = "";
}

function dateOrInstant(value) {
  return isDay(value) ? day(value) : value;
}

function isDay(value) {
  return /^\d{4}-\d\d-\d\d$/.test(value);
}
