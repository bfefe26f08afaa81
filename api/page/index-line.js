// The line in the footer: size and age of the index.

import { fetchJson } from "./http.js";

const LATER = 2500;

export async function showIndex() {
  try {
    showState(await fetchJson("/v1/index"));
  } catch ({ status, detail }) {
    document.getElementById("index-line").textContent = detail;
    if (status === 503) setTimeout(showIndex, LATER);
  }
}

export function showState({ articles, built_at, newest_article }) {
  const parts = [
    `${articles.toLocaleString("en-GB")} ${articles === 1 ? "article" : "articles"}`,
    `index of ${date(built_at)}`,
    newest_article && `newest article ${date(newest_article)}`,
  ];
  document.getElementById("index-line").textContent = parts.filter(Boolean).join(" · ");
}

function date(written) {
  return new Date(written).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });
}
