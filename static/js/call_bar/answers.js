// Asks the server a moment after the last key. An earlier question is given up, so that its answer
// can't come after a later one; a lost connection is told and tried again.

export const COMMANDS = ">"; // before the name of what this page can do; alone it lists them all
const WAIT = 120;
const AGAIN = 2000;

export class Answers {
  constructor(address, tell) {
    Object.assign(this, { address, tell, text: "", timer: 0, request: null });
    addEventListener("online", () => this.text && this.ask(this.text, { now: true }));
  }

  isAsking(text) {
    return this.text === text;
  }

  ask(text, { now = false, wait = WAIT } = {}) {
    if (now && this.request && this.text === text) return;
    this.stop();
    this.text = text;
    if (now) this.askNow();
    else this.timer = setTimeout(() => this.askNow(), wait);
  }

  async askNow() {
    const { text } = this;
    const request = (this.request = new AbortController());
    try {
      const asked = new URLSearchParams({ q: text });
      if (text.startsWith(COMMANDS)) asked.set("on", location.pathname);
      const answer = await fetch(`${this.address}?${asked}`, {
        signal: request.signal,
        redirect: "manual", // to the sign-in page: the session has ended
      });
      if (answer.type === "opaqueredirect") return this.end(request, "over");
      if (!answer.ok) throw new Error(answer.status);
      this.end(request, await answer.text());
    } catch (error) {
      if (error.name === "AbortError" || request !== this.request) return;
      this.tell(text, "lost");
      this.ask(text, { wait: AGAIN });
    }
  }

  end(request, answer) {
    if (request !== this.request) return;
    const { text } = this;
    Object.assign(this, { text: "", request: null });
    this.tell(text, answer);
  }

  stop() {
    clearTimeout(this.timer);
    this.request?.abort();
    Object.assign(this, { text: "", request: null });
  }
}
