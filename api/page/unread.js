// Says when not all passages were read, so that a better answer may have been missed.

import { element } from "./elements.js";

const UNREAD = {
  partial:
    "Some passages were ranked by keywords only: time ran out, or the reader does not support " +
    "their language.",
  none: "No passage was read closely: sentences were ranked by keywords only.",
};

export function unreadView(reading) {
  return reading in UNREAD ? [element("p", { class: "period unread" }, UNREAD[reading])] : [];
}

export function unreadWords(reading) {
  return reading in UNREAD ? ` ${UNREAD[reading]}` : "";
}
