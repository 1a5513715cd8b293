// Every link of the site, followed from the home page as each kind of visitor, in both languages.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { enter, open, openBrowser, sideways, violations, visit } from "./city.mjs";

const visitors = [
  { who: "anonymous" },
  { who: "agent", name: "Sabine Lenoir" },
  { who: "elected", name: "Nadia Belkacem" },
  { who: "administrator", name: "Claire Delmas" },
];
const bound = 600; // pages for one visitor, both languages together
const shown = 200; // kinds of page looked at in the browser

let city, browser;
before(async () => {
  browser = await openBrowser();
  city = await open({ browser });
});
after(async () => {
  await city?.close();
  await browser?.close();
});

for (const visitor of visitors) {
  test(`every link as ${visitor.who}`, { timeout: 240000 }, async () => {
    const page = await visit(city);
    if (visitor.name) await enter(page, visitor.name);
    const cookies = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    const { defects, kinds } = await crawl(["/fr/", "/en/"], cookies);
    assert.deepEqual(defects, [], "links that lead to a fault, or messages that are missing");
    assert.ok(kinds.size >= 20, `the crawl found only ${kinds.size} kinds of page`);
    assert.deepEqual(await look(page, visitor.who === "anonymous" ? kinds : new Map([...kinds].filter(([k]) => !seen.has(k)))), []);
    await page.context().close();
  });
}

// Kinds of page that a visitor before saw; each is looked at in the browser once.
const seen = new Set();

/** Follows links breadth first by plain requests; tells the defects and one address for each kind of page. */
async function crawl(starts, cookie) {
  const queue = starts.map((path) => ({ path, from: "" }));
  const known = new Set(starts), kinds = new Map(), questions = new Map(), defects = [];
  const asked = (alike) => questions.get(alike) ?? 0;
  for (let n = 0; queue.length && n < bound; n++) {
    const { path, from } = queue.shift();
    const answer = await fetch(city.address + path, { headers: { cookie }, redirect: "manual" });
    if (answer.status >= 400) {
      defects.push(`${answer.status} ${path} (from ${from})`);
      continue;
    }
    const to = answer.headers.get("location");
    if (to) follow(to, path);
    if (!/^text\/html/.test(answer.headers.get("content-type") ?? "") || answer.status !== 200) {
      await answer.arrayBuffer();
      continue;
    }
    const html = await answer.text();
    if (html.includes("⟦")) defects.push(`${html.match(/⟦[^⟧]*⟧/)[0]} on ${path}`);
    const of = kind(path);
    if (!kinds.has(of)) kinds.set(of, path);
    for (const [, link] of html.matchAll(/<a\s[^>]*href="([^"]+)"/g)) follow(link.replaceAll("&amp;", "&"), path);
  }
  return { defects, kinds };

  function follow(link, from) {
    const url = new URL(link, city.address + from);
    if (url.origin !== city.address) return;
    const path = url.pathname + url.search, alike = kind(path);
    if (known.has(path) || (url.search && asked(alike) > 5)) return; // a few questions of each kind are enough
    known.add(path);
    if (url.search) questions.set(alike, asked(alike) + 1);
    queue.push({ path, from });
  }
}

// The kind of a page: its address without what is asked, numbers and keys.
function kind(path) {
  const url = new URL(path, city.address);
  return url.pathname.replace(/\/[AP]-\d{4}-\d+/g, "/{number}").replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/g, "/{id}")
    .replace(/\/[0-9a-z]{20,}/g, "/{key}").replace(/\/\d+/g, "/{n}");
}

/** Opens one page of each kind: console, the width of a telephone, and axe (in French: the marks are the same
 * in English, and the tour looks at both). */
async function look(page, kinds) {
  const defects = [];
  for (const [of, path] of [...kinds].slice(0, shown)) {
    seen.add(of);
    page.problems.length = 0;
    await page.goto(path);
    if (path.startsWith("/fr")) for (const told of await violations(page)) defects.push(`${path}: ${told}`);
    for (const told of page.problems) defects.push(`${path}: ${told}`);
    await page.setViewportSize({ width: 320, height: 640 });
    const over = await sideways(page);
    if (over > 1) defects.push(`${path}: ${over} px wider than a telephone`);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  return defects;
}
