// The page. Everything from the archive is inserted as text, never as markup.

import { agreeingView, differingView, differingWords } from "./agreement.js";
import { byParagraph, citationView } from "./citations.js";
import { confidenceView, confidenceWords } from "./confidence.js";
import { button, element } from "./elements.js";
import { fetchJson, errorTitle, needsKey } from "./http.js";
import { showIndex, showState } from "./index-line.js";
import { FIELDS, FILTERS, fill, resetIgnoredDates, queryOf, showChosen } from "./filters.js";
import { startJobs } from "./jobs/panel.js";
import { KEY_SET, keyForm } from "./key.js";
import { periodView, periodWords } from "./period.js";
import { respellingView, respellingWords } from "./respelling.js";
import { settings } from "./settings.js";
import { unreadView, unreadWords } from "./unread.js";
import { shortWords } from "./short-answer.js";
import { speakerParts, summaryWords } from "./speaker.js";
import { moreView, moreWords } from "./more.js";
import { namesView } from "./statements.js";
import { speakerAddress } from "./words.js";

const REFUSALS = {
  no_evidence: "Not on the record",
  no_such_name: "Not a name on the record",
  outside_filters: "Not within these dates and outlets",
  outside_dates: "Not on the record for those dates",
  low_confidence: "Nothing certain on the record",
  not_a_question: "Not a question for the archive",
  no_such_speaker: "Nobody of that name is quoted",
  not_about_topic: "Quoted, but not on this",
  said_by_other: "Somebody else said that",
};
const HERE = "./";
const LISTED = 20;
const LISTED_OF_MANY = 100;

const form = document.getElementById("ask");
const question = document.getElementById("question");
const result = document.getElementById("result");
const examples = document.getElementById("examples");
const chosen = document.getElementById("chosen");
let running = new AbortController();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  resetIgnoredDates(form, new URLSearchParams(location.search).get("q"));
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
document.addEventListener("click", followLink);
document.getElementById("narrow").addEventListener("toggle", offerOutlets, { once: true });

showAddress();
showIndex();
showExamples();
startJobs(showIndex);
addEventListener(KEY_SET, showIndex);

function showAddress() {
  const query = new URLSearchParams(location.search);
  fill(form, query);
  document.getElementById("narrow").open = FILTERS.some((name) => query.get(name));
  if (query.get("q")) ask(queryOfForm());
  else if (query.get("speaker")?.trim()) list(query.get("speaker").trim(), query.get("about") ?? "");
  else clear();
}

function go(address) {
  if (address !== (location.search || HERE)) history.pushState(null, "", address);
  showAddress();
}

/** Links between views of the page need no reload; in a new tab they work as addresses. */
function followLink(event) {
  const address = event.target.closest?.("a")?.getAttribute("href") ?? "";
  const newTab = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!address.startsWith("?") || newTab || event.defaultPrevented) return;
  event.preventDefault();
  go(address);
  scrollTo(0, 0);
  result.focus();
}

function queryOfForm() {
  return queryOf(form);
}

/** Removing a filter changes the address, and so the results. */
function refilter() {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS.slice(1)) query.delete(name);
  for (const [name, value] of queryOf(form)) if (name !== "q") query.set(name, value);
  go(query.size ? `?${query}` : HERE);
}

function ask(query) {
  return load(query.get("q"), `/v1/ask?${query}`, showReply);
}

/** Statements of a speaker, optionally about a subject, within the dates and outlet of the form. */
function list(name, about) {
  return load(name, statementsAddress(name, about), (reply) => showSpeaker(reply, name, about));
}

/** Fetches and shows; the result of an earlier request is dropped. */
async function load(title, address, showBody) {
  running.abort();
  const mine = (running = new AbortController());
  document.title = `${title} – On the Record`;
  showChosen(form, chosen, refilter);
  showWaiting();
  try {
    const body = await fetchJson(address, mine.signal);
    showBody(body);
  } catch (error) {
    if (mine.signal.aborted) return;
    showError(error, () => load(title, address, showBody));
  }
}

function statementsAddress(name, about, { offset = 0, limit = LISTED } = {}) {
  const query = new URLSearchParams({ speaker: name, limit, offset });
  const narrowed = { about, from: "published_from", to: "published_to", as_of: "as_of", outlet: "outlet" };
  for (const [key, field] of Object.entries(narrowed)) {
    const value = key === "about" ? about : form.elements[field].value.trim();
    if (value) query.set(key, value);
  }
  return `/v1/statements?${query}`;
}

function show(...parts) {
  result.replaceChildren(...parts);
  result.hidden = false;
  result.removeAttribute("aria-busy");
  examples.hidden = true;
}

function clear() {
  running.abort();
  showChosen(form, chosen, refilter);
  document.title = "On the Record";
  result.hidden = true;
  examples.hidden = examples.childElementCount === 0;
  question.focus();
}

function announce(words) {
  document.getElementById("status").textContent = words;
}

function showWaiting() {
  const lines = [1, 2, 3].map(() => element("div", { class: "line" }));
  show(element("div", { class: "waiting" }, "Reading the archive…", ...lines));
  result.setAttribute("aria-busy", "true");
  announce("Reading the archive");
}

function showReply(reply) {
  if (reply.answered) showAnswer(reply);
  else showRefusal(reply);
  showState(reply.index);
}

function showAnswer(reply) {
  const { answer, citations, alternatives, speakers, namesakes, respelling, period, reading, more, guarantee } = reply;
  const cited = byParagraph(citations).map((group) => citationView(group, announce));
  const sure = confidenceView(answer.confidence, guarantee);
  const all = linkToAll(reply);
  const named = speakerSection("Others of that name", namesakes);
  const dated = periodView(period, queryOfForm());
  const same = agreeingView(answer.agreeing, announce);
  const others = differingView(citations[0], answer.differing, announce);
  const also = [...otherCitations("Also on the record", alternatives), ...moreView(more, announce)];
  const rest = [...all, ...named, ...unreadView(reading), ...also];
  show(sure, ...respellingView(respelling), ...dated, ...several(speakers), ...cited, ...same, ...others, ...rest);
  const found = `${confidenceWords(answer.confidence)}. ${shortWords(citations[0])}${answer.text}`;
  const notes = [respellingWords(respelling), differingWords(answer.differing), periodWords(period)];
  announce([found, ...notes, unreadWords(reading), moreWords(more)].join(""));
}

function showRefusal({ refusal: { reason, message, nearest, names }, speakers, respelling, period, reading }) {
  const title = REFUSALS[reason] ?? REFUSALS.no_evidence;
  const notice = element(
    "div",
    { class: "notice" },
    element("h2", {}, title),
    element("p", {}, message),
    ...respellingView(respelling),
    ...periodView(period, queryOfForm()),
    ...unreadView(reading),
  );
  const quoted = [...speakerSection("Similar names", names), ...speakerSection("What is on record", speakers)];
  show(notice, ...quoted, ...otherCitations("The nearest passages", nearest));
  announce(`${title}. ${message}${respellingWords(respelling)}${unreadWords(reading)}`);
}

async function showSpeaker(reply, name, about) {
  const many = reply.speakers.length > 1 && reply.total > reply.statements.length;
  if (many) {
    const address = statementsAddress(name, about, { limit: LISTED_OF_MANY });
    return load(name, address, (whole) => drawSpeaker(whole, name, about));
  }
  return drawSpeaker(reply, name, about);
}

function drawSpeaker(reply, name, about) {
  const kept = Object.fromEntries([...queryOfForm()].filter(([key]) => FILTERS.includes(key)));
  const narrow = (words) => go(speakerAddress(name, words ? { about: words, ...kept } : kept));
  const more = (offset) => following(name, about, offset);
  show(...speakerParts({ reply, name, about, narrow, more, announce }));
  showState(reply.index);
  announce(summaryWords(reply, name));
}

/** The next statements of the list; null if they cannot be loaded, with the reason announced. */
async function following(name, about, offset) {
  try {
    const { statements } = await fetchJson(statementsAddress(name, about, { offset }), running.signal);
    return statements;
  } catch (error) {
    if (!running.signal.aborted) announce(error.detail);
    return null;
  }
}

/** Links to all speakers, if several are quoted or share the name. */
function several(speakers) {
  if (speakers.length < 2) return [];
  const words = `Statements by ${speakers.length} speakers:`;
  return [element("div", { class: "several" }, element("p", {}, words), namesView(speakers))];
}

function linkToAll({ speakers, total, total_articles: ofPassages, citations }) {
  if (ofPassages || !total || total <= citations.length || speakers.length !== 1) return [];
  const [{ name, statements }] = speakers;
  const link = element("a", { href: speakerAddress(name) }, `All that ${name} said`);
  return [element("p", { class: "how all" }, link, ` · ${statements} statements`)];
}

function speakerSection(title, speakers) {
  return speakers.length ? [element("h3", {}, title), namesView(speakers)] : [];
}

function showError({ status, detail }, retry) {
  const title = errorTitle(status);
  const notice = element(
    "div",
    { class: "notice", role: "alert" },
    element("h2", {}, title),
    element("p", {}, detail),
    needsKey(status) ? keyForm(retry) : button("again", "Try again", retry),
  );
  show(notice);
  announce("");
}

function otherCitations(title, citations) {
  if (citations.length === 0) return [];
  const views = byParagraph(citations).map((group) => citationView(group, announce));
  return [element("h3", {}, title), element("div", { class: "lesser" }, ...views)];
}

async function showExamples() {
  const { examples: questions } = await settings;
  if (questions.length === 0) return;
  const buttons = questions.map((words) => button("", words, () => askExample(words)));
  examples.replaceChildren(element("p", { class: "lead" }, "For example"), ...buttons);
  examples.hidden = !result.hidden;
}

function askExample(words) {
  question.value = words;
  form.requestSubmit();
}

/** Suggests the outlets of the first 200 articles. */
async function offerOutlets() {
  const listed = await fetchJson("/v1/articles?limit=200").catch(() => ({ articles: [] }));
  const names = new Set(listed.articles.map(({ outlet }) => outlet).filter(Boolean));
  const options = [...names].sort().map((name) => element("option", { value: name }));
  document.getElementById("outlets").replaceChildren(...options);
}
