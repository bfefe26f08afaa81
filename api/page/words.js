// Texts for dates, counts and addresses.

export function day(instant) {
  if (!instant) return "";
  return new Date(instant).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

/** `1 to 30 September 2024`; either end may be open. */
export function days(first, last) {
  if (!first || !last) return first ? `since ${day(first)}` : `until ${day(last)}`;
  if (first === last) return day(first);
  const parts = [day(first).split(" "), day(last).split(" ")];
  while (parts[0].length > 1 && parts[0].at(-1) === parts[1].at(parts[0].length - 1)) parts[0].pop();
  return `${parts[0].join(" ")} to ${day(last)}`;
}

export function counted(number, noun) {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

export function web(link) {
  return /^https?:\/\//i.test(link ?? "");
}

/** The address of the list of a speaker's statements. */
export function speakerAddress(name, more = {}) {
  return `?${new URLSearchParams({ speaker: name, ...more })}`;
}
