// Every link of the site, followed from the home page as each kind of visitor, in both languages.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { enter, open, openBrowser, sideways, violations, visit } from "./city.mjs";

const visitors = [
  { who: "anonymous" },
  { who: "agent", name: "Sabine Lenoir" },
  { who: "directorate", name: "Gilles Ferrand" },
  { who: "elected", name: "Nadia Belkacem" },
  { who: "administrator", name: "Claire Delmas" },
];
const bound = 1500; // pages for one visitor, both languages together

const some = 6; // addresses of one kind

// Width and colours of a look: with the language of the page, every pair of the three occurs.
const looks = {
  fr: [{ width: 1280, colorScheme: "light" }, { width: 320, colorScheme: "dark" }],
  en: [{ width: 320, colorScheme: "light" }, { width: 1280, colorScheme: "dark" }],
};

// Addresses that no link of a page leads to, each with what does.
const unlinked = {
  "edge.csp": "browsers report to it", "edge.suggest": "a script asks it, while words are typed in a field of a large city", "edge.health": "machines ask", "edge.ready": "machines ask", "edge.metrics": "machines ask",
  "edge.root.fr": "typed", "edge.root.en": "typed", "edge.root": "typed", "edge.id": "permanent addresses in feeds and files",
  "log.file": "verifiers read it", link: "a letter", "portfolio.letter": "a letter", "portfolio.follow.confirm": "a letter",
  "portfolio.follow.leave": "a letter", "sign_in.sent": "after a form", "portfolio.wall.compare": "a form: the tour sends it",
  "account.passkey": "after a form: the passkeys are tested apart", "admin.directory.preview": "after an upload",
  "workspace.import.book": "after an upload", "participation.import.staged": "after an upload", "sign_in.provider.back": "the identity provider",
  "council.feed": "an agenda program reads the address that its owner copied", "council.visa.letter": "a letter", unsubscribe: "a letter",
  "council.return.see": "after an upload", "council.cabinet": "the menu of the cabinet: walked in cabinet.test.mjs", "strategy.indicator.series": "after an upload",
};

let city, browser;
const found = new Map(); // who -> their page, and what following the links told
before(async () => {
  browser = await openBrowser();
  city = await open({ browser });
  // All at once: the city bounds what each of them may ask in a minute.
  await Promise.all(visitors.map(async (visitor) => {
    const page = await visit(city);
    if (visitor.name) await enter(page, visitor.name);
    const cookies = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
    found.set(visitor.who, { page, ...(await crawl(["/fr/", "/en/", "/fr/style", "/en/style"], cookies)) });
  }));
}, { timeout: 300000 });
after(async () => {
  await city?.close();
  await browser?.close();
});

for (const { who } of visitors) {
  test(`every link as ${who}`, { timeout: 500000 }, async () => {
    const { page, defects, kinds, ended } = found.get(who);
    assert.deepEqual(defects, [], "links that lead to a fault, or messages that are missing");
    assert.ok(ended, `more than ${bound} pages: the crawl did not end`);
    assert.ok(kinds.size >= 20, `the crawl found only ${kinds.size} kinds of page`);
    assert.deepEqual(await look(page, [...kinds].filter(([k]) => !seen.has(k))), []);
    await page.context().close();
  });
}

test("a link leads to every address", () => {
  const lost = routes.filter((r) => r.method === "GET" && !reached.has(r.name) && !(r.name in unlinked)).map((r) => r.name);
  assert.deepEqual(lost, [], "no visitor finds these");
});

// Kinds of page that a visitor before saw, each looked at in the browser once, and the routes that were reached.
const seen = new Set(), reached = new Set();

/** Follows links breadth first by plain requests; tells the defects and one address for each kind of page. */
async function crawl(starts, cookie) {
  const queue = starts.map((path) => ({ path, from: "" }));
  const known = new Set(starts), kinds = new Map(), questions = new Map(), defects = [];
  let n = 0;
  const asked = (alike) => questions.get(alike) ?? 0;
  for (; queue.length && n < bound; n++) {
    const { path, from } = queue.shift();
    const answer = await patiently(city.address + path, { headers: { cookie }, redirect: "manual" });
    if (answer.status >= 400) {
      defects.push(`${answer.status} ${path} (from ${from})`);
      continue;
    }
    reached.add(route(path).name);
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
  return { defects, kinds, ended: !queue.length };

  function follow(link, from) {
    const url = new URL(link, city.address + from);
    if (url.origin !== city.address) return;
    const path = url.pathname + url.search, alike = kind(path);
    if (known.has(path) || asked(alike) >= some) return;
    known.add(path);
    questions.set(alike, asked(alike) + 1);
    queue.push({ path, from });
  }
}

// The routes of the program, the most precise first: their names, and the addresses that lead to them.
const table = readFileSync(new URL("../../docs/generated/routes.md", import.meta.url), "utf8");
const routes = [...table.matchAll(/^\| `([^`]+)` \| (\w+) \| `([^`]+)` \| `([^`]+)` /gm)]
  .map(([, name, method, ...paths]) => ({ name, method, paths: paths.map(pattern), open: paths[0].split("{").length }))
  .sort((a, b) => a.open - b.open);

function pattern(path) {
  const source = path.split(/(\{[^}]*\})/).map((part) =>
    part === "{$}" ? "" : /^\{.*\.\.\.\}$/.test(part) ? ".+" : part.startsWith("{") ? "[^/]+" : part.replace(/[.+]/g, "\\$&"));
  return new RegExp(`^${source.join("")}$`);
}

function route(path) {
  const { pathname } = new URL(path, city.address);
  return routes.find((r) => r.method === "GET" && r.paths.some((p) => p.test(pathname))) ?? { name: pathname };
}

// The kind of a page: its language, its route and which questions are put to it.
function kind(path) {
  const url = new URL(path, city.address);
  return [url.pathname.slice(1, 3), route(path).name, ...new Set([...url.searchParams.keys()].sort())].join(" ");
}

// The city bounds what one address may ask in a minute, and says when to come back.
async function patiently(address, options) {
  for (;;) {
    const answer = await fetch(address, options);
    if (answer.status !== 429) return answer;
    await new Promise((next) => setTimeout(next, 1000 * (answer.headers.get("retry-after") ?? 1)));
  }
}

/** Opens one page of each kind, with axe, on a wide or a narrow screen, in light or in the dark: the console, axe, and
 * whether it scrolls sideways. */
async function look(page, kinds) {
  const defects = [];
  for (const [n, [of, path]] of kinds.entries()) {
    seen.add(of);
    const { width, colorScheme } = looks[of.slice(0, 2)]?.[n % 2] ?? looks.fr[n % 2];
    page.problems.length = 0;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.goto(path);
    for (const told of [...(await violations(page, { preload: true })), ...page.problems]) defects.push(`${path} (${width}, ${colorScheme}): ${told}`);
    const over = await sideways(page);
    if (over > 1) defects.push(`${path}: ${over} px wider than ${width}`);
  }
  return defects;
}
