// Runs axe-core on each address given, in light and dark, at desktop width and at 320 px, and checks
// that nothing scrolls sideways and that the policy reports no violation.
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const axe = await readFile("node_modules/axe-core/axe.min.js", "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
let failures = 0;
const fail = (where, what) => { failures++; console.error(`${where}: ${what}`); };

for (const url of process.argv.slice(2)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      const where = `${url} ${colorScheme} ${width}`;
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      page.on("console", (message) => { if (message.type() === "error" && !/status of 4/.test(message.text())) fail(where, message.text()); });
      await page.goto(url);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) fail(where, `scrolls sideways by ${overflow} px`);
      const spaced = await page.evaluate(() => { // WCAG 1.4.12: text spacing
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
        document.adoptedStyleSheets = [sheet];
        const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        document.adoptedStyleSheets = [];
        return over;
      });
      if (spaced > 0) fail(where, `with wider text spacing scrolls sideways by ${spaced} px`);
      await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      for (const v of violations) for (const n of v.nodes) fail(where, `${v.id}: ${n.target.join(" ")}: ${n.failureSummary.split("\n").slice(1, 3).join(" ")}`);
      await context.close();
    }
  }
}
await browser.close();
console.log(failures ? `${failures} problems` : "no problem found");
process.exit(failures ? 1 : 0);
