// Asks the service for its jobs again and again: often while one is open, seldom otherwise, never while the page is hidden.
// Server-sent events would need a connection for each job, and cannot send a key.

import { fetchJson, needsKey } from "../http.js";

const SOON = 1500;
const LATER = 10_000;
const IDLE = 30_000;
const MOST = 200;
const AT_ONCE = 20;
const OPEN = ["running", "queued"];

export function isOpen(job) {
  return OPEN.includes(job.state);
}

/** Every job it has seen open is told of until it has ended, and those of `followed` too. */
export class JobWatch {
  #timer;
  #turn = 0;
  #followed;
  #tell;

  /** `tell` has `jobs(jobs)`, `gone(id)` and `refused()`: a key is needed, or another one. */
  constructor(followed, tell) {
    this.#followed = new Set(followed);
    this.#tell = tell;
    document.addEventListener("visibilitychange", () => this.look());
  }

  follow(id) {
    this.#followed.add(id);
    return this.look();
  }

  async look() {
    clearTimeout(this.#timer);
    const mine = ++this.#turn;
    if (document.hidden) return;
    let wait = LATER;
    try {
      const jobs = await this.#jobs();
      if (mine !== this.#turn) return;
      this.#note(jobs);
      wait = jobs.some(isOpen) ? SOON : IDLE;
    } catch ({ status }) {
      if (mine !== this.#turn) return;
      if (needsKey(status)) return this.#tell.refused();
    }
    this.#timer = setTimeout(() => this.look(), wait);
  }

  #note(jobs) {
    for (const job of jobs) {
      if (isOpen(job)) this.#followed.add(job.id);
      else this.#followed.delete(job.id);
    }
    this.#tell.jobs(jobs);
  }

  /** The open ones, in the order in which they came, and how the others ended. */
  async #jobs() {
    const lists = await Promise.all(OPEN.map((state) => fetchJson(`/v1/jobs?state=${state}&limit=${MOST}`)));
    const open = new Map(lists.flatMap(({ jobs }) => jobs.reverse()).map((job) => [job.id, job]));
    const others = [...this.#followed].filter((id) => !open.has(id)).slice(0, AT_ONCE);
    const ended = await Promise.all(others.map((id) => this.#job(id)));
    return [...open.values(), ...ended.filter((job) => job !== null)];
  }

  async #job(id) {
    try {
      return await fetchJson(`/v1/jobs/${id}`);
    } catch (error) {
      if (error.status !== 404) throw error;
      this.#followed.delete(id);
      this.#tell.gone(id);
      return null;
    }
  }
}
