// What a job is and how far it is, in words.

import { counted } from "../words.js";

const STAGES = {
  reading: "Reading",
  splitting: "Splitting into passages",
  grouping: "Grouping copies",
  attributing: "Finding who said what",
  embedding: "Embedding",
  publishing: "Publishing",
};
const KINDS = {
  add: ({ items }) => `Adding ${counted(items ?? 0, "article")}`,
  remove: ({ article }) => `Removing ${article}`,
  purge: ({ article }) => `Erasing ${article}`,
  rebuild: () => "Rebuilding the index",
};
const CHANGES = ["added", "revised", "updated", "unchanged", "removed"];
const MINUTE = 60_000;

export function titleOf(job) {
  return KINDS[job.kind]?.(job) ?? job.kind;
}

export function stateOf(job, now = Date.now()) {
  if (job.state === "queued") return job.started_at ? "Waits while another goes first" : "Waits for its turn";
  if (job.state === "cancelled") return "Cancelled. What it had stored is kept.";
  if (job.state === "failed") return `Failed. ${job.failure?.detail ?? ""}`.trim();
  if (job.state === "done") return `Done. ${changed(job.report)}`.trim();
  return [stageOf(job), left(job.eta, now)].filter(Boolean).join(" · ");
}

/** `Line 3: it has no text`; without a line, the whole of what was sent. */
export function rejectWords({ line, detail }) {
  return line ? `Item ${line}: ${detail}` : detail;
}

function stageOf({ stage, done, total }) {
  if (!stage) return "Starting";
  const name = STAGES[stage] ?? stage;
  if (total !== null) return `${name} · ${number(done)} of ${number(total)}`;
  return done ? `${name} · ${number(done)} so far` : name;
}

function left(eta, now) {
  const wait = eta ? new Date(eta) - now : 0;
  if (wait <= 0) return "";
  if (wait < MINUTE) return "less than a minute left";
  if (wait < 90 * MINUTE) return `about ${counted(Math.round(wait / MINUTE), "minute")} left`;
  return `about ${counted(Math.round(wait / (60 * MINUTE)), "hour")} left`;
}

function changed(report) {
  const parts = CHANGES.filter((each) => report?.[each]).map((each) => `${number(report[each])} ${each}`);
  return parts.length ? `${parts.join(", ")}.` : "";
}

function number(value) {
  return value.toLocaleString("en-GB");
}
