// The page a reader asks on. Whatever comes from the archive enters as text, never as markup.

import { citedView } from "/page/cited.js";
import { button, element } from "/page/elements.js";

const FIELDS = ["q", "published_from", "published_to", "outlet"];
const REFUSALS = {
  no_evidence: "Not on the record",
  no_such_name: "Not a name on the record",
  outside_filters: "Not within these dates and outlets",
  low_confidence: "Nothing certain on the record",
  not_a_question: "Not a question for the archive",
};
const CONFIDENCES = [
  [0.9, "Very likely the answer"],
  [0.7, "Likely the answer"],
  [0.3, "Possibly the answer"],
  [0, "A weak match"],
];
const LATER = 2500;

const form = document.getElementById("ask");
const question = document.getElementById("question");
const result = document.getElementById("result");
const examples = document.getElementById("examples");
let underWay = new AbortController();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = queryOfForm();
  if (!query.get("q")) return;
  if (`?${query}` !== location.search) history.pushState(null, "", `?${query}`);
  ask(query);
});
question.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
addEventListener("popstate", showAddress);
document.getElementById("narrow").addEventListener("toggle", offerOutlets, { once: true });

showAddress();
showIndex();
showExamples();

function showAddress() {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS) form.elements[name].value = query.get(name) ?? "";
  document.getElementById("narrow").open = FIELDS.slice(1).some((name) => query.get(name));
  if (query.get("q")) ask(queryOfForm());
  else clear();
}

function queryOfForm() {
  const query = new URLSearchParams();
  for (const name of FIELDS) {
    const value = form.elements[name].value.trim().replace(/\s+/g, " ");
    if (value) query.set(name, value);
  }
  return query;
}

async function ask(query) {
  underWay.abort();
  const mine = (underWay = new AbortController());
  document.title = `${query.get("q")} – On the Record`;
  showWaiting();
  try {
    const reply = await fetched(`/v1/ask?${query}`, mine.signal);
    showReply(reply);
  } catch (error) {
    if (mine.signal.aborted) return;
    showTrouble(error, () => ask(query));
  }
}

/** The body of a reply; a problem is thrown as it came, a silent server as a problem of our own. */
async function fetched(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw { status: 0, detail: "The server does not respond. It may have been stopped." };
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw { status: response.status, detail: body?.detail ?? `The server said ${response.status}.` };
}

function show(...parts) {
  result.replaceChildren(...parts);
  result.hidden = false;
  result.removeAttribute("aria-busy");
  examples.hidden = true;
}

function clear() {
  underWay.abort();
  document.title = "On the Record";
  result.hidden = true;
  examples.hidden = examples.childElementCount === 0;
  question.focus();
}

function say(words) {
  document.getElementById("status").textContent = words;
}

function showWaiting() {
  const lines = [1, 2, 3].map(() => element("div", { class: "line" }));
  show(element("div", { class: "waiting" }, "Reading the archive…", ...lines));
  result.setAttribute("aria-busy", "true");
  say("Reading the archive");
}

function showReply(reply) {
  if (reply.answered) showAnswer(reply);
  else showRefusal(reply.refusal);
  showState(reply.index);
}

function showAnswer({ answer, citations, alternatives }) {
  const cited = byParagraph(citations).map((group) => citedView(group, say));
  show(confidenceView(answer.confidence), ...cited, ...lesser("Also on the record", alternatives));
  say(`${confidenceWords(answer.confidence)}. ${answer.text}`);
}

function showRefusal({ reason, message, nearest }) {
  const title = REFUSALS[reason] ?? REFUSALS.no_evidence;
  const notice = element(
    "div",
    { class: "notice" },
    element("h2", {}, title),
    element("p", {}, message),
  );
  show(notice, ...lesser("The nearest passages", nearest));
  say(`${title}. ${message}`);
}

function showTrouble({ status, detail }, retry) {
  const title = troubleTitle(status);
  const notice = element(
    "div",
    { class: "notice", role: "alert" },
    element("h2", {}, title),
    element("p", {}, detail),
    button("again", "Try again", retry),
  );
  show(notice);
  say("");
}

function troubleTitle(status) {
  if (status === 0) return "The service cannot be reached";
  if (status === 503) return "The service is not ready";
  if (status === 422) return "That cannot be asked as it stands";
  return "Something went wrong";
}

function lesser(title, citations) {
  if (citations.length === 0) return [];
  const views = byParagraph(citations).map((group) => citedView(group, say));
  return [element("h3", {}, title), element("div", { class: "lesser" }, ...views)];
}

/** Citations of one paragraph are shown once, with all their quotes marked. */
function byParagraph(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const { article, paragraph } = citation;
    const key = JSON.stringify([article.id, article.revision, paragraph.start, paragraph.text.length]);
    groups.set(key, [...(groups.get(key) ?? []), citation]);
  }
  return [...groups.values()];
}

function confidenceWords(confidence) {
  return CONFIDENCES.find(([least]) => confidence >= least)[1];
}

function confidenceView(confidence) {
  const percent = Math.round(confidence * 100);
  return element(
    "p",
    { class: "confidence" },
    bar(percent),
    element("span", {}, element("strong", {}, confidenceWords(confidence)), ` · ${percent} %`),
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

async function showIndex() {
  try {
    showState(await fetched("/v1/index"));
  } catch ({ status, detail }) {
    document.getElementById("index-line").textContent = detail;
    if (status === 503) setTimeout(showIndex, LATER);
  }
}

function showState({ articles, built_at, newest_article }) {
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

async function showExamples() {
  const offered = await fetched("/page-settings").catch(() => ({ examples: [] }));
  if (offered.examples.length === 0) return;
  const buttons = offered.examples.map((words) => button("", words, () => pose(words)));
  examples.replaceChildren(element("p", { class: "lead" }, "For example"), ...buttons);
  examples.hidden = !result.hidden;
}

function pose(words) {
  question.value = words;
  form.requestSubmit();
}

/** Names of outlets to choose from, as far as the first articles show them. */
async function offerOutlets() {
  const listed = await fetched("/v1/articles?limit=200").catch(() => ({ articles: [] }));
  const names = new Set(listed.articles.map(({ outlet }) => outlet).filter(Boolean));
  const options = [...names].sort().map((name) => element("option", { value: name }));
  document.getElementById("outlets").replaceChildren(...options);
}
