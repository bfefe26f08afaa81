// Requests to the server, and titles for its errors.

import { keyHeader } from "./key.js";

/** The body of the response; the address is below the root of the service. Throws the problem, with status and detail; status 0 means no response. */
export function fetchJson(address, signal) {
  return requestJson(address, { signal });
}

/** As `fetchJson`; `options` are those of `fetch`. */
export async function requestJson(address, { headers, ...options }) {
  let response;
  try {
    response = await fetch(new URL(`..${address}`, import.meta.url), { ...options, headers: { Accept: "application/json", ...headers, ...keyHeader() } });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw { status: 0, detail: "The server does not respond. It may have been stopped." };
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw { ...body, status: response.status, detail: body?.detail ?? `The server responded with status ${response.status}.` };
}

export function errorTitle(status) {
  if (status === 0) return "The service cannot be reached";
  if (needsKey(status)) return "A key is needed";
  if (status === 503) return "The service is not ready";
  if (status === 422) return "Check your question or filters";
  return "Something went wrong";
}

export function needsKey(status) {
  return status === 401 || status === 403;
}
