// The statements of a speaker as a dated list, with a field for the subject.

import { citationView } from "./citations.js";
import { button, element } from "./elements.js";
import { namesView, speakerOf, speakerLink, roleAndCount } from "./statements.js";
import { counted, speakerAddress } from "./words.js";

const OF_EACH = 5;

/** With more speakers, only the name asked for is announced. */
const MOST_NAMED = 3;

/** `narrow` is called with the subject in the field; `more` fetches the next statements. */
export function speakerParts({ reply, name, about, narrow, more, announce }) {
  if (reply.note) return [noArticles(reply.note)];
  if (reply.speakers.length === 0 && reply.total === 0) return unknown(name, reply.nearest);
  const list = reply.speakers.length > 1 ? severalSpeakers(reply, announce) : oneSpeaker(reply, more, announce);
  return [heading(reply, name), topicForm(about, narrow), summary(reply, about), ...list];
}

export function summaryWords({ speakers, total }, name) {
  if (speakers.length === 0 && total === 0) return `Nobody called ${name} is quoted`;
  const names = speakers.length > MOST_NAMED ? name : speakers.map((each) => each.name).join(" and ");
  return `${counted(total, "statement")} by ${names || name}`;
}

function noArticles(note) {
  const title = element("h2", {}, "Not within these dates and outlets");
  return element("div", { class: "notice" }, title, element("p", {}, note));
}

function unknown(name, nearest) {
  const notice = element(
    "div",
    { class: "notice" },
    element("h2", {}, "Nobody of that name is quoted"),
    element("p", {}, "The archive holds no statement by “", element("bdi", {}, name), "”."),
  );
  if (nearest.length === 0) return [notice];
  return [notice, element("h3", {}, "Similar names"), namesView(nearest)];
}

function heading({ speakers }, name) {
  if (speakers.length > 1) {
    const words = `${speakers.length} speakers match “${name}”`;
    return element("div", { class: "speaker" }, element("h2", {}, words), namesView(speakers));
  }
  const [speaker] = speakers;
  const shown = element("h2", {}, element("bdi", {}, speaker?.name ?? name));
  if (!speaker) return element("div", { class: "speaker" }, shown);
  const written = speaker.aliases.length ? ` · also written ${speaker.aliases.join(", ")}` : "";
  const articles = `${roleAndCount(speaker)} in ${counted(speaker.articles, "article")}${written}`;
  return element("div", { class: "speaker" }, shown, element("p", { class: "how" }, articles));
}

function topicForm(about, narrow) {
  const attributes = { name: "about", type: "search", placeholder: "Any subject", maxlength: 500 };
  const field = element("input", { ...attributes, value: about });
  const label = element("label", {}, "About ", field);
  const form = element("form", { class: "topic" }, label, element("button", {}, "Show"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow(field.value.trim().replace(/\s+/g, " "));
  });
  return form;
}

function summary({ total, uncertain }, about) {
  if (total === 0) {
    const within = about ? `about “${about}” ` : "";
    return element("p", { class: "notice" }, `Quoted, but nothing ${within}within these limits.`);
  }
  const order = about ? `about “${about}”, best match first` : "newest first";
  const doubt = uncertain ? `; ${uncertain} uncertain, listed last` : "";
  return element("p", { class: "how" }, `${counted(total, "statement")}, ${order}${doubt}`);
}

/** The list of one speaker, or of a description such as "experts", which has no one speaker. */
function oneSpeaker(reply, more, announce) {
  const head = reply.speakers.length ? "date" : "speaker";
  const list = element("ol", { class: "dated" }, ...items(reply.statements, head, announce));
  const button = moreButton(list, reply, (next) => items(next, head, announce), more, announce);
  return button ? [list, button] : [list];
}

/** A list for each speaker who shares the name, with a few statements and a link to all. */
function severalSpeakers({ speakers, statements }, announce) {
  const unsure = statements.filter((each) => !speakerOf(each.statement, speakers));
  const known = unsure.some((each) => each.statement.speaker_key);
  const others = element("h3", { class: "name-of-many" }, known ? "By others" : "It is not certain whose");
  const list = element("ol", { class: "dated" }, ...items(unsure, "speaker", announce));
  return [...listPerSpeaker(speakers, statements, announce), ...(unsure.length ? [others, list] : [])];
}

function listPerSpeaker(speakers, statements, announce) {
  return speakers.flatMap((speaker) => {
    const theirs = statements.filter((each) => speakerOf(each.statement, speakers) === speaker);
    if (theirs.length === 0) return [];
    const shown = items(theirs.slice(0, OF_EACH), "date", announce);
    const all = element("a", { href: speakerAddress(speaker.name) }, `All by ${speaker.name}`);
    return [
      element("h3", { class: "name-of-many" }, speakerLink(speaker.name)),
      element("ol", { class: "dated" }, ...shown),
      element("p", { class: "how" }, all),
    ];
  });
}

function items(statements, head, announce) {
  return statements.map((each) => element("li", {}, citationView([each], announce, { around: 0, head })));
}

function moreButton(list, reply, made, more, announce) {
  let shown = reply.statements.length;
  if (shown >= reply.total) return null;
  const pressed = button("again", "Show more", async () => {
    pressed.disabled = true;
    const next = await more(shown);
    pressed.disabled = false;
    if (next === null) return;
    const added = made(next);
    list.append(...added);
    shown += next.length;
    added[0]?.querySelector("a, button")?.focus();
    announce(`${shown} of ${counted(reply.total, "statement")} are shown`);
    if (shown >= reply.total || next.length === 0) pressed.remove();
  });
  return pressed;
}
