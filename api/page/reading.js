// That not all was read which might have held a better answer.

import { element } from "/page/elements.js";

const UNREAD = {
  partial: "Some passages were not read closely, for want of time or of a reader of their language.",
  none:
    "No passage was read closely, for want of time or of a reader of its language: " +
    "sentences were chosen by their words alone.",
};

export function readingView(reading) {
  return reading in UNREAD ? [element("p", { class: "period unread" }, UNREAD[reading])] : [];
}

export function readingWords(reading) {
  return reading in UNREAD ? ` ${UNREAD[reading]}` : "";
}
