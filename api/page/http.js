// Requests to the server, and titles for its errors.

/** The body of the response. Throws { status, detail }; status 0 means no response. */
export async function fetchJson(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw { status: 0, detail: "The server does not respond. It may have been stopped." };
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw { status: response.status, detail: body?.detail ?? `The server responded with status ${response.status}.` };
}

export function errorTitle(status) {
  if (status === 0) return "The service cannot be reached";
  if (status === 503) return "The service is not ready";
  if (status === 422) return "Check your question or filters";
  return "Something went wrong";
}
