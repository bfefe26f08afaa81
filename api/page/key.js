// The key of a service that asks for one: kept in this tab only, and sent with every request.

import { element } from "./elements.js";

const PLACE = "onrecord-key";
export const KEY_SET = "onrecord-key-set";

export function keyHeader() {
  const key = sessionStorage.getItem(PLACE);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** A field for the key, shown where a request was refused for want of one; the window is told of a new key by `KEY_SET`. */
export function keyForm(retry) {
  const input = element("input", { type: "password", autocomplete: "off", spellcheck: "false", required: "" });
  const label = element("label", {}, "Key", input);
  const form = element("form", { class: "topic" }, label, element("button", {}, "Use this key"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem(PLACE, input.value.trim());
    dispatchEvent(new Event(KEY_SET));
    retry();
  });
  return form;
}
