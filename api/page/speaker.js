// What a speaker is on the record with: a dated list, to be narrowed to a subject.

import { citedView } from "/page/cited.js";
import { button, element } from "/page/elements.js";
import { namesView, ownerOf, speakerLink, tally } from "/page/spoken.js";
import { counted, speakerAddress } from "/page/words.js";

const OF_EACH = 5;

/** `narrow` is told the subject written into the field; `more` fetches what follows. */
export function speakerParts({ reply, name, about, narrow, more, say }) {
  if (reply.note) return [nothingSeen(reply.note)];
  if (reply.speakers.length === 0 && reply.total === 0) return unknown(name, reply.nearest);
  const list = reply.speakers.length > 1 ? split(reply, say) : whole(reply, more, say);
  return [heading(reply, name), topicForm(about, narrow), summary(reply, about), ...list];
}

export function spokenWords({ speakers, total }, name) {
  if (speakers.length === 0 && total === 0) return `Nobody called ${name} is quoted`;
  return `${counted(total, "statement")} by ${speakers.map((each) => each.name).join(" and ") || name}`;
}

function nothingSeen(note) {
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
  return [notice, element("h3", {}, "The nearest names"), namesView(nearest)];
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
  const articles = `${tally(speaker)} in ${counted(speaker.articles, "article")}${written}`;
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

function summary({ total }, about) {
  if (total === 0) {
    const within = about ? `about “${about}” ` : "";
    return element("p", { class: "notice" }, `Quoted, but nothing ${within}within these limits.`);
  }
  const order = about ? `about “${about}”, best match first` : "newest first";
  return element("p", { class: "how" }, `${counted(total, "statement")}, ${order}`);
}

/** One speaker's list, or that of a description such as "experts", whose speakers differ. */
function whole(reply, more, say) {
  const head = reply.speakers.length ? "date" : "speaker";
  const list = element("ol", { class: "dated" }, ...items(reply.statements, head, say));
  const button = moreButton(list, reply, (next) => items(next, head, say), more, say);
  return button ? [list, button] : [list];
}

/** Speakers who share a name stay apart, each with a few statements and the way to the rest. */
function split({ speakers, statements }, say) {
  const unsure = statements.filter((each) => !ownerOf(each.statement, speakers));
  const others = element("h3", { class: "name-of-many" }, "It is not certain whose");
  const list = element("ol", { class: "dated" }, ...items(unsure, "speaker", say));
  return [...apart(speakers, statements, say), ...(unsure.length ? [others, list] : [])];
}

function apart(speakers, statements, say) {
  return speakers.flatMap((speaker) => {
    const theirs = statements.filter((each) => ownerOf(each.statement, speakers) === speaker);
    if (theirs.length === 0) return [];
    const shown = items(theirs.slice(0, OF_EACH), "date", say);
    const all = element("a", { href: speakerAddress(speaker.name) }, `All by ${speaker.name}`);
    return [
      element("h3", { class: "name-of-many" }, speakerLink(speaker.name)),
      element("ol", { class: "dated" }, ...shown),
      element("p", { class: "how" }, all),
    ];
  });
}

function items(statements, head, say) {
  return statements.map((each) => element("li", {}, citedView([each], say, { around: 0, head })));
}

function moreButton(list, reply, made, more, say) {
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
    say(`${shown} of ${counted(reply.total, "statement")} are shown`);
    if (shown >= reply.total || next.length === 0) pressed.remove();
  });
  return pressed;
}
