// Says that a misspelt name was read as a speaker's, since the archive has nobody of that name.

import { element } from "./elements.js";

export function respellingView(respelling) {
  if (!respelling) return [];
  const { asked, name } = respelling;
  const words = ["“", element("bdi", {}, asked), "” is not in the archive; read as ", element("bdi", {}, name), "."];
  return [element("p", { class: "period" }, ...words)];
}

export function respellingWords(respelling) {
  return respelling ? ` “${respelling.asked}” is not in the archive; read as ${respelling.name}.` : "";
}
