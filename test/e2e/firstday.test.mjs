// A city's first day, from an empty folder: founded, its workbook brought in, served, entered by the link of a
// letter, and the file of the steering committee printed on paper by the browser.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clean, letters, openBrowser, program, run, visit } from "./city.mjs";
import { readPDF } from "./pdf.mjs";

const folder = mkdtempSync(join(tmpdir(), "parvis-first-day-"));
const city = { dir: join(folder, "ville"), address: "", browser: null };
let served;

before(async () => {
  city.address = `http://localhost:${await freePort()}`;
  const book = join(folder, "ville.xlsx");
  await done("import", "--example", book);
  await done("init", city.dir, "--name", "Ville d’essai", "--admin", "dsi@ville.example", "--origin", city.address);
  await done("import", "--dir", city.dir, "--yes", book);
  served = spawn(program, ["serve", "--dir", city.dir, "--addr", new URL(city.address).host], { stdio: ["ignore", "pipe", "ignore"] });
  await once(served.stdout, "data"); // says where it answers
  city.browser = await openBrowser();
});

after(async () => {
  await city.browser?.close();
  if (served?.exitCode === null) {
    served.kill("SIGTERM");
    await once(served, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

async function done(...args) {
  const { code, text } = await run(...args);
  assert.equal(code, 0, `parvis ${args.join(" ")}\n${text}`);
}

function freePort() {
  return new Promise((found) => {
    const l = createServer().listen(0, "localhost", () => {
      const { port } = l.address();
      l.close(() => found(port));
    });
  });
}

test("forty projects of a spreadsheet become a printed file", { timeout: 120000 }, async () => {
  const page = await visit(city);
  await enterByLetter(page, "agent2@valmont.example");
  await page.goto("/fr/mur");
  await clean(page, "the wall of a new city");
  await page.goto("/fr/mur/dossier");
  await clean(page, "the file");
  const paper = await page.pdf({ format: "A4", printBackground: true, displayHeaderFooter: false });
  if (process.env.KEEP_PDF) writeFileSync(process.env.KEEP_PDF, paper);
  const { pages, text } = readPDF(paper);
  assert.ok(pages > 40 && pages < 50, `${pages} pages for a summary and forty projects`);
  for (const title of titles()) {
    assert.ok(flat(text).includes(flat(title)), `the paper lacks « ${title} »`);
  }
  assert.ok(flat(text).includes(flat("Ville d’essai")), "the paper says whose it is");
  assert.ok(!flat(text).includes(flat("Se déconnecter")), "what only serves a screen is not printed");
});

async function enterByLetter(page, email) {
  await page.goto("/fr/connexion");
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[type=email]").press("Enter");
  await page.waitForURL(/envoye/);
  const [letter] = await letters(city, email, /connexion\/lien\?token=/);
  assert.ok(letter, `no letter for ${email}`);
  await page.goto(letter.match(/\/fr\/connexion\/lien\?token=[\w-]+/)[0]);
  await Promise.all([page.waitForURL((u) => !/connexion/.test(u.pathname)), page.locator("main form button[type=submit]").first().click()]);
}

/** The projects of the example workbook. */
function titles() {
  const ideas = ["Bacs pleins signalés", "Éclairage à la demande", "Cours d’école fraîches", "Carrefours plus sûrs"];
  const units = ["DPE", "DVD", "DSI", "DEVE", "DASCO", "DAC", "DJS", "DLH", "DFA", "DRH"];
  return ideas.flatMap((idea) => units.map((unit) => `${idea} (${unit})`));
}

/** A line may end anywhere on paper, and hyphens come with it. */
const flat = (text) => text.normalize("NFKC").replace(/[\s\u00ad-]+/g, "");
