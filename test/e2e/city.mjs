// A demonstration city for the browser tests: the real program on a port of its own, a real Chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];

/** Starts `parvis demo` and a browser; close() ends both. */
export async function open() {
  const city = spawn("bin/parvis", ["demo", "--addr", "localhost:0"], { env: { ...process.env, LANG: "en" } });
  let errors = "";
  city.stderr.on("data", (chunk) => (errors += chunk));
  const address = await ready(city, () => errors);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  return {
    address,
    browser,
    errors: () => errors,
    async close() {
      await browser.close();
      city.kill("SIGTERM");
      await once(city, "exit");
    },
  };
}

async function ready(city, errors) {
  for await (const line of createInterface({ input: city.stdout })) {
    const found = line.match(/http:\/\/\S+/);
    if (found) return found[0];
  }
  throw new Error(`parvis demo did not start:\n${errors()}`);
}

/** A visit: one person, one browser context. look: {width, dark, script, lang}. */
export async function visit(city, look = {}) {
  const context = await city.browser.newContext({
    baseURL: city.address,
    viewport: { width: look.width ?? 1280, height: look.height ?? 900 },
    colorScheme: look.dark ? "dark" : "light",
    javaScriptEnabled: look.script ?? true,
    locale: look.lang === "en" ? "en-GB" : "fr-FR",
    reducedMotion: "reduce",
    bypassCSP: true, // axe is injected; the policy itself is tested in Go
  });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (e) => page.problems.push(String(e)));
  page.on("console", (m) => m.type() === "error" && page.problems.push(m.text()));
  return page;
}

/** Enters as a person of the demonstration, by part of the name. */
export async function enter(page, name, lang = "fr") {
  await page.goto(`/${lang}/demonstration`);
  await page.getByRole("button", { name: new RegExp(name) }).click();
}

/** axe must find nothing, and the page must not scroll sideways. */
export async function clean(page, what) {
  const scripted = await page.evaluate(() => true).catch(() => false);
  if (!scripted) return;
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html).slice(0, 3).join("\n  ")}`);
  assert.deepEqual(told, [], `${what} (${page.url()})`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 1, `${what} scrolls sideways by ${over} px (${page.url()})`);
}
