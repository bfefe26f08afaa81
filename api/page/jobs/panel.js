// The panel of jobs: what is being added, removed or rebuilt, how far it is, and what was not accepted.

import { needsKey, requestJson } from "../http.js";
import { KEY_SET, keyForm, keyHeader } from "../key.js";
import { settings } from "../settings.js";
import { counted } from "../words.js";
import { sendFile, takeFiles } from "./adding.js";
import { forgetFile, rememberFile, sentFiles } from "./files.js";
import { JobRow, mustStay, noticeView, sendingView } from "./view.js";
import { JobWatch, isOpen } from "./watch.js";
import { stateOf, titleOf } from "./words.js";

const SHOWN = 10_000;
const MOST_WAITING = 4;
const KEY_THAT_WRITES = "Use a key of the scope write, or ask whoever runs the service for one.";
const panel = document.getElementById("jobs");
const list = document.getElementById("job-list");
const notices = document.getElementById("job-notices");
const invitation = document.getElementById("adding");
const more = document.getElementById("jobs-more");
const rows = new Map();
const cancelling = new Set();
let watch = null;
let news = [];
let whenChanged = () => {};

/** `changed` is called when a job has changed the archive. A read-only service has no jobs. */
export async function startJobs(changed) {
  whenChanged = changed;
  takeFiles({ invites: () => !invitation.hidden, send });
  if ((await settings).read_only) return;
  watch = new JobWatch(sentFiles().keys(), { jobs: showJobs, gone: leave, refused: () => invite(false) });
  addEventListener(KEY_SET, () => watch.look());
  watch.look();
}

function invite(welcome) {
  invitation.hidden = !welcome;
}

function showJobs(jobs) {
  invite(true);
  for (const job of jobs) showJob(job);
  const waiting = jobs.filter((job) => job.state === "queued").slice(MOST_WAITING);
  const hidden = new Set(waiting.map((job) => job.id));
  for (const [id, { root }] of rows) root.hidden = hidden.has(id);
  more.hidden = hidden.size === 0;
  more.textContent = `${counted(hidden.size, "job")} more to come`;
  showPanel();
}

function showJob(job) {
  const row = rows.get(job.id) ?? addRow(job);
  row.show(job);
  if (isOpen(job)) return;
  announce(`${row.title}: ${stateOf(job)}${job.rejected ? ` ${counted(job.rejected, "item")} not accepted.` : ""}`);
  if (job.kind !== "purge") whenChanged();
  if (mustStay(job)) notices.append(row.root);
  else setTimeout(() => fade(job.id), SHOWN);
}

function addRow(job) {
  const title = sentFiles().get(job.id) ?? titleOf(job);
  const row = new JobRow(title, { cancel: () => cancel(job.id), dismiss: () => leave(job.id) });
  rows.set(job.id, row);
  list.append(row.root);
  return row;
}

async function cancel(id) {
  if (cancelling.has(id)) return;
  cancelling.add(id);
  rows.get(id).isCancelling(true);
  try {
    await requestJson(`/v1/jobs/${id}`, { method: "DELETE" });
  } catch ({ detail }) {
    cancelling.delete(id);
    rows.get(id)?.isCancelling(false);
    refuse({ title: rows.get(id)?.title ?? "Cancel", detail });
  }
  watch.look();
}

function fade(id) {
  rows.get(id)?.root.classList.add("leaving");
  setTimeout(() => leave(id), 600);
}

function leave(id) {
  forgetFile(id);
  rows.get(id)?.remove();
  rows.delete(id);
  showPanel();
}

function showPanel() {
  panel.hidden = list.childElementCount + notices.childElementCount === 0;
}

/** Where one file is refused for its key, or for all, so are the others: they are not sent. */
async function send(files) {
  for (const [position, file] of files.entries()) {
    const going = sendingView(file.name);
    list.prepend(going);
    showPanel();
    announce(`Sending ${file.name}.`);
    try {
      const job = await sendFile(file);
      rememberFile(job.id, file.name);
      watch?.follow(job.id);
    } catch (problem) {
      if (needsKey(problem.status)) return refuseAll(problem, files.slice(position));
      refuse({ title: file.name, ...only(problem) });
    } finally {
      going.remove();
      showPanel();
    }
  }
}

function only({ detail, rejected }) {
  return { detail: rejected ? "Nothing of it was accepted." : detail, rejected };
}

function refuseAll({ status, type, detail }, files) {
  if (type?.endsWith("/read-only")) return refuse({ title: "Articles cannot be added here", detail });
  const title = status === 401 ? "A key is needed to add articles" : "This key may not add articles";
  const unknown = status === 401 && keyHeader().Authorization ? "The key is unknown, expired or revoked. " : "";
  const form = keyForm(() => {
    notice.remove();
    showPanel();
    send(files);
  });
  const notice = refuse({ title, detail: `${unknown}${KEY_THAT_WRITES}`, more: form });
}

function refuse(what) {
  const notice = noticeView(what);
  notice.addEventListener("dismissed", showPanel);
  notices.append(notice);
  showPanel();
  announce(`${what.title}: ${what.detail}`);
  return notice;
}

/** Said together, and only what happened: not how far each job is. */
function announce(words) {
  if (news.length === 0) setTimeout(tell, 300);
  news.push(words);
}

function tell() {
  document.getElementById("jobs-news").textContent = news.join(" ");
  news = [];
}
