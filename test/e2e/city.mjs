// A demonstration city for the browser tests: the real program on a port of its own, a real Chromium.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url).pathname;
export const program = process.env.PARVIS ?? join(root, "bin/parvis");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];

/** One Chromium for all the cities of a test file. */
export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

/** Runs a command of parvis; tells its exit code and what it said. */
export async function run(...args) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { env: { ...process.env, LANG: "en" } });
    return { code: 0, text: stdout + stderr };
  } catch (e) {
    return { code: e.code, text: `${e.stdout ?? ""}${e.stderr ?? e}` };
  }
}

/** Starts `parvis demo` in a folder of its own, or in a copy of the folder `like`; close() ends it. */
export async function open({ browser, like } = {}) {
  const dir = join(mkdtempSync(join(tmpdir(), "parvis-e2e-")), "city");
  if (like) cpSync(like, dir, { recursive: true });
  const city = spawn(program, ["demo", "--addr", "localhost:0", "--dir", dir], { env: { ...process.env, LANG: "en" } });
  let errors = "";
  city.stderr.on("data", (chunk) => (errors += chunk));
  const address = await ready(city, () => errors);
  const own = browser ?? (await openBrowser());
  return {
    address,
    dir,
    browser: own,
    errors: () => errors,
    async stop() {
      if (city.exitCode !== null) return;
      city.kill("SIGTERM");
      await once(city, "exit");
    },
    async close() {
      if (!browser) await own.close();
      await this.stop();
      rmSync(join(dir, ".."), { recursive: true, force: true });
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

/** A visit: one person, one browser context. look: {width, height, dark, script, lang}. */
export async function visit(city, look = {}) {
  const context = await city.browser.newContext({
    baseURL: city.address,
    viewport: { width: look.width ?? 1280, height: look.height ?? 900 },
    colorScheme: look.dark ? "dark" : "light",
    javaScriptEnabled: look.script ?? true,
    locale: look.lang === "en" ? "en-GB" : "fr-FR",
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    bypassCSP: true, // axe is injected; the policy itself is tested in Go
  });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  page.scripted = look.script ?? true;
  page.problems = [];
  page.on("pageerror", (e) => page.problems.push(String(e)));
  // A refused form answers 4xx, which the browser also reports as an error of its console.
  page.on("console", (m) => m.type() === "error" && !/status of 4\d\d/.test(m.text()) && page.problems.push(m.text()));
  return page;
}

/** Enters as a person of the demonstration, by part of the name. */
export async function enter(page, name, lang = "fr") {
  await page.goto(`/${lang}/demonstration`);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.waitForURL((url) => !/demonstration/.test(url.pathname));
}

/** axe must find nothing, and the page must not scroll sideways. axe needs scripts: a page without them is
 * the same HTML, which the visits with scripts check. */
export async function clean(page, what) {
  if (page.scripted) {
    const told = await violations(page);
    assert.deepEqual(told, [], `axe: ${what} (${page.url()})`);
    assert.deepEqual(page.problems, [], `console: ${what} (${page.url()})`);
  }
  assert.ok(!(await page.content()).includes("⟦"), `${what}: a message is missing (${page.url()})`);
  const over = await sideways(page);
  assert.ok(over <= 1, `${what} scrolls sideways by ${over} px (${page.url()})`);
}

/** What axe finds on a page, a line for each rule with the first elements. With preload it also reads the style sheets,
 * for one rule alone (css-orientation-lock): every page has the same ones, and the crawl asks it of each kind of page. */
export async function violations(page, { preload = false } = {}) {
  page.devtools ??= await page.context().newCDPSession(page);
  await page.devtools.send("Runtime.evaluate", { expression: axe }); // page.evaluate would wrap and send it anew, at twice the cost
  const { violations: found } = await page.evaluate((preload) =>
    window.axe.run(document, { resultTypes: ["violations"], preload,
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }), preload);
  return found.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html).slice(0, 3).join("\n  ")}`);
}

/** By how many pixels a page is wider than its window. */
export const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The letters that the city sent to an address, as text; waits until there is at least one that matches. */
export async function letters(city, to, matching) {
  const end = Date.now() + 20000;
  for (;;) {
    const found = mailbox(city).filter((m) => m.includes(to) && matching.test(m));
    if (found.length || Date.now() > end) return found;
    await new Promise((next) => setTimeout(next, 250));
  }
}

function mailbox(city) {
  const folder = join(city.dir, "mail");
  try {
    return readdirSync(folder).filter((f) => f.endsWith(".eml")).map((f) => plain(readFileSync(join(folder, f), "utf8")));
  } catch (e) {
    if (e.code === "ENOENT") return [];
    throw e;
  }
}

/** Undoes quoted-printable, so that words and links can be read. */
export function plain(mail) {
  const whole = mail.replace(/=\r?\n/g, "");
  return Buffer.from(whole.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8");
}

/** The words of the pages in a language, from the catalogues of the program: words("fr")("ui.skip"). */
export function words(lang) {
  const all = new Map();
  for (const file of catalogues(join(root, "internal"))) {
    if (!file.endsWith(`${lang}.toml`)) continue;
    for (const [, key, text] of readFileSync(file, "utf8").matchAll(/^"?([\w.-]+)"?\s*=\s*"((?:[^"\\]|\\.)*)"/gm)) {
      all.set(key, JSON.parse(`"${text}"`));
    }
  }
  return (key, args = {}) => {
    assert.ok(all.has(key), `no message ${key} in ${lang}`);
    return all.get(key).replace(/\{(\w+)\}/g, (_, name) => args[name] ?? `{${name}}`);
  };
}

function catalogues(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? catalogues(join(folder, e.name)) : e.name.endsWith(".toml") && folder.includes("messages") ? [join(folder, e.name)] : []);
}
