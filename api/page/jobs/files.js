// Which files can be sent, and their names in this tab until their jobs are dismissed.

const TYPES = { json: "application/json", jsonl: "application/x-ndjson", ndjson: "application/x-ndjson" };
const PLACE = "onrecord-sent";
export const WANTED = "Articles are added from .json, .jsonl and .ndjson files.";

/** Undefined if the service does not read such files. */
export function mediaType(name) {
  const [, ending] = /\.([^.]+)$/.exec(name.toLowerCase()) ?? [];
  return Object.hasOwn(TYPES, ending ?? "") ? TYPES[ending] : undefined;
}

/** The names of the files by the ids of their jobs; after a reload too. */
export function sentFiles() {
  try {
    return new Map(JSON.parse(sessionStorage.getItem(PLACE)));
  } catch {
    return new Map();
  }
}

export function rememberFile(id, name) {
  keep(new Map([...sentFiles(), [id, name]]));
}

export function forgetFile(id) {
  keep(new Map([...sentFiles()].filter(([known]) => known !== id)));
}

function keep(files) {
  sessionStorage.setItem(PLACE, JSON.stringify([...files]));
}
