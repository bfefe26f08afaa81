// The page a reader asks on. Whatever comes from the archive enters as text, never as markup.

import { agreeingView, differingView, differingWords } from "/page/agreement.js";
import { citedView } from "/page/cited.js";
import { confidenceView, confidenceWords } from "/page/confidence.js";
import { button, element } from "/page/elements.js";
import { fetched, troubleTitle } from "/page/fetched.js";
import { showIndex, showState } from "/page/index-line.js";
import { FIELDS, FILTERS, fill, forgetIgnored, queryOf, showChosen } from "/page/narrowing.js";
import { periodView, periodWords } from "/page/period.js";
import { readingView, readingWords } from "/page/reading.js";
import { shortWords } from "/page/short.js";
import { speakerParts, spokenWords } from "/page/speaker.js";
import { namesView } from "/page/spoken.js";
import { speakerAddress } from "/page/words.js";

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
const LISTED = 20;
const LISTED_OF_MANY = 100;

const form = document.getElementById("ask");
const question = document.getElementById("question");
const result = document.getElementById("result");
const examples = document.getElementById("examples");
const chosen = document.getElementById("chosen");
let underWay = new AbortController();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  forgetIgnored(form, new URLSearchParams(location.search).get("q"));
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
document.addEventListener("click", followInside);
document.getElementById("narrow").addEventListener("toggle", offerOutlets, { once: true });

showAddress();
showIndex();
showExamples();

function showAddress() {
  const query = new URLSearchParams(location.search);
  fill(form, query);
  document.getElementById("narrow").open = FILTERS.some((name) => query.get(name));
  if (query.get("q")) ask(queryOfForm());
  else if (query.get("speaker")?.trim()) list(query.get("speaker").trim(), query.get("about") ?? "");
  else clear();
}

function go(address) {
  if (address !== `/${location.search}`) history.pushState(null, "", address);
  showAddress();
}

/** Links between the page's own views need no reload; opened elsewhere, they work as addresses. */
function followInside(event) {
  const address = event.target.closest?.("a")?.getAttribute("href") ?? "";
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!address.startsWith("/?") || elsewhere || event.defaultPrevented) return;
  event.preventDefault();
  go(address);
  scrollTo(0, 0);
  result.focus();
}

function queryOfForm() {
  return queryOf(form);
}

/** A filter taken away changes the address, and so what is shown. */
function refilter() {
  const query = new URLSearchParams(location.search);
  for (const name of FIELDS.slice(1)) query.delete(name);
  for (const [name, value] of queryOf(form)) if (name !== "q") query.set(name, value);
  go(query.size ? `/?${query}` : "/");
}

function ask(query) {
  return awaited(query.get("q"), `/v1/ask?${query}`, showReply);
}

/** What a speaker said, about a subject if one is given, within the form's dates and outlet. */
function list(name, about) {
  return awaited(name, statementsAddress(name, about), (reply) => showSpeaker(reply, name, about));
}

/** Fetches and shows; whatever was under way before is shown no more. */
async function awaited(title, address, showBody) {
  underWay.abort();
  const mine = (underWay = new AbortController());
  document.title = `${title} – On the Record`;
  showChosen(form, chosen, refilter);
  showWaiting();
  try {
    const body = await fetched(address, mine.signal);
    showBody(body);
  } catch (error) {
    if (mine.signal.aborted) return;
    showTrouble(error, () => awaited(title, address, showBody));
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
  underWay.abort();
  showChosen(form, chosen, refilter);
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
  else showRefusal(reply);
  showState(reply.index);
}

function showAnswer({ answer, citations, alternatives, speakers, total, period, reading }) {
  const cited = byParagraph(citations).map((group) => citedView(group, say));
  const sure = confidenceView(answer.confidence);
  const all = wayToAll(speakers, total, citations.length);
  const dated = periodView(period, queryOfForm());
  const same = agreeingView(answer.agreeing, say);
  const others = differingView(citations[0], answer.differing, say);
  const rest = [...all, ...readingView(reading), ...lesser("Also on the record", alternatives)];
  show(sure, ...dated, ...several(speakers), ...cited, ...same, ...others, ...rest);
  const found = `${confidenceWords(answer.confidence)}. ${shortWords(citations[0])}${answer.text}`;
  say([found, differingWords(answer.differing), periodWords(period), readingWords(reading)].join(""));
}

function showRefusal({ refusal: { reason, message, nearest, names }, speakers, period, reading }) {
  const title = REFUSALS[reason] ?? REFUSALS.no_evidence;
  const notice = element(
    "div",
    { class: "notice" },
    element("h2", {}, title),
    element("p", {}, message),
    ...periodView(period, queryOfForm()),
    ...readingView(reading),
  );
  const quoted = [...offered("The nearest names", names), ...offered("What is on record", speakers)];
  show(notice, ...quoted, ...lesser("The nearest passages", nearest));
  say(`${title}. ${message}${readingWords(reading)}`);
}

async function showSpeaker(reply, name, about) {
  const many = reply.speakers.length > 1 && reply.total > reply.statements.length;
  if (many) {
    const address = statementsAddress(name, about, { limit: LISTED_OF_MANY });
    return awaited(name, address, (whole) => drawSpeaker(whole, name, about));
  }
  return drawSpeaker(reply, name, about);
}

function drawSpeaker(reply, name, about) {
  const kept = Object.fromEntries([...queryOfForm()].filter(([key]) => FILTERS.includes(key)));
  const narrow = (words) => go(speakerAddress(name, words ? { about: words, ...kept } : kept));
  const more = (offset) => following(name, about, offset);
  show(...speakerParts({ reply, name, about, narrow, more, say }));
  showState(reply.index);
  say(spokenWords(reply, name));
}

/** The next statements of the list on show; null, and why not, when they do not come. */
async function following(name, about, offset) {
  try {
    const { statements } = await fetched(statementsAddress(name, about, { offset }), underWay.signal);
    return statements;
  } catch (error) {
    if (!underWay.signal.aborted) say(error.detail);
    return null;
  }
}

/** Where several are quoted, or share the name asked for, all are offered. */
function several(speakers) {
  if (speakers.length < 2) return [];
  const words = `Statements by ${speakers.length} speakers:`;
  return [element("div", { class: "several" }, element("p", {}, words), namesView(speakers))];
}

function wayToAll(speakers, total, shown) {
  if (!total || total <= shown || speakers.length !== 1) return [];
  const [{ name, statements }] = speakers;
  const link = element("a", { href: speakerAddress(name) }, `All that ${name} said`);
  return [element("p", { class: "how all" }, link, ` · ${statements} statements`)];
}

function offered(title, speakers) {
  return speakers.length ? [element("h3", {}, title), namesView(speakers)] : [];
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

function lesser(title, citations) {
  if (citations.length === 0) return [];
  const views = byParagraph(citations).map((group) => citedView(group, say));
  return [element("h3", {}, title), element("div", { class: "lesser" }, ...views)];
}

/** Citations of one paragraph are shown once, all their quotes marked; statements one by one. */
function byParagraph(citations) {
  const groups = new Map();
  for (const citation of citations) {
    const { article, paragraph, statement } = citation;
    const place = [paragraph.start, paragraph.text.length, statement?.id];
    const key = JSON.stringify([article.id, article.revision, ...place]);
    groups.set(key, [...(groups.get(key) ?? []), citation]);
  }
  return [...groups.values()];
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
