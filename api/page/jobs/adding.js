// Files that are dropped anywhere on the page, or chosen, are sent one after another.

import { requestJson } from "../http.js";
import { WANTED, mediaType } from "./files.js";

const UNREADABLE = "It cannot be read; choose a file, not a folder.";
const dropping = document.getElementById("dropping");
const chooser = document.getElementById("files");
let sending = Promise.resolve();

/** `invites()` says whether files are welcome; `send(files)` is called with those that came. */
export function takeFiles({ invites, send }) {
  const inTurn = (files) => (sending = sending.then(() => send(files)));
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    dropping.hidden = !invites();
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) dropping.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    dropping.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    inTurn([...event.dataTransfer.files]);
  });
  chooser.addEventListener("change", () => {
    inTurn([...chooser.files]);
    chooser.value = "";
  });
}

/** The job. Throws the problem, also of a file that is not sent at all, which has no status. */
export async function sendFile(file) {
  const type = mediaType(file.name);
  if (!type) throw { detail: WANTED };
  await file.slice(0, 1).arrayBuffer().catch(() => {
    throw { detail: UNREADABLE };
  });
  return requestJson("/v1/articles?wait=none", { method: "POST", body: file, headers: { "Content-Type": type } });
}

function hasFiles({ dataTransfer }) {
  return dataTransfer?.types.includes("Files") ?? false;
}
