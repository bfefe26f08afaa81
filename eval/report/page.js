// The browser of questions. Whatever comes from a run enters as text, never as markup.

const PAGE = 20;
const FAILED = "failed";
const ORDER = ["retrieval", "evidence", "reading", "deciding", "citation", "missing", "right"];

const entries = JSON.parse(document.getElementById("entries").textContent);
const { stages } = JSON.parse(document.getElementById("wording").textContent);
const form = document.getElementById("filters");
const list = document.getElementById("list");
const pages = document.getElementById("pages");
let page = 0;

for (const entry of entries) entry.words = wordsOf(entry);
offerSets();
offerStages();
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => {
  if (event.target.name === "set") offerStages();
  turnTo(0);
});
pages.addEventListener("click", (event) => {
  if (!event.target.name) return;
  turnTo(page + (event.target.name === "next" ? 1 : -1));
  list.focus({ preventScroll: true });
  document.getElementById("questions").scrollIntoView();
});
addEventListener("hashchange", followAddress);
turnTo(0);
followAddress();

/** `#questions=SET/STAGE`, as the legend of a set links. */
function followAddress() {
  const wanted = decodeURIComponent(location.hash);
  if (!wanted.startsWith("#questions=")) return;
  const place = wanted.slice("#questions=".length);
  const slash = place.lastIndexOf("/");
  form.elements.set.value = place.slice(0, slash);
  offerStages();
  form.elements.stage.value = place.slice(slash + 1);
  form.elements.search.value = form.elements.change.value = "";
  turnTo(0);
  document.getElementById("questions").scrollIntoView();
}

function offerSets() {
  const names = [...new Set(entries.map((entry) => entry.set))];
  form.elements.set.replaceChildren(
    ...(names.length > 1 ? [option("", "All")] : []),
    ...names.map((name) => option(name, name)),
  );
}

function offerStages() {
  const select = form.elements.stage;
  const chosen = select.value || FAILED;
  const within = entries.filter(isInSet);
  const count = (wanted) => within.filter((entry) => isAt(entry, wanted)).length;
  const found = ORDER.filter((stage) => stage === chosen || count(stage));
  select.replaceChildren(
    option(FAILED, `All that failed (${count(FAILED)})`),
    ...found.map((stage) => option(stage, `${capital(stage)} (${count(stage)})`)),
    option("any", `Everything (${within.length})`),
  );
  select.value = chosen;
}

function turnTo(number) {
  const found = matching();
  const last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
  page = Math.min(last, Math.max(0, number));
  const shown = found.slice(page * PAGE, (page + 1) * PAGE);
  list.replaceChildren(...shown.map(entryView));
  document.getElementById("why").textContent = stages[form.elements.stage.value] ?? "";
  document.getElementById("status").textContent = told(found.length, shown.length);
  pages.hidden = found.length <= PAGE;
  pages.querySelector("span").textContent = `${page + 1} of ${last + 1}`;
  pages.querySelector("[name=previous]").disabled = page === 0;
  pages.querySelector("[name=next]").disabled = page === last;
}

function told(all, shown) {
  if (!all) return "No question is like this.";
  const first = page * PAGE + 1;
  return `${first}–${first + shown - 1} of ${all.toLocaleString("en")}`;
}

function matching() {
  const { stage, change, search } = form.elements;
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(
    (entry) =>
      isInSet(entry) &&
      isAt(entry, stage.value) &&
      (!change.value || entry.change === change.value) &&
      words.every((word) => entry.words.includes(word)),
  );
}

function isInSet(entry) {
  const wanted = form.elements.set.value;
  return !wanted || entry.set === wanted;
}

function isAt(entry, stage) {
  if (stage === FAILED) return entry.stage !== "right";
  return stage === "any" || entry.stage === stage;
}

function wordsOf(entry) {
  const excerpts = [...(entry.gold ?? []), ...(entry.given ? [entry.given] : [])];
  const parts = excerpts.flatMap((each) => [each.title, each.outlet, each.before, each.quote, each.after]);
  const own = [entry.id, entry.question, entry.why, entry.reason, ...(entry.tags ?? []), ...(entry.answers ?? [])];
  return [...own, ...parts].join(" ").toLowerCase();
}

function entryView(entry) {
  const head = element("header", {},
    element("p", { className: "facts" },
      element("span", { className: `stage ${entry.stage}` }, capital(entry.stage)),
      entry.change ? element("span", { className: `change ${entry.change}` }, capital(entry.change)) : "",
      [entry.set, entry.id, ...(entry.tags ?? [])].join(" · "),
    ),
    element("h3", {}, entry.question),
    element("p", { className: "why" }, entry.why ?? ""),
  );
  const pair = element("div", { className: "pair" }, goldView(entry), givenView(entry));
  return element("article", { className: "entry" }, head, pair, element("p", { className: "ranks" }, ranksOf(entry)));
}

function goldView(entry) {
  const more = entry.more_gold ? [element("p", { className: "soft" }, `and ${entry.more_gold} more`)] : [];
  const answers = entry.answers ? [element("p", { className: "soft" }, `Expected: ${entry.answers.join(" / ")}`)] : [];
  const found = (entry.gold ?? []).map((each) => excerptView(each, "gold"));
  const none = entry.answerable ? "No passage is marked." : "Nothing on the record answers it.";
  const nothing = found.length || answers.length ? [] : [element("p", { className: "soft" }, none)];
  return element("section", {}, element("h4", {}, "Gold"), ...answers, ...found, ...more, ...nothing);
}

function givenView(entry) {
  const refused = entry.reason ? `Refused: ${entry.reason.replaceAll("_", " ")}` : "Not answered";
  const title = entry.answered ? "Answered" : `${refused}${entry.given ? "; first would have been" : ""}`;
  return element("section", {}, element("h4", {}, title), entry.given ? excerptView(entry.given, "given") : "");
}

function excerptView(excerpt, kind) {
  const source = [excerpt.title, excerpt.outlet].filter(Boolean).join(" · ");
  return element("figure", { className: "excerpt" },
    element("blockquote", {}, excerpt.before, element("mark", { className: kind }, excerpt.quote), excerpt.after),
    ...(source ? [element("figcaption", {}, source)] : []),
  );
}

function ranksOf(entry) {
  const ranks = Object.entries(entry.ranks ?? {}).map(([name, rank]) => `${name} ${rank ?? "not found"}`);
  const first = ranks.length ? [`First right: ${ranks.join(", ")}`] : [];
  return [...first, `confidence ${(entry.confidence ?? 0).toFixed(2)}`].join(" · ");
}

function option(value, label) {
  return element("option", { value }, label);
}

function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
