// A walk in which forms are filled in and sent by their names, and pages looked at after each.
import assert from "node:assert/strict";
import { clean } from "./city.mjs";
import { Walk } from "./walk.mjs";

/** Whoever walks and fills in forms. */
export class Deeds extends Walk {
  form(page, name) {
    return page.locator(`form:has(input[name="_form"][value="${name}"], input[name="_form"][value^="${name}."])`);
  }

  /** Fills a form and sends it: a text, a choice, or a list of the labels to tick. */
  async deed(page, name, fields = {}, form = this.form(page, name).first()) {
    for (const [field, value] of Object.entries(fields)) await this.set(page, form, field, value);
    await this.send(page, form.locator("button").last());
  }

  async set(page, form, field, value) {
    const inputs = form.locator(`[name="${field}"]`), kind = await inputs.first().evaluate((e) => e.type);
    if (kind === "file") return this.hand.attach(page, inputs, value);
    if (kind === "checkbox" && Array.isArray(value)) {
      for (const label of value) await this.hand.tick(page, form.locator("label", { hasText: label }).locator("input").or(form.getByLabel(label)).first());
      return;
    }
    if (kind === "checkbox") return this.hand.tick(page, inputs);
    if (kind === "radio") return this.hand.tick(page, form.locator(`[name="${field}"][value="${value}"]`));
    if (kind.startsWith("select")) return this.hand.choose(page, inputs, await choice(inputs, value));
    return this.hand.type(page, inputs, value);
  }

  async done(page, what) {
    assert.equal(await page.locator(".error-summary").count(), 0, `${what}: ${await page.locator(".error-summary").allInnerTexts()}`);
    await clean(page, what);
  }
}

// The value of a choice: by what it says, or its place.
const choice = (select, wanted) =>
  select.evaluate((s, w) => (typeof w === "number" ? s.options[w] : [...s.options].find((o) => o.value === w || o.label.includes(w))).value, wanted);
