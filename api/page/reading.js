// That not all was read which might have held a better answer.

import { element } from "/page/elements.js";

const UNREAD = {
  partial:
    "Some passages were judged by their words alone: there was no time to read them, or they are in " +
    "no language that the reader knows.",
  none: "No passage was read closely: sentences were chosen by their words alone.",
};

export function readingView(reading) {
  return reading in UNREAD ? [element("p", { class: "period unread" }, UNREAD[reading])] : [];
}

export function readingWords(reading) {
  return reading in UNREAD ? ` ${UNREAD[reading]}` : "";
}
