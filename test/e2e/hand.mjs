// How a person works a page: with a pointer, or with the keyboard alone. The keyboard never cheats: it walks
// with Tab until it stands on the thing, and what it stands on must show it.
import assert from "node:assert/strict";

export const pointer = {
  async press(page, target) {
    await opened(target);
    await target.click();
  },
  async type(page, target, text) {
    await opened(target);
    await target.fill(text);
  },
  async choose(page, target, value) {
    await opened(target);
    await target.selectOption(value);
  },
  // A box is ticked by its label, where there is one over it.
  async tick(page, target) {
    await opened(target);
    const label = page.locator(`label[for="${await target.getAttribute("id")}"]`).first();
    if (!(await target.isChecked()) && (await label.count())) await label.click({ position: { x: 5, y: 5 } });
    else await target.check();
    assert.ok(await target.isChecked());
  },
  async attach(page, target, file) {
    await opened(target);
    await target.setInputFiles(file);
  },
};

export const keyboard = {
  async press(page, target) {
    await reach(page, target);
    await page.keyboard.press("Enter");
  },
  async type(page, target, text) {
    await reach(page, target);
    if ((await target.getAttribute("type")) === "date") return typeDay(page, target, text);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
    assert.equal(await target.inputValue(), text);
  },
  async choose(page, target, value) {
    await reach(page, target);
    const at = await target.evaluate((s, v) => [...s.options].findIndex((o) => o.value === v || o.label === v), value);
    assert.ok(at >= 0, `no choice ${value}`);
    await page.keyboard.press("Home");
    for (let n = 0; n < at; n++) await page.keyboard.press("ArrowDown");
    assert.equal(await target.evaluate((s) => s.selectedIndex), at);
  },
  async tick(page, target) {
    if ((await target.getAttribute("type")) === "radio") return pick(page, target);
    await reach(page, target);
    await page.keyboard.press("Space");
    assert.ok(await target.isChecked());
  },
  // The window in which a file is chosen is the system's: the walk ends at its button.
  async attach(page, target, file) {
    await reach(page, target);
    await target.setInputFiles(file);
  },
};

/** Takes a card by its upper edge and drops it at the head of a column; both ends must be on the screen. */
export async function drag(page, card, column) {
  await column.scrollIntoViewIfNeeded();
  await card.evaluate((e) => e.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" }));
  const [from, to] = [await card.boundingBox(), await column.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 10, from.y + 10);
  await page.mouse.move(to.x + to.width / 2, Math.max(to.y, 0) + 20, { steps: 5 });
  await page.mouse.up();
}

/** Walks with Tab until the target has the focus, opening what is folded around it on the way. */
export async function reach(page, target) {
  await opened(target, (summary) => unfold(page, summary));
  await walk(page, target);
  const seen = await target.evaluate((e) => {
    if (!e.matches(":focus-visible")) return false;
    // The mark is on the thing, on what it covers, or on what stands for it.
    const around = [e, e.closest("label"), e.nextElementSibling, e.parentElement, e.parentElement.parentElement].filter(Boolean);
    const styles = around.flatMap((x) => [getComputedStyle(x), getComputedStyle(x, "::after")]);
    return styles.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
  });
  assert.ok(seen, `the focus does not show on ${await target.evaluate((e) => e.outerHTML.slice(0, 200))}`);
}

async function unfold(page, summary) {
  await walk(page, summary);
  await page.keyboard.press("Enter");
}

async function walk(page, target) {
  await target.waitFor({ state: "attached" });
  for (let n = 0; n < 400; n++) {
    if (await target.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${target}`);
}

// A group of radios is one stop of the Tab key; the arrows choose within it.
async function pick(page, target) {
  await opened(target, (summary) => unfold(page, summary));
  const group = page.locator(`input[type=radio][name="${await target.getAttribute("name")}"]`);
  for (let n = 0; n < 400; n++) {
    if (await group.evaluateAll((all) => all.includes(document.activeElement))) break;
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  for (let n = 0; n < 20 && !(await target.isChecked()); n++) await page.keyboard.press("ArrowDown");
  assert.ok(await target.isChecked(), "the arrow keys do not choose");
}

// A field of a date takes its digits in the order of the browser's own language.
async function typeDay(page, target, day) {
  const [y, m, d] = day.split("-");
  for (const digits of [m + d + y, d + m + y]) {
    for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(digits);
    if ((await target.inputValue()) === day) return;
  }
  assert.equal(await target.inputValue(), day);
}

// What is folded around the target opens first, by the summary's own means.
async function opened(target, press = (summary) => summary.click()) {
  const folds = target.locator("xpath=self::*[not(self::summary)]/ancestor::details[not(@open)]/summary | self::summary/../ancestor::details[not(@open)]/summary");
  for (let n = await folds.count(); n > 0; n = await folds.count()) {
    await press(folds.first());
    if ((await folds.count()) >= n) assert.fail("what is folded does not open");
  }
}
