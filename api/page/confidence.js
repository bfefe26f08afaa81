// How sure an answer is, in words and as a bar.

import { element } from "./elements.js";

const CONFIDENCES = [
  [0.9, "Very likely the answer"],
  [0.7, "Likely the answer"],
  [0.3, "Possibly the answer"],
  [0, "A weak match"],
];

export function confidenceWords(confidence) {
  return CONFIDENCES.find(([least]) => confidence >= least)[1];
}

export function confidenceView(confidence, guarantee) {
  const percent = Math.round(confidence * 100);
  const promised = guarantee ? [element("span", { class: "promised" }, guarantee.words)] : [];
  return element(
    "p",
    { class: "confidence" },
    bar(percent),
    element("span", {}, element("strong", {}, confidenceWords(confidence)), ` · ${percent}\u00a0%`),
    ...promised,
  );
}

function bar(percent) {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  const filled = document.createElementNS(space, "rect");
  drawn.setAttribute("class", "bar");
  drawn.setAttribute("aria-hidden", "true");
  filled.setAttribute("width", `${percent}%`);
  filled.setAttribute("height", "100%");
  drawn.append(filled);
  return drawn;
}
