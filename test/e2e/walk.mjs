// A walk through a city: people go from step to step, in one row of ways to look at it (language, scripts, width,
// colours, hand). Each row walks in its own copy of a city that is told once.
import { after, before, describe, test } from "node:test";
import assert from "node:assert/strict";
import { enter, open, openBrowser, visit, words } from "./city.mjs";

/** Walks the steps of a Walker in each row. */
export function walks(name, rows, Walker, steps) {
  describe(name, { concurrency: 2 }, () => {
    let browser, told;
    before(async () => {
      browser = await openBrowser();
      told = await open({ browser });
      await told.stop();
    });
    after(async () => {
      await told?.close();
      await browser?.close();
    });
    for (const row of rows) {
      test(row.name, { timeout: 300000 }, async (t) => {
        const city = await open({ browser, like: told.dir });
        const walker = new Walker(city, row);
        try {
          for (const step of steps) await t.test(step, () => walker[step]());
        } finally {
          await city.close();
        }
        assert.equal(city.errors(), "", "the program complained");
      });
    }
  });
}

/** One walk through the city: who is where, and with which hand. */
export class Walk {
  constructor(city, row) {
    Object.assign(this, { city, ...row, t: words(row.lang) });
  }

  visit(look = {}) {
    return visit(this.city, { lang: this.lang, script: this.script, width: this.width, dark: this.dark, ...look });
  }

  async as(name, look) {
    const page = await this.visit(look);
    await enter(page, name, this.lang);
    return page;
  }

  at(fr, en) {
    return `/${this.lang}${this.lang === "fr" ? fr : en}`;
  }

  press(page, target) {
    return this.hand.press(page, target);
  }

  button(page, key, args) {
    return page.getByRole("button", { name: this.t(key, args), exact: false });
  }

  link(page, key, args) {
    return page.locator("main").getByRole("link", { name: this.t(key, args), exact: true });
  }

  // Presses a button or a link that leads to another page, and waits for it.
  async send(page, target) {
    await Promise.all([page.waitForEvent("domcontentloaded"), this.press(page, target)]);
    await page.waitForLoadState("load");
  }

  /** What is read of a part of a page, every space alike. */
  async read(page, part = "main") {
    return even(await page.locator(part).first().innerText());
  }

  /** The part of the page says a sentence of the catalogues. */
  async says(page, key, args = {}, part = "main") {
    const text = await this.read(page, part), want = even(this.t(key, args));
    assert.ok(text.includes(want), `“${want}” is not in: ${text}`);
  }

  /** An amount of whole euros as the pages write it. */
  euros(n) {
    return even(new Intl.NumberFormat(this.lang === "fr" ? "fr-FR" : "en-GB", { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(n));
  }
}

/** Text with every space alike. */
export const even = (text) => text.replace(/[\s\u00a0\u202f]+/g, " ").trim();
