// What the service tells the page about itself, asked for once.

import { fetchJson } from "./http.js";

export const settings = fetchJson("/page-settings").catch(() => ({ examples: [], read_only: false }));
