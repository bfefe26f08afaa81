// Bodies from the server, and its problems in the words of the page.

/** The body of a reply; a problem is thrown as it came, a silent server as a problem of our own. */
export async function fetched(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw { status: 0, detail: "The server does not respond. It may have been stopped." };
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body) return body;
  throw { status: response.status, detail: body?.detail ?? `The server said ${response.status}.` };
}

export function troubleTitle(status) {
  if (status === 0) return "The service cannot be reached";
  if (status === 503) return "The service is not ready";
  if (status === 422) return "That cannot be asked as it stands";
  return "Something went wrong";
}
