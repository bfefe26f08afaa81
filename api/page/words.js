// Dates, counts and addresses as the page words them.

export function day(instant) {
  if (!instant) return "";
  return new Date(instant).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

export function counted(number, noun) {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

export function web(link) {
  return /^https?:\/\//i.test(link ?? "");
}

/** Where the page lists what somebody said. */
export function speakerAddress(name, more = {}) {
  return `/?${new URLSearchParams({ speaker: name, ...more })}`;
}
