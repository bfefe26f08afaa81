// One job, or one file that was not taken, as elements. Rows are changed in place, so that their buttons keep the focus.

import { button, element } from "../elements.js";
import { counted } from "../words.js";
import { rejectWords, stateOf } from "./words.js";
import { isOpen } from "./watch.js";

const LISTED = 3;

export class JobRow {
  #state = element("p", { class: "state" });
  #bar;
  #rejects = element("div", {});
  #rejected = 0;
  #cancel;
  #dismiss;

  /** `acts` has `cancel()` and `dismiss()`. */
  constructor(title, acts) {
    this.title = title;
    this.#bar = element("progress", { "aria-label": `Progress of ${title}` });
    this.#cancel = act("Cancel", title, acts.cancel);
    this.#dismiss = act("Dismiss", title, acts.dismiss);
    const head = element("div", { class: "head" }, titleView(title), this.#cancel, this.#dismiss);
    this.root = element("li", { class: "job" }, head, this.#bar, this.#state, this.#rejects);
  }

  show(job) {
    const open = isOpen(job);
    setText(this.#state, stateOf(job));
    this.#bar.hidden = job.state !== "running";
    setProgress(this.#bar, job);
    if (!open) focusElsewhere(this.#cancel);
    this.#cancel.hidden = !open;
    this.#dismiss.hidden = open || !mustStay(job);
    if (this.#rejected === job.rejected) return;
    this.#rejected = job.rejected;
    this.#rejects.replaceChildren(...rejectsView(job.report.rejected));
  }

  isCancelling(says) {
    const words = says ? "Cancelling…" : "Cancel";
    setText(this.#cancel, words);
    this.#cancel.setAttribute("aria-label", `${words} ${this.title}`);
    this.#cancel.setAttribute("aria-disabled", says);
  }

  remove() {
    focusElsewhere(this.root);
    this.root.remove();
  }
}

/** A job that has ended is looked at before it goes, if not all of it was done. */
export function mustStay(job) {
  return job.state === "failed" || job.rejected > 0;
}

/** `more` is shown below, such as a field for the key. */
export function noticeView({ title, detail, rejected = [], more = null }) {
  const root = element("li", { class: "job" });
  const dismiss = act("Dismiss", title, () => {
    focusElsewhere(root);
    root.remove();
    root.dispatchEvent(new Event("dismissed"));
  });
  const head = element("div", { class: "head" }, titleView(title), dismiss);
  root.append(head, element("p", { class: "state" }, detail), ...rejectsView(rejected), more ?? "");
  return root;
}

export function sendingView(name) {
  const head = element("div", { class: "head" }, titleView(name));
  const bar = element("progress", { "aria-label": `Sending ${name}` });
  return element("li", { class: "job" }, head, bar, element("p", { class: "state" }, "Sending"));
}

function titleView(title) {
  return element("bdi", { class: "what" }, title);
}

function act(words, title, work) {
  const made = button("quiet", words, work);
  made.setAttribute("aria-label", `${words} ${title}`);
  return made;
}

function rejectsView(rejected) {
  if (rejected.length === 0) return [];
  const lines = rejected.slice(0, LISTED).map((each) => element("li", {}, rejectWords(each)));
  const rest = rejected.length - LISTED;
  if (rest > 0) lines.push(element("li", {}, `and ${rest.toLocaleString("en-GB")} more`));
  return [
    element("p", { class: "state" }, `${counted(rejected.length, "item")} not accepted:`),
    element("ul", { class: "rejects" }, ...lines),
  ];
}

function setProgress(bar, { done, total }) {
  if (total) {
    bar.max = total;
    bar.value = Math.min(done, total);
  } else bar.removeAttribute("value");
}

/** Unchanged text is left alone. */
function setText(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** Before something goes that has the focus, the panel takes it. */
function focusElsewhere(node) {
  if (node.contains(document.activeElement)) document.getElementById("jobs").focus({ preventScroll: true });
}
